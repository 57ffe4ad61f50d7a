// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace pushdeck {

/// Text from the network made fit for one line of a window. Line ends and tabs become ↵ and ⇥,
/// other control characters and what would reorder or hide text become their names in brackets
/// (⟪NUL⟫, ⟪RLO⟫; few fonts have the control pictures ␀ ␍), bytes that are not UTF-8 become �. The
/// result never breaks a row and never lies about its content. At most about `maxChars` of the text
/// are looked at, so that a megabyte costs what a line does; an ellipsis marks the cut.
[[nodiscard]] QString visibleText(QStringView text, qsizetype maxChars = 1'000);
[[nodiscard]] QString visibleText(QByteArrayView utf8, qsizetype maxChars);

/// The same for text of many lines: line breaks (LF, CR LF) and tabs stay, the rest is made
/// visible. Not cut.
[[nodiscard]] QString visibleLines(QStringView text);

/// A tooltip that shows exactly `text`: Qt takes a tooltip that looks like markup as markup, so
/// everything from the network goes through here.
[[nodiscard]] QString plainToolTip(QStringView text);

/// The longest prefix of `utf8` of at most `maxBytes` that does not end inside a code point.
[[nodiscard]] QByteArrayView utf8Prefix(QByteArrayView utf8, qsizetype maxBytes);

} // namespace pushdeck
