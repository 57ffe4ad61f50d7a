// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/mediatype.h"

#include <QMimeDatabase>

namespace pushdeck {

QByteArray mediaTypeOf(const QString &fileName)
{
    // To the database a file that ends in .ts is a video.
    if (fileName.endsWith(QLatin1String(".d.ts")))
        return "application/typescript; charset=utf-8";
    static const QMimeDatabase database;
    const QMimeType type = database.mimeTypeForFile(fileName, QMimeDatabase::MatchExtension);
    QByteArray name = type.name().toLatin1();
    // What shared-mime-info calls it, browsers refuse to run as a module.
    if (name == "application/javascript")
        name = "text/javascript";
    const bool text =
        name.startsWith("text/") || name == "application/json" || name == "image/svg+xml";
    return text ? name + "; charset=utf-8" : name;
}

} // namespace pushdeck
