// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/changes.h"

#include "ui/inspector/jsondiff.h"
#include "ui/inspector/sequencediff.h"
#include "ui/text/format.h"
#include "ui/text/hexdump.h"
#include "ui/text/json.h"
#include "ui/text/visible.h"
#include "ui/traffic/traffictext.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Changes)
};

constexpr std::size_t kMostNodes = 500'000;
constexpr std::size_t kMostLineChanges = 2'000;
constexpr std::size_t kMostShownLines = 20'000;
constexpr std::size_t kContext = 3;
constexpr qsizetype kMostValue = 400;   // characters of a value that are shown
constexpr qsizetype kShortChange = 100; // before and after stand on one line up to here

/// Lines as they are put together, with their colours.
class Page
{
public:
    Page() { m_document->numbered = false; }

    void line(TextTone ground, const std::vector<std::pair<QString, TextTone>> &parts)
    {
        m_grounds.push_back(ground);
        for (const auto &[text, tone] : parts) {
            if (tone != TextTone::Plain)
                m_document->spans.push_back({m_document->text.size(), text.size(), tone});
            m_document->text += text;
        }
        m_document->text += u'\n';
    }
    void note(const QString &words) { line(TextTone::Plain, {{words, TextTone::Quiet}}); }
    void gap() { line(TextTone::Plain, {}); }
    [[nodiscard]] std::size_t size() const { return m_grounds.size(); }

    SharedDocument take()
    {
        if (m_document->text.endsWith(u'\n'))
            m_document->text.chop(1);
        findLines(*m_document);
        for (std::size_t i = 0; i < std::min(m_grounds.size(), m_document->lines.size()); ++i)
            m_document->lines[i].tone = m_grounds[i];
        return m_document;
    }

private:
    std::shared_ptr<PayloadDocument> m_document = std::make_shared<PayloadDocument>();
    std::vector<TextTone> m_grounds;
};

QByteArrayView compared(const QByteArray &payload)
{
    return utf8Prefix(payload, kMostCompared);
}

QString bytesWords(qsizetype bytes)
{
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

void addHead(Page &page, const TrafficEvent &before, const TrafficEvent &after)
{
    page.note(Words::tr("Compared with row %1 at %2, %3 before · %4 → %5")
                  .arg(formatCount(before.number), timeText(before),
                       Words::tr("%1 s").arg(spanText(after.timeMs - before.timeMs).remove(u'+')),
                       bytesWords(before.payload.size()), bytesWords(after.payload.size())));
}

// --- JSON
// -----------------------------------------------------------------------------------------

QString valueText(QByteArrayView raw)
{
    return visibleText(raw, kMostValue);
}

void addChange(Page &page, const JsonChange &change)
{
    const auto part = [](const QString &text, TextTone tone) { return std::pair(text, tone); };
    const QString before = valueText(change.before);
    const QString after = valueText(change.after);
    switch (change.kind) {
        case JsonChange::Kind::Added:
            page.line(TextTone::Added,
                      {part(u"+ "_s, TextTone::Added), part(change.path, TextTone::Key),
                       part(u": "_s, TextTone::Quiet), part(after, TextTone::Plain)});
            return;
        case JsonChange::Kind::Removed:
            page.line(TextTone::Removed,
                      {part(u"− "_s, TextTone::Removed), part(change.path, TextTone::Key),
                       part(u": "_s, TextTone::Quiet), part(before, TextTone::Plain)});
            return;
        case JsonChange::Kind::Changed:
            break;
    }
    if (change.path.size() + before.size() + after.size() <= kShortChange) {
        page.line(TextTone::Plain,
                  {part(u"~ "_s, TextTone::Changed), part(change.path, TextTone::Key),
                   part(u": "_s, TextTone::Quiet), part(before, TextTone::Removed),
                   part(u" → "_s, TextTone::Quiet), part(after, TextTone::Added)});
        return;
    }
    page.line(TextTone::Plain, {part(u"~ "_s, TextTone::Changed), part(change.path, TextTone::Key),
                                part(u":"_s, TextTone::Quiet)});
    page.line(TextTone::Removed,
              {part(u"  − "_s, TextTone::Removed), part(before, TextTone::Plain)});
    page.line(TextTone::Added, {part(u"  + "_s, TextTone::Added), part(after, TextTone::Plain)});
}

bool addJson(Page &page, const TrafficEvent &before, const TrafficEvent &after,
             const StopFlag &stop)
{
    if (before.payload.size() > kMostCompared || after.payload.size() > kMostCompared ||
        !looksLikeJson(before.payload) || !looksLikeJson(after.payload))
        return false;
    const auto old = JsonTree::parse(before.payload, kMostNodes);
    const auto now = old ? JsonTree::parse(after.payload, kMostNodes) : std::nullopt;
    if (!now)
        return false;
    const JsonDiff diff = diffJson(*old, *now, stop);
    const auto count = [&diff](JsonChange::Kind kind) {
        const auto of = [kind](const JsonChange &change) { return change.kind == kind; };
        return formatCount(static_cast<std::uint64_t>(
            std::count_if(diff.changes.begin(), diff.changes.end(), of)));
    };
    if (diff.changes.empty()) {
        page.note(
            Words::tr("The same values, written differently: spaces, escapes or the order of "
                      "keys."));
        return true;
    }
    page.note(Words::tr("%1 changed · %2 added · %3 removed")
                  .arg(count(JsonChange::Kind::Changed), count(JsonChange::Kind::Added),
                       count(JsonChange::Kind::Removed)));
    if (diff.coarse)
        page.note(
            Words::tr("A list differs too much to match its elements; they are compared by "
                      "their place."));
    page.gap();
    for (const JsonChange &change : diff.changes)
        addChange(page, change);
    if (diff.more > 0)
        page.note(Words::tr("… and %1 more").arg(formatCount(diff.more)));
    return true;
}

// --- text
// -----------------------------------------------------------------------------------------

std::vector<QByteArrayView> linesOf(QByteArrayView text)
{
    std::vector<QByteArrayView> lines;
    for (qsizetype start = 0;;) {
        const qsizetype end = text.indexOf('\n', start);
        lines.push_back(text.sliced(start, (end < 0 ? text.size() : end) - start));
        if (end < 0)
            return lines;
        start = end + 1;
    }
}

std::vector<std::uint64_t> hashesOf(const std::vector<QByteArrayView> &lines)
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(lines.size());
    for (const QByteArrayView line : lines)
        hashes.push_back(qHashBits(line.data(), static_cast<std::size_t>(line.size()), 0));
    return hashes;
}

