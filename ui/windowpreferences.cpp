// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/addressbar.h"
#include "ui/address/tokenchoice.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/preferences/preferenceswindow.h"
#include "ui/project/projectactions.h"
#include "ui/statusline.h"
#include "ui/theme/icons.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QSettings>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMenuMargin = 8; // from the window's edge, as the button

} // namespace

// The window and the preferences: what changes at once, and what asks for a restart.

void MainWindow::wirePreferences()
{
    m_inEffect = m_preferences->preferences();
    QAction *preferences =
        addNamed(u"settings"_s, tr("Preferences…"), u"Ctrl+,"_s, &MainWindow::openPreferences);
    QAction *shortcuts =
        addNamed(u"keyboard"_s, tr("Keyboard shortcuts"), u"Ctrl+/"_s, &MainWindow::openShortcuts);
    connect(m_preferences, &PreferencesKeeper::changed, this, &MainWindow::usePreferences);
    // Started again by hand, it takes what was waiting for a restart.
    connect(&m_control, &ServerControl::stopped, this, [this] {
        if (m_preferences->preferences().listen != m_inEffect.listen)
            m_address->setRequest(m_preferences->preferences().listen);
        m_inEffect = m_preferences->preferences();
        m_messages->dismiss(u"restart"_s);
    });
    connect(m_preferences, &PreferencesKeeper::problemFound, this, &MainWindow::showProblem);

    m_address->addAddressWidget(m_tokens);
    addAction(m_tokens->nextAction());
    const int wanted = m_settings.value(u"address/token"_s).toInt();
    m_tokens->choose(wanted == 1   ? TokenChoice::Which::Subscribe
                     : wanted == 2 ? TokenChoice::Which::Publish
                                   : TokenChoice::Which::None);
    connect(m_tokens, &TokenChoice::changed, this, [this] {
        m_settings.setValue(u"address/token"_s, static_cast<int>(m_tokens->which()));
        useUrl(m_address->url());
    });
    showTokens();

    auto *menu = new QMenu(this);
    menu->addActions({preferences, shortcuts});
    menu->addSeparator();
    for (QAction *action : actions()) {
        if (action->shortcut() == QKeySequence(u"Ctrl+Q"_s))
            menu->addAction(action);
    }
    // No action of the window: it does nothing by itself, and needs no key.
    auto *more = new QAction(themedIcon(u"menu"_s), tr("Menu"), this);
    connect(more, &QAction::triggered, this, [this, menu] {
        const int x = m_address->width() - menu->sizeHint().width() - kMenuMargin;
        menu->popup(m_address->mapToGlobal(QPoint(x, m_address->height() - kMenuMargin)));
    });
    m_address->addButton(more);
}

void MainWindow::setLaunched(const Preferences &preferences, const QSet<PreferenceKey> &fixed,
                             std::function<Machine()> machine)
{
    m_preferences->setLaunched(preferences, fixed);
    m_preferences->setMachineSource(std::move(machine));
    m_inEffect = preferences;
    m_address->setRequest(preferences.listen);
    showTokens();
}

void MainWindow::openPreferences()
{
    if (!m_preferencesWindow) {
        m_preferencesWindow = new PreferencesWindow(*m_preferences, this);
        connect(m_preferencesWindow, &PreferencesWindow::reloadCertificatesAsked, this,
                [this] { m_control.reloadCertificates(); });
    }
    showEncryption();
    m_preferencesWindow->present();
}

void MainWindow::showEncryption()
{
    if (!m_preferencesWindow)
        return;
    const bool running = shownState() == ServerState::Running;
    m_preferencesWindow->showEncryption(running ? m_snapshot->encryption : nullptr,
                                        m_address->url());
}

void MainWindow::usePreferences(const Preferences &before)
{
    const Preferences &now = m_preferences->preferences();
    if (now.theme != m_theme)
        setTheme(now.theme);
    // Not from within what the change came from: its widgets get other words by this.
    if (now.language != before.language)
        QMetaObject::invokeMethod(
            this, [this] { applyLanguage(m_preferences->preferences().language); },
            Qt::QueuedConnection);
    if (now.server != before.server)
        m_control.configure(now.server);
    showTokens();
    const bool running = shownState() == ServerState::Running;
    if (now.listen != before.listen && !running)
        m_address->setRequest(now.listen);
    if (running && !differences(m_inEffect, now, Applies::ServerStart).isEmpty())
        askForRestart();
    else
        m_messages->dismiss(u"restart"_s);
}

void MainWindow::askForRestart()
{
    const Preferences &now = m_preferences->preferences();
    // A port that was taken when the first was busy stays, unless another was asked for since.
    const ListenRequest request =
        now.listen == m_inEffect.listen ? m_address->request() : now.listen;
    MessageBar *bar = m_messages->show(u"restart"_s, MessageBar::Kind::Info, [] {
        return tr(
            "Restart the server to apply the change. Clients are disconnected, and may come "
            "back.");
    });
    bar->addButton(tr("Restart"), [this, request] { restart(request); });
}

void MainWindow::restart(const ListenRequest &request)
{
    if (shownState() == ServerState::Running)
        m_control.stop();
    // The server takes it when it has stopped.
    start(request);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_projectActions->showRecent();
    showState();
    m_status->show(shownState(), *m_snapshot, m_rates, m_traffic->model().dropped());
}

void MainWindow::showTokens()
{
    const ServerSettings::Access &access = m_preferences->preferences().server.access;
    m_tokens->setTokens(QString::fromUtf8(access.subscribeToken),
                        QString::fromUtf8(access.publishToken), !access.jwtKey.isEmpty());
}

} // namespace pushdeck
