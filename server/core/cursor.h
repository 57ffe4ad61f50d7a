// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <chrono>
#include <cstdint>

namespace pushdeck {

/// The id of a message, and a position in the order of all messages: `<epoch>-<sequence>`.
/// Sequences rise by one per message over the whole server; the epoch changes when what was
/// remembered did not survive a restart. Clients treat it as opaque.
struct MessageId
{
    QByteArray epoch;
    std::uint64_t sequence = 0;

    [[nodiscard]] QByteArray toByteArray() const
    {
        return epoch + '-' + QByteArray::number(static_cast<qulonglong>(sequence));
    }
    friend bool operator==(const MessageId &, const MessageId &) = default;
};

/// Where a subscription starts. Immutable value.
struct Cursor
{
    enum class Kind {
        Latest, ///< only what is published from now on
        All,    ///< everything remembered
        LastN,  ///< the last `count` messages
        Age,    ///< everything published within `age`
        After   ///< everything after `id`
    };

    Kind kind = Kind::Latest;
    std::uint32_t count = 0;
    std::chrono::milliseconds age{0};
    MessageId id;

    static Cursor after(MessageId id) { return {Kind::After, 0, {}, std::move(id)}; }

    /// `latest`, `all`, `-N` (1 to 1,000,000), an age (`30s`, `10m`, `2h`, at most 8760 h), or an
    /// id, bare or as an entity tag (`"…"`, `W/"…"`). Empty is `latest`. Anything else is an error.
    static Result<Cursor> parse(QByteArrayView text);
};

} // namespace pushdeck
