// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficlog.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QMenu;
class QPushButton;

namespace pushdeck {

class FilterField;
class PanelHeader;
class RowActions;
class TrafficFilter;
class TrafficModel;
class TrafficView;

/// The traffic log with its filter, pause and follow.
///
/// Following shows the newest row; scrolling up or choosing an earlier row ends it. While it does
/// not follow, nothing that arrives or is dropped moves what is in sight, nor the selection. Pause
/// stops pulling: the server's log goes on, bounded as ever.
class TrafficPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficPanel(const TrafficLog &log, QWidget *parent = nullptr);

    /// One turn of the window's clock. True when it pulled: `model().latest()` is what came.
    bool tick();

    [[nodiscard]] TrafficModel &model() { return *m_model; }
    [[nodiscard]] TrafficView &view() { return *m_view; }
    [[nodiscard]] QList<QAction *> panelActions() const;

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    [[nodiscard]] bool isPaused() const;
    void setPaused(bool paused);

    [[nodiscard]] QString filterText() const;
    void setFilterText(const QString &text);
    void addFilterTerm(const QString &term);

    /// For copied commands: the address that clients are told to use.
    void setBaseUrl(const QString &url);
    /// So that the empty log can say what would fill it.
    void setServerRunning(bool running);

    void applyDefaultColumns();
    /// Leaves out what matters least while the content has no room.
    void fitColumns();

signals:
    void eventSelected(const pushdeck::TrafficEvent &event);
    void sendAgainAsked(const pushdeck::TrafficEvent &event);
    void editAsked(const pushdeck::TrafficEvent &event);
    void filterChanged(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void buildHeader();
    void applyFilter(const TrafficFilter &filter, const QString &text);
    void showProblem(const QString &words);
    void showCurrent();
    void showMenu(const QPoint &position);
    void addFilterActions(QMenu &menu, const TrafficEvent &event, int column);
    void restoreSelection();
    void refresh();
    void placeNewButton();

    TrafficModel *m_model;
    TrafficView *m_view;
    RowActions *m_rows;
    PanelHeader *m_header;
    FilterField *m_filter;
    QLabel *m_problem;
    QLabel *m_droppedStrip;
    QPushButton *m_newButton;
    QAction *m_pauseAction = nullptr;
    QAction *m_followAction = nullptr;
    QAction *m_clearAction = nullptr;
    QAction *m_focusFilterAction = nullptr;
    bool m_following = true;
    bool m_running = false;
    bool m_pulling = false;
    std::uint64_t m_new = 0;                 // rows that came while not following
    std::optional<std::uint64_t> m_selected; // number of the current row
    bool m_restore = false;                  // the selected row is to come back into view
};

} // namespace pushdeck
