// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientfacts.h"

#include "ui/clients/clientgroups.h"
#include "ui/clients/visits.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <QCoreApplication>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::ClientFacts)
};

constexpr qsizetype kTopicsShown = 32;
constexpr qsizetype kFieldCharacters = 400;

QString field(const QString &text)
{
    return visibleText(text, kFieldCharacters);
}

QString topicLines(const QStringList &topics)
{
    QStringList lines;
    for (const QString &topic : topics.mid(0, kTopicsShown))
        lines << field(topic);
    if (topics.size() > kTopicsShown)
        lines << Words::tr("and %n more", nullptr, static_cast<int>(topics.size() - kTopicsShown));
    return lines.join(u'\n');
}

QString transportLine(const ClientInfo &info)
{
    QStringList parts{transportWord(info.transport)};
    if (!info.subprotocol.isEmpty())
        parts << field(info.subprotocol);
    if (!info.format.isEmpty())
        parts << info.format;
    return parts.join(u" · "_s);
}

QString amount(std::uint64_t messages, std::uint64_t bytes)
{
    return Words::tr("%1 message(s), %2", nullptr, pluralOf(messages))
        .arg(formatCount(messages), formatBytes(bytes));
}

QString backlogLine(const ClientInfo &info)
{
    return Words::tr("%1 here, %2 in the kernel")
        .arg(formatBytes(info.backlogBytes),
             info.kernelBacklogBytes ? formatBytes(*info.kernelBacklogBytes) : u"—"_s);
}

} // namespace

std::vector<ClientFact> clientFacts(const ClientRow &row, std::int64_t nowMs)
{
    const ClientInfo &info = row.info;
    std::vector<ClientFact> facts;
    const auto add = [&facts](const QString &name, const QString &value) {
        if (!value.isEmpty())
            facts.push_back({name, value});
    };
    if (!row.gone) {
        add(Words::tr("Round trip"), formatRtt(info.rttMs));
        add(Words::tr("Backlog"), backlogLine(info));
    }
    add(Words::tr("Received"), amount(info.messagesIn, info.bytesIn));
    add(Words::tr("Sent"), amount(info.messagesOut, info.bytesOut));
    add(Words::tr("Topics"), topicLines(info.topics));
    add(Words::tr("Tags"), field(row.tags.join(u", "_s)));

    facts.push_back({Words::tr("Connection"), {}});
    add(Words::tr("Transport"), transportLine(info));
    add(Words::tr("Address"), info.port
                                  ? Words::tr("%1, port %2").arg(field(info.address)).arg(info.port)
                                  : field(info.address));
    if (info.isEncrypted())
        add(Words::tr("Encryption"), info.request->tlsVersion + u" · "_s + info.request->tlsCipher);
    add(Words::tr("Connected"), formatDateTime(info.connectedAtMs));
    add(Words::tr("Client id"), field(info.name));
    add(Words::tr("Token of"), field(info.subject));

    facts.push_back({Words::tr("Request"), {}});
    add(Words::tr("User agent"), info.userAgent.isEmpty() ? u"—"_s : field(info.userAgent));
    if (info.request) {
        add(Words::tr("Host"), field(info.request->host));
        add(Words::tr("Origin"), field(info.request->origin));
        add(Words::tr("Language"), field(info.request->language));
        add(Words::tr("Protocol"), field(info.request->protocol));
    }

    const std::vector<Stay> stays =
        staysOf(info, nowMs, row.gone ? std::optional(row.goneAtMs) : std::nullopt);
    if (stays.size() < 2)
        return facts;
    facts.push_back({Words::tr("Stays"), {}});
    for (auto stay = stays.rbegin(); stay != stays.rend(); ++stay) {
        const QString words = stayWords(*stay);
        add(formatClock(stay->fromMs).left(8),
            u"%1 · %2"_s.arg(transportWord(stay->transport),
                             awayWords(stay->untilMs - stay->fromMs)) +
                (words.isEmpty() ? QString() : u'\n' + words));
    }
    return facts;
}

std::vector<ClientFact> clientsFacts(const std::vector<const ClientRow *> &rows,
                                     const ClientRates &rates, std::int64_t nowMs)
{
    GroupSummary sum;
    for (const ClientRow *row : rows)
        sum.add(*row);
    std::vector<ClientFact> facts = {{Words::tr("Received"), amount(sum.messagesIn, sum.bytesIn)},
                                     {Words::tr("Sent"), amount(sum.messagesOut, sum.bytesOut)},
                                     {Words::tr("Backlog"), formatBytes(sum.backlogBytes)},
                                     {Words::tr("Clients"), {}}};
    for (const ClientRow *row : rows) {
        if (facts.size() == kFactsEach + 4) {
            facts.push_back({u"…"_s, Words::tr("and %n more", nullptr,
                                               static_cast<int>(rows.size() - kFactsEach))});
            break;
        }
        QStringList parts{transportWord(row->info.transport), stateWords(*row, nowMs)};
        if (const RateTrack *track = rates.find(row->info.id)) {
            const RateSample now = track->secondsAgo(0);
            parts << u"↓ %1/s"_s.arg(formatRate(static_cast<double>(now.messagesIn)))
                  << u"↑ %1/s"_s.arg(formatRate(static_cast<double>(now.messagesOut)));
        }
        if (row->info.rttMs)
            parts << formatRtt(row->info.rttMs);
        facts.push_back({row->label, parts.join(u" · "_s)});
    }
    return facts;
}

} // namespace pushdeck
