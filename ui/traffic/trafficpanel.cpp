// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficpanel.h"

#include "ui/find/findbar.h"
#include "ui/panelheader.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"
#include "ui/traffic/droppedstrip.h"
#include "ui/traffic/filterfield.h"
#include "ui/traffic/logfind.h"
#include "ui/traffic/rowactions.h"
#include "ui/traffic/rowmarks.h"
#include "ui/traffic/seenvalues.h"
#include "ui/traffic/sessionbar.h"
#include "ui/traffic/trafficdelegate.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficsession.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A third of a tick: the rest is for painting and the operator.
constexpr auto kTickBudget = 10ms;
// A new filter may take this long before the rest goes into the next ticks.
constexpr auto kFilterBudget = 60ms;

} // namespace

TrafficPanel::TrafficPanel(const TrafficLog &log, QWidget *parent)
    : QWidget(parent),
      m_model(new TrafficModel(log, this)),
      m_view(new TrafficView(this)),
      m_rows(new RowActions(*m_view, this)),
      m_marks(new RowMarks(*m_view, this)),
      m_header(new PanelHeader(tr("Traffic"), this)),
      m_filter(new FilterField(this)),
      m_find(new LogFind(
          *m_view, [this] { return !m_session && m_following; }, this)),
      m_sessionBar(new SessionBar(this)),
      m_problem(new QLabel(this)),
      m_dropped(new DroppedStrip(this)),
      m_newButton(new QPushButton(m_view))
{
    setObjectName(u"trafficPanel"_s);
    makeActions();
    buildHeader();
    m_view->setObjectName(u"trafficView"_s);
    m_view->setAccessibleName(tr("Traffic log"));
    useModel(*m_model);
    auto *delegate = new TrafficDelegate(m_view);
    delegate->setSearch(&m_find->search());
    m_view->setItemDelegate(delegate);
    m_view->applyDefaultColumns();

    m_sessionBar->hide();
    connect(m_sessionBar, &SessionBar::backAsked, this, &TrafficPanel::closeSession);

    m_newButton->setObjectName(u"newButton"_s);
    m_newButton->setProperty("role", u"primary"_s);
    m_newButton->setFocusPolicy(Qt::NoFocus);
    m_newButton->hide();
    connect(m_newButton, &QPushButton::clicked, this, [this] { setFollowing(true); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_sessionBar);
    layout->addWidget(m_problem);
    layout->addWidget(m_find->bar());
    layout->addWidget(m_dropped);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    connect(m_rows, &RowActions::sendAgainAsked, this, &TrafficPanel::sendAgainAsked);
    connect(m_rows, &RowActions::editAsked, this, &TrafficPanel::editAsked);
    connect(m_view, &TrafficView::operatorScrolled, this, &TrafficPanel::setFollowing);
    connect(m_view, &TrafficView::deliveriesAsked, this, &TrafficPanel::askDeliveries);
    connect(m_view, &QWidget::customContextMenuRequested, this, &TrafficPanel::showMenu);
    m_view->viewport()->installEventFilter(this);
    refresh();
}

void TrafficPanel::makeActions()
{
    m_pauseAction = makeAction(this, u"pause"_s, tr("Pause the traffic view"), u"Ctrl+P"_s);
    m_pauseAction->setCheckable(true);
    connect(m_pauseAction, &QAction::toggled, this, [this] { refresh(); });
    m_followAction = makeAction(this, u"follow"_s, tr("Follow the newest"), u"Ctrl+End"_s);
    m_followAction->setCheckable(true);
    m_followAction->setChecked(true);
    m_followAction->setIconText(tr("Follow"));
    connect(m_followAction, &QAction::triggered, this, &TrafficPanel::setFollowing);
    m_clearAction = makeAction(this, u"clear"_s, tr("Clear the traffic log"), u"Ctrl+L"_s);
    connect(m_clearAction, &QAction::triggered, this, [this] {
        m_model->clear();
        m_selected.reset();
        m_new = 0;
        refresh();
    });
    m_focusFilterAction = makeAction(this, u"filter"_s, tr("Filter the traffic"), u"Alt+F"_s);
    connect(m_focusFilterAction, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
}

QList<QAction *> TrafficPanel::panelActions() const
{
    return QList<QAction *>{m_focusFilterAction, m_pauseAction, m_followAction, m_clearAction} +
           m_find->actions() + m_rows->actions() + m_marks->actions();
}

void TrafficPanel::buildHeader()
{
    m_filter->setObjectName(u"trafficFilter"_s);
    connect(m_filter, &FilterField::filterChanged, this, &TrafficPanel::applyFilter);
    connect(m_filter, &FilterField::problemChanged, this, &TrafficPanel::showProblem);
    m_filter->setSources([this] {
        // The clients of a file are not those that are here.
        return filterSources(shownModel(), m_session ? nullptr : m_snapshot.get());
    });
    m_header->addWidget(m_filter, 1);
    m_header->addButton(m_pauseAction)->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->addButton(m_followAction)->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->addButton(m_clearAction);

    m_problem->setObjectName(u"filterProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(12, 3, 12, 4);
    m_problem->setWordWrap(true);
    m_problem->hide();
}

bool TrafficPanel::tick()
{
    if (m_session)
        return pullBehindSession();
    if (isPaused()) {
        if (m_model->isFiltering())
            m_model->examine(kTickBudget);
        restoreSelection();
        refresh();
        return false;
    }
    m_pulling = true;
    const int before = m_view->verticalScrollBar()->value();
    const TrafficModel::Change change = m_model->pull(kTickBudget);
    if (change.removed > 0 && !m_following)
        m_view->shiftBy(change.removed, before);
    if (m_selected && change.removed > 0 && m_model->rowOf(*m_selected) < 0) {
        // The row is gone, but not from the inspector; Qt would have gone to its neighbour.
        m_view->selectionModel()->clear();
    }
    m_pulling = false;
    if (change.inserted > 0) {
        if (m_following)
            m_view->goToEnd();
        else
            m_new += static_cast<std::uint64_t>(change.inserted);
    }
    restoreSelection();
    refresh();
    return true;
}

void TrafficPanel::setFollowing(bool following)
{
    // There is nothing to follow in a file.
    if (m_session)
        return;
    if (following) {
        m_new = 0;
        m_view->goToEnd();
    }
    if (m_following != following) {
        m_following = following;
        m_followAction->setChecked(following);
    }
    refresh();
}

bool TrafficPanel::isPaused() const
{
    return m_pauseAction->isChecked();
}

void TrafficPanel::setPaused(bool paused)
{
    m_pauseAction->setChecked(paused);
}

QString TrafficPanel::filterText() const
{
    return m_filter->text();
}

void TrafficPanel::setFilterText(const QString &text)
{
    m_filter->setFilterText(text);
}

void TrafficPanel::showProblem(const QString &words)
{
    m_problem->setVisible(!words.isEmpty());
    if (words.isEmpty())
        return;
    m_problem->setText(tr("Filter, %1").arg(words));
    QPalette red;
    red.setColor(QPalette::WindowText, tonesFor(palette()).error);
    m_problem->setPalette(red);
}

void TrafficPanel::applyFilter(const TrafficFilter &filter, const QString &text)
{
    m_restore = m_selected.has_value();
    if (!m_session)
        m_new = 0;
    m_pulling = true;
    shownModel().setFilter(filter, kFilterBudget);
    m_pulling = false;
    if (m_following)
        m_view->goToEnd();
    restoreSelection();
    refresh();
    emit filterChanged(text);
}

void TrafficPanel::restoreSelection()
{
    if (!m_restore)
        return;
    const int row = m_selected ? shownModel().rowOf(*m_selected) : -1;
    if (row >= 0) {
        m_restore = false;
        m_pulling = true;
        m_view->choose(shownModel().index(row, TrafficModel::ContentColumn));
        if (!m_following)
            m_view->scrollTo(shownModel().index(row, 0), QAbstractItemView::PositionAtCenter);
        m_pulling = false;
    } else if (!shownModel().isFiltering()) {
        m_restore = false;
    }
}

void TrafficPanel::showCurrent()
{
    if (m_pulling)
        return;
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return;
    m_selected = shownModel().numberAt(current.row());
    // What is looked at must not run away; the newest row does not.
    if (m_following && current.row() + 1 < shownModel().rowCount())
        setFollowing(false);
    emit eventSelected(shownModel().event(current.row()));
}

void TrafficPanel::askDeliveries()
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid() || shownModel().event(current.row()).kind != TrafficKind::Message)
        return;
    showCurrent();
    emit deliveriesAsked();
}

void TrafficPanel::applyDefaultColumns()
{
    m_view->applyDefaultColumns();
}

void TrafficPanel::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
}

