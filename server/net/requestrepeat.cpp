// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requestrepeat.h"

#include <algorithm>

namespace pushdeck {

namespace {

/// Nothing that ends a value, or is decoded, wherever in a head it stands.
bool isPlain(QByteArrayView value)
{
    return !value.isEmpty() && std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-';
    });
}

} // namespace

RequestRepeat::RequestRepeat(QByteArray head, qsizetype valueAt, qsizetype valueSize)
    : m_head(std::move(head)), m_valueAt(valueAt), m_valueSize(valueSize)
{
}

std::unique_ptr<RequestRepeat> RequestRepeat::of(const QByteArray &head, const QByteArray &value)
{
    const qsizetype at = head.indexOf(value);
    if (!isPlain(value) || at < 0 || head.indexOf(value, at + 1) >= 0 || head.size() > kMostBytes)
        return nullptr;
    return std::unique_ptr<RequestRepeat>(new RequestRepeat(head, at, value.size()));
}

QByteArrayView RequestRepeat::valueIn(QByteArrayView bytes) const
{
    if (!canBe(bytes.size()))
        return {};
    const QByteArrayView before = QByteArrayView(m_head).first(m_valueAt);
    const QByteArrayView after = QByteArrayView(m_head).sliced(m_valueAt + m_valueSize);
    if (!bytes.startsWith(before) || !bytes.endsWith(after))
        return {};
    const QByteArrayView value =
        bytes.sliced(before.size(), bytes.size() - before.size() - after.size());
    return isPlain(value) ? value : QByteArrayView();
}

} // namespace pushdeck
