// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/address/addressbar.h"
#include "ui/address/qrdialog.h"
#include "ui/address/snippets.h"
#include "ui/address/tokenchoice.h"
#include "ui/charts/chartspanel.h"
#include "ui/charts/sparkline.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/clients/connecthint.h"
#include "ui/commandpalette.h"
#include "ui/composer/composerpanel.h"
#include "ui/export/sessionfiles.h"
#include "ui/i18n/serverwords.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/messagebar.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/project/projectactions.h"
#include "ui/statusline.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"
#include "ui/theme/icons.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"

#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QSettings>
#include <QUrl>

#include <utility>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kTick = 33ms;
// Nobody reads a flood row by row, and each picture of it takes processor time from the server.
constexpr auto kFloodTick = 100ms;
constexpr std::uint64_t kFloodRows = 15; // a millisecond
constexpr std::int64_t kSampleMs = 1'000;
// The client table is for reading: more often than this its numbers only flicker.
constexpr std::int64_t kClientsMs = 200;

} // namespace

MainWindow::MainWindow(ServerControl &control, QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_control(control),
      m_settings(settings),
      m_snapshot(control.snapshots().latest()),
      m_sampled(m_snapshot)
{
    // Before any widget: they take their fonts from the application.
    m_theme = themeFromName(m_settings.value(u"window/theme"_s).toString());
    applyTheme(m_theme);
    setWindowIcon(applicationIcon());
    build();
    makeActions();
    wire();
    wireControl();
    wireProject();
    wirePreferences();
    wireTray();
    wireOverlays();
    setTheme(m_theme);
    restore();
    takeSnapshot(m_snapshot, QDateTime::currentMSecsSinceEpoch());
    showState();
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::tick);
    m_tick.start();
    m_composer->focusEditor();
}

MainWindow::~MainWindow() = default;

QAction *MainWindow::addNamed(const QString &icon, const QString &text, const QString &keys,
                              void (MainWindow::*slot)())
{
    QAction *action = makeAction(this, icon, text, keys);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
}

void MainWindow::makeActions()
{
    m_startStop = addNamed(u"play"_s, tr("Start the server"), u"F5"_s, &MainWindow::startOrStop);
    m_startStop->setIconText(tr("Start"));
    QAction *copy =
        addNamed(u"copy"_s, tr("Copy the address"), u"Ctrl+Alt+C"_s, &MainWindow::copyAddress);
    copy->setIconText(tr("Copy"));
    QAction *open = addNamed(u"open"_s, tr("Open the test page in the browser"), u"Ctrl+B"_s,
                             &MainWindow::openInBrowser);
    open->setIconText(tr("Open"));
    QAction *qr = addNamed(u"qr"_s, tr("Show the address as a QR code"), u"Ctrl+G"_s,
                           &MainWindow::showQrCode);
    qr->setIconText(tr("QR"));
    for (QAction *action : {copy, open, qr})
        m_address->addAddressAction(action);
    m_themeAction = addNamed(u"moon"_s, tr("Switch between light and dark"), u"Ctrl+T"_s,
                             &MainWindow::toggleTheme);
    QAction *palette =
        addNamed(u"palette"_s, tr("Find a command"), u"Ctrl+K"_s, &MainWindow::openPalette);
    m_address->addButton(m_themeAction);
    m_address->addButton(palette);
    addNamed({}, tr("Follow the desktop's theme"), u"Ctrl+Shift+T"_s,
             &MainWindow::followDesktopTheme);
    addNamed(u"layout"_s, tr("Reset the layout"), u"Ctrl+Shift+0"_s, &MainWindow::resetLayout);
    addNamed({}, tr("Go to the next panel"), u"F6"_s, &MainWindow::focusNextPanel);
    addNamed({}, tr("Quit"), u"Ctrl+Q"_s, &MainWindow::quit);
    m_address->setStartStopAction(m_startStop);
    addActions(m_composer->panelActions());
    addActions(m_projectActions->actions());
    addActions(m_traffic->panelActions());
    addActions((new SessionFiles(*m_traffic, *m_messages, this))->actions());
    addActions(m_clients->panelActions());
    addActions(m_inspector->panelActions());
    addActions(m_charts->panelActions());
}

