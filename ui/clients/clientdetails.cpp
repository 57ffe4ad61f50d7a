// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientdetails.h"

#include "ui/clients/clientgroups.h"
#include "ui/clients/clientmark.h"
#include "ui/clients/ratechart.h"
#include "ui/clients/visitstrip.h"
#include "ui/text/format.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeadHeight = 36;
constexpr int kMargin = 12;
constexpr int kLeastTitle = 60;
constexpr int kLeastState = 72;

std::optional<std::int64_t> goneAt(const ClientRow &row)
{
    return row.gone ? std::optional(row.goneAtMs) : std::nullopt;
}

} // namespace

ClientDetails::ClientDetails(QWidget *parent)
    : QWidget(parent),
      m_mark(new ClientMark(this)),
      m_title(new ElidedLabel(this)),
      m_state(new ElidedLabel(this)),
      m_head(new QHBoxLayout),
      m_pages(new QStackedWidget(this)),
      m_none(new QLabel(tr("Choose a client to see its stays, rates and request."), this)),
      m_scroll(new QScrollArea(this)),
      m_in(new RateChart(tr("↓ in"), RateChart::Hue::In, this)),
      m_out(new RateChart(tr("↑ out"), RateChart::Hue::Out, this)),
      m_strip(new VisitStrip(this)),
      m_stayWords(new QLabel(this)),
      m_grid(new QGridLayout)
{
    setObjectName(u"clientDetails"_s);
    m_title->setObjectName(u"detailsTitle"_s);
    m_title->setFont(strong(font()));
    m_state->setObjectName(u"detailsState"_s);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_head->setContentsMargins(kMargin, 1, 8, 1);
    m_head->setSpacing(4);
    m_head->addWidget(m_mark);
    m_head->addSpacing(4);
    // The state stands behind the name, however long that is.
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_title->setMinimumWidth(kLeastTitle);
    m_state->setMinimumWidth(kLeastState);
    m_head->addWidget(m_title);
    m_head->addSpacing(4);
    m_head->addWidget(m_state, 1);
    auto *head = new QWidget(this);
    head->setFixedHeight(kHeadHeight);
    head->setLayout(m_head);

    m_none->setTextFormat(Qt::PlainText);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    m_none->setMargin(kMargin);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    buildPage();
    m_pages->addWidget(m_none);
    m_pages->addWidget(m_scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_pages, 1);
    setMinimumHeight(kHeadHeight + 60);
    connect(m_strip, &VisitStrip::currentChanged, this, &ClientDetails::showStayWords);
}

void ClientDetails::buildPage()
{
    m_in->setObjectName(u"rateIn"_s);
    m_out->setObjectName(u"rateOut"_s);
    m_stayWords->setObjectName(u"stayWords"_s);
    m_stayWords->setTextFormat(Qt::PlainText);
    m_stayWords->setWordWrap(true);
    m_stayWords->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(kMargin * 2);
    charts->addWidget(m_in);
    charts->addWidget(m_out);
    m_grid->setHorizontalSpacing(kMargin);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
    auto *page = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, 6, kMargin, kMargin);
    layout->setSpacing(6);
    layout->addLayout(charts);
    layout->addSpacing(2);
    layout->addWidget(m_strip);
    layout->addWidget(m_stayWords);
    layout->addSpacing(2);
    layout->addLayout(m_grid);
    layout->addStretch(1);
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Client details"));
    m_scroll->setWidget(page);
}

void ClientDetails::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    m_head->addWidget(button);
}

void ClientDetails::showClients(const std::vector<const ClientRow *> &rows,
                                const ClientRates &rates, std::int64_t nowMs)
{
    m_pages->setCurrentIndex(rows.empty() ? 0 : 1);
    showTitle(rows, nowMs);
    if (rows.empty())
        return;
    showRates(rows, rates);
    const bool one = rows.size() == 1;
    m_strip->setVisible(one);
    m_stayWords->setVisible(one);
    if (one)
        showStays(*rows.front(), nowMs);
    showFacts(one ? clientFacts(*rows.front(), nowMs) : clientsFacts(rows, rates, nowMs));
}

