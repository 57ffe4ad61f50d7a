// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/newtoken.h"

#include <QRandomGenerator>

namespace pushdeck {

QString newToken()
{
    static constexpr char kLetters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr int kCount = sizeof kLetters - 1;
    constexpr int kCharacters = 32;
    QString token;
    for (int i = 0; i < kCharacters; ++i)
        token += QLatin1Char(kLetters[QRandomGenerator::system()->bounded(kCount)]);
    return token;
}

} // namespace pushdeck
