// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace pushdeck {

/// The table of the traffic log: fixed row height, and it tells the operator's scrolling from
/// scrolling that arrivals cause.
class TrafficView final : public QTableView
{
    Q_OBJECT
    Q_PROPERTY(QString emptyTitle MEMBER m_emptyTitle)
    Q_PROPERTY(QString emptyHint MEMBER m_emptyHint)

public:
    explicit TrafficView(QWidget *parent = nullptr);

    [[nodiscard]] bool isAtEnd() const;
    void goToEnd();

    /// After rows were taken from the front: the rows that were in sight stay where they are.
    void shiftBy(int removedRows, int valueBefore);

    /// Makes a row the current one, and the only one chosen: setCurrentIndex() would add to what is
    /// chosen while a key that asks for it holds Ctrl.
    void choose(const QModelIndex &index);

    /// After the view became smaller: the current row stays in sight where it was.
    void keepCurrentInSight(int heightBefore);

    void applyDefaultColumns();
    /// Leaves out what matters least while the content has no room.
    void fitColumns();

    /// Another model with the same columns: their widths stay, the selection does not.
    void showModel(QAbstractItemModel *model);

    /// Words in the middle of an empty table; plain text.
    void setEmptyWords(const QString &title, const QString &hint);

signals:
    void operatorScrolled(bool atEnd);
    /// Enter, Ctrl and a double click, or a double click on the number: who got the current row.
    void deliveriesAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace pushdeck
