// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace pushdeck {

/// The Content-Type of a file, by its name alone: text with its character set, and
/// `application/octet-stream` for a name that says nothing.
[[nodiscard]] QByteArray mediaTypeOf(const QString &fileName);

} // namespace pushdeck