void ClientDetails::showTitle(const std::vector<const ClientRow *> &rows, std::int64_t nowMs)
{
    m_mark->setVisible(rows.size() == 1);
    if (rows.empty()) {
        m_title->setText(tr("No client chosen"));
        m_state->clear();
        return;
    }
    if (rows.size() == 1) {
        const ClientRow &row = *rows.front();
        m_mark->setState(stateOf(row));
        const QString id = u"#%1"_s.arg(row.info.id);
        m_title->setText(row.label == id ? id : row.label + u"  "_s + id);
        m_state->setText(stateWords(row, nowMs));
        return;
    }
    GroupSummary sum;
    for (const ClientRow *row : rows)
        sum.add(*row);
    m_title->setText(formatClients(rows.size()));
    m_state->setText(summaryWords(sum));
}

void ClientDetails::showRates(const std::vector<const ClientRow *> &rows, const ClientRates &rates)
{
    std::vector<float> in(RateTrack::kSeconds);
    std::vector<float> out(RateTrack::kSeconds);
    RateSample now;
    bool known = false;
    for (const ClientRow *row : rows) {
        const RateTrack *track = row->gone ? nullptr : rates.find(row->info.id);
        if (!track || track->size() == 0)
            continue;
        known = true;
        now += track->secondsAgo(0);
        for (std::size_t i = 0; i < RateTrack::kSeconds; ++i) {
            const RateSample sample = track->secondsAgo(RateTrack::kSeconds - 1 - i);
            in[i] += sample.messagesIn;
            out[i] += sample.messagesOut;
        }
    }
    const auto messages = [known](float rate) {
        return known ? tr("%1/s").arg(formatRate(static_cast<double>(rate))) : u"—"_s;
    };
    const auto bytes = [known](float rate) {
        return known ? tr("%1/s").arg(formatBytes(static_cast<std::uint64_t>(rate))) : u"—"_s;
    };
    m_in->setValues(std::move(in), messages(now.messagesIn), bytes(now.bytesIn));
    m_out->setValues(std::move(out), messages(now.messagesOut), bytes(now.bytesOut));
}

void ClientDetails::showStays(const ClientRow &row, std::int64_t nowMs)
{
    if (row.info.id != m_shownId) {
        m_shownId = row.info.id;
        m_strip->setCurrent(-1);
    }
    m_strip->setStays(staysOf(row.info, nowMs, goneAt(row)));
    showStayWords();
}

void ClientDetails::showStayWords()
{
    const std::vector<Stay> &stays = m_strip->stays();
    if (stays.empty())
        return;
    const int last = static_cast<int>(stays.size()) - 1;
    const int at = m_strip->current() < 0 ? last : m_strip->current();
    const Stay &stay = stays[static_cast<std::size_t>(at)];
    QString words =
        u"%1 – %2 · %3"_s.arg(formatClock(stay.fromMs).left(8),
                              stay.goesOn ? tr("now") : formatClock(stay.untilMs).left(8),
                              awayWords(stay.untilMs - stay.fromMs));
    if (const QString more = stayWords(stay); !more.isEmpty())
        words += u" · "_s + more;
    if (m_stayWords->text() != words)
        m_stayWords->setText(words);
}

void ClientDetails::showFacts(const std::vector<ClientFact> &facts)
{
    if (facts == m_facts)
        return;
    while (m_lines.size() < facts.size()) {
        const int row = static_cast<int>(m_lines.size());
        FactLine line{new QLabel(this), new QLabel(this)};
        for (QLabel *label : {line.name, line.value}) {
            label->setTextFormat(Qt::PlainText);
            label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
            m_grid->addWidget(label, row, label == line.name ? 0 : 1);
        }
        line.name->setMaximumWidth(160);
        line.value->setWordWrap(true);
        line.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        // Words without a place to break are cut rather than making the pane wider.
        line.value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_lines.push_back(line);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const FactLine &line = m_lines[i];
        const bool used = i < facts.size();
        const bool heading = used && facts[i].value.isEmpty();
        line.name->setVisible(used);
        line.value->setVisible(used && !heading);
        if (!used || (i < m_facts.size() && m_facts[i] == facts[i]))
            continue;
        line.name->setFont(heading ? strong(font()) : font());
        line.name->setForegroundRole(heading ? QPalette::WindowText : QPalette::PlaceholderText);
        line.name->setContentsMargins(0, heading ? 8 : 0, 0, 0);
        line.name->setText(facts[i].name);
        line.value->setText(facts[i].value);
    }
    m_facts = facts;
}

void ClientDetails::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(QRect(0, 0, width(), 1), tones.line);
    painter.fillRect(QRect(0, kHeadHeight - 1, width(), 1), tones.line);
}

} // namespace pushdeck
