// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartspanel.h"

#include "ui/charts/chartboard.h"
#include "ui/panelheader.h"
#include "ui/theme/actions.h"
#include "ui/theme/fonts.h"

#include <QAction>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kSecondMs = 1'000;

} // namespace

ChartsPanel::ChartsPanel(QWidget *parent)
    : QWidget(parent),
      m_header(new PanelHeader(tr("Charts"), this)),
      m_ranges(new QTabBar(this)),
      m_time(new QLabel(this)),
      m_board(new ChartBoard(m_history)),
      m_show(makeAction(this, u"chart"_s, tr("Show the charts"), u"Ctrl+Shift+M"_s)),
      m_minute(makeAction(this, {}, tr("Charts of the last minute"), u"Ctrl+Alt+M"_s)),
      m_hour(makeAction(this, {}, tr("Charts of the last hour"), u"Ctrl+Alt+H"_s))
{
    setObjectName(u"chartsPanel"_s);
    m_show->setCheckable(true);
    for (const auto &[action, range] :
         {std::pair(m_minute, ChartRange::Minute), std::pair(m_hour, ChartRange::Hour)}) {
        connect(action, &QAction::triggered, this, [this, range = range] {
            m_show->setChecked(true);
            setRange(range);
        });
    }
    m_ranges->setObjectName(u"chartRange"_s);
    m_ranges->setDrawBase(false);
    m_ranges->setExpanding(false);
    m_ranges->setAccessibleName(tr("Range of the charts"));
    m_ranges->addTab(tr("Minute"));
    m_ranges->addTab(tr("Hour"));
    connect(m_ranges, &QTabBar::currentChanged, this,
            [this](int tab) { m_board->setRange(static_cast<ChartRange>(tab)); });
    auto *back = makeAction(this, u"close"_s, tr("Back to the inspector"), {});
    back->setToolTip(back->text());
    connect(back, &QAction::triggered, this, [this] { m_show->setChecked(false); });
    m_header->addWidget(m_ranges);
    m_header->addStretch();
    m_time->setObjectName(u"chartTime"_s);
    m_time->setTextFormat(Qt::PlainText);
    m_time->setFont(fixedFont());
    m_time->setForegroundRole(QPalette::PlaceholderText);
    m_header->addWidget(m_time);
    m_header->addButton(back);

    // Where the pane is lower than the charts need, it scrolls.
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_board);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(scroll, 1);
    setFocusProxy(m_board);
    connect(m_board, &ChartBoard::changed, this, &ChartsPanel::showTime);
    showTime();
}

QList<QAction *> ChartsPanel::panelActions() const
{
    return {m_show, m_minute, m_hour};
}

ChartRange ChartsPanel::range() const
{
    return m_board->range();
}

void ChartsPanel::setRange(ChartRange range)
{
    m_ranges->setCurrentIndex(static_cast<int>(range));
}

void ChartsPanel::tick(const Snapshot &snapshot, std::int64_t nowMs)
{
    m_history.take(snapshot);
    m_nowMs = nowMs;
    const std::int64_t second = m_history.edge(ChartRange::Minute, nowMs);
    if (second == m_drawnSecond || !isVisible())
        return;
    m_drawnSecond = second;
    m_board->advance(nowMs);
}

void ChartsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_board->advance(m_nowMs);
}

void ChartsPanel::showTime()
{
    m_time->setText(m_board->crosshair() ? m_board->timeWords() : QString());
}

} // namespace pushdeck
