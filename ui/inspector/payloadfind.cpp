// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadfind.h"

#include "ui/find/findbar.h"
#include "ui/inspector/hexview.h"
#include "ui/inspector/latestwork.h"
#include "ui/inspector/payloadtext.h"
#include "ui/text/format.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// An expression looks at one line at a time: it can be stopped between them.
std::vector<FindHit> hitsByLine(const PayloadDocument &document, const FindQuery &query,
                                const StopFlag &stop)
{
    std::vector<FindHit> hits;
    for (std::size_t i = 0; i < document.lines.size() && !stop; ++i) {
        const std::size_t room = PayloadFind::kMostHits - hits.size();
        if (room == 0)
            break;
        for (FindHit hit : query.hitsIn(document.lineText(i), room)) {
            hit.start += document.lines[i].start;
            hits.push_back(hit);
        }
    }
    return hits;
}

} // namespace

PayloadFind::PayloadFind(QWidget *parent)
    : QObject(parent),
      m_bar(new FindBar(u"payloadFind"_s, tr("Find in the payload"), parent)),
      m_work(new LatestWork(this))
{
    connect(m_bar, &FindBar::queryChanged, this, &PayloadFind::search);
    connect(m_bar, &FindBar::stepAsked, this, &PayloadFind::step);
    connect(m_bar, &FindBar::closed, this, [this] {
        m_work->cancel();
        clearMarks();
        emit closed();
    });
}

PayloadFind::~PayloadFind() = default;

void PayloadFind::open()
{
    m_bar->open();
}

void PayloadFind::useText(PayloadText *view)
{
    if (m_text)
        m_text->disconnect(this);
    if (m_hex)
        m_hex->disconnect(this);
    clearMarks();
    m_hex = nullptr;
    m_text = view;
    if (m_text)
        connect(m_text, &PayloadText::documentChanged, this, &PayloadFind::search);
    search();
}

void PayloadFind::useBytes(HexView *view)
{
    useText(nullptr);
    m_hex = view;
    connect(m_hex, &HexView::bytesChanged, this, &PayloadFind::search);
    search();
}

void PayloadFind::clearMarks()
{
    m_hits.clear();
    if (m_text)
        m_text->setHits({});
    if (m_hex)
        m_hex->setHits({});
}

void PayloadFind::search()
{
    m_work->cancel();
    m_wrapped = 0;
    const FindQuery query = m_bar->query();
    if (m_bar->isHidden() || query.isEmpty() || (!m_text && !m_hex)) {
        clearMarks();
        m_bar->showCount({}, true);
        return;
    }
    m_bar->showCount(tr("searching…"), true);
    if (m_hex) {
        m_work->run([this, query, bytes = m_hex->bytes()](const StopFlag &) {
            auto hits = query.hitsInBytes(bytes, kMostHits);
            return LatestWork::Done(
                [this, hits = std::move(hits)]() mutable { take(std::move(hits)); });
        });
        return;
    }
    m_work->run([this, query, document = m_text->document()](const StopFlag &stop) {
        auto hits = query.isExpression() ? hitsByLine(*document, query, stop)
                                         : query.hitsIn(document->text, kMostHits);
        return LatestWork::Done(
            [this, hits = std::move(hits)]() mutable { take(std::move(hits)); });
    });
}

void PayloadFind::take(std::vector<FindHit> hits)
{
    m_hits = std::move(hits);
    if (m_text)
        m_text->setHits(m_hits);
    if (m_hex)
        m_hex->setHits(m_hits);
    if (!m_hits.empty()) {
        // The first from where one is: typing on does not run away.
        const qsizetype from =
            m_text ? std::min(m_text->caret(), m_text->caret() - m_text->selectedText().size()) : 0;
        const auto at =
            std::lower_bound(m_hits.begin(), m_hits.end(), std::max<qsizetype>(from, 0),
                             [](const FindHit &hit, qsizetype start) { return hit.start < start; });
        m_hit = at == m_hits.end() ? 0 : static_cast<std::size_t>(at - m_hits.begin());
        if (m_text)
            m_text->showHit(m_hit);
        if (m_hex)
            m_hex->showHit(m_hit);
    }
    showCount();
}

void PayloadFind::step(int by)
{
    if (m_bar->isHidden()) {
        m_bar->open();
        return;
    }
    if (m_hits.empty())
        return;
    const std::size_t count = m_hits.size();
    const bool wraps = by > 0 ? m_hit + 1 == count : m_hit == 0;
    m_hit = (m_hit + count + static_cast<std::size_t>(by > 0 ? 1 : count - 1)) % count;
    m_wrapped = wraps ? by : 0;
    if (m_text)
        m_text->showHit(m_hit);
    if (m_hex)
        m_hex->showHit(m_hit);
    showCount();
}

void PayloadFind::showCount()
{
    if (m_hits.empty()) {
        const bool unsuited = m_hex && m_bar->query().isExpression();
        m_bar->showCount(unsuited ? tr("No expressions in bytes") : tr("Not found"), false);
        return;
    }
    const QString all = formatCount(static_cast<std::uint64_t>(m_hits.size())) +
                        (m_hits.size() >= kMostHits ? u"+"_s : QString());
    QString words = tr("%1 of %2").arg(formatCount(static_cast<std::uint64_t>(m_hit + 1)), all);
    if (m_wrapped != 0)
        words += u" · "_s + (m_wrapped > 0 ? tr("↻ from the first") : tr("↺ from the last"));
    m_bar->showCount(words, true);
}

} // namespace pushdeck
