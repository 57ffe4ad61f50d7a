// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/payloaddocument.h"

#include <QFontMetricsF>
#include <QHash>

#include <vector>

namespace pushdeck {

/// A piece of a line, as wide as the view: what one row of it shows.
struct TextRow
{
    qsizetype start = 0; ///< in the whole text
    std::int32_t length = 0;
    std::int32_t line = 0;
};

/// How wide characters of a fixed font are; most are asked for again and again.
class CharWidths final
{
public:
    explicit CharWidths(const QFont &font);

    [[nodiscard]] qreal cell() const { return m_cell; }
    [[nodiscard]] qreal of(char32_t c);

private:
    QFontMetricsF m_metrics;
    qreal m_cell;
    qreal m_ideograph;
    QHash<char32_t, qreal> m_others;
};

/// The rows of a document in a view of `width` pixels, without the lines that are folded away
/// (`folded`, one a line, those that open). Takes time that grows with the lines, not with the
/// characters, where the text is ASCII.
[[nodiscard]] std::vector<TextRow> wrapRows(const PayloadDocument &document,
                                            const std::vector<bool> &folded, qreal width,
                                            CharWidths &widths);

} // namespace pushdeck
