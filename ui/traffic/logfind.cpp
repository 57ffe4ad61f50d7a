// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/logfind.h"

#include "ui/find/findbar.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>

namespace pushdeck {

using namespace Qt::StringLiterals;

LogFind::LogFind(TrafficView &view, std::function<bool()> isFollowing, QWidget *parent)
    : QObject(parent),
      m_view(view),
      m_isFollowing(std::move(isFollowing)),
      m_bar(new FindBar(u"logFind"_s, tr("Find in the traffic log"), parent)),
      m_find(makeAction(this, u"search"_s, tr("Find in the traffic log"), u"Ctrl+F"_s)),
      m_next(makeAction(this, u"down"_s, tr("Find the next"), u"F3"_s)),
      m_previous(makeAction(this, u"up"_s, tr("Find the previous"), u"Shift+F3"_s))
{
    connect(m_find, &QAction::triggered, m_bar, &FindBar::open);
    connect(m_next, &QAction::triggered, this, [this] { step(1); });
    connect(m_previous, &QAction::triggered, this, [this] { step(-1); });
    connect(m_bar, &FindBar::queryChanged, this, &LogFind::begin);
    connect(m_bar, &FindBar::stepAsked, this, &LogFind::step);
    connect(m_bar, &FindBar::closed, this, [this] {
        m_search.setQuery({});
        m_view.viewport()->update();
        m_view.setFocus(Qt::OtherFocusReason);
    });
    connect(&m_search, &LogSearch::progressed, this, &LogFind::progress);
}

QList<QAction *> LogFind::actions() const
{
    return {m_find, m_next, m_previous};
}

TrafficModel &LogFind::model() const
{
    return *static_cast<TrafficModel *>(m_view.model());
}

void LogFind::useModel()
{
    m_anchor.reset();
    m_search.setModel(&model());
    connect(m_view.selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_going)
            m_wrapped = 0;
        showCount();
    });
}

std::optional<std::uint64_t> LogFind::current() const
{
    const QModelIndex index = m_view.currentIndex();
    return index.isValid() ? std::optional(model().numberAt(index.row())) : std::nullopt;
}

bool LogFind::isAtTail() const
{
    const QModelIndex index = m_view.currentIndex();
    return m_isFollowing() && (!index.isValid() || index.row() + 1 >= model().rowCount());
}

void LogFind::begin(const FindQuery &query)
{
    // Typing goes to the first match from the row that is looked at, but does not take the view
    // away from the newest: Enter does.
    m_wrapped = 0;
    m_anchor.reset();
    if (!query.isEmpty() && !isAtTail()) {
        const int top = m_view.rowAt(0);
        m_anchor = current() ? current() : std::optional(top < 0 ? 0 : model().numberAt(top));
    }
    m_search.setQuery(query);
    m_view.viewport()->update();
}

void LogFind::progress()
{
    if (m_anchor && m_search.count() > 0) {
        if (const auto found = m_search.atOrAfter(*m_anchor)) {
            m_anchor.reset();
            goTo(*found);
        } else if (!m_search.isSearching()) {
            m_anchor.reset();
            m_wrapped = 1;
            goTo(*m_search.first());
        }
    }
    if (!m_search.query().isEmpty())
        m_view.viewport()->update();
    showCount();
}

void LogFind::step(int by)
{
    if (m_bar->isHidden() || m_search.query().isEmpty()) {
        m_bar->open();
        if (m_search.query().isEmpty())
            return;
    }
    m_anchor.reset();
    const std::optional<std::uint64_t> from = current();
    std::optional<std::uint64_t> found;
    m_wrapped = 0;
    if (!from) {
        // Nothing is chosen: the newest match is nearest to what is in sight.
        const int top = m_view.rowAt(0);
        found = m_isFollowing() || top < 0 ? m_search.last()
                                           : m_search.atOrAfter(model().numberAt(top));
        if (!found)
            found = m_search.last();
    } else {
        found = by > 0 ? m_search.atOrAfter(*from + 1) : m_search.before(*from);
        if (!found && by > 0 && !m_search.hasLookedAt(*from)) {
            m_anchor = *from + 1;
        } else if (!found && m_search.count() > 0 && (by < 0 || !m_search.isSearching())) {
            m_wrapped = by;
            found = by > 0 ? m_search.first() : m_search.last();
        } else if (!found && by > 0 && m_search.isSearching()) {
            m_anchor = *from + 1;
        }
    }
    if (found)
        goTo(*found);
    showCount();
}

void LogFind::goTo(std::uint64_t number)
{
    const int row = model().rowOf(number);
    if (row < 0)
        return;
    m_going = true;
    const QModelIndex index = model().index(row, TrafficModel::ContentColumn);
    const bool inSight = m_view.viewport()->rect().contains(m_view.visualRect(index).center());
    m_view.choose(index);
    m_view.scrollTo(
        index, inSight ? QAbstractItemView::EnsureVisible : QAbstractItemView::PositionAtCenter);
    m_going = false;
}

void LogFind::showCount()
{
    if (m_search.query().isEmpty()) {
        if (m_bar->query().isEmpty())
            m_bar->showCount({}, true);
        return;
    }
    const auto count = static_cast<std::uint64_t>(m_search.count());
    const std::uint64_t place = current() ? m_search.placeOf(*current()) : 0;
    QString words;
    if (count == 0)
        words = m_search.isSearching() ? QString() : tr("Not found");
    else if (place > 0)
        words = tr("%1 of %2").arg(formatCount(place), formatCount(count));
    else
        words = tr("%1 found").arg(formatCount(count));
    QStringList parts;
    if (!words.isEmpty())
        parts << words;
    if (m_search.isSearching())
        parts << tr("searching… %1 %").arg(m_search.percent());
    else if (m_wrapped != 0 && place > 0)
        parts << (m_wrapped > 0 ? tr("↻ from the first") : tr("↺ from the last"));
    m_bar->showCount(parts.join(u" · "_s), count > 0 || m_search.isSearching());
}

} // namespace pushdeck
