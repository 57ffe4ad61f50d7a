// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/encryptioninfo.h"
#include "transport/httpmessage.h"

#include <functional>
#include <memory>
#include <optional>

namespace pushdeck {

/// How a device comes to trust the certificates that Pushdeck makes: `/_/ca`, a page that says how
/// on each system, `/_/ca.crt`, the authority's certificate, and `/_/ca.mobileconfig`, the same as
/// a profile for iOS. For everybody, and over plain HTTP, as it is needed before the rest is
/// trusted; whoever fetches it compares the fingerprint. Never a key. Server's thread.
class AuthorityPages final
{
public:
    using Look = std::function<std::shared_ptr<const EncryptionInfo>()>;
    explicit AuthorityPages(Look look) : m_look(std::move(look)) {}

    /// Answers what is under its paths; nothing for others.
    [[nodiscard]] std::optional<HttpReply> handle(const HttpRequest &request) const;

private:
    const Look m_look;
};

} // namespace pushdeck
