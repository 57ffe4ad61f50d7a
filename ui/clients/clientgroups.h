// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientrow.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace pushdeck {

/// By what the client table is divided.
enum class ClientGrouping { None, Topic, Transport, Tag };

/// For settings: "none", "topic", "transport", "tag".
[[nodiscard]] QString groupingName(ClientGrouping grouping);
[[nodiscard]] ClientGrouping groupingFromName(const QString &name);

/// The groups that a client is in: one for each of its topics or tags (of the first
/// `kGroupsEach`), so that a group's count is the number of its subscribers. The empty key stands
/// for "none of them". Empty for ClientGrouping::None.
constexpr qsizetype kGroupsEach = 16;
[[nodiscard]] QStringList groupKeys(const ClientRow &row, ClientGrouping grouping);

/// What a header says, in visible form.
[[nodiscard]] QString groupTitle(const QString &key, ClientGrouping grouping);

/// Texts whose order is the groups' order.
[[nodiscard]] QString groupOrder(const QString &key, ClientGrouping grouping);

/// How the clients of a group are, and their numbers added up.
struct GroupSummary
{
    std::uint32_t members = 0; ///< gone ones included
    std::uint32_t connected = 0;
    std::uint32_t idle = 0;
    std::uint32_t slow = 0;
    std::uint32_t gone = 0;
    std::uint64_t messagesIn = 0;
    std::uint64_t messagesOut = 0;
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    std::uint64_t backlogBytes = 0;

    void add(const ClientRow &row);
};

/// "9 connected · 2 idle · 1 slow · 1 gone"; what is none is left out.
[[nodiscard]] QString summaryWords(const GroupSummary &summary);

/// One group as the table shows it.
struct ClientGroup
{
    QString key;
    QString title;
    bool folded = false;
    GroupSummary summary;
};

} // namespace pushdeck
