// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFontMetrics;

namespace pushdeck {

/// Words with " · " between them as they fit into `width` pixels: those at the end that do not are
/// left out whole; only the first ones are ever cut, with "…".
[[nodiscard]] QString fittedWords(const QString &words, const QFontMetrics &metrics, int width);

} // namespace pushdeck
