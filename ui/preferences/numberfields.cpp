// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/numberfields.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <type_traits>

namespace pushdeck {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::NumberFields)
};

constexpr std::int64_t kKb = 1024;
constexpr std::int64_t kMb = 1024 * kKb;
constexpr std::int64_t kGb = 1024 * kMb;
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;

/// One member of one part of the settings, as a whole number; times in milliseconds.
template <auto part, auto member>
std::int64_t getMember(const Preferences &from)
{
    const auto value = (from.server.*part).*member;
    if constexpr (std::is_same_v<std::remove_const_t<decltype(value)>, std::chrono::milliseconds>)
        return value.count();
    else
        return static_cast<std::int64_t>(value);
}

template <auto part, auto member>
void setMember(Preferences &into, std::int64_t value)
{
    auto &target = (into.server.*part).*member;
    target = static_cast<std::remove_reference_t<decltype(target)>>(value);
}

using S = ServerSettings;
using L = ServerSettings::Limits;
using H = ServerSettings::History;
using P = NumberField::Page;
using Q = Quantity;

template <auto member>
NumberField history(const char16_t *key, Q quantity, std::int64_t least, std::int64_t most,
                    const char *label, const char *hint)
{
    return {key,
            P::History,
            quantity,
            least,
            most,
            Applies::AtOnce,
            true,
            &getMember<&S::history, member>,
            &setMember<&S::history, member>,
            label,
            hint};
}

template <auto member>
NumberField limit(const char16_t *key, Q quantity, std::int64_t least, std::int64_t most,
                  const char *label, const char *hint)
{
    return {key,
            P::Limits,
            quantity,
            least,
            most,
            Applies::ServerStart,
            true,
            &getMember<&S::limits, member>,
            &setMember<&S::limits, member>,
            label,
            hint};
}

/// Not for the operator: what they guard does not depend on the use.
template <auto member>
NumberField shown(const char16_t *key, Q quantity, const char *label, const char *hint)
{
    NumberField field = limit<member>(key, quantity, 0, 0, label, hint);
    field.editable = false;
    return field;
}

void addHistory(std::vector<NumberField> &fields)
{
    const auto tr = [](const char *text) { return text; }; // for lupdate
    fields.push_back(history<&H::messagesPerTopic>(keys::kHistoryPerTopic, Q::Count, 0, 1'000'000,
                                                   tr("Messages per topic"),
                                                   tr("The oldest go. 0 remembers none.")));
    fields.push_back(history<&H::bytesPerTopic>(
        u"history/bytes-per-topic", Q::Bytes, 64 * kKb, 4 * kGb, tr("Size per topic"),
        tr("Payloads and bookkeeping; one message always stays.")));
    fields.push_back(history<&H::messages>(u"history/messages", Q::Count, 1, 10'000'000,
                                           tr("Messages in all topics"),
                                           tr("The oldest go, whatever their topic.")));
    fields.push_back(history<&H::bytes>(u"history/bytes", Q::Bytes, kMb, 16 * kGb,
                                        tr("Size in all topics"), {}));
    fields.push_back({u"log/rows", P::History, Q::Count, 100, 2'000'000, Applies::AtOnce, true,
                      &getMember<&S::log, &S::Log::events>, &setMember<&S::log, &S::Log::events>,
                      tr("Rows in the traffic log"), tr("The oldest go; the log says how many.")});
    fields.push_back({u"log/bytes",
                      P::History,
                      Q::Bytes,
                      kMb,
                      4 * kGb,
                      Applies::AtOnce,
                      true,
                      &getMember<&S::log, &S::Log::bytes>,
                      &setMember<&S::log, &S::Log::bytes>,
                      tr("Size of the traffic log"),
                      {}});
}

template <auto member>
NumberField rate(const char16_t *key, Q quantity, std::int64_t least, const char *label,
                 const char *hint)
{
    return {key,
            P::Rates,
            quantity,
            least,
            quantity == Q::Bytes ? kGb : 1'000'000,
            Applies::AtOnce,
            true,
            &getMember<&S::rates, member>,
            &setMember<&S::rates, member>,
            label,
            hint};
}

