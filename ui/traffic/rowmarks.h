// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QMenu;

namespace pushdeck {

class TrafficModel;
class TrafficView;

/// Ways around in the traffic log: bookmarks, the first and the last row, and whether times are the
/// clock's or count from the row before.
class RowMarks final : public QObject
{
    Q_OBJECT

public:
    RowMarks(TrafficView &view, QObject *parent);

    [[nodiscard]] QList<QAction *> actions() const;
    /// What fits the row that the menu was opened on.
    void addTo(QMenu &menu) const;

    void setRelativeTimes(bool relative);
    [[nodiscard]] bool hasRelativeTimes() const;
    /// Tells the model that the view shows now what was chosen.
    void apply();

private:
    [[nodiscard]] TrafficModel &model() const;
    void toggle();
    void goTo(int row);
    void goToMark(int step);

    TrafficView &m_view;
    QAction *m_toggle;
    QAction *m_next;
    QAction *m_previous;
    QAction *m_first;
    QAction *m_last;
    QAction *m_relative;
};

} // namespace pushdeck
