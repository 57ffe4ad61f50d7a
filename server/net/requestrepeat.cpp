// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requestrepeat.h"

#include <algorithm>

namespace pushdeck {

namespace {

/// Nothing that ends a value, or is decoded, wherever in a head it stands.
bool isPlain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool isPlain(QByteArrayView value)
{
    return !value.isEmpty() &&
           std::all_of(value.begin(), value.end(), [](char c) { return isPlain(c); });
}

/// What dates are made of (RFC 9110, 5.6.7), none of which ends a field.
bool isDate(QByteArrayView value)
{
    return std::all_of(value.begin(), value.end(),
                       [](char c) { return isPlain(c) || c == ' ' || c == ',' || c == ':'; });
}

/// Where `part` is in `head`, if exactly once; else -1.
qsizetype placeOf(const QByteArray &part, const QByteArray &head)
{
    const qsizetype at = head.indexOf(part);
    return at >= 0 && head.indexOf(part, at + 1) < 0 ? at : -1;
}

} // namespace

RequestRepeat::RequestRepeat(QByteArray head, Span value, Span date)
    : m_head(std::move(head)), m_value(value), m_date(date)
{
}

std::unique_ptr<RequestRepeat> RequestRepeat::of(const QByteArray &head, const QByteArray &value,
                                                 const QByteArray &date)
{
    const Span place{placeOf(value, head), value.size()};
    if (!isPlain(value) || place.at < 0 || head.size() > kMostBytes)
        return nullptr;
    Span passedOver{placeOf(date, head), date.size()};
    const bool isApart = passedOver.end() <= place.at || place.end() <= passedOver.at;
    if (date.isEmpty() || passedOver.at < 0 || !isApart || !isDate(date))
        passedOver = {};
    return std::unique_ptr<RequestRepeat>(new RequestRepeat(head, place, passedOver));
}

QByteArrayView RequestRepeat::valueIn(QByteArrayView bytes) const
{
    if (!canBe(bytes.size()))
        return {};
    const Span before{0, m_value.at};
    const Span after{m_value.end(), m_head.size() - m_value.end()};
    if (!isSame(bytes.first(before.size), before) || !isSame(bytes.last(after.size), after))
        return {};
    const QByteArrayView value = bytes.sliced(before.size, bytes.size() - before.size - after.size);
    return isPlain(value) ? value : QByteArrayView();
}

/// `bytes` stand where that part of the head stood: the same, but for another date.
bool RequestRepeat::isSame(QByteArrayView bytes, Span part) const
{
    const QByteArrayView head = QByteArrayView(m_head).sliced(part.at, part.size);
    if (m_date.size == 0 || m_date.at < part.at || m_date.at >= part.end())
        return bytes == head;
    const qsizetype dateAt = m_date.at - part.at;
    const qsizetype dateEnd = dateAt + m_date.size;
    return bytes.first(dateAt) == head.first(dateAt) &&
           bytes.sliced(dateEnd) == head.sliced(dateEnd) &&
           isDate(bytes.sliced(dateAt, m_date.size));
}

} // namespace pushdeck
