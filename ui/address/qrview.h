// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBitArray>
#include <QString>
#include <QWidget>

namespace pushdeck {

/// The modules of a QR code: `size` × `size`, row by row; empty when the text does not fit.
struct QrCode
{
    int size = 0;
    QBitArray dark;

    [[nodiscard]] bool isEmpty() const { return size == 0; }
    [[nodiscard]] bool isDark(int x, int y) const { return dark.testBit(y * size + x); }
};

[[nodiscard]] QrCode makeQrCode(const QString &text);

/// Shows a QR code as large as it may be: black on white in either theme, every module a whole
/// number of device pixels, with the quiet zone of four modules that scanners want.
class QrView final : public QWidget
{
    Q_OBJECT

public:
    explicit QrView(QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QSize sizeHint() const override { return m_hint; }
    void setSizeHint(const QSize &hint);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QrCode m_code;
    QSize m_hint{160, 160};
};

} // namespace pushdeck
