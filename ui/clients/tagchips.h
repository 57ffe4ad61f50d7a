// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QStringList>

class QPainter;

namespace pushdeck {

struct Tones;

/// Tags as small pills, one behind the other, vertically in the middle of `rect`; those that do not
/// fit are counted in a last one ("+2"). Returns the width taken, the space behind included.
int paintTagChips(QPainter *painter, const QRect &rect, const QStringList &tags, const Tones &tones,
                  bool faded);

} // namespace pushdeck
