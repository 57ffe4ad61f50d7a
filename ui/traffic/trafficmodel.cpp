// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficmodel.h"

#include "ui/traffic/traffictext.h"

#include <QElapsedTimer>

#include <algorithm>
#include <iterator>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Looking at the clock costs more than looking at an event.
constexpr int kEventsPerClockLook = 64;

Qt::AlignmentFlag alignmentOf(int column)
{
    if (column == TrafficModel::DirectionColumn)
        return Qt::AlignHCenter;
    const bool number = column == TrafficModel::SizeColumn || column == TrafficModel::FanOutColumn;
    return number ? Qt::AlignRight : Qt::AlignLeft;
}

} // namespace

TrafficModel::TrafficModel(const TrafficLog &log, QObject *parent)
    : QAbstractTableModel(parent), m_log(log)
{
}

TrafficModel::Change TrafficModel::pull(std::chrono::milliseconds budget)
{
    TrafficLog::Slice slice = m_log.since(m_pulled);
    Change change;
    // First what goes: where the log ran past us there is a hole after our newest event, but then
    // all of ours are older than its oldest, so that numbers here always rise by one.
    change.removed = evictBefore(slice.oldest);
    if (slice.oldest > m_cleared + 1)
        m_dropped = slice.oldest - 1 - m_cleared;
    if (!slice.events.empty()) {
        if (m_events.empty())
            m_first = slice.events.front()->number;
        m_pulled = slice.events.back()->number;
        m_examined = std::max(m_examined, m_first - 1);
        m_events.insert(m_events.end(), slice.events.begin(), slice.events.end());
    }
    m_latest = std::move(slice.events);
    change.inserted = examine(budget);
    return change;
}

std::uint64_t TrafficModel::waiting() const
{
    return m_log.newest() - m_pulled;
}

int TrafficModel::evictBefore(std::uint64_t oldest)
{
    const int rows = rowAtOrAfter(oldest);
    if (rows > 0)
        beginRemoveRows({}, 0, rows - 1);
    while (!m_events.empty() && m_first < oldest) {
        m_events.pop_front();
        ++m_first;
    }
    m_visible.erase(m_visible.begin(), m_visible.begin() + rows);
    m_marked.erase(m_marked.begin(), m_marked.lower_bound(oldest));
    if (rows > 0)
        endRemoveRows();
    return rows;
}

int TrafficModel::examine(std::chrono::milliseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    std::vector<std::uint64_t> passed;
    const std::uint64_t end = m_first + m_events.size();
    int looked = 0;
    for (std::uint64_t number = std::max(m_examined + 1, m_first); number < end; ++number) {
        if (m_filter.matches(*m_events[static_cast<std::size_t>(number - m_first)]))
            passed.push_back(number);
        m_examined = number;
        if (++looked % kEventsPerClockLook == 0 &&
            std::chrono::nanoseconds(clock.nsecsElapsed()) > budget)
            break;
    }
    if (passed.empty())
        return 0;
    const int first = rowCount();
    const int count = static_cast<int>(passed.size());
    beginInsertRows({}, first, first + count - 1);
    m_visible.insert(m_visible.end(), passed.begin(), passed.end());
    endInsertRows();
    return count;
}

void TrafficModel::setFilter(TrafficFilter filter, std::chrono::milliseconds budget)
{
    beginResetModel();
    m_filter = std::move(filter);
    m_visible.clear();
    m_examined = m_first - 1;
    endResetModel();
    examine(budget);
}

void TrafficModel::clear()
{
    beginResetModel();
    m_cleared = m_pulled = m_examined = m_log.newest();
    m_first = m_cleared + 1;
    m_dropped = 0;
    m_events.clear();
    m_visible.clear();
    m_marked.clear();
    endResetModel();
}

std::deque<TrafficRow> TrafficModel::takeEvents()
{
    std::deque<TrafficRow> events = std::move(m_events);
    clear();
    return events;
}

std::uint64_t TrafficModel::numberAt(int row) const
{
    return m_visible.at(static_cast<std::size_t>(row));
}

const TrafficEvent &TrafficModel::event(int row) const
{
    return *m_events.at(static_cast<std::size_t>(numberAt(row) - m_first));
}

const TrafficEvent *TrafficModel::find(std::uint64_t number) const
{
    if (number < m_first || number - m_first >= m_events.size())
        return nullptr;
    return m_events[static_cast<std::size_t>(number - m_first)].get();
}

