// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <functional>

namespace pushdeck {

/// What is said, to be asked again whenever the language changes: for words that stay in sight and
/// are put together of several, which retranslate() cannot know again. It calls tr() each time, and
/// has what it fills in by value. What the system said (why a file cannot be read) stays as it was.
using Wording = std::function<QString()>;

} // namespace pushdeck

Q_DECLARE_METATYPE(pushdeck::Wording)
