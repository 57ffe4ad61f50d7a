// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/staticfiles.h"
#include "transport/httpmessage.h"

#include <QString>

#include <optional>

namespace pushdeck {

/// The pages a browser gets: the test page of a topic, its assets under `/_/web/`, and the
/// operator's own folder. Reads files; otherwise without state. Server's thread.
class Pages final
{
public:
    /// `wwwFolder` is empty for none; it must exist.
    explicit Pages(const QString &wwwFolder = {}) : m_files(wwwFolder) {}

    /// `/_/client.js`, as a plain script `/_/client.global.js`, its types `/_/client.d.ts`,
    /// `/_/web/NAME`, `/favicon.ico`, `/robots.txt`; nothing for other reserved paths.
    [[nodiscard]] std::optional<HttpReply> reserved(const HttpRequest &request) const;

    /// A GET of a topic's path, neither upgrade nor stream: the operator's file where there is one,
    /// the test page where the request asks for `text/html`, else nothing.
    [[nodiscard]] std::optional<HttpReply> page(const HttpRequest &request) const;

private:
    StaticFiles m_files;
};

} // namespace pushdeck
