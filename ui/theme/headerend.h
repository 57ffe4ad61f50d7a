// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableView;

namespace pushdeck {

/// The end of a table's header above the vertical scroll bar, so that the strip reaches the edge
/// and the bar begins where the rows do. Owned by the table; GUI thread.
class HeaderEnd final : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderEnd(QTableView &table);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace pushdeck