void addRates(std::vector<NumberField> &fields)
{
    const auto tr = [](const char *text) { return text; }; // for lupdate
    fields.push_back(rate<&S::Rates::messagesPerSecond>(
        keys::kRate, Q::Count, 0, tr("Messages a second"),
        tr("0: any number. Over it: 429; a plain WebSocket is closed, 1008.")));
    fields.push_back(rate<&S::Rates::burst>(keys::kBurst, Q::Count, 1, tr("Messages at once"),
                                            tr("After a pause.")));
    fields.push_back(rate<&S::Rates::bytesPerSecond>(keys::kByteRate, Q::Bytes, 0,
                                                     tr("Size a second"), tr("0 B: any size.")));
}

void addLimits(std::vector<NumberField> &fields)
{
    const auto tr = [](const char *text) { return text; }; // for lupdate
    fields.push_back(limit<&L::connections>(u"limits/connections", Q::Count, 1, 1'000'000,
                                            tr("Open connections"), tr("Over it: 503.")));
    fields.push_back(limit<&L::connectionsPerAddress>(
        u"limits/connections-per-address", Q::Count, 0, 1'000'000, tr("Connections of one address"),
        tr("Over it: 429. 0: any number.")));
    fields.push_back(limit<&L::connectionsPerLoopback>(
        u"limits/connections-per-loopback", Q::Count, 0, 1'000'000,
        tr("Connections of this machine"), tr("Over it: 429. 0: any number.")));
    fields.push_back(limit<&L::topicsPerClient>(u"limits/topics-per-client", Q::Count, 1, 1000,
                                                tr("Topics of one client"),
                                                tr("Over it: 400, or an error.")));
    fields.push_back(limit<&L::topicsSubscribed>(u"limits/topics", Q::Count, 1, 1'000'000,
                                                 tr("Topics with a subscriber"),
                                                 tr("In all. Over it: 503, or closed, 1013.")));
    fields.push_back(limit<&L::patternsSubscribed>(
        u"limits/patterns", Q::Count, 0, 10'000, tr("Different patterns"),
        tr("In all; each message is held against each. Over it: 503.")));
    fields.push_back(limit<&L::headBytes>(u"limits/head", Q::Bytes, kKb, kMb,
                                          tr("Head of a request"), tr("Over it: 431.")));
    fields.push_back(limit<&L::bodyBytes>(u"limits/body", Q::Bytes, kKb, 256 * kMb,
                                          tr("Body of a request"), tr("Over it: 413.")));
    fields.push_back(limit<&L::frameBytes>(u"limits/message", Q::Bytes, kKb, 256 * kMb,
                                           tr("WebSocket message"), tr("Over it: closed, 1009.")));
    fields.push_back(limit<&L::backlogBytes>(
        u"limits/backlog", Q::Bytes, 64 * kKb, 4 * kGb, tr("Backlog of a client"),
        tr("Bytes that wait for it. Over it: closed as too slow.")));
    fields.push_back(limit<&L::backlogBytesTotal>(
        u"limits/backlog-total", Q::Bytes, 64 * kKb, 64 * kGb, tr("All backlogs together"),
        tr("Over it: the clients with the biggest are closed.")));
    fields.push_back(limit<&L::headDeadline>(u"limits/head-deadline", Q::Time, kSecond,
                                             10 * kMinute, tr("Time for a head"),
                                             tr("Over it: 408.")));
    fields.push_back(limit<&L::bodyDeadline>(u"limits/body-deadline", Q::Time, kSecond,
                                             60 * kMinute, tr("Time for a body"),
                                             tr("Over it: 408.")));
    fields.push_back(limit<&L::frameDeadline>(u"limits/frame-deadline", Q::Time, kSecond,
                                              60 * kMinute, tr("Time for a WebSocket message"),
                                              tr("Over it: closed, 1008.")));
    fields.push_back(limit<&L::keepAliveIdle>(u"limits/idle", Q::Time, kSecond, 60 * kMinute,
                                              tr("Idle between requests"), tr("Over it: closed.")));
    fields.push_back(limit<&L::writeStall>(u"limits/stall", Q::Time, kSecond, 60 * kMinute,
                                           tr("Response that stalls"), tr("Over it: aborted.")));

    fields.push_back(shown<&L::headFields>(u"limits/fields", Q::Count, tr("Fields in a head"),
                                           tr("Over it: 431.")));
    fields.push_back(shown<&L::targetBytes>(u"limits/target", Q::Bytes, tr("Request target"),
                                            tr("Over it: 414.")));
    fields.push_back(shown<&L::bodiesBytesTotal>(
        u"limits/bodies", Q::Bytes, tr("All bodies at one time"), tr("Over it: 503.")));
    fields.push_back(shown<&L::unreadWhilePendingBytes>(
        u"limits/unread", Q::Bytes, tr("Input while an answer is held"), tr("Over it: aborted.")));
    fields.push_back(shown<&L::listenBacklog>(u"limits/listen", Q::Count,
                                              tr("Connections not yet accepted"), {}));
    fields.push_back(
        shown<&L::handshakeDeadline>(u"limits/handshake", Q::Time, tr("Time for a handshake"), {}));
    fields.push_back(
        shown<&L::handlerDeadline>(u"limits/handler", Q::Time, tr("Time until an answer"), {}));
    fields.push_back(shown<&L::lingerDeadline>(u"limits/linger", Q::Time,
                                               tr("Lingering after the last answer"), {}));
    fields.push_back(shown<&L::unacknowledged>(u"limits/unacknowledged", Q::Time,
                                               tr("Bytes not acknowledged"), {}));
}

