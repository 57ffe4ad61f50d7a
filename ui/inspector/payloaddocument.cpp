// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloaddocument.h"

#include "ui/text/json.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace pushdeck {

namespace {

bool isFixedWidth(QStringView line)
{
    return std::all_of(line.begin(), line.end(),
                       [](QChar c) { return c >= u' ' && c < QChar(0x7F); });
}

// Behind the key and before its colon, or 0. prettyJson() writes `"key": value`.
std::int32_t keyEndOf(QStringView line, qsizetype indent)
{
    if (indent >= line.size() || line[indent] != u'"')
        return 0;
    qsizetype i = indent + 1;
    while (i < line.size() && line[i] != u'"')
        i += line[i] == u'\\' ? 2 : 1;
    const bool isKey = i + 1 < line.size() && line[i + 1] == u':';
    return isKey ? static_cast<std::int32_t>(i + 1) : 0;
}

/// Which lines open what which other lines close.
class Folds
{
public:
    explicit Folds(PayloadDocument &document) : m_document(document) {}

    void take(std::size_t at)
    {
        TextLine &line = m_document.lines[at];
        const QStringView text = m_document.lineText(at);
        while (line.indent < text.size() && text[line.indent] == u' ')
            ++line.indent;
        if (line.indent >= text.size())
            return;
        const QChar first = text[line.indent];
        if (first == u'}' || first == u']') {
            if (m_open.empty())
                return;
            m_document.lines[m_open.back()].foldEnd = static_cast<std::int32_t>(at);
            m_open.pop_back();
            line.level = static_cast<std::int32_t>(m_open.size());
            return;
        }
        if (!m_open.empty())
            ++m_document.lines[m_open.back()].children;
        line.level = static_cast<std::int32_t>(m_open.size());
        line.keyEnd = keyEndOf(text, line.indent);
        // A string ends with its quote, so only a bracket that opens stands here.
        if (text.last(1) == u"{" || text.last(1) == u"[")
            m_open.push_back(at);
    }

    void finish()
    {
        const auto last = static_cast<std::int32_t>(m_document.lines.size()) - 1;
        for (const std::size_t at : m_open) {
            m_document.lines[at].foldEnd = last;
            m_document.lines[at].open = true;
        }
    }

private:
    PayloadDocument &m_document;
    std::vector<std::size_t> m_open;
};

std::shared_ptr<PayloadDocument> documentOf(QByteArrayView whole, qsizetype mostBytes, bool json,
                                            bool cut, const StopFlag &stop)
{
    auto document = std::make_shared<PayloadDocument>();
    const QByteArrayView shown = utf8Prefix(whole, mostBytes);
    document->json = json;
    document->cut = cut || shown.size() < whole.size();
    document->text = visibleLines(QString::fromUtf8(shown));
    if (stop)
        return nullptr;
    findLines(*document);
    return document;
}

} // namespace

std::size_t PayloadDocument::lineAt(qsizetype position) const
{
    const auto after =
        std::upper_bound(lines.begin(), lines.end(), position,
                         [](qsizetype at, const TextLine &line) { return at < line.start; });
    return after == lines.begin() ? 0 : static_cast<std::size_t>(after - lines.begin()) - 1;
}

std::vector<TextSpan> PayloadDocument::spansOf(std::size_t at) const
{
    const TextLine &line = lines[at];
    std::vector<TextSpan> found;
    const auto first =
        std::lower_bound(spans.begin(), spans.end(), line.start,
                         [](const TextSpan &span, qsizetype start) { return span.start < start; });
    for (auto it = first; it != spans.end() && it->start < line.start + line.length; ++it)
        found.push_back(*it);
    if (!json || line.indent >= line.length)
        return found;
    const QStringView shown = lineText(at);
    const auto add = [&](qsizetype from, qsizetype to, TextTone tone) {
        if (to > from)
            found.push_back({line.start + from, to - from, tone});
    };
    qsizetype from = line.indent;
    qsizetype to = line.length;
    if (line.keyEnd > 0) {
        add(from, line.keyEnd, TextTone::Key);
        add(line.keyEnd, line.keyEnd + 1, TextTone::Quiet);
        from = std::min<qsizetype>(line.keyEnd + 2, to);
    }
    if (from >= to)
        return found;
    const QChar begins = shown[from];
    const bool comma = to > from && shown[to - 1] == u',';
    if (comma)
        --to;
    if (begins == u'"')
        add(from, to, TextTone::String);
    else if (begins == u'-' || begins.isDigit())
        add(from, to, TextTone::Number);
    else if (begins.isLetter())
        add(from, to, TextTone::Word);
    else
        add(from, to, TextTone::Quiet);
    if (comma)
        add(to, to + 1, TextTone::Quiet);
    return found;
}

void findLines(PayloadDocument &document)
{
    document.lines.clear();
    Folds folds(document);
    const QStringView text(document.text);
    for (qsizetype start = 0;;) {
        const qsizetype found = text.indexOf(u'\n', start);
        const qsizetype end = found < 0 ? text.size() : found;
        TextLine line;
        line.start = start;
        line.length = end - start;
        line.ascii = isFixedWidth(text.sliced(start, line.length));
        document.lines.push_back(line);
        if (document.json)
            folds.take(document.lines.size() - 1);
        if (found < 0)
            break;
        start = found + 1;
    }
    folds.finish();
}

SharedDocument prettyDocument(QByteArrayView payload, qsizetype mostBytes, const StopFlag &stop)
{
    if (looksLikeJson(payload)) {
        if (const auto pretty = prettyJson(payload)) {
            // The whole is there when the whole is asked for, however much the indents add.
            const bool cut = payload.size() > mostBytes;
            return documentOf(*pretty, cut ? mostBytes : pretty->size(), true, cut, stop);
        }
    }
    return documentOf(payload, mostBytes, false, false, stop);
}

SharedDocument rawDocument(QByteArrayView payload, qsizetype mostBytes, const StopFlag &stop)
{
    return documentOf(payload, mostBytes, false, false, stop);
}

} // namespace pushdeck
