// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"
#include "ui/address/firewall.h"
#include "ui/address/lanwatch.h"
#include "ui/charts/rates.h"
#include "ui/i18n/wording.h"
#include "ui/preferences/preferences.h"
#include "ui/theme/theme.h"

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QSettings;
class QSplitter;
class QStackedWidget;

namespace pushdeck {

class AddressBar;
class ChartsPanel;
class BroadcastPopup;
class ClientsPanel;
class CommandPalette;
class ComposerPanel;
class InspectorPanel;
class MessageArea;
class PreferencesKeeper;
class PreferencesWindow;
class ProjectActions;
class ProjectKeeper;
class QrDialog;
class ShortcutsView;
class Sparkline;
class StatusLine;
class TokenChoice;
class TrafficPanel;
class TrayIcon;

/// The operator's window over one server. Lives on the GUI thread; `control` and `settings` must
/// outlive it. Closing it only closes it: starting the server first and stopping it last is the
/// application's affair.
///
/// It pulls: 30 times a second what is new in the log, and the latest snapshot when there is one.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(ServerControl &control, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What the start button asks for. Does not start anything by itself.
    void setListenRequest(const ListenRequest &request);
    [[nodiscard]] ListenRequest listenRequest() const;

    /// What the program was launched with: the preferences that hold, those of them that the
    /// command line gave, and whence the machine's addresses come. Without it what is stored holds.
    void setLaunched(const Preferences &preferences, const QSet<PreferenceKey> &fixed,
                     std::function<Machine()> machine);

    /// In front, whether it was hidden, minimised or behind.
    void bringToFront();

    /// Closes it for good, also where closing would only hide it; not if the operator wants to stay
    /// for something unsaved.
    void quit();

    /// How the firewall is found; the system is asked unless told otherwise.
    void setFirewallFinder(std::function<Firewall()> finder) { m_findFirewall = std::move(finder); }

    /// One line at the top with something the operator should know; plain text.
    void showProblem(const Wording &words);

    /// One turn of the window's clock; it turns by itself, tests may turn it faster.
    void tick();
    /// The look for a firewall at this time (UTC); the clock's turn does it, tests may.
    void watchLan(std::int64_t nowMs);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void wireCharts();
    void wireDeliveries();
    QWidget *buildLeft();
    void makeActions();
    QAction *addNamed(const QString &icon, const QString &text, const QString &keys,
                      void (MainWindow::*slot)());
    void wire();
    void wireControl();
    void wireProject();
    void wirePreferences();
    void wireTray();
    void wireOverlays();
    void showTitle();
    void restore();
    void save();
    void resetLayout();

    void startOrStop();
    void start(const ListenRequest &request);
    void copyAddress();
    void openInBrowser();
    void showQrCode();
    void toggleTheme();
    void followDesktopTheme();
    void openPalette();
    void focusNextPanel();

    void openPreferences();
    void openShortcuts();
    void showEncryption();
    void usePreferences(const Preferences &before);
    void askForRestart();
    void restart(const ListenRequest &request);
    void showTokens();
    void showTray();
    void showOrHide();
    void hideInTray();
    void broadcast();
    [[nodiscard]] bool hidesInsteadOfClosing() const;

    void setTheme(ThemeChoice choice);
    void showHistoryProblem(const QString &words);
    void showFailure(const ListenFailure &failure);
    void showState();
    void takeSnapshot(const std::shared_ptr<const Snapshot> &snapshot, std::int64_t nowMs);
    void sample();
    void useUrl(const QString &url);
    [[nodiscard]] ServerState shownState() const;

    ServerControl &m_control;
    QSettings &m_settings;
    ProjectKeeper *m_project;
    ProjectActions *m_projectActions;
    AddressBar *m_address;
    MessageArea *m_messages;
    ClientsPanel *m_clients;
    TrafficPanel *m_traffic;
    InspectorPanel *m_inspector;
    ChartsPanel *m_charts;
    ComposerPanel *m_composer;
    StatusLine *m_status;
    Sparkline *m_outChart;
    Sparkline *m_inChart;
    Sparkline *m_clientsChart;
    CommandPalette *m_palette;
    PreferencesKeeper *m_preferences = nullptr;
    PreferencesWindow *m_preferencesWindow = nullptr; ///< null until it is opened
    TokenChoice *m_tokens = nullptr;
    TrayIcon *m_tray = nullptr;
    BroadcastPopup *m_broadcast = nullptr; ///< null until it is opened
    ShortcutsView *m_shortcuts = nullptr;
    QrDialog *m_qr = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_right = nullptr;
    QSplitter *m_down = nullptr;
    QStackedWidget *m_detail = nullptr; ///< inspector or charts
    QAction *m_startStop = nullptr;
    QAction *m_themeAction = nullptr;

    QTimer m_tick;
    ThemeChoice m_theme = ThemeChoice::Desktop;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const Snapshot> m_sampled; ///< the one that the rates were last taken from
    std::int64_t m_lastSampleMs = 0;
    std::int64_t m_lastClientsMs = 0;
    Rates m_rates;
    std::uint64_t m_logged = 0; ///< the newest number at the last tick
    std::uint64_t m_shownDropped = 0;
    QString m_titleUrl;
    LanWatch m_lanWatch;
    std::function<Firewall()> m_findFirewall;
    Preferences m_inEffect;  ///< what the server was started with
    bool m_quitting = false; ///< asked to end, so not to hide
    /// What is known beyond the latest snapshot: a command that is under way, or a signal that came
    /// before the snapshot that shows it.
    std::optional<ServerState> m_known;
};

} // namespace pushdeck
