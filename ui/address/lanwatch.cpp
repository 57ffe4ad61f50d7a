// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/lanwatch.h"

#include <QUrl>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

bool isFromElsewhere(const ClientInfo &client, const Snapshot &snapshot)
{
    // A socket that takes both families tells IPv4 as "::ffff:192.168.1.20".
    QString address = client.address;
    if (address.startsWith(u"::ffff:", Qt::CaseInsensitive) && address.contains(u'.'))
        address = address.sliced(7);
    if (address.isEmpty() || address.startsWith(u"127.") || address == u"::1")
        return false;
    return std::none_of(
        snapshot.addresses.begin(), snapshot.addresses.end(),
        [&address](const ServerAddress &own) { return QUrl(own.url).host() == address; });
}

LanWatch::Advice LanWatch::look(const Snapshot &snapshot, std::int64_t nowMs)
{
    const bool told = m_stage == Stage::Told;
    if (snapshot.state != ServerState::Running) {
        m_stage = Stage::Stopped;
        return told ? Advice::Withdraw : Advice::Nothing;
    }
    if (m_stage == Stage::Stopped || snapshot.startedAtMs != m_startedAtMs) {
        m_stage = Stage::Waiting;
        m_startedAtMs = snapshot.startedAtMs;
    }
    if (m_stage == Stage::Done)
        return Advice::Nothing;
    const bool somebody =
        std::any_of(snapshot.clients.begin(), snapshot.clients.end(),
                    [&snapshot](const auto &client) { return isFromElsewhere(client, snapshot); });
    if (somebody) {
        m_stage = Stage::Done;
        return told ? Advice::Withdraw : Advice::Nothing;
    }
    const bool reachable = std::any_of(snapshot.addresses.begin(), snapshot.addresses.end(),
                                       [](const ServerAddress &each) { return !each.loopback; });
    if (m_stage != Stage::Waiting || !reachable || nowMs - m_startedAtMs < kWaitMs)
        return Advice::Nothing;
    m_stage = Stage::Told;
    return Advice::Hint;
}

} // namespace pushdeck
