// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/addressbar.h"
#include "ui/mainwindow.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/tray/broadcastpopup.h"
#include "ui/tray/trayicon.h"

#include <QApplication>
#include <QSettings>

namespace pushdeck {

using namespace Qt::StringLiterals;

// The window and the tray: shown, hidden, ended.

void MainWindow::wireTray()
{
    m_tray = new TrayIcon(this);
    connect(m_tray, &TrayIcon::windowAsked, this, &MainWindow::showOrHide);
    connect(m_tray, &TrayIcon::broadcastAsked, this, &MainWindow::broadcast);
    connect(m_tray, &TrayIcon::startOrStopAsked, this, &MainWindow::startOrStop);
    connect(m_tray, &TrayIcon::quitAsked, this, &MainWindow::quit);
}

void MainWindow::showTray()
{
    // Built before it is, the window shows its state once or twice.
    if (m_tray)
        m_tray->showState(shownState(), m_snapshot->clients.size(), m_address->url());
}

void MainWindow::showOrHide()
{
    if (isVisible() && !isMinimized())
        hideInTray();
    else
        bringToFront();
}

void MainWindow::hideInTray()
{
    // While nothing is shown, a popup that is closed is not the last window.
    QApplication::setQuitOnLastWindowClosed(false);
    hide();
    m_tray->setWindowVisible(false);
    // Once: who closes a window may think that all has ended.
    if (m_settings.value(u"tray/told"_s).toBool())
        return;
    m_settings.setValue(u"tray/told"_s, true);
    m_tray->tell(tr("Pushdeck keeps running here."));
}

void MainWindow::bringToFront()
{
    QApplication::setQuitOnLastWindowClosed(true);
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    m_tray->setWindowVisible(true);
}

bool MainWindow::hidesInsteadOfClosing() const
{
    // Without a tray there would be no way back.
    return m_preferences->preferences().keepInTray && !m_quitting && m_tray->isShown();
}

void MainWindow::quit()
{
    m_quitting = true;
    // What is closed while it is hidden does not count as the last window.
    if (close())
        QApplication::quit();
    m_quitting = false;
}

void MainWindow::broadcast()
{
    if (!m_broadcast) {
        m_broadcast = new BroadcastPopup(this);
        connect(m_broadcast, &BroadcastPopup::sendAsked, this,
                [this](const SendRequest &request) { m_control.send(request); });
        connect(&m_control, &ServerControl::sent, m_broadcast, &BroadcastPopup::showOutcome);
    }
    m_broadcast->popUp(m_tray->position());
}

} // namespace pushdeck
