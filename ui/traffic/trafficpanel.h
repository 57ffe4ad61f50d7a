// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficlog.h"

#include <QWidget>

#include <memory>
#include <optional>

class QAction;
class QLabel;
class QMenu;
class QPushButton;

namespace pushdeck {

class FilterField;
class LogFind;
class PanelHeader;
class RowActions;
class RowMarks;
class DroppedStrip;
class SessionBar;
class TrafficFilter;
class TrafficModel;
struct Snapshot;
struct TrafficSession;
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
    ~TrafficPanel() override;

    /// One turn of the window's clock. True when it pulled: `model().latest()` is what came.
    bool tick();

    /// The live log's, also while a session is shown.
    [[nodiscard]] TrafficModel &model() { return *m_model; }
    /// What the view shows right now.
    [[nodiscard]] TrafficModel &shownModel() const;
    [[nodiscard]] TrafficView &view() { return *m_view; }
    [[nodiscard]] RowMarks &marks() { return *m_marks; }
    [[nodiscard]] QList<QAction *> panelActions() const;

    /// Of the live log; it is so again after a session.
    [[nodiscard]] bool isFollowing() const;
    void setFollowing(bool following);
    [[nodiscard]] bool isPaused() const;
    void setPaused(bool paused);

    [[nodiscard]] QString filterText() const;
    void setFilterText(const QString &text);
    void addFilterTerm(const QString &term);

    /// Shows what was read from a file in place of the live log, until `closeSession`. The live log
    /// goes on being pulled. `log` must not change any more.
    void showSession(const QString &name, std::shared_ptr<const TrafficLog> log);
    void closeSession();
    [[nodiscard]] bool hasSession() const { return m_session != nullptr; }

    /// Puts an action of the window's into the header, and at the end of the rows' menu.
    void addHeaderAction(QAction *action);
    void addMenuAction(QAction *action) { m_menuActions << action; }
    /// Above the rows, where some were dropped.
    [[nodiscard]] DroppedStrip &droppedStrip() { return *m_dropped; }

    /// For copied commands: the address that clients are told to use, and the token that publishing
    /// needs.
    void setBaseUrl(const QString &url, const QString &token);
    [[nodiscard]] const QString &baseUrl() const;
    /// The topics and clients that the filter is completed with, beside those of the rows.
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    /// So that the empty log can say what would fill it.
    void setServerRunning(bool running);

    void applyDefaultColumns();

signals:
    /// A session is shown in place of the live log, or no longer.
    void sessionShown(bool shown);
    void eventSelected(const pushdeck::TrafficEvent &event);
    void sendAgainAsked(const pushdeck::TrafficEvent &event);
    void editAsked(const pushdeck::TrafficEvent &event);
    /// Who got the message that was selected last; `eventSelected` came before.
    void deliveriesAsked();
    void filterChanged(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void useModel(TrafficModel &model);
    bool pullBehindSession();
    void buildHeader();
    void applyFilter(const TrafficFilter &filter, const QString &text);
    void showProblem(const QString &words);
    void showCurrent();
    void askDeliveries();
    void showMenu(const QPoint &position);
    void addFilterActions(QMenu &menu, const TrafficEvent &event, int column);
    void restoreSelection();
    void refresh();
    void placeNewButton();

    TrafficModel *m_model;
    TrafficView *m_view;
    RowActions *m_rows;
    RowMarks *m_marks;
    PanelHeader *m_header;
    FilterField *m_filter;
    LogFind *m_find;
    SessionBar *m_sessionBar;
    QLabel *m_problem;
    DroppedStrip *m_dropped;
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
    std::unique_ptr<TrafficSession> m_session;
    QList<QAction *> m_menuActions;
    std::shared_ptr<const Snapshot> m_snapshot;
};

} // namespace pushdeck
