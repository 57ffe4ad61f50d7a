// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpmessage.h"

#include <QString>

#include <optional>

namespace pushdeck {

/// The operator's own folder over HTTP: RFC 9110, with one range at a time (14.2), conditions
/// (13.1) and nothing that writes. A name is served only where it is a regular file inside the
/// folder: neither "..", nor a symbolic link, nor one that is put there while it is opened leads
/// out, and what begins with a dot is not shown. Server's thread; reads the disk.
class StaticFiles final
{
public:
    /// `folder` is empty for none; it must exist.
    explicit StaticFiles(const QString &folder = {});

    /// Of GET and HEAD; nothing where there is no such file, which may then be a topic.
    [[nodiscard]] std::optional<HttpReply> reply(const RequestHead &head) const;

private:
    QString m_root; ///< canonical, empty for none
};

/// What the operator should know before showing this folder to a network: that it is the whole
/// disk, or holds the home of the one who runs this. A sentence; empty where there is nothing to
/// say.
[[nodiscard]] QString exposureOf(const QString &folder, const QString &home);

/// One range of a body (RFC 9110, 14.1.2), from the value of a Range field.
struct ByteRange
{
    qint64 first = 0;
    qint64 length = 0; ///< 0: none of it is there, which is 416
};

/// Nothing where the field asks for what is not served in ranges, or for several: then the whole is
/// the answer.
[[nodiscard]] std::optional<ByteRange> rangeOf(const QByteArray &field, qint64 size);

} // namespace pushdeck