void TrafficPanel::setBaseUrl(const QString &url, const QString &token)
{
    m_rows->setBaseUrl(url, token);
}

const QString &TrafficPanel::baseUrl() const
{
    return m_rows->baseUrl();
}

void TrafficPanel::setServerRunning(bool running)
{
    m_running = running;
    refresh();
}

void TrafficPanel::refresh()
{
    const auto rows = static_cast<std::uint64_t>(shownModel().rowCount());
    m_header->setCount(shownModel().isFiltered()
                           ? tr("%1 of %2").arg(formatCount(rows), formatCount(shownModel().held()))
                           : formatCount(rows));
    const std::uint64_t waiting = isPaused() ? m_model->waiting() : 0;
    m_pauseAction->setIconText(
        isPaused()
            ? (waiting
                   ? tr("Paused · %1 wait", nullptr, pluralOf(waiting)).arg(formatCompact(waiting))
                   : tr("Paused"))
            : tr("Pause"));
    m_sessionBar->setNew(m_new);
    m_dropped->show(m_session ? 0 : m_model->dropped(), m_model->limits());
    const bool showNew = !m_session && !m_following && m_new > 0;
    if (showNew)
        m_newButton->setText(tr("▼ %1 new").arg(formatCount(m_new)));
    m_newButton->setVisible(showNew);
    if (showNew)
        placeNewButton();
    if (shownModel().isFiltered() && shownModel().held() > 0)
        m_view->setEmptyWords(tr("Nothing passes the filter"),
                              tr("Clear it with the cross in its field, or press Esc there."));
    else if (m_session)
        m_view->setEmptyWords(tr("An empty session"), tr("The file holds no rows."));
    else if (m_running)
        m_view->setEmptyWords(tr("No traffic yet"),
                              tr("Every message, connection and refusal will be a row here. "
                                 "Send one from below, or open the test page."));
    else
        m_view->setEmptyWords(tr("The server is stopped"), tr("Start it to see its traffic here."));
}

void TrafficPanel::placeNewButton()
{
    m_newButton->adjustSize();
    const QRect area = m_view->viewport()->geometry();
    m_newButton->move(area.center().x() - m_newButton->width() / 2,
                      area.bottom() - m_newButton->height() - 10);
    m_newButton->raise();
}

bool TrafficPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize) {
        m_view->fitColumns();
        placeNewButton();
        // Queued: the view has not laid itself out for its new size yet.
        if (m_following)
            QMetaObject::invokeMethod(m_view, &TrafficView::goToEnd, Qt::QueuedConnection);
        else
            m_view->keepCurrentInSight(static_cast<QResizeEvent *>(event)->oldSize().height());
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pushdeck
