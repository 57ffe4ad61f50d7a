// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

namespace pushdeck {

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

} // namespace

QByteArray RequestHead::value(QByteArrayView name) const
{
    for (const Field &field : fields) {
        if (sameName(field.name, name))
            return field.value.isNull() ? QByteArray("") : field.value;
    }
    return {};
}

std::vector<QByteArray> RequestHead::values(QByteArrayView name) const
{
    std::vector<QByteArray> found;
    for (const Field &field : fields) {
        if (sameName(field.name, name))
            found.push_back(field.value);
    }
    return found;
}

bool RequestHead::has(QByteArrayView name) const
{
    for (const Field &field : fields) {
        if (sameName(field.name, name))
            return true;
    }
    return false;
}

bool RequestHead::containsToken(QByteArrayView name, QByteArrayView token) const
{
    for (const Field &field : fields) {
        if (!sameName(field.name, name))
            continue;
        QByteArrayView rest = field.value;
        while (!rest.isEmpty()) {
            const qsizetype comma = rest.indexOf(',');
            const QByteArrayView item = comma < 0 ? rest : rest.first(comma);
            if (sameName(item.trimmed(), token))
                return true;
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
        }
    }
    return false;
}

QByteArray RequestHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.first(mark);
}

QByteArray RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArray() : target.sliced(mark + 1);
}

bool RequestHead::isUpgradeToWebSocket() const
{
    return minorVersion >= 1 && containsToken("Upgrade", "websocket") &&
           containsToken("Connection", "upgrade");
}

} // namespace pushdeck