/// As a person reads it: "1,000,000", "256 MB".
QString boundText(Quantity quantity, std::int64_t value)
{
    return quantity == Quantity::Count ? QLocale().toString(static_cast<qlonglong>(value))
                                       : quantityText(quantity, value);
}

} // namespace

const std::vector<NumberField> &numberFields()
{
    static const std::vector<NumberField> fields = [] {
        std::vector<NumberField> made;
        addHistory(made);
        addRates(made);
        addLimits(made);
        return made;
    }();
    return fields;
}

QString numberWords(const char *text)
{
    return text ? QCoreApplication::translate("pushdeck", text) : QString();
}

const NumberField *findNumber(const PreferenceKey &key)
{
    const auto &fields = numberFields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&key](const auto &field) {
        return key == QStringView(field.key);
    });
    return found == fields.end() ? nullptr : &*found;
}

QString numberProblem(const NumberField &field, const QString &text, std::int64_t &value)
{
    const auto read = readQuantity(field.quantity, text);
    const bool within = read && *read >= field.least && *read <= field.most;
    if (within) {
        value = *read;
        return {};
    }
    if (!read && field.quantity == Quantity::Bytes)
        return Words::tr("A number and a unit: B, KB, MB or GB.");
    if (!read && field.quantity == Quantity::Time)
        return Words::tr("A number and a unit: ms, s or min.");
    return Words::tr("From %1 to %2.")
        .arg(boundText(field.quantity, field.least), boundText(field.quantity, field.most));
}

QHash<PreferenceKey, QString> numberConflicts(const Preferences &preferences)
{
    QHash<PreferenceKey, QString> words;
    const L &limits = preferences.server.limits;
    const H &history = preferences.server.history;
    const std::int64_t largest = std::max(limits.bodyBytes, limits.frameBytes);
    if (limits.bodyBytes > limits.bodiesBytesTotal)
        words.insert(QStringLiteral("limits/body"),
                     Words::tr("All bodies together have %1.")
                         .arg(quantityText(Quantity::Bytes, limits.bodiesBytesTotal)));
    if (limits.backlogBytes < largest)
        words.insert(QStringLiteral("limits/backlog"),
                     Words::tr("Must hold the largest message: at least %1.")
                         .arg(quantityText(Quantity::Bytes, largest)));
    if (limits.backlogBytesTotal < limits.backlogBytes)
        words.insert(QStringLiteral("limits/backlog-total"),
                     Words::tr("Must hold one client's backlog: at least %1.")
                         .arg(quantityText(Quantity::Bytes, limits.backlogBytes)));
    if (history.bytes < history.bytesPerTopic)
        words.insert(QStringLiteral("history/bytes"),
                     Words::tr("At least what one topic may have: %1.")
                         .arg(quantityText(Quantity::Bytes,
                                           static_cast<std::int64_t>(history.bytesPerTopic))));
    return words;
}

} // namespace pushdeck
