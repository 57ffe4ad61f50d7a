// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/trafficfilter.h"

#include <QLineEdit>
#include <QTimer>

namespace pushdeck {

/// The field a traffic filter is typed into. It waits for a pause in the typing, and says what is
/// wrong instead of filtering by half a term.
class FilterField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

    /// Sets the text and takes it at once.
    void setFilterText(const QString &text);
    void takeNow();

signals:
    void filterChanged(const pushdeck::TrafficFilter &filter, const QString &text);
    void problemChanged(const QString &words); ///< empty: none

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QTimer m_delay;
    QString m_taken;
};

} // namespace pushdeck
