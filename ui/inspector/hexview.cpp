// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/hexview.h"

#include "ui/text/hexdump.h"
#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace pushdeck {

namespace {

constexpr int kMargin = 10;

} // namespace

HexView::HexView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(NoFrame);
    setFont(fixedFont());
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
}

int HexView::lineHeight() const
{
    return fontMetrics().height() + 2;
}

void HexView::setBytes(const QByteArray &bytes)
{
    m_bytes = bytes;
    updateBars();
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void HexView::setEmptyWords(const QString &title, const QString &hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void HexView::updateBars()
{
    const int lines = static_cast<int>(hexLineCount(m_bytes.size()));
    const int page = std::max(1, (viewport()->height() - 2 * kMargin) / lineHeight());
    verticalScrollBar()->setRange(0, std::max(0, lines - page));
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(1);
}

void HexView::resizeEvent(QResizeEvent *)
{
    updateBars();
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    switch (event->key()) {
        case Qt::Key_Home:
            bar->triggerAction(QAbstractSlider::SliderToMinimum);
            return;
        case Qt::Key_End:
            bar->triggerAction(QAbstractSlider::SliderToMaximum);
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (m_bytes.isEmpty()) {
        paintEmptyWords(&painter, viewport()->rect(), palette(), textFont(), m_emptyTitle,
                        m_emptyHint);
        return;
    }
    const Tones &tones = tonesFor(palette());
    painter.setFont(font());
    const int wide = fontMetrics().horizontalAdvance(u'0');
    const int bytesAt = kMargin + wide * 10;
    const int charactersAt = bytesAt + wide * (kHexBytesPerLine * 3 + 2);
    const int step = lineHeight();
    const qsizetype lines = hexLineCount(m_bytes.size());
    int y = kMargin + fontMetrics().ascent();
    for (qsizetype line = verticalScrollBar()->value();
         line < lines && y < viewport()->height() + step; ++line, y += step) {
        const HexLine parts = hexLine(m_bytes, line);
        painter.setPen(tones.faint);
        painter.drawText(kMargin, y, parts.offset);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(bytesAt, y, parts.bytes);
        painter.setPen(tones.jsonString);
        painter.drawText(charactersAt, y, parts.characters);
    }
    painter.fillRect(QRect(charactersAt - wide - 1, 0, 1, viewport()->height()), tones.lineSoft);
}

} // namespace pushdeck
