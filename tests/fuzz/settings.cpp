// The window's settings file, which anything may have damaged. The file is a real one, since it is
// Qt that takes it apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"
#include "ui/preferences/preferences.h"
#include "ui/preferences/quantity.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>

using namespace pushdeck;
using fuzz::require;

namespace {

/// A new name each time: QSettings remembers what it read under one, by the second.
QString newPath()
{
    static const QTemporaryDir folder;
    static std::uint64_t number = 0;
    return folder.filePath(QString::number(++number) + QStringLiteral(".ini"));
}

void checkQuantity(Quantity kind, const QString &text)
{
    const auto value = readQuantity(kind, text);
    if (!value)
        return;
    require(*value >= 0, "a quantity is not negative");
    require(readQuantity(kind, quantityText(kind, *value)) == value,
            "a quantity, written, reads as the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    const QString text = QString::fromUtf8(bytes.left(100));
    for (const Quantity kind : {Quantity::Count, Quantity::Bytes, Quantity::Time})
        checkQuantity(kind, text);

    QFile file(newPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return 0;
    file.close();
    ReadPreferences read;
    {
        const QSettings settings(file.fileName(), QSettings::IniFormat);
        read = readPreferences(settings);
    }
    file.remove();
    for (const QString &words : std::as_const(read.problems))
        require(!words.isEmpty(), "a refusal says why");

    // Whatever was read, the program can be started with it, and stores it as it is.
    const Preferences &preferences = read.preferences;
    const ReadPreferences again = readTexts(textsOf(preferences), {}, {});
    require(again.problems.isEmpty(), "preferences in use are good ones");
    require(again.preferences == preferences, "preferences, written, read as the same");
    return 0;
}
