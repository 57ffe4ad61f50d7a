// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/serverwords.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// A sentence within a sentence ("missed %1: …" of "%1 messages"), and no deeper.
constexpr int kDepth = 2;
// Longer texts are a payload's or a client's, not the server's.
constexpr qsizetype kLongest = 2'000;
// "%1 messages" is part of a sentence; as a whole text it is a client's own words.
constexpr qsizetype kFewestLetters = 9;
// What the server puts before a client's own words.
constexpr QStringView kBehind = u" · ";

} // namespace

QString serverWords(const QString &text)
{
    // Not all that comes from the network survives the way through UTF-8.
    const QByteArray utf8 = text.toUtf8();
    if (text.isEmpty() || text.size() > kLongest || utf8.contains('\0'))
        return text;
    const QString said = QCoreApplication::translate(ServerDictionary::kContext, utf8.constData());
    return said == QString::fromUtf8(utf8) ? text : said;
}

ServerDictionary::ServerDictionary(const QString &file)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return;
    QXmlStreamReader xml(&device);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"source")
            source = xml.readElementText();
        else if (xml.name() == u"translation")
            add(source, xml.readElementText());
    }
    std::stable_sort(m_open.begin(), m_open.end(),
                     [](const Sentence &a, const Sentence &b) { return a.letters > b.letters; });
}

void ServerDictionary::add(const QString &source, const QString &translation)
{
    if (translation.isEmpty())
        return;
    static const QRegularExpression place(u"%([1-9])"_s);
    Sentence sentence{{}, {}, 0, translation};
    qsizetype from = 0;
    for (auto it = place.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch found = it.next();
        sentence.pieces << source.sliced(from, found.capturedStart() - from);
        sentence.places.push_back(found.captured(1).toInt());
        from = found.capturedEnd();
    }
    sentence.pieces << source.sliced(from);
    for (const QString &piece : std::as_const(sentence.pieces))
        sentence.letters +=
            std::count_if(piece.begin(), piece.end(), [](QChar c) { return c.isLetter(); });
    if (sentence.places.empty())
        m_fixed.insert(source, translation);
    else if (sentence.letters > 0)
        m_open.push_back(std::move(sentence));
}

QString ServerDictionary::said(const QString &text) const
{
    QString words = match(text, 0);
    if (!words.isNull())
        return words;
    const qsizetype behind = text.indexOf(kBehind);
    if (behind < 0)
        return {};
    words = match(text.first(behind), 0);
    return words.isNull() ? words : words + text.sliced(behind);
}

QString ServerDictionary::match(const QString &text, int depth) const
{
    if (const auto found = m_fixed.constFind(text); found != m_fixed.constEnd())
        return *found;
    if (depth >= kDepth)
        return {};
    for (const Sentence &sentence : m_open) {
        if (depth == 0 && sentence.letters < kFewestLetters)
            break;
        const QString words = fill(sentence, text, depth);
        if (!words.isNull())
            return words;
    }
    return {};
}

QString ServerDictionary::fill(const Sentence &sentence, const QString &text, int depth) const
{
    const QString &last = sentence.pieces.last();
    if (!text.startsWith(sentence.pieces.first()) || !text.endsWith(last))
        return {};
    qsizetype at = sentence.pieces.first().size();
    QStringList filled(9);
    for (std::size_t i = 0; i < sentence.places.size(); ++i) {
        const auto next = static_cast<qsizetype>(i) + 1;
        const qsizetype end = next + 1 == sentence.pieces.size()
                                  ? text.size() - last.size()
                                  : text.indexOf(sentence.pieces[next], at);
        if (end <= at)
            return {};
        const QString part = text.sliced(at, end - at);
        const QString said = match(part, depth + 1);
        filled[sentence.places[i] - 1] = said.isNull() ? part : said;
        at = end + sentence.pieces[next].size();
    }
    // All at once: what is filled in may hold a %1 of its own.
    const QString &words = sentence.translation;
    QString out;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const int place = words[i] == u'%' && i + 1 < words.size() ? words[i + 1].digitValue() : -1;
        if (place < 1) {
            out += words[i];
            continue;
        }
        out += filled[place - 1];
        ++i;
    }
    return out;
}

} // namespace pushdeck