// The part of a line that differs from its counterpart is told apart.
void addLine(Page &page, bool added, QByteArrayView line, QByteArrayView other)
{
    const TextTone tone = added ? TextTone::Added : TextTone::Removed;
    const QString text = visibleText(line, kMostValue * 10);
    const QString against = visibleText(other, kMostValue * 10);
    qsizetype head = 0;
    const qsizetype shorter = std::min(text.size(), against.size());
    while (head < shorter && text[head] == against[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head &&
           text[text.size() - 1 - tail] == against[against.size() - 1 - tail])
        ++tail;
    const bool paired = !other.isNull() && head + tail > text.size() / 3;
    const QString sign = added ? u"+ "_s : u"− "_s;
    if (!paired) {
        page.line(tone, {{sign, tone}, {text, TextTone::Plain}});
        return;
    }
    page.line(tone, {{sign, tone},
                     {text.first(head), TextTone::Plain},
                     {text.sliced(head, text.size() - head - tail), tone},
                     {text.last(tail), TextTone::Plain}});
}

void addContext(Page &page, const std::vector<QByteArrayView> &lines, const DiffRun &run,
                bool first, bool last)
{
    const std::size_t lead = first ? 0 : std::min(kContext, run.length);
    const std::size_t trail = last ? 0 : std::min(kContext, run.length - lead);
    const auto show = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            page.line(TextTone::Plain,
                      {{u"  "_s + visibleText(lines[run.after + i], kMostValue), TextTone::Plain}});
    };
    show(0, lead);
    if (const std::size_t hidden = run.length - lead - trail; hidden > 0)
        page.note(Words::tr("  ⋯ %1 line(s) the same", nullptr, pluralOf(hidden))
                      .arg(formatCount(hidden)));
    show(run.length - trail, run.length);
}

void addText(Page &page, const TrafficEvent &before, const TrafficEvent &after,
             const StopFlag &stop)
{
    const auto old = linesOf(compared(before.payload));
    const auto now = linesOf(compared(after.payload));
    const SequenceDiff diff = diffSequences(hashesOf(old), hashesOf(now), kMostLineChanges, stop);
    std::size_t added = 0;
    std::size_t removed = 0;
    for (const DiffRun &run : diff.runs) {
        added += run.kind == DiffRun::Kind::Added ? run.length : 0;
        removed += run.kind == DiffRun::Kind::Removed ? run.length : 0;
    }
    page.note(
        Words::tr("Lines: %1 added · %2 removed").arg(formatCount(added), formatCount(removed)));
    if (diff.coarse)
        page.note(
            Words::tr("Too different to match line by line: a part is told as removed and "
                      "added."));
    page.gap();
    for (std::size_t i = 0; i < diff.runs.size() && page.size() < kMostShownLines && !stop; ++i) {
        const DiffRun &run = diff.runs[i];
        if (run.kind == DiffRun::Kind::Same) {
            addContext(page, now, run, i == 0, i + 1 == diff.runs.size());
            continue;
        }
        const bool isAdded = run.kind == DiffRun::Kind::Added;
        const std::size_t neighbour = isAdded ? i - 1 : i + 1; // wraps to beyond the end
        const DiffRun *other =
            neighbour < diff.runs.size() && diff.runs[neighbour].kind != DiffRun::Kind::Same
                ? &diff.runs[neighbour]
                : nullptr;
        for (std::size_t k = 0; k < run.length && page.size() < kMostShownLines; ++k) {
            const bool paired = other && k < other->length;
            if (isAdded)
                addLine(page, true, now[run.after + k],
                        paired ? old[other->before + k] : QByteArrayView());
            else
                addLine(page, false, old[run.before + k],
                        paired ? now[other->after + k] : QByteArrayView());
        }
    }
    if (page.size() >= kMostShownLines)
        page.note(Words::tr("… only the first %1 lines are shown")
                      .arg(formatCount(static_cast<std::uint64_t>(kMostShownLines))));
}

