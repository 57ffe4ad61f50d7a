// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/textrows.h"

#include <algorithm>

namespace pushdeck {

namespace {

constexpr int kTabCells = 4;
// Marks that take no room may be stacked without end: a row has at most so many characters for
// each that has room.
constexpr qsizetype kStacked = 8;

bool isIdeograph(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0x3040 && c <= 0x30FF) || (c >= 0xFF01 && c <= 0xFF60) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFD);
}

class Wrapper
{
public:
    Wrapper(const PayloadDocument &document, qreal width, CharWidths &widths,
            std::vector<TextRow> &rows)
        : m_document(document),
          m_width(width),
          m_widths(widths),
          m_rows(rows),
          m_columns(std::max<qsizetype>(1, static_cast<qsizetype>(width / widths.cell())))
    {
    }

    void wrap(std::size_t at)
    {
        const TextLine &line = m_document.lines[at];
        const qsizetype end = line.start + line.length;
        qsizetype start = line.start;
        do {
            const qsizetype length =
                line.ascii ? std::min(m_columns, end - start) : fitting(start, end);
            m_rows.push_back(
                {start, static_cast<std::int32_t>(length), static_cast<std::int32_t>(at)});
            start += length;
        } while (start < end);
    }

private:
    // Code units from `start` that fit; at least one character.
    qsizetype fitting(qsizetype start, qsizetype end)
    {
        const QStringView text(m_document.text);
        qreal x = 0;
        qsizetype at = start;
        while (at < end && at - start < m_columns * kStacked) {
            char32_t c = text[at].unicode();
            qsizetype units = 1;
            if (text[at].isHighSurrogate() && at + 1 < end && text[at + 1].isLowSurrogate()) {
                c = QChar::surrogateToUcs4(text[at], text[at + 1]);
                units = 2;
            }
            const qreal tab = kTabCells * m_widths.cell();
            const qreal wide =
                c == u'\t' ? tab - (x - tab * static_cast<int>(x / tab)) : m_widths.of(c);
            if (x + wide > m_width && at > start)
                break;
            x += wide;
            at += units;
        }
        return at - start;
    }

    const PayloadDocument &m_document;
    qreal m_width;
    CharWidths &m_widths;
    std::vector<TextRow> &m_rows;
    qsizetype m_columns;
};

} // namespace

CharWidths::CharWidths(const QFont &font)
    : m_metrics(font),
      m_cell(std::max(1.0, m_metrics.horizontalAdvance(u'0'))),
      m_ideograph(std::max(m_cell, m_metrics.horizontalAdvance(QStringLiteral("中"))))
{
}

qreal CharWidths::of(char32_t c)
{
    if (c < 0x7F)
        return m_cell;
    if (isIdeograph(c))
        return m_ideograph;
    const auto known = m_others.constFind(c);
    if (known != m_others.constEnd())
        return *known;
    const QChar::Category category = QChar::category(c);
    const bool stacks =
        category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || c == 0x200D;
    const qreal wide = stacks ? 0 : m_metrics.horizontalAdvance(QString::fromUcs4(&c, 1));
    m_others.insert(c, wide);
    return wide;
}

std::vector<TextRow> wrapRows(const PayloadDocument &document, const std::vector<bool> &folded,
                              qreal width, CharWidths &widths)
{
    std::vector<TextRow> rows;
    rows.reserve(document.lines.size());
    Wrapper wrapper(document, width, widths, rows);
    for (std::size_t at = 0; at < document.lines.size(); ++at) {
        wrapper.wrap(at);
        if (folded[at] && document.lines[at].foldEnd > static_cast<std::int32_t>(at))
            at = static_cast<std::size_t>(document.lines[at].foldEnd);
    }
    return rows;
}

} // namespace pushdeck