void MainWindow::wire()
{
    connect(m_address, &AddressBar::urlChanged, this, &MainWindow::useUrl);
    connect(&m_clients->hint(), &ConnectHint::openAsked, this, &MainWindow::openInBrowser);
    connect(&m_clients->hint(), &ConnectHint::startAsked, this, [this] { start(listenRequest()); });
    connect(m_clients, &ClientsPanel::selectionChanged, this,
            [this] { m_composer->setSelectedClients(m_clients->selectedIds()); });
    connect(m_clients, &ClientsPanel::messageAsked, m_composer, &ComposerPanel::messageClients);
    connect(m_clients, &ClientsPanel::logFilterAsked, m_traffic, &TrafficPanel::addFilterTerm);
    // At once: a name given before a crash is a name given.
    connect(&m_clients->model().book(), &ClientBook::changed, this,
            [this] { m_clients->model().book().save(m_settings); });
    connect(m_clients, &ClientsPanel::closeAsked, this,
            [this](const std::vector<std::uint64_t> &ids, quint16 code, const QString &reason) {
                for (const std::uint64_t id : ids)
                    m_control.closeClient(id, code, reason);
            });
    connect(m_traffic, &TrafficPanel::eventSelected, m_inspector, &InspectorPanel::inspect);
    m_inspector->setPrevious([this](const TrafficEvent &event) -> std::optional<TrafficEvent> {
        const TrafficEvent *before = m_traffic->shownModel().previousLike(event);
        return before ? std::optional(*before) : std::nullopt;
    });
    wireDeliveries();
    connect(m_traffic, &TrafficPanel::sendAgainAsked, m_composer, &ComposerPanel::sendAgain);
    connect(m_traffic, &TrafficPanel::editAsked, m_composer, &ComposerPanel::edit);
    connect(m_composer, &ComposerPanel::sendAsked, this,
            [this](const SendRequest &request) { m_control.send(request); });
    connect(m_composer, &ComposerPanel::problemFound, this, &MainWindow::showProblem);
    connect(m_inspector, &InspectorPanel::problemFound, this, &MainWindow::showProblem);
    wireCharts();
}

void MainWindow::wireControl()
{
    // The control lives on the server's thread: these are queued to the window's by their context.
    connect(&m_control, &ServerControl::started, this, [this](quint16 port) {
        m_known = ServerState::Running;
        m_inEffect = m_preferences->preferences();
        ListenRequest request = m_address->request();
        request.port = port;
        m_address->setRequest(request);
        m_messages->dismiss(u"start"_s);
        m_messages->dismiss(u"restart"_s);
        showState();
    });
    connect(&m_control, &ServerControl::stopped, this, [this] {
        m_known = ServerState::Stopped;
        showState();
    });
    connect(&m_control, &ServerControl::startFailed, this, &MainWindow::showFailure);
    connect(&m_control, &ServerControl::sent, this,
            [this](const SendOutcome &outcome) { m_composer->showOutcome(outcome); });
}

void MainWindow::setListenRequest(const ListenRequest &request)
{
    m_address->setRequest(request);
}

ListenRequest MainWindow::listenRequest() const
{
    return m_address->request();
}

void MainWindow::showProblem(const Wording &words)
{
    m_messages->show(u"problem"_s, MessageBar::Kind::Error, words);
}

void MainWindow::showHistoryProblem(const QString &words)
{
    // Not where other problems stand: the next one would take the place of this, which goes on.
    m_messages->dismiss(u"history"_s);
    if (!words.isEmpty())
        m_messages->show(u"history"_s, MessageBar::Kind::Error,
                         [words] { return serverWords(words); });
}

void MainWindow::startOrStop()
{
    switch (shownState()) {
        case ServerState::Stopped:
            start(listenRequest());
            break;
        case ServerState::Running:
            m_known = ServerState::Stopping;
            showState();
            m_control.stop();
            break;
        default:
            break;
    }
}

void MainWindow::start(const ListenRequest &request)
{
    m_messages->dismiss(u"start"_s);
    m_address->setRequest(request);
    m_known = ServerState::Starting;
    showState();
    m_control.start(request);
}

void MainWindow::showFailure(const ListenFailure &failure)
{
    m_known = ServerState::Stopped;
    showState();
    MessageBar *bar = m_messages->show(u"start"_s, MessageBar::Kind::Warning, [failure] {
        if (failure.portBusy)
            return tr("Port %1 is in use by another program.").arg(failure.request.port);
        return failure.words.isEmpty() ? tr("The server could not start.")
                                       : serverWords(failure.words);
    });
    if (failure.suggestedPort != 0) {
        ListenRequest other = failure.request;
        other.port = failure.suggestedPort;
        bar->addButton([port = other.port] { return tr("Use %1").arg(port); },
                       [this, other] { start(other); });
    }
    const ListenRequest same = failure.request;
    bar->addButton(tr("Retry"), [this, same] { start(same); });
    bar->addButton(tr("Choose…"), [this] { m_address->focusPort(); });
}

ServerState MainWindow::shownState() const
{
    return m_known.value_or(m_snapshot->state);
}

void MainWindow::showState()
{
    const ServerState state = shownState();
    const bool running = state == ServerState::Running;
    m_address->showState(state, m_snapshot->addresses);
    m_startStop->setEnabled(running || state == ServerState::Stopped);
    m_startStop->setText(running ? tr("Stop the server") : tr("Start the server"));
    m_startStop->setToolTip(u"%1 (F5)"_s.arg(m_startStop->text()));
    m_startStop->setIconText(running || state == ServerState::Stopping ? tr("Stop") : tr("Start"));
    m_startStop->setIcon(themedIcon(running ? u"stop"_s : u"play"_s));
    m_composer->setRunning(running);
    m_traffic->setServerRunning(running);
    showTray();
    useUrl(m_address->url());
}