const TrafficEvent *TrafficModel::previousLike(const TrafficEvent &event) const
{
    if (event.kind != TrafficKind::Message || event.number <= m_first)
        return nullptr;
    std::uint64_t number = std::min(event.number, m_first + m_events.size());
    while (number-- > m_first) {
        const TrafficEvent &other = *m_events[static_cast<std::size_t>(number - m_first)];
        // Messages to one client have no topic: they are alike where they went to the same.
        if (other.kind == TrafficKind::Message && other.topic == event.topic &&
            other.event == event.event &&
            (!event.topic.isEmpty() || other.clientId == event.clientId))
            return &other;
    }
    return nullptr;
}

std::uint64_t TrafficModel::copyHeld(std::uint64_t from, std::uint64_t until, std::size_t most,
                                     std::vector<TrafficEvent> &into) const
{
    const std::uint64_t first = std::max(from, m_first);
    const std::uint64_t end = std::min({until, m_first + m_events.size(), first + most});
    if (first >= end)
        return until;
    const auto begin = m_events.begin() + static_cast<std::ptrdiff_t>(first - m_first);
    std::transform(begin, begin + static_cast<std::ptrdiff_t>(end - first),
                   std::back_inserter(into), [](const TrafficRow &row) { return *row; });
    return end;
}

int TrafficModel::rowAtOrAfter(std::uint64_t number) const
{
    const auto it = std::lower_bound(m_visible.begin(), m_visible.end(), number);
    return static_cast<int>(it - m_visible.begin());
}

int TrafficModel::rowOf(std::uint64_t number) const
{
    const int row = rowAtOrAfter(number);
    return row < rowCount() && numberAt(row) == number ? row : -1;
}

void TrafficModel::setMarked(int row, bool marked)
{
    if (marked)
        m_marked.insert(numberAt(row));
    else
        m_marked.erase(numberAt(row));
    emit dataChanged(index(row, TimeColumn), index(row, TimeColumn));
}

int TrafficModel::nextMarked(int row, int step) const
{
    // Not every bookmark passes the filter.
    std::vector<int> rows;
    for (const std::uint64_t number : m_marked) {
        if (const int shown = rowOf(number); shown >= 0)
            rows.push_back(shown);
    }
    if (rows.empty())
        return -1;
    if (step > 0) {
        const auto after = std::upper_bound(rows.begin(), rows.end(), row);
        return after == rows.end() ? rows.front() : *after;
    }
    const auto from = std::lower_bound(rows.begin(), rows.end(), row);
    return from == rows.begin() ? rows.back() : *(from - 1);
}

void TrafficModel::setRelativeTimes(bool relative)
{
    if (m_relative == relative)
        return;
    m_relative = relative;
    emit headerDataChanged(Qt::Horizontal, TimeColumn, TimeColumn);
    if (rowCount() > 0)
        emit dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

QString TrafficModel::timeCell(int row) const
{
    if (!m_relative || row == 0)
        return timeText(event(row));
    return spanText(event(row).timeMs - event(row - 1).timeMs);
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TrafficEvent &shown = event(index.row());
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case TimeColumn:
                    return timeCell(index.row());
                case DirectionColumn:
                    return directionMark(shown);
                case TransportColumn:
                    return viaText(shown);
                case ClientColumn:
                    return clientText(shown);
                case FanOutColumn:
                    return fanOutText(shown);
                case TopicColumn:
                    return topicText(shown);
                case EventColumn:
                    return eventText(shown);
                case SizeColumn:
                    return sizeText(shown);
                case ContentColumn:
                    return contentText(shown);
                default:
                    return {};
            }
        case Qt::ToolTipRole:
            return eventToolTip(shown, index.column() == ContentColumn);
        case Qt::AccessibleTextRole:
            if (index.column() != TimeColumn)
                return data(index, Qt::DisplayRole);
            return isMarked(index.row()) ? tr("bookmarked, %1").arg(eventSentence(shown))
                                         : eventSentence(shown);
        case Qt::TextAlignmentRole:
            return static_cast<int>((alignmentOf(index.column())) | Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((alignmentOf(section)) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == FanOutColumn)
        return tr("How many clients a message went to");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
        case TimeColumn:
            return m_relative ? tr("Time since") : tr("Time");
        case TransportColumn:
            return tr("Via");
        case ClientColumn:
            return tr("Client");
        case FanOutColumn:
            return tr("To");
        case TopicColumn:
            return tr("Topic");
        case EventColumn:
            return tr("Event");
        case SizeColumn:
            return tr("Size");
        case ContentColumn:
            return tr("Content");
        default:
            return QString();
    }
}

} // namespace pushdeck
