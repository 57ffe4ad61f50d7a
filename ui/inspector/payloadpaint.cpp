// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadtext.h"

#include "ui/find/findbar.h"
#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace pushdeck {

namespace {

constexpr int kUnbounded = 1 << 24; // wider than any row

QColor colourOf(TextTone tone, const Tones &tones, const QColor &plain)
{
    switch (tone) {
        case TextTone::Key:
            return tones.jsonKey;
        case TextTone::String:
            return tones.jsonString;
        case TextTone::Number:
            return tones.jsonNumber;
        case TextTone::Word:
            return tones.jsonWord;
        case TextTone::Quiet:
            return tones.muted;
        case TextTone::Added:
            return tones.ok;
        case TextTone::Removed:
            return tones.error;
        case TextTone::Changed:
            return tones.warn;
        case TextTone::Plain:
            break;
    }
    return plain;
}

} // namespace

void PayloadText::layOut(QTextLayout &layout, std::size_t row, const Formats &formats) const
{
    QTextOption option(Qt::AlignLeft);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(4 * m_widths.cell());
    layout.setFont(font());
    layout.setTextOption(option);
    layout.setText(rowText(row));
    layout.setFormats(formats); // before the layout: setting them undoes it
    layout.setCacheEnabled(true);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(kUnbounded);
    layout.endLayout();
}

PayloadText::Formats PayloadText::colours(std::size_t row) const
{
    const Tones &tones = tonesFor(palette());
    const QColor plain = palette().color(QPalette::Text);
    const TextRow &shown = m_rows[row];
    Formats ranges;
    const auto add = [&](qsizetype start, qsizetype length, const QTextCharFormat &format) {
        const qsizetype from = std::max(start - shown.start, qsizetype(0));
        const qsizetype to = std::min<qsizetype>(start + length - shown.start, shown.length);
        if (to > from)
            ranges << QTextLayout::FormatRange{static_cast<int>(from), static_cast<int>(to - from),
                                               format};
    };
    for (const TextSpan &span : m_document->spansOf(static_cast<std::size_t>(shown.line))) {
        QTextCharFormat format;
        format.setForeground(colourOf(span.tone, tones, plain));
        add(span.start, span.length, format);
    }
    if (endsFolded(row)) {
        QTextCharFormat format;
        format.setForeground(tones.muted);
        ranges << QTextLayout::FormatRange{
            shown.length, static_cast<int>(rowText(row).size()) - shown.length, format};
    }
    const auto first = std::lower_bound(
        m_hits.begin(), m_hits.end(), shown.start,
        [](const FindHit &hit, qsizetype start) { return hit.start + hit.length <= start; });
    for (auto hit = first; hit != m_hits.end() && hit->start < shown.start + shown.length; ++hit) {
        QTextCharFormat format;
        const bool current = m_hasHit && static_cast<std::size_t>(hit - m_hits.begin()) == m_hit;
        format.setBackground(findGround(palette(), current));
        add(hit->start, hit->length, format);
    }
    if (m_caret != m_anchor && !(m_hasHit && m_hit < m_hits.size() &&
                                 m_hits[m_hit].start == std::min(m_caret, m_anchor))) {
        QTextCharFormat format;
        format.setBackground(palette().brush(QPalette::Highlight));
        const qsizetype from = std::min(m_caret, m_anchor);
        add(from, std::max(m_caret, m_anchor) - from, format);
    }
    return ranges;
}

void PayloadText::paintGutter(QPainter &painter, std::size_t row, int y) const
{
    const auto at = static_cast<std::size_t>(m_rows[row].line);
    const TextLine &line = m_document->lines[at];
    if (!m_document->numbered || m_rows[row].start != line.start)
        return;
    const Tones &tones = tonesFor(palette());
    const int right = gutterWidth() - (m_document->json ? kFoldColumn : kMargin);
    painter.setPen(tones.faint);
    painter.drawText(QRect(0, y, right, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(at + 1));
    if (line.foldEnd >= 0) {
        const QRect sign(gutterWidth() - kFoldColumn, y, kFoldColumn, rowHeight());
        const bool hovered =
            sign.contains(viewport()->mapFromGlobal(QCursor::pos())) || m_folded[at];
        paintChevron(&painter, sign, m_folded[at] ? Qt::RightArrow : Qt::DownArrow,
                     hovered ? tones.accent : tones.muted);
    }
}

void PayloadText::paintRow(QPainter &painter, std::size_t row, int y) const
{
    const TextLine &line = m_document->lines[static_cast<std::size_t>(m_rows[row].line)];
    if (line.tone == TextTone::Added || line.tone == TextTone::Removed) {
        const Tones &tones = tonesFor(palette());
        painter.fillRect(QRect(0, y, viewport()->width(), rowHeight()),
                         mixed(palette().color(QPalette::Base),
                               line.tone == TextTone::Added ? tones.ok : tones.error, 0.12));
    }
    paintGutter(painter, row, y);
    QTextLayout layout;
    layOut(layout, row, colours(row));
    painter.setPen(palette().color(QPalette::Text));
    // On the line of the fixed font, whatever other fonts the row needs.
    const QPointF at(textLeft(),
                     y + kLeading / 2.0 + fontMetrics().ascent() - layout.lineAt(0).ascent());
    layout.draw(&painter, at);
    if (hasFocus() && rowOf(m_caret) == row)
        layout.drawCursor(
            &painter, at,
            static_cast<int>(std::min<qsizetype>(m_caret - m_rows[row].start, m_rows[row].length)));
}

void PayloadText::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (m_loading && std::chrono::milliseconds(m_loadingSince.elapsed()) < kPatience)
        return;
    if (m_document->text.isEmpty()) {
        paintEmptyWords(&painter, viewport()->rect(), palette(), textFont(),
                        m_loading ? tr("Reading…") : m_emptyTitle,
                        m_loading ? QString() : m_emptyHint);
        return;
    }
    painter.setFont(font());
    int y = kMargin;
    for (std::size_t row = topRow(); row < m_rows.size() && y < viewport()->height(); ++row) {
        paintRow(painter, row, y);
        y += rowHeight();
    }
}

} // namespace pushdeck
