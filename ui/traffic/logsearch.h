// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/find/findquery.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <optional>

namespace pushdeck {

struct TrafficEvent;
class TrafficModel;

/// The rows of a traffic model that hold what is looked for, by their numbers. Looks through them a
/// few milliseconds at a time on the GUI thread, from the oldest on; rows that arrive are looked at
/// too, rows that go are forgotten, and another filter begins anew. Costs eight bytes a match.
class LogSearch final : public QObject
{
    Q_OBJECT

public:
    /// Bytes of a payload that are looked at.
    static constexpr qsizetype kMostBytes = 1024 * 1024;

    explicit LogSearch(QObject *parent = nullptr);

    /// The model must outlive its use here or be a null pointer.
    void setModel(TrafficModel *model);
    /// An empty query ends the search.
    void setQuery(const FindQuery &query);
    [[nodiscard]] const FindQuery &query() const { return m_query; }

    [[nodiscard]] bool isSearching() const { return m_turn.isActive(); }
    [[nodiscard]] int percent() const;
    [[nodiscard]] std::size_t count() const { return m_matches.size(); }
    [[nodiscard]] bool isMatch(std::uint64_t number) const;
    /// From 1; 0 where `number` is no match.
    [[nodiscard]] std::size_t placeOf(std::uint64_t number) const;
    /// True once every row up to `number` has been looked at.
    [[nodiscard]] bool hasLookedAt(std::uint64_t number) const;

    [[nodiscard]] std::optional<std::uint64_t> atOrAfter(std::uint64_t number) const;
    [[nodiscard]] std::optional<std::uint64_t> before(std::uint64_t number) const;
    [[nodiscard]] std::optional<std::uint64_t> first() const;
    [[nodiscard]] std::optional<std::uint64_t> last() const;

signals:
    void progressed(); ///< the matches, or how far it looked, changed

private:
    void begin();
    void look();
    void dropGone();
    [[nodiscard]] bool holds(const TrafficEvent &event) const;

    QPointer<TrafficModel> m_model;
    FindQuery m_query;
    QTimer m_turn;
    std::uint64_t m_next = 0; ///< number of the first row not looked at
    std::deque<std::uint64_t> m_matches;
};

} // namespace pushdeck
