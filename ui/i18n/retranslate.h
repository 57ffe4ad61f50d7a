// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QObject;

namespace pushdeck {

class Vocabulary;

/// Says anew, in the present language of `words`, what `roots` and all below them were given
/// through tr(): texts that are properties (a widget that paints a member of its own declares it as
/// one), entries of combo boxes and lists, tabs, and tool tips with keys behind a name. What is put
/// together of several texts otherwise is not found here: who does that does it again on
/// QEvent::LanguageChange.
void retranslate(const Vocabulary &words, const QList<QObject *> &roots);

} // namespace pushdeck