// --- bytes
// ----------------------------------------------------------------------------------------

// The bytes that differ from those in the same place of the other are told apart.
void addHexLine(Page &page, bool added, const QByteArray &payload, const QByteArray &other,
                qsizetype line)
{
    const HexLine hex = hexLine(payload, line);
    const TextTone tone = added ? TextTone::Added : TextTone::Removed;
    std::vector<std::pair<QString, TextTone>> parts{{added ? u"+ "_s : u"− "_s, tone},
                                                    {hex.offset + u"  "_s, TextTone::Quiet}};
    const qsizetype first = line * kHexBytesPerLine;
    const qsizetype count = std::min<qsizetype>(kHexBytesPerLine, payload.size() - first);
    const auto differs = [&](qsizetype i) {
        return first + i >= other.size() || payload[first + i] != other[first + i];
    };
    // In runs of a kind; the last has what stands behind it too.
    const auto add = [&](const QString &text, const auto &column) {
        qsizetype from = 0;
        for (qsizetype i = 1; i <= count; ++i) {
            if (i < count && differs(i) == differs(i - 1))
                continue;
            const qsizetype until = i < count ? column(i) : text.size();
            parts.emplace_back(text.sliced(from, until - from),
                               differs(i - 1) ? tone : TextTone::Plain);
            from = until;
        }
    };
    add(hex.bytes.leftJustified(kHexBytesPerLine * 3) + u"  "_s, hexColumn);
    add(hex.characters, [](qsizetype i) { return i; });
    page.line(tone, parts);
}

void addBytes(Page &page, const TrafficEvent &before, const TrafficEvent &after)
{
    const QByteArray &old = before.payload;
    const QByteArray &now = after.payload;
    const qsizetype shorter = std::min(old.size(), now.size());
    const auto mismatch = std::mismatch(old.begin(), old.begin() + shorter, now.begin());
    const qsizetype first = mismatch.first - old.begin();
    qsizetype tail = 0;
    while (tail < shorter - first && old[old.size() - 1 - tail] == now[now.size() - 1 - tail])
        ++tail;
    qsizetype differing = 0;
    for (qsizetype i = first; i < shorter; ++i)
        differing += old[i] != now[i];
    const auto count = [](qsizetype n) { return formatCount(static_cast<std::uint64_t>(n)); };
    page.note(Words::tr("The first %1 bytes and the last %2 are the same.")
                  .arg(count(first), count(tail)));
    page.note(Words::tr("Place by place %1 of %2 bytes differ; the first at offset 0x%3.")
                  .arg(count(differing), count(shorter), QString::number(first, 16)));
    page.gap();
    constexpr qsizetype kShownHexLines = 64;
    const qsizetype from = first / kHexBytesPerLine;
    const qsizetype until = hexLineCount(std::max(old.size(), now.size()));
    qsizetype shown = 0;
    for (qsizetype line = from; line < until && shown < kShownHexLines; ++line) {
        const auto part = [line](const QByteArray &bytes) {
            const qsizetype at = std::min(line * kHexBytesPerLine, bytes.size());
            return QByteArrayView(bytes).sliced(
                at, std::min<qsizetype>(kHexBytesPerLine, bytes.size() - at));
        };
        if (part(old) == part(now))
            continue;
        ++shown;
        if (!part(old).isEmpty())
            addHexLine(page, false, old, now, line);
        if (!part(now).isEmpty())
            addHexLine(page, true, now, old, line);
    }
    if (shown == kShownHexLines)
        page.note(Words::tr("… only the first %1 lines that differ are shown").arg(count(shown)));
}

} // namespace

SharedDocument changesBetween(const TrafficEvent &before, const TrafficEvent &after,
                              const StopFlag &stop)
{
    Page page;
    addHead(page, before, after);
    if (before.payload == after.payload) {
        page.note(Words::tr("Nothing changed: the same bytes."));
        return page.take();
    }
    if (before.binary || after.binary) {
        addBytes(page, before, after);
    } else if (!addJson(page, before, after, stop)) {
        if (before.payload.size() > kMostCompared || after.payload.size() > kMostCompared)
            page.note(Words::tr("Large: only the first %1 are compared, as text.")
                          .arg(bytesWords(kMostCompared)));
        addText(page, before, after, stop);
    }
    return stop ? nullptr : page.take();
}

} // namespace pushdeck
