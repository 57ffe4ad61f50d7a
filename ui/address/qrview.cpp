// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/qrview.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace pushdeck {

namespace {

constexpr int kQuietZone = 4;

} // namespace

QrCode makeQrCode(const QString &text)
{
    if (text.isEmpty())
        return {};
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.toUtf8().constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1),
        &QRcode_free);
    if (!code)
        return {};
    QrCode out;
    out.size = code->width;
    out.dark = QBitArray(code->width * code->width);
    for (int i = 0; i < code->width * code->width; ++i)
        out.dark.setBit(i, code->data[i] & 1);
    return out;
}

QrView::QrView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("QR code of the address"));
}

void QrView::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_code = makeQrCode(text);
    setAccessibleDescription(text);
    update();
}

void QrView::setSizeHint(const QSize &hint)
{
    m_hint = hint;
    updateGeometry();
}

void QrView::paintEvent(QPaintEvent *)
{
    if (m_code.isEmpty())
        return;
    QPainter painter(this);
    // In device pixels, so that modules are equally large at 150 % too.
    const qreal ratio = devicePixelRatioF();
    painter.scale(1 / ratio, 1 / ratio);
    const int side = static_cast<int>(std::min(width(), height()) * ratio);
    const int modules = m_code.size + 2 * kQuietZone;
    const int module = std::max(1, side / modules);
    const int extent = module * modules;
    const int left = (static_cast<int>(width() * ratio) - extent) / 2;
    const int top = (static_cast<int>(height() * ratio) - extent) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(QRect(left, top, extent, extent), 2.0 * module, 2.0 * module);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int y = 0; y < m_code.size; ++y) {
        for (int x = 0; x < m_code.size; ++x) {
            if (m_code.isDark(x, y))
                painter.fillRect(left + (x + kQuietZone) * module, top + (y + kQuietZone) * module,
                                 module, module, Qt::black);
        }
    }
}

} // namespace pushdeck
