// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/eventcodec.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kKinds = {"message"_L1, "connected"_L1, "disconnected"_L1,
                               "gap"_L1,     "refused"_L1,   "notice"_L1};
constexpr std::array kDirections = {"in"_L1, "out"_L1, "server"_L1};
constexpr std::int64_t kDayMs = 86'400'000;

template <typename Value, std::size_t N>
std::optional<Value> valueOf(const std::array<QLatin1StringView, N> &names, QStringView name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (name == names[i])
            return static_cast<Value>(i);
    }
    return std::nullopt;
}

/// `count` digits at `at`, or -1.
int digits(QStringView text, qsizetype at, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const char16_t c = text[at + i].unicode();
        if (c < u'0' || c > u'9')
            return -1;
        value = value * 10 + (c - u'0');
    }
    return value;
}

void appendEscape(QByteArray &out, unsigned code)
{
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", code);
    out += escape;
}

/// The code point at `at` if it is one of those that are escaped though they are no controls.
unsigned troublesome(QByteArrayView utf8, qsizetype at)
{
    if (at + 2 >= utf8.size())
        return 0;
    const auto second = static_cast<unsigned char>(utf8[at + 1]);
    const auto third = static_cast<unsigned char>(utf8[at + 2]);
    if (static_cast<unsigned char>(utf8[at]) == 0xEF && second == 0xBB && third == 0xBF)
        return 0xFEFF;
    if (static_cast<unsigned char>(utf8[at]) == 0xE2 && second == 0x80 &&
        (third == 0xA8 || third == 0xA9))
        return 0x2000 | (third & 0x3F);
    return 0;
}

} // namespace

QLatin1StringView kindName(TrafficKind kind)
{
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<TrafficKind> kindFromName(QStringView name)
{
    return valueOf<TrafficKind>(kKinds, name);
}

QLatin1StringView directionName(Direction direction)
{
    return kDirections[static_cast<std::size_t>(direction)];
}

std::optional<Direction> directionFromName(QStringView name)
{
    return valueOf<Direction>(kDirections, name);
}

QLatin1StringView transportField(Transport transport)
{
    return transport == Transport::None ? ""_L1 : transportName(transport);
}

std::optional<Transport> transportFromName(QStringView name)
{
    for (const Transport transport :
         {Transport::None, Transport::WebSocket, Transport::Sse, Transport::LongPoll}) {
        if (name == transportField(transport))
            return transport;
    }
    return std::nullopt;
}

QByteArray isoUtc(std::int64_t utcMs)
{
    using namespace std::chrono;
    const std::int64_t day = (utcMs >= 0 ? utcMs : utcMs - kDayMs + 1) / kDayMs;
    const auto ofDay = static_cast<int>(utcMs - day * kDayMs);
    const year_month_day date{sys_days{days{static_cast<days::rep>(day)}}};
    char text[48];
    const int length = std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), ofDay / 3'600'000,
        ofDay / 60'000 % 60, ofDay / 1'000 % 60, ofDay % 1'000);
    return QByteArray(text, length);
}

std::optional<std::int64_t> utcFromIso(QStringView text)
{
    using namespace std::chrono;
    if (text.size() != 24 || text[4] != u'-' || text[7] != u'-' || text[10] != u'T' ||
        text[13] != u':' || text[16] != u':' || text[19] != u'.' || text[23] != u'Z')
        return std::nullopt;
    const int y = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    const int h = digits(text, 11, 2);
    const int m = digits(text, 14, 2);
    const int s = digits(text, 17, 2);
    const int ms = digits(text, 20, 3);
    if (y < 0 || month < 0 || d < 0 || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 ||
        ms < 0)
        return std::nullopt;
    const year_month_day date{year{y}, std::chrono::month{static_cast<unsigned>(month)},
                              day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return std::nullopt;
    const std::int64_t days = sys_days{date}.time_since_epoch().count();
    return days * kDayMs + ((h * 60 + m) * 60 + s) * 1'000ll + ms;
}

bool isReadable(const TrafficEvent &event)
{
    return !event.binary && event.payload.isValidUtf8();
}

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    out += '"';
    qsizetype copied = 0; // what needs no escape goes in one piece
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        const auto c = static_cast<unsigned char>(utf8[at]);
        const unsigned wide = c == 0xE2 || c == 0xEF ? troublesome(utf8, at) : 0;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && wide == 0)
            continue;
        out += utf8.sliced(copied, at - copied);
        if (wide) {
            appendEscape(out, wide);
            at += 2;
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            appendEscape(out, c);
        }
        copied = at + 1;
    }
    out += utf8.sliced(copied);
    out += '"';
}

void appendJsonString(QByteArray &out, const QString &text)
{
    appendJsonString(out, QByteArrayView(text.toUtf8()));
}

} // namespace pushdeck
