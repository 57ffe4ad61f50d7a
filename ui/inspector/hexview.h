// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QByteArray>

namespace pushdeck {

/// Bytes in hexadecimal and as characters. Paints the lines in sight only, so any size is shown at
/// once.
class HexView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    void setEmptyWords(const QString &title, const QString &hint);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateBars();
    [[nodiscard]] int lineHeight() const;

    QByteArray m_bytes;
    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace pushdeck
