// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientfilter.h"

#include "ui/clients/clientrow.h"
#include "ui/theme/paint.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

bool has(const QString &text, const QString &word)
{
    return text.contains(word, Qt::CaseInsensitive);
}

bool anyHas(const QStringList &texts, const QString &word)
{
    return std::any_of(texts.begin(), texts.end(),
                       [&word](const QString &text) { return has(text, word); });
}

bool isTransport(Transport transport, const QString &word)
{
    const auto is = [&word](const QString &name) {
        return name.compare(word, Qt::CaseInsensitive) == 0;
    };
    if (is(transportWord(transport)))
        return true;
    return transport == Transport::WebSocket ? is(u"websocket"_s)
                                             : transport == Transport::LongPoll && is(u"poll"_s);
}

// What is typed, whatever the window's language.
QString stateName(ClientState state)
{
    switch (state) {
        case ClientState::Waiting:
            return u"waiting"_s;
        case ClientState::Idle:
            return u"idle"_s;
        case ClientState::Slow:
            return u"slow"_s;
        case ClientState::Gone:
            return u"gone"_s;
        case ClientState::Active:
            break;
    }
    return u"connected"_s;
}

} // namespace

ClientFilter::ClientFilter(const QString &text)
{
    QString word;
    bool quoted = false;
    bool wasQuoted = false;
    const auto finish = [&] {
        if (!word.isEmpty() && word != u"-")
            m_terms.push_back(termIn(word, wasQuoted));
        word.clear();
        wasQuoted = false;
    };
    for (const QChar c : text) {
        if (c == u'"') {
            quoted = !quoted;
            // Only a word that begins with the quote is nothing but text.
            wasQuoted = wasQuoted || word.isEmpty() || word == u"-";
        } else if (c.isSpace() && !quoted) {
            finish();
        } else {
            word += c;
        }
    }
    finish();
}

ClientFilter::Term ClientFilter::termIn(QString text, bool quoted)
{
    static const std::pair<QString, Field> kFields[] = {
        {u"tag:"_s, Field::Tag},     {u"topic:"_s, Field::Topic}, {u"via:"_s, Field::Via},
        {u"state:"_s, Field::State}, {u"name:"_s, Field::Name},   {u"address:"_s, Field::Address}};
    Term term;
    term.leavesOut = text.startsWith(u'-') && text.size() > 1;
    if (term.leavesOut)
        text.remove(0, 1);
    for (const auto &[prefix, field] : kFields) {
        if (!quoted && text.startsWith(prefix, Qt::CaseInsensitive)) {
            term.field = field;
            text.remove(0, prefix.size());
            break;
        }
    }
    term.word = text;
    return term;
}

bool ClientFilter::dependsOnState() const
{
    return std::any_of(m_terms.begin(), m_terms.end(),
                       [](const Term &term) { return term.field == Field::State; });
}

bool ClientFilter::accepts(const ClientRow &row) const
{
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&row](const Term &term) { return matches(term, row) != term.leavesOut; });
}

bool ClientFilter::matches(const Term &term, const ClientRow &row)
{
    const QString &word = term.word;
    switch (term.field) {
        case Field::Tag:
            return anyHas(row.tags, word);
        case Field::Topic:
            return anyHas(row.info.topics, word);
        case Field::Via:
            // While it is being typed nothing is left out yet.
            return word.isEmpty() || isTransport(row.info.transport, word);
        case Field::State:
            return stateName(stateOf(row)).startsWith(word, Qt::CaseInsensitive);
        case Field::Name:
            return has(row.label, word) || has(row.info.name, word);
        case Field::Address:
            return has(row.info.address, word);
        case Field::Any:
            break;
    }
    return has(row.label, word) || has(row.topics, word) || has(row.info.address, word) ||
           has(row.info.userAgent, word) || has(row.info.name, word) || anyHas(row.tags, word) ||
           transportWord(row.info.transport).compare(word, Qt::CaseInsensitive) == 0 ||
           word == u"#%1"_s.arg(row.info.id);
}

} // namespace pushdeck
