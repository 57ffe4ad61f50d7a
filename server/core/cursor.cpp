// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cursor.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace pushdeck {

namespace {

constexpr std::uint64_t kMostMessages = 1'000'000;
constexpr std::uint64_t kMostHours = 8760;

/// Digits only: no sign, no space, no overflow.
std::optional<std::uint64_t> digits(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 20)
        return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool ok = false;
    const qulonglong value = text.toULongLong(&ok);
    return ok ? std::optional<std::uint64_t>(value) : std::nullopt;
}

std::optional<std::chrono::milliseconds> ageOf(QByteArrayView text)
{
    const auto amount = digits(text.chopped(1));
    if (!amount || *amount > kMostHours * 3600)
        return std::nullopt;
    const auto n = static_cast<std::int64_t>(*amount);
    std::chrono::milliseconds age{};
    switch (text.back()) {
        case 's':
            age = std::chrono::seconds(n);
            break;
        case 'm':
            age = std::chrono::minutes(n);
            break;
        case 'h':
            age = std::chrono::hours(n);
            break;
        default:
            return std::nullopt;
    }
    return age <= std::chrono::hours(kMostHours) ? std::optional(age) : std::nullopt;
}

std::optional<MessageId> idOf(QByteArrayView text)
{
    const qsizetype dash = text.lastIndexOf('-');
    if (dash < 1 || dash > 32)
        return std::nullopt;
    const QByteArrayView epoch = text.first(dash);
    if (!std::all_of(epoch.begin(), epoch.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }))
        return std::nullopt;
    const auto sequence = digits(text.sliced(dash + 1));
    if (!sequence)
        return std::nullopt;
    return MessageId{epoch.toByteArray(), *sequence};
}

} // namespace

Result<Cursor> Cursor::parse(QByteArrayView text)
{
    QByteArrayView value = text.trimmed();
    if (value.startsWith("W/"))
        value = value.sliced(2);
    if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
        value = value.sliced(1, value.size() - 2);

    if (value.isEmpty() || value == "latest")
        return Cursor{};
    if (value == "all")
        return Cursor{Kind::All, 0, {}, {}};
    if (value.startsWith('-')) {
        const auto count = digits(value.sliced(1));
        if (count && *count >= 1 && *count <= kMostMessages)
            return Cursor{Kind::LastN, static_cast<std::uint32_t>(*count), {}, {}};
    } else if (auto id = idOf(value)) {
        return after(std::move(*id));
    } else if (const auto age = ageOf(value)) {
        return Cursor{Kind::Age, 0, *age, {}};
    }
    return badRequest(QCoreApplication::translate(
        "pushdeck::Cursor",
        "A cursor is a message id, 'latest', 'all', '-N' (the last N messages) or an age such as "
        "'30s', '10m' or '2h'."));
}

} // namespace pushdeck
