// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientbook.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <vector>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

const QString kKey = u"clients/book"_s;
// An identity is a hash of 24 characters and a number; more is not ours.
constexpr qsizetype kIdentityCharacters = 64;

/// Never in the middle of a surrogate pair.
QString cut(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    return text.left(text.at(most - 1).isHighSurrogate() ? most - 1 : most);
}

QString nameIn(const QString &text)
{
    return cut(text.simplified(), ClientBook::kNameCharacters);
}

} // namespace

QStringList tagsIn(const QString &text, qsizetype most)
{
    static const QRegularExpression between(u"[\\s,;\\x{FF0C}\\x{3001}\\x{FF1B}]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    QStringList tags;
    for (QString tag : text.split(between, Qt::SkipEmptyParts)) {
        while (tag.startsWith(u'#'))
            tag.remove(0, 1);
        tag = cut(tag, ClientBook::kTagCharacters);
        if (!tag.isEmpty() && !tags.contains(tag, Qt::CaseInsensitive))
            tags << tag;
        if (tags.size() == most)
            break;
    }
    return tags;
}

const ClientNote *ClientBook::find(const QString &identity) const
{
    const auto it = m_notes.constFind(identity);
    return it == m_notes.constEnd() ? nullptr : &it->note;
}

ClientNote ClientBook::noteOf(const QString &identity) const
{
    const ClientNote *note = find(identity);
    return note ? *note : ClientNote();
}

void ClientBook::setName(const QString &identity, const QString &name)
{
    ClientNote note = noteOf(identity);
    note.name = nameIn(name);
    if (put(identity, std::move(note)))
        emit changed();
}

void ClientBook::setTags(const QString &identity, const QStringList &tags)
{
    setTags(QHash<QString, QStringList>{{identity, tags}});
}

void ClientBook::setTags(const QHash<QString, QStringList> &tags)
{
    bool any = false;
    for (auto it = tags.constBegin(); it != tags.constEnd(); ++it) {
        ClientNote note = noteOf(it.key());
        note.tags = tagsIn(it->join(u' '));
        any = put(it.key(), std::move(note)) || any;
    }
    if (any)
        emit changed();
}

bool ClientBook::put(const QString &identity, ClientNote note)
{
    if (identity.isEmpty() || identity.size() > kIdentityCharacters)
        return false;
    const ClientNote old = noteOf(identity);
    if (old.name == note.name && old.tags == note.tags)
        return false;
    if (note.name.isEmpty() && note.tags.isEmpty())
        m_notes.remove(identity);
    else
        m_notes[identity] = {std::move(note), ++m_clock};
    if (m_notes.size() > kMost)
        forgetOldest();
    return true;
}

void ClientBook::touch(const QString &identity)
{
    if (const auto it = m_notes.find(identity); it != m_notes.end())
        it->age = ++m_clock;
}

void ClientBook::forgetOldest()
{
    const auto oldest =
        std::min_element(m_notes.begin(), m_notes.end(),
                         [](const Entry &a, const Entry &b) { return a.age < b.age; });
    m_notes.erase(oldest);
}

QStringList ClientBook::knownTags() const
{
    QHash<QString, int> counts;
    for (const Entry &entry : m_notes) {
        for (const QString &tag : entry.note.tags)
            ++counts[tag];
    }
    QStringList tags = counts.keys();
    std::sort(tags.begin(), tags.end(), [&counts](const QString &a, const QString &b) {
        const int order = counts.value(b) - counts.value(a);
        return order != 0 ? order < 0 : a < b;
    });
    return tags;
}

void ClientBook::restore(const QSettings &settings)
{
    const QByteArray bytes = settings.value(kKey).toString().toUtf8();
    bool any = false;
    for (const QJsonValue &value : QJsonDocument::fromJson(bytes).array()) {
        const QString identity = value[u"id"].toString();
        ClientNote note;
        note.name = nameIn(value[u"name"].toString());
        for (const QJsonValue &tag : value[u"tags"].toArray())
            note.tags << tag.toString();
        note.tags = tagsIn(note.tags.join(u' '));
        any = put(identity, std::move(note)) || any;
    }
    if (any)
        emit changed();
}

void ClientBook::save(QSettings &settings) const
{
    std::vector<QHash<QString, Entry>::const_iterator> byAge;
    byAge.reserve(static_cast<std::size_t>(m_notes.size()));
    for (auto it = m_notes.constBegin(); it != m_notes.constEnd(); ++it)
        byAge.push_back(it);
    std::sort(byAge.begin(), byAge.end(),
              [](const auto &a, const auto &b) { return a->age < b->age; });
    QJsonArray notes;
    for (const auto &it : byAge) {
        QJsonObject note{{u"id"_s, it.key()}};
        if (!it->note.name.isEmpty())
            note[u"name"] = it->note.name;
        if (!it->note.tags.isEmpty())
            note[u"tags"] = QJsonArray::fromStringList(it->note.tags);
        notes.append(note);
    }
    settings.setValue(kKey, QString::fromUtf8(QJsonDocument(notes).toJson(QJsonDocument::Compact)));
}

} // namespace pushdeck
