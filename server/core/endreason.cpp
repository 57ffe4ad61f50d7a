// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endreason.h"

#include <QtGlobal>

#include <array>

namespace pushdeck {

namespace {

struct Row
{
    EndReason reason;
    const char *name;
    EndWords words;
};

// clang-format off
constexpr std::array kTable{
    Row{EndReason::ClientLeft,     "client_left",     {1000, 200, QT_TRANSLATE_NOOP("pushdeck::EndReason", "client left"), false}},
    Row{EndReason::OperatorClosed, "operator_closed", {1000, 410, QT_TRANSLATE_NOOP("pushdeck::EndReason", "closed by the operator"), false}},
    Row{EndReason::ServerStopping, "server_stopping", {1012, 503, QT_TRANSLATE_NOOP("pushdeck::EndReason", "server is stopping or restarting, come back soon"), true}},
    Row{EndReason::SlowClient,     "slow_client",     {1013, 503, QT_TRANSLATE_NOOP("pushdeck::EndReason", "too slow: backlog over the limit, resume at your last id"), true}},
    Row{EndReason::PingTimeout,    "ping_timeout",    {1001, 408, QT_TRANSLATE_NOOP("pushdeck::EndReason", "no answer to two pings"), true}},
    Row{EndReason::MessageTooBig,  "message_too_big", {1009, 413, QT_TRANSLATE_NOOP("pushdeck::EndReason", "message over the size limit"), false}},
    Row{EndReason::InvalidUtf8,    "invalid_utf8",    {1007, 400, QT_TRANSLATE_NOOP("pushdeck::EndReason", "text frame is not UTF-8"), false}},
    Row{EndReason::ProtocolError,  "protocol_error",  {1002, 400, QT_TRANSLATE_NOOP("pushdeck::EndReason", "broken WebSocket frame"), false}},
    Row{EndReason::NotAllowed,     "not_allowed",     {1008, 403, QT_TRANSLATE_NOOP("pushdeck::EndReason", "publishing is not allowed"), false}},
    Row{EndReason::NoLongerAllowed, "no_longer_allowed", {1008, 403, QT_TRANSLATE_NOOP("pushdeck::EndReason", "no longer allowed here"), false}},
    Row{EndReason::TokenExpired,   "token_expired",   {1008, 401, QT_TRANSLATE_NOOP("pushdeck::EndReason", "the token has expired"), false}},
    Row{EndReason::TooManyMessages, "too_many_messages", {1008, 429, QT_TRANSLATE_NOOP("pushdeck::EndReason", "too many messages"), false}},
    Row{EndReason::TooManyTopics,  "too_many_topics", {1013, 503, QT_TRANSLATE_NOOP("pushdeck::EndReason", "the server has as many topics as it may have"), true}},
    Row{EndReason::FrameTooSlow,   "frame_too_slow",  {1008, 408, QT_TRANSLATE_NOOP("pushdeck::EndReason", "a message was begun and not finished in time"), false}},
    Row{EndReason::BacklogTotal,   "backlog_total",   {1013, 503, QT_TRANSLATE_NOOP("pushdeck::EndReason", "too slow: the biggest backlog while all together were over the limit, resume at your last id"), true}},
};
// clang-format on

const Row &rowOf(EndReason reason)
{
    return kTable[static_cast<std::size_t>(reason)];
}

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        if (static_cast<std::size_t>(kTable[i].reason) != i)
            return false;
    }
    return true;
}
static_assert(kTable.size() == kEndReasonCount);
static_assert(inOrder(), "the table is indexed by the enum");

} // namespace

const EndWords &wordsFor(EndReason reason)
{
    return rowOf(reason).words;
}

const char *nameOf(EndReason reason)
{
    return rowOf(reason).name;
}

} // namespace pushdeck
