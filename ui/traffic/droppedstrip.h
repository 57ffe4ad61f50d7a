// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace pushdeck {

struct TrafficLogLimits;

/// Says above the log how much of it is gone and why, and offers to keep what is left.
class DroppedStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit DroppedStrip(QWidget *parent = nullptr);

    /// What its button does; owned elsewhere, and outlives this or is deleted with it.
    void setSaveAction(QAction *action);
    /// `dropped` rows of a log with these limits; hidden where there are none.
    void show(std::uint64_t dropped, const TrafficLogLimits &limits);

private:
    QLabel *m_words;
    QToolButton *m_save;
};

} // namespace pushdeck
