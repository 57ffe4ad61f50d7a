// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/hexview.h"

#include "ui/find/findbar.h"
#include "ui/text/hexdump.h"
#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

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
    m_hits.clear();
    m_hasHit = false;
    updateBars();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    emit bytesChanged();
}

void HexView::setHits(std::vector<FindHit> hits)
{
    m_hits = std::move(hits);
    m_hasHit = false;
    viewport()->update();
}

void HexView::showHit(std::size_t hit)
{
    if (hit >= m_hits.size())
        return;
    m_hit = hit;
    m_hasHit = true;
    const auto line = static_cast<int>(m_hits[hit].start / kHexBytesPerLine);
    QScrollBar *bar = verticalScrollBar();
    if (line < bar->value() || line >= bar->value() + bar->pageStep())
        bar->setValue(line - bar->pageStep() / 3);
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

void HexView::paintHits(QPainter &painter, qsizetype line, int y, int bytesAt,
                        int charactersAt) const
{
    const int wide = fontMetrics().horizontalAdvance(u'0');
    const qsizetype begin = line * kHexBytesPerLine;
    const qsizetype end = begin + kHexBytesPerLine;
    const auto first = std::lower_bound(
        m_hits.begin(), m_hits.end(), begin,
        [](const FindHit &hit, qsizetype at) { return hit.start + hit.length <= at; });
    for (auto hit = first; hit != m_hits.end() && hit->start < end; ++hit) {
        const bool current = m_hasHit && static_cast<std::size_t>(hit - m_hits.begin()) == m_hit;
        const QColor ground = findGround(palette(), current);
        const auto from = static_cast<int>(std::max(hit->start, begin) - begin);
        const auto to = static_cast<int>(std::min(hit->start + hit->length, end) - begin);
        for (int i = from; i < to; ++i) {
            // A wider gap stands in the middle of the line.
            const int column = i * 3 + (i >= kHexBytesPerLine / 2 ? 1 : 0);
            painter.fillRect(bytesAt + column * wide, y, 2 * wide, lineHeight(), ground);
            painter.fillRect(charactersAt + i * wide, y, wide, lineHeight(), ground);
        }
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
        paintHits(painter, line, y - fontMetrics().ascent() - 1, bytesAt, charactersAt);
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
