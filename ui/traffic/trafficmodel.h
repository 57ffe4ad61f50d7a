// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficlog.h"
#include "ui/traffic/trafficfilter.h"

#include <QAbstractTableModel>

#include <chrono>
#include <deque>
#include <set>

namespace pushdeck {

/// The window's side of the traffic log: pulls what is new, lets go of what the log let go of, and
/// keeps the numbers of the rows that pass the filter. No proxy model, no string before it is
/// painted. A pull is at most one removal and one insertion of rows, whatever came.
class TrafficModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        DirectionColumn,
        TransportColumn,
        ClientColumn,
        FanOutColumn,
        TopicColumn,
        EventColumn,
        SizeColumn,
        ContentColumn,
        ColumnCount
    };

    explicit TrafficModel(const TrafficLog &log, QObject *parent = nullptr);

    /// What one pull did to the rows.
    struct Change
    {
        int removed = 0;  ///< rows taken from the front
        int inserted = 0; ///< rows added at the end
    };

    /// Takes what is new and looks at it for about `budget`; what the filter has not seen by then
    /// waits for the next pull.
    Change pull(std::chrono::milliseconds budget);

    /// While paused `pull` is not called: how many events wait.
    [[nodiscard]] std::uint64_t waiting() const;

    /// Looks at what is held for about `budget`; pulls do the rest.
    void setFilter(TrafficFilter filter, std::chrono::milliseconds budget);
    /// Goes on with a new filter while nothing is pulled.
    int examine(std::chrono::milliseconds budget);
    [[nodiscard]] bool isFiltered() const { return !m_filter.isEmpty(); }
    /// True while older events have not been looked at by a new filter.
    [[nodiscard]] bool isFiltering() const { return m_examined + 1 < m_first + m_events.size(); }

    /// Gives the events away, to be freed elsewhere, and is empty from then on.
    [[nodiscard]] std::deque<TrafficRow> takeEvents();
    /// Forgets all that was logged so far, here; the log itself is the server's.
    void clear();

    /// Events the log dropped for its bounds, those cleared by the operator not counted.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    [[nodiscard]] TrafficLogLimits limits() const { return m_log.limits(); }
    /// Events held, whether they pass the filter or not.
    [[nodiscard]] std::size_t held() const { return m_events.size(); }
    [[nodiscard]] std::uint64_t firstHeld() const { return m_first; }
    /// Appends copies of what is held of the events [from, until), at most `most`. Returns the
    /// number to go on with.
    std::uint64_t copyHeld(std::uint64_t from, std::uint64_t until, std::size_t most,
                           std::vector<TrafficEvent> &into) const;
    [[nodiscard]] const TrafficFilter &filter() const { return m_filter; }

    /// What the last pull brought, whether it passes the filter or not.
    [[nodiscard]] const std::vector<TrafficRow> &latest() const { return m_latest; }

    [[nodiscard]] const TrafficEvent &event(int row) const;
    [[nodiscard]] std::uint64_t numberAt(int row) const;
    [[nodiscard]] int rowOf(std::uint64_t number) const;        ///< -1 if not shown
    [[nodiscard]] int rowAtOrAfter(std::uint64_t number) const; ///< last row + 1 if none
    [[nodiscard]] const TrafficEvent *find(std::uint64_t number) const;
    /// The message held before `event` with the same topic and event name, whether it passes the
    /// filter or not; null: none.
    [[nodiscard]] const TrafficEvent *previousLike(const TrafficEvent &event) const;

    /// Bookmarks go with their events: when those are dropped or cleared.
    void setMarked(int row, bool marked);
    [[nodiscard]] bool isMarked(int row) const { return m_marked.contains(numberAt(row)); }
    /// The bookmark after `row` (before it for a step of -1), beginning anew at the end; -1: none.
    [[nodiscard]] int nextMarked(int row, int step) const;

    /// Whether the time column counts from the row before.
    void setRelativeTimes(bool relative);
    [[nodiscard]] QString timeCell(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    int evictBefore(std::uint64_t oldest);

    const TrafficLog &m_log;
    TrafficFilter m_filter;
    std::deque<TrafficRow> m_events; // numbers rising by one from m_first
    std::uint64_t m_first = 1;
    std::uint64_t m_pulled = 0;   // newest number taken from the log
    std::uint64_t m_examined = 0; // newest number the filter has looked at
    std::uint64_t m_cleared = 0;  // newest number the operator cleared
    std::uint64_t m_dropped = 0;
    std::deque<std::uint64_t> m_visible;
    std::vector<TrafficRow> m_latest;
    std::set<std::uint64_t> m_marked; // numbers of the rows with a bookmark
    bool m_relative = false;
};

} // namespace pushdeck
