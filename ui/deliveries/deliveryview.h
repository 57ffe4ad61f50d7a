// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace pushdeck {

/// The table of deliveries: fixed row height, words in its middle while it is empty.
class DeliveryView final : public QTableView
{
    Q_OBJECT
    Q_PROPERTY(QString emptyTitle MEMBER m_emptyTitle)
    Q_PROPERTY(QString emptyHint MEMBER m_emptyHint)

public:
    explicit DeliveryView(QWidget *parent = nullptr);

    /// Plain text.
    void setEmptyWords(const QString &title, const QString &hint);
    [[nodiscard]] QString emptyTitle() const { return m_emptyTitle; }

signals:
    /// A click, or Enter: on the row that is current then.
    void clientChosen();
    void left(); ///< Escape

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fitColumns();

    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace pushdeck
