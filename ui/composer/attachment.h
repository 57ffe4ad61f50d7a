// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/i18n/wording.h"

#include <QByteArray>
#include <QString>

#include <variant>

namespace pushdeck {

/// A file, or a payload of the log, that is sent instead of the text.
struct Attachment
{
    /// A file larger than this is refused rather than read into memory.
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024;

    QByteArray bytes;
    QString contentType;
    QString label; ///< "photo.png · 42 KB · image/png", visible form
};

/// The file, or why not in words for a person.
[[nodiscard]] std::variant<Attachment, Wording> readAttachment(const QString &path);

[[nodiscard]] Attachment makeAttachment(const QString &name, const QByteArray &bytes,
                                        const QString &contentType);

} // namespace pushdeck
