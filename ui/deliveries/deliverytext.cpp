// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliverytext.h"

#include "ui/text/format.h"
#include "ui/theme/tones.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Deliveries)
};

} // namespace

QString stateWord(DeliveryState state)
{
    switch (state) {
        case DeliveryState::Delivered:
            return Words::tr("Delivered");
        case DeliveryState::Queued:
            return Words::tr("Queued");
        case DeliveryState::Pending:
            return Words::tr("Pending");
        case DeliveryState::Missed:
            break;
    }
    return Words::tr("Missed");
}

QString stateIcon(DeliveryState state)
{
    switch (state) {
        case DeliveryState::Delivered:
            return u"check"_s;
        case DeliveryState::Queued:
            return u"waiting"_s;
        case DeliveryState::Pending:
            return u"clock"_s;
        case DeliveryState::Missed:
            break;
    }
    return u"error"_s;
}

QColor stateColour(DeliveryState state, const Tones &tones)
{
    switch (state) {
        case DeliveryState::Delivered:
            return tones.ok;
        case DeliveryState::Queued:
            return tones.warn;
        case DeliveryState::Pending:
            return tones.accent;
        case DeliveryState::Missed:
            break;
    }
    return tones.error;
}

QString stateCount(DeliveryState state, std::uint64_t count)
{
    const QString number = formatCount(count);
    switch (state) {
        case DeliveryState::Delivered:
            return Words::tr("%1 delivered").arg(number);
        case DeliveryState::Queued:
            return Words::tr("%1 queued").arg(number);
        case DeliveryState::Pending:
            return Words::tr("%1 pending").arg(number);
        case DeliveryState::Missed:
            break;
    }
    return Words::tr("%1 missed").arg(number);
}

QString whyWords(const ClientDelivery &client)
{
    switch (client.why) {
        case DeliveryWhy::Live:
            return client.gone ? Words::tr("as it was published; has left since")
                               : Words::tr("as it was published");
        case DeliveryWhy::Replayed:
            return client.gone ? Words::tr("replayed after it connected; has left since")
                               : Words::tr("replayed after it connected");
        case DeliveryWhy::EarlierStay:
            return Words::tr("in an earlier stay");
        case DeliveryWhy::InProgram:
            return Words::tr("reads too slowly: waits in this program");
        case DeliveryWhy::InKernel:
            return Words::tr("sent, and not acknowledged yet");
        case DeliveryWhy::InReplay:
            return Words::tr("its replay has not come to it");
        case DeliveryWhy::NextPoll:
            return Words::tr("gets it with its next poll");
        case DeliveryWhy::NotAskedFor:
            return Words::tr("subscribed later and did not ask for it");
        case DeliveryWhy::LeftBefore:
            return Words::tr("left before it was published");
        case DeliveryWhy::LeftWaiting:
            return Words::tr("left while it waited");
        case DeliveryWhy::ClosedSlow:
            break;
    }
    return Words::tr("closed for its backlog while it waited");
}

QString waitingText(const ClientDelivery &client)
{
    const std::uint64_t bytes = client.programBytes + client.kernelBytes.value_or(0);
    return client.state != DeliveryState::Queued || bytes == 0 ? QString() : formatBytes(bytes);
}

QString waitingDetail(const ClientDelivery &client)
{
    if (waitingText(client).isEmpty())
        return {};
    return Words::tr("%1 in this program, %2 in the kernel")
        .arg(formatBytes(client.programBytes),
             client.kernelBytes ? formatBytes(*client.kernelBytes) : u"—"_s);
}

QString whenText(const ClientDelivery &client, std::int64_t takenMs)
{
    if (client.timeMs == 0)
        return u"—"_s;
    const bool waits =
        client.state == DeliveryState::Queued || client.state == DeliveryState::Pending;
    return waits ? Words::tr("for %1").arg(formatSpan(takenMs - client.timeMs))
                 : formatClock(client.timeMs);
}

QString summaryText(const DeliveryReport &report)
{
    QStringList parts;
    for (const DeliveryState state : {DeliveryState::Delivered, DeliveryState::Queued,
                                      DeliveryState::Pending, DeliveryState::Missed}) {
        if (report.count(state) > 0)
            parts << stateCount(state, report.count(state));
    }
    return parts.join(u" · "_s);
}

QString unlistedText(const DeliveryReport &report)
{
    const std::uint64_t listed = report.clients.size();
    const std::uint64_t unlisted = report.total() - listed;
    if (unlisted == 0)
        return {};
    const auto delivered = static_cast<std::uint64_t>(std::count_if(
        report.clients.begin(), report.clients.end(),
        [](const ClientDelivery &one) { return one.state == DeliveryState::Delivered; }));
    if (report.count(DeliveryState::Delivered) - delivered == unlisted)
        return Words::tr("%1 of those delivered are not listed", nullptr, pluralOf(unlisted))
            .arg(formatCount(unlisted));
    // So many did not get it that not even those have room.
    return Words::tr("%1 of %2 are listed").arg(formatCount(listed), formatCount(report.total()));
}

int urgency(DeliveryState state)
{
    switch (state) {
        case DeliveryState::Queued:
            return 0;
        case DeliveryState::Missed:
            return 1;
        case DeliveryState::Pending:
            return 2;
        case DeliveryState::Delivered:
            break;
    }
    return 3;
}

} // namespace pushdeck
