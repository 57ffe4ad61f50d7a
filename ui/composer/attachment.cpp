// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/attachment.h"

#include "ui/text/format.h"
#include "ui/text/regularfile.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Attachment)
};

} // namespace

Attachment makeAttachment(const QString &name, const QByteArray &bytes, const QString &contentType)
{
    QStringList parts = {visibleText(name, 60),
                         formatBytes(static_cast<std::uint64_t>(bytes.size())),
                         visibleText(contentType, 60)};
    parts.removeAll(QString());
    return {bytes, contentType, parts.join(u" · "_s)};
}

std::variant<Attachment, Wording> readAttachment(const QString &path)
{
    QFile file(path);
    if (const QString why = openRegularFile(file); !why.isEmpty())
        return [path, why] { return Words::tr("%1 cannot be read: %2").arg(path, why); };
    if (file.size() > Attachment::kMostBytes) {
        return [path] {
            return Words::tr("%1 is larger than %2")
                .arg(path, formatBytes(static_cast<std::uint64_t>(Attachment::kMostBytes)));
        };
    }
    // Not all files tell their size; a bounded read does not trust it.
    const QByteArray bytes = file.read(Attachment::kMostBytes);
    return makeAttachment(QFileInfo(path).fileName(), bytes,
                          QMimeDatabase().mimeTypeForFile(path).name());
}

} // namespace pushdeck
