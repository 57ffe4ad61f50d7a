// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpmessage.h"
#include "transport/transportcontext.h"

#include "monitor/snapshot.h"

#include <functional>
#include <optional>

namespace pushdeck {

/// Messages one answer of `/_/api/messages` holds at most.
inline constexpr std::size_t kApiMessages = 1000;
/// Bytes after which it takes up no further message.
inline constexpr qsizetype kApiMessagesBytes = 4 * 1024 * 1024;

/// `/_/health`, `/_/api/…` and `/_/metrics`: looking and steering over HTTP. Health is for
/// everybody; the rest is the operator's, see AccessPolicy::mayOperate(). Server's thread.
class OperatorApi final
{
public:
    /// `look` makes a snapshot of this moment.
    OperatorApi(TransportContext &context, std::function<Snapshot()> look);

    /// Answers what is under its paths; nothing for others.
    [[nodiscard]] std::optional<HttpReply> handle(const HttpRequest &request);

private:
    [[nodiscard]] HttpReply route(const QByteArray &path, const HttpRequest &request);
    [[nodiscard]] HttpReply status() const;
    [[nodiscard]] HttpReply clients() const;
    [[nodiscard]] HttpReply client(std::uint64_t id, const HttpRequest &request);
    [[nodiscard]] HttpReply topics() const;
    [[nodiscard]] HttpReply messages(const HttpRequest &request) const;
    [[nodiscard]] HttpReply deliveries(const QByteArray &messageId) const;
    [[nodiscard]] HttpReply publish(const HttpRequest &request);

    TransportContext &m_context;
    const std::function<Snapshot()> m_look;
};

} // namespace pushdeck
