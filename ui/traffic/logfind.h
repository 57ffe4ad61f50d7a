// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/logsearch.h"

#include <QObject>

#include <functional>

class QAction;

namespace pushdeck {

class FindBar;
class TrafficView;

/// Searching within the rows of the traffic log: the bar, the search behind it, and the way from
/// one match to the next in the view. It changes what is chosen, never what is shown.
class LogFind final : public QObject
{
    Q_OBJECT

public:
    /// `isFollowing` tells whether the view shows the newest row as rows come.
    LogFind(TrafficView &view, std::function<bool()> isFollowing, QWidget *parent);

    [[nodiscard]] FindBar *bar() const { return m_bar; }
    [[nodiscard]] const LogSearch &search() const { return m_search; }
    [[nodiscard]] QList<QAction *> actions() const;
    /// Tells it that the view shows another model now.
    void useModel();

private:
    void begin(const FindQuery &query);
    void progress();
    void step(int by);
    void goTo(std::uint64_t number);
    void showCount();
    [[nodiscard]] TrafficModel &model() const;
    [[nodiscard]] std::optional<std::uint64_t> current() const;
    [[nodiscard]] bool isAtTail() const;

    TrafficView &m_view;
    std::function<bool()> m_isFollowing;
    FindBar *m_bar;
    LogSearch m_search;
    QAction *m_find;
    QAction *m_next;
    QAction *m_previous;
    std::optional<std::uint64_t> m_anchor; ///< the first match from here on is to be gone to
    int m_wrapped = 0;                     ///< 1: past the end, -1: past the start
    bool m_going = false;
};

} // namespace pushdeck
