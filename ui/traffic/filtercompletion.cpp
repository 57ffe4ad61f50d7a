// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filtercompletion.h"

#include "ui/text/visible.h"
#include "ui/traffic/trafficfilter.h"

#include <QCoreApplication>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::FilterCompletion)
};

struct Known
{
    QString text;
    QString hint;
};

std::vector<Known> keys()
{
    return {{u"dir:"_s, Words::tr("direction: in, out or the server's own")},
            {u"via:"_s, Words::tr("how it came: a transport, HTTP, the operator")},
            {u"kind:"_s, Words::tr("messages, connects, closes, gaps, refusals")},
            {u"client:"_s, Words::tr("number or address of a client")},
            {u"topic:"_s, Words::tr("topic, part of one, or pattern with * and **")},
            {u"event:"_s, Words::tr("event name, * for any part of it")},
            {u"size>"_s, Words::tr("larger than so many bytes, k or m")},
            {u"size<"_s, Words::tr("smaller than so many bytes, k or m")},
            {u"to:"_s, Words::tr("how many clients it went to")},
            {u"to>"_s, Words::tr("went to more clients than")},
            {u"status:"_s, Words::tr("close code or HTTP status")},
            {u"status>="_s, Words::tr("code or status from this on")}};
}

std::vector<Known> valuesOf(QStringView key)
{
    if (key == u"dir")
        return {{u"in"_s, Words::tr("from clients and publishers")},
                {u"out"_s, Words::tr("from the operator")},
                {u"server"_s, Words::tr("what the server says about itself")}};
    if (key == u"via")
        return {{u"ws"_s, Words::tr("WebSocket")},
                {u"sse"_s, Words::tr("server-sent events")},
                {u"lp"_s, Words::tr("long-poll")},
                {u"http"_s, Words::tr("plain HTTP requests")},
                {u"operator"_s, Words::tr("sent from this window")},
                {u"none"_s, Words::tr("notices of the server")}};
    if (key == u"kind")
        return {{u"message"_s, Words::tr("messages")},
                {u"connect"_s, Words::tr("a client appeared")},
                {u"close"_s, Words::tr("a client went")},
                {u"gap"_s, Words::tr("a client missed messages")},
                {u"refused"_s, Words::tr("turned away")},
                {u"notice"_s, Words::tr("started, stopped, limits")}};
    if (key == u"size")
        return {{u"100"_s, Words::tr("bytes")},
                {u"1k"_s, QString()},
                {u"10k"_s, QString()},
                {u"100k"_s, QString()},
                {u"1m"_s, QString()}};
    if (key == u"to")
        return {{u"0"_s, Words::tr("nobody got it")},
                {u"1"_s, Words::tr("one client")},
                {u"10"_s, QString()},
                {u"100"_s, QString()}};
    if (key == u"status")
        return {{u"4xx"_s, Words::tr("the request's fault")},
                {u"5xx"_s, Words::tr("the server's fault")},
                {u"401"_s, Words::tr("no valid token")},
                {u"404"_s, Words::tr("not found")},
                {u"1000"_s, Words::tr("closed normally")},
                {u"1001"_s, Words::tr("went away")},
                {u"1006"_s, Words::tr("lost without a goodbye")},
                {u"1008"_s, Words::tr("closed for policy, or slow")},
                {u"1009"_s, Words::tr("message too large")}};
    return {};
}

/// The word at the cursor, cut as the parser cuts it.
struct Place
{
    qsizetype start = 0; // after a - or !
    qsizetype end = 0;
    bool negated = false;
};

bool isSpace(const QString &text, qsizetype at)
{
    return at >= text.size() || text[at].isSpace();
}

qsizetype expressionEnd(const QString &text, qsizetype start)
{
    for (qsizetype i = start + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'/' && i > start + 1 &&
                 (isSpace(text, i + 1) || (text[i + 1] == u'i' && isSpace(text, i + 2))))
            return i + 1;
    }
    return start;
}

/// The end of a value that starts at `at`: behind its quote, else at a space or a comma.
qsizetype valueEnd(const QString &text, qsizetype at, bool commas)
{
    const auto ends = [&](qsizetype i) { return isSpace(text, i) || (commas && text[i] == u','); };
    if (at < text.size() && text[at] == u'"') {
        for (qsizetype i = at + 1; i < text.size(); ++i) {
            if (text[i] == u'\\')
                ++i;
            else if (text[i] == u'"' && ends(i + 1))
                return i + 1;
        }
        return text.size();
    }
    while (!ends(at))
        ++at;
    return at;
}

qsizetype relationEnd(const QString &text, qsizetype at)
{
    const qsizetype most = at + 3;
    while (at < text.size() && at < most && QStringView(u":<>=").contains(text[at]))
        ++at;
    return at;
}

qsizetype lettersEnd(const QString &text, qsizetype at)
{
    while (at < text.size() && text[at].isLetter())
        ++at;
    return at;
}

bool namesKey(const QString &text, qsizetype start, qsizetype letters)
{
    return isFilterKey(text.sliced(start, letters - start).toLower()) &&
           relationEnd(text, letters) > letters;
}

