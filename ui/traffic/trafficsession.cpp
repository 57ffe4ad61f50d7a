// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficsession.h"

#include "ui/panelheader.h"
#include "ui/traffic/logfind.h"
#include "ui/traffic/rowmarks.h"
#include "ui/traffic/sessionbar.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QEvent>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QThreadPool>

namespace pushdeck {

using namespace std::chrono_literals;

namespace {

constexpr auto kTickBudget = 10ms;
constexpr auto kFilterBudget = 60ms;

} // namespace

// A session from a file in the live log's place; the rest of the panel is in trafficpanel.cpp.
TrafficPanel::~TrafficPanel() = default;

TrafficModel &TrafficPanel::shownModel() const
{
    return m_session ? m_session->model : *m_model;
}

void TrafficPanel::useModel(TrafficModel &model)
{
    m_view->showModel(&model);
    m_marks->apply();
    m_find->useModel();
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TrafficPanel::showCurrent);
}

void TrafficPanel::showSession(const QString &name, std::shared_ptr<const TrafficLog> log)
{
    closeSession();
    auto session = std::make_unique<TrafficSession>(m_model->filter(), std::move(log));
    session->following = m_following;
    session->selected = m_selected;
    session->filterText = filterText();
    if (const int row = m_view->rowAt(0); row >= 0)
        session->top = m_model->numberAt(row);
    setFollowing(false);
    m_session = std::move(session);
    m_session->model.pull(kTickBudget);
    m_selected.reset();
    m_restore = false;
    m_new = 0;
    useModel(m_session->model);
    m_view->scrollToTop();
    for (QAction *action : {m_pauseAction, m_followAction, m_clearAction})
        action->setEnabled(false);
    m_sessionBar->showSession(name, m_session->log->newest());
    m_sessionBar->show();
    refresh();
    emit sessionShown(true);
}

void TrafficPanel::closeSession()
{
    if (!m_session)
        return;
    const std::unique_ptr<TrafficSession> session = std::move(m_session);
    if (filterText() != session->filterText)
        m_model->setFilter(session->model.filter(), kFilterBudget);
    useModel(*m_model);
    m_selected = session->selected;
    m_restore = m_selected.has_value();
    for (QAction *action : {m_pauseAction, m_followAction, m_clearAction})
        action->setEnabled(true);
    m_sessionBar->hide();
    emit sessionShown(false);
    if (session->following) {
        setFollowing(true);
    } else {
        restoreSelection();
        const int row = m_model->rowAtOrAfter(session->top);
        m_view->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtTop);
    }
    refresh();
    // Freeing half a million events takes longer than a picture may.
    auto events = std::make_shared<std::deque<TrafficRow>>(session->model.takeEvents());
    QThreadPool::globalInstance()->start(
        [log = std::move(session->log), events = std::move(events)]() mutable {
            events.reset();
            log.reset();
        });
}

bool TrafficPanel::pullBehindSession()
{
    m_session->model.pull(kTickBudget);
    restoreSelection();
    const bool pulled = !isPaused();
    if (pulled)
        m_new += static_cast<std::uint64_t>(m_model->pull(kTickBudget).inserted);
    refresh();
    return pulled;
}

bool TrafficPanel::isFollowing() const
{
    return m_session ? m_session->following : m_following;
}

void TrafficPanel::addHeaderAction(QAction *action)
{
    m_header->addButton(action);
}

void TrafficPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refresh();
}

} // namespace pushdeck
