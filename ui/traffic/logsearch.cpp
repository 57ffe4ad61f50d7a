// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/logsearch.h"

#include "ui/text/visible.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/traffictext.h"

#include <QElapsedTimer>

#include <algorithm>

namespace pushdeck {

using namespace std::chrono_literals;

namespace {

// Half a picture at 60 Hz: the window stays as quick as it is.
constexpr auto kSlice = 8ms;
// Between two looks at the clock.
constexpr int kRowsAtOnce = 64;
constexpr qsizetype kBytesAtOnce = 256 * 1024;

} // namespace

LogSearch::LogSearch(QObject *parent) : QObject(parent)
{
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &LogSearch::look);
}

void LogSearch::setModel(TrafficModel *model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    if (m_model) {
        connect(m_model, &QAbstractItemModel::modelReset, this, &LogSearch::begin);
        connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LogSearch::dropGone);
        connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
            if (!m_query.isEmpty())
                m_turn.start();
        });
    }
    begin();
}

void LogSearch::setQuery(const FindQuery &query)
{
    m_query = query;
    begin();
}

void LogSearch::begin()
{
    m_matches.clear();
    m_next = 0;
    if (m_query.isEmpty() || !m_model || m_model->rowCount() == 0)
        m_turn.stop();
    else
        m_turn.start();
    emit progressed();
}

void LogSearch::look()
{
    QElapsedTimer clock;
    clock.start();
    const int rows = m_model ? m_model->rowCount() : 0;
    int row = m_model ? m_model->rowAtOrAfter(m_next) : 0;
    qsizetype bytes = 0;
    for (int looked = 0; row < rows; ++row) {
        const TrafficEvent &event = m_model->event(row);
        if (holds(event))
            m_matches.push_back(event.number);
        m_next = event.number + 1;
        bytes += event.payload.size();
        if (++looked % kRowsAtOnce == 0 || bytes > kBytesAtOnce) {
            bytes = 0;
            if (std::chrono::nanoseconds(clock.nsecsElapsed()) > kSlice)
                break;
        }
    }
    if (row >= rows - 1)
        m_turn.stop();
    emit progressed();
}

void LogSearch::dropGone()
{
    const std::uint64_t oldest =
        m_model->rowCount() > 0 ? m_model->numberAt(0) : m_model->firstHeld() + m_model->held();
    const auto gone = std::lower_bound(m_matches.begin(), m_matches.end(), oldest);
    m_matches.erase(m_matches.begin(), gone);
}

bool LogSearch::holds(const TrafficEvent &event) const
{
    if (m_query.isIn(event.topic) || m_query.isIn(event.event) || m_query.isIn(event.text) ||
        m_query.isIn(event.client) || m_query.isIn(clientText(event)))
        return true;
    if (event.code != 0 && m_query.isIn(QString::number(event.code)))
        return true;
    return m_query.isIn(utf8Prefix(event.payload, kMostBytes));
}

int LogSearch::percent() const
{
    const int rows = m_model ? m_model->rowCount() : 0;
    return rows == 0 ? 100 : static_cast<int>(100ll * m_model->rowAtOrAfter(m_next) / rows);
}

bool LogSearch::isMatch(std::uint64_t number) const
{
    return std::binary_search(m_matches.begin(), m_matches.end(), number);
}

std::size_t LogSearch::placeOf(std::uint64_t number) const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), number);
    return at != m_matches.end() && *at == number
               ? static_cast<std::size_t>(at - m_matches.begin()) + 1
               : 0;
}

bool LogSearch::hasLookedAt(std::uint64_t number) const
{
    return !isSearching() || m_next > number;
}

std::optional<std::uint64_t> LogSearch::atOrAfter(std::uint64_t number) const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), number);
    return at == m_matches.end() ? std::nullopt : std::optional(*at);
}

std::optional<std::uint64_t> LogSearch::before(std::uint64_t number) const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), number);
    return at == m_matches.begin() ? std::nullopt : std::optional(*(at - 1));
}

std::optional<std::uint64_t> LogSearch::first() const
{
    return m_matches.empty() ? std::nullopt : std::optional(m_matches.front());
}

std::optional<std::uint64_t> LogSearch::last() const
{
    return m_matches.empty() ? std::nullopt : std::optional(m_matches.back());
}

} // namespace pushdeck