qsizetype wordEnd(const QString &text, qsizetype start)
{
    if (text[start] == u'/') {
        if (const qsizetype end = expressionEnd(text, start); end > start)
            return end;
    }
    qsizetype at = start;
    bool commas = false;
    if (const qsizetype letters = lettersEnd(text, start); namesKey(text, start, letters)) {
        at = relationEnd(text, letters);
        commas = true;
    }
    for (;;) {
        at = valueEnd(text, at, commas);
        if (isSpace(text, at))
            return at;
        ++at; // the comma
    }
}

Place placeOf(const QString &text, qsizetype cursor)
{
    qsizetype at = 0;
    for (;;) {
        while (at < text.size() && (text[at].isSpace() || text[at] == u'&'))
            ++at;
        if (at >= cursor && !(at == cursor && at < text.size()))
            return {cursor, cursor, false};
        const bool negated = text[at] == u'-' || text[at] == u'!';
        Place place{at + (negated ? 1 : 0), at, negated};
        place.end = place.start < text.size() && !text[place.start].isSpace()
                        ? wordEnd(text, place.start)
                        : place.start;
        if (cursor <= place.end)
            return cursor < place.start ? Place{cursor, cursor, false} : place;
        at = std::max(place.end, at + 1);
    }
}

/// A value as it is typed so far, without its quote and its escapes.
QString unquoted(QString typed)
{
    if (!typed.startsWith(u'"'))
        return typed;
    typed.remove(0, 1);
    QString out;
    for (qsizetype i = 0; i < typed.size(); ++i) {
        if (typed[i] == u'\\' && i + 1 < typed.size() &&
            (typed[i + 1] == u'"' || typed[i + 1] == u'\\'))
            ++i;
        else if (typed[i] == u'"' && i + 1 == typed.size())
            break;
        out += typed[i];
    }
    return out;
}

// What begins with the typed text before what only contains it. A client is found by its words too.
void addMatching(FilterCompletion &completion, const QString &typed, bool inHints,
                 const std::vector<FilterChoice> &from)
{
    const auto rank = [&typed, inHints](const FilterChoice &choice) {
        if (choice.label.startsWith(typed, Qt::CaseInsensitive))
            return 0;
        return choice.label.contains(typed, Qt::CaseInsensitive) ||
                       (inHints && choice.hint.contains(typed, Qt::CaseInsensitive))
                   ? 1
                   : 2;
    };
    for (const int wanted : {0, 1}) {
        for (const FilterChoice &choice : from) {
            if (completion.choices.size() < kMostFilterChoices && rank(choice) == wanted)
                completion.choices.push_back(choice);
        }
    }
}

std::vector<FilterChoice> choicesFor(QStringView key, const FilterSources &sources)
{
    std::vector<FilterChoice> choices;
    const auto add = [&choices](const QString &value, const QString &hint = {}) {
        choices.push_back({filterValue(value), visibleText(value, 120), hint, false});
    };
    if (key == u"topic") {
        for (const QString &topic : sources.topics)
            add(topic);
    } else if (key == u"event") {
        for (const QString &event : sources.events)
            add(event);
    } else if (key == u"client") {
        for (const FilterSources::Client &client : sources.clients)
            add(u"#%1"_s.arg(client.id), visibleText(client.words, 120));
    } else {
        for (const Known &known : valuesOf(key))
            add(known.text, known.hint);
    }
    return choices;
}

void completeValue(FilterCompletion &completion, const QString &text, const Place &place,
                   qsizetype cursor, const QString &key, const FilterSources &sources)
{
    const qsizetype from = relationEnd(text, lettersEnd(text, place.start));
    qsizetype start = from;
    qsizetype end = valueEnd(text, start, true);
    while (cursor > end && end < place.end) {
        start = end + 1;
        end = valueEnd(text, start, true);
    }
    completion.start = start;
    completion.length = end - start;
    completion.begun = true;
    const QString typed = unquoted(text.sliced(start, cursor - start));
    addMatching(completion, typed, key == u"client", choicesFor(key, sources));
    const QString whole = text.sliced(start, end - start);
    const auto stands = [&whole](const FilterChoice &choice) { return choice.insert == whole; };
    if (!whole.isEmpty() &&
        std::any_of(completion.choices.begin(), completion.choices.end(), stands))
        completion.choices.clear();
}

} // namespace

FilterCompletion completeFilter(const QString &text, qsizetype cursor, const FilterSources &sources)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    const Place place = placeOf(text, cursor);
    FilterCompletion completion;
    completion.start = place.start;
    completion.begun = cursor > place.start || place.negated;
    const qsizetype letters = std::min(lettersEnd(text, place.start), place.end);
    const QString key = text.sliced(place.start, letters - place.start).toLower();
    if (namesKey(text, place.start, letters) && cursor >= relationEnd(text, letters)) {
        completeValue(completion, text, place, cursor, key, sources);
        return completion;
    }
    // A key is letters up to the cursor; anything else is text to look for.
    if (cursor > letters)
        return completion;
    completion.length =
        (namesKey(text, place.start, letters) ? relationEnd(text, letters) : letters) - place.start;
    const QString typed = text.sliced(place.start, cursor - place.start);
    for (const Known &known : keys()) {
        if (known.text.startsWith(typed, Qt::CaseInsensitive))
            completion.choices.push_back({known.text, known.text, known.hint, true});
    }
    return completion;
}

} // namespace pushdeck