void MainWindow::tick()
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const bool pulled = m_traffic->tick();
    for (const TrafficRow &row : m_traffic->model().latest()) {
        if (pulled && row->kind == TrafficKind::Disconnected && row->clientId != 0)
            m_clients->model().noteClosed(row->clientId, row->code, row->text);
    }
    const std::uint64_t newest = m_control.log().newest();
    const std::uint64_t came = newest - std::exchange(m_logged, newest);
    const bool flood = came >= kFloodRows * static_cast<std::uint64_t>(m_tick.interval());
    if (const auto pace = flood ? kFloodTick : kTick; pace != m_tick.intervalAsDuration())
        m_tick.setInterval(pace);
    // Both places that tell the number tell the same.
    if (m_traffic->model().dropped() != m_shownDropped) {
        m_shownDropped = m_traffic->model().dropped();
        m_status->show(shownState(), *m_snapshot, m_rates, m_shownDropped);
    }
    const auto snapshot = m_control.snapshots().latest();
    m_charts->tick(*snapshot, now);
    if (snapshot != m_snapshot && now - m_lastClientsMs >= kClientsMs)
        takeSnapshot(snapshot, now);
    if (now - m_lastSampleMs >= kSampleMs) {
        m_lastSampleMs = now;
        watchLan(now);
        sample();
    }
}

void MainWindow::takeSnapshot(const std::shared_ptr<const Snapshot> &snapshot, std::int64_t nowMs)
{
    const ServerState before = shownState();
    const bool addressesChanged = snapshot->addresses.size() != m_snapshot->addresses.size() ||
                                  snapshot->port != m_snapshot->port ||
                                  snapshot->tls != m_snapshot->tls;
    if (snapshot->historyProblem != m_snapshot->historyProblem)
        showHistoryProblem(snapshot->historyProblem);
    m_snapshot = snapshot;
    m_lastClientsMs = nowMs;
    // A command under way is over when its signal comes, not with a snapshot taken before it.
    if (m_known == ServerState::Running || m_known == ServerState::Stopped)
        m_known.reset();
    m_clients->showSnapshot(*snapshot, nowMs);
    m_composer->showSnapshot(snapshot);
    m_traffic->setSnapshot(snapshot);
    if (shownState() != before || addressesChanged)
        showState();
    m_status->show(shownState(), *m_snapshot, m_rates, m_traffic->model().dropped());
    showEncryption();
    showTray();
}

void MainWindow::sample()
{
    if (m_snapshot->timeMs > m_sampled->timeMs) {
        m_rates = m_sampled->timeMs > 0 ? ratesBetween(*m_sampled, *m_snapshot) : Rates{};
        m_sampled = m_snapshot;
    } else {
        m_rates = {};
    }
    m_inChart->add(m_rates.in, formatRate(m_rates.in));
    m_outChart->add(m_rates.out, formatRate(m_rates.out));
    const auto clients = m_snapshot->clients.size();
    m_clientsChart->add(static_cast<double>(clients), formatCount(clients));
    // Also without news: those who left long ago go, and spans grow.
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (now - m_lastClientsMs >= kSampleMs && m_clients->model().totalCount() > 0) {
        m_lastClientsMs = now;
        m_clients->showSnapshot(*m_snapshot, now);
    }
    m_status->show(shownState(), *m_snapshot, m_rates, m_traffic->model().dropped());
}

void MainWindow::useUrl(const QString &url)
{
    const HandedTokens tokens = m_tokens->handed();
    m_clients->setBaseUrl(url, tokens.subscribe);
    m_clients->hint().setUrl(shownState() == ServerState::Running ? url : QString(), tokens);
    m_traffic->setBaseUrl(url, tokens.publish);
    m_titleUrl = url;
    showTitle();
    if (m_qr && !url.isEmpty())
        m_qr->setUrl(url, m_address->interface(), m_tokens->token());
}

void MainWindow::copyAddress()
{
    const QString token = m_tokens->token();
    QGuiApplication::clipboard()->setText(
        urlWithToken(m_address->url(), token.isEmpty() ? QString() : u"/"_s, token));
}

void MainWindow::openInBrowser()
{
    if (!m_address->url().isEmpty())
        QDesktopServices::openUrl(QUrl(urlWithToken(m_address->url(), u"/"_s, m_tokens->token())));
}

void MainWindow::showQrCode()
{
    if (m_address->url().isEmpty())
        return;
    if (!m_qr)
        m_qr = new QrDialog(this);
    m_qr->setUrl(m_address->url(), m_address->interface(), m_tokens->token());
    m_qr->show();
    m_qr->raise();
}

void MainWindow::openPalette()
{
    QList<QAction *> named;
    for (QAction *action : actions()) {
        if (!action->text().isEmpty() && action->isVisible() &&
            action->shortcut() != QKeySequence(u"Ctrl+K"_s))
            named << action;
    }
    m_palette->open(named);
}

} // namespace pushdeck
