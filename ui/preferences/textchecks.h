// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/newtoken.h"
#include "ui/preferences/preferences.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace pushdeck {

/// What may stand in a text field of the preferences. Each answers why not, as a sentence; empty
/// where it may.

/// At most 256 visible ASCII characters, so that it fits in a header (RFC 6750, 2.1) and a URL.
[[nodiscard]] QString tokenProblem(const QString &text);

/// Web origins, one a line or separated by spaces: "https://example.org", "http://localhost:3000",
/// "null". `origins` gets them as browsers send them: lower case, without the default port.
[[nodiscard]] QString originsProblem(const QString &text, QByteArrayList &origins);

/// Empty, one of the machine's addresses, or one that stands for all: "0.0.0.0", "::".
[[nodiscard]] QString addressProblem(const QString &text, const Machine &machine);

[[nodiscard]] QString folderProblem(const QString &path);
/// A file that exists, or one that can be made: its folder exists.
[[nodiscard]] QString newFileProblem(const QString &path);

} // namespace pushdeck
