// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <functional>

namespace pushdeck {

/// The icon in the desktop's tray: the state at a glance, and what one does without the window.
/// Where the desktop has no tray nothing is shown and isShown() is false.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    explicit TrayIcon(QObject *parent = nullptr);

    void showState(ServerState state, std::size_t clients, const QString &url);
    void setWindowVisible(bool visible);
    [[nodiscard]] bool isShown() const { return m_present(); }
    /// How it is known whether the desktop shows it; the desktop is asked unless told otherwise.
    void setPresence(std::function<bool()> present) { m_present = std::move(present); }
    /// A balloon, where the desktop shows such.
    void tell(const QString &words);
    [[nodiscard]] QPoint position() const; ///< on the screen; the pointer's where it is not known

    [[nodiscard]] const QMenu &menu() const { return m_menu; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }

signals:
    void windowAsked(); ///< show it, or hide it where it is shown
    void broadcastAsked();
    void startOrStopAsked();
    void quitAsked();

private:
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QAction *m_title;
    QAction *m_window;
    QAction *m_broadcast;
    QAction *m_startStop;
    ServerState m_state = ServerState::Stopped;
    bool m_drawn = false;
    std::function<bool()> m_present;
};

/// The program's icon with the state in its corner, as a shape and a colour.
[[nodiscard]] QIcon trayPicture(ServerState state);

} // namespace pushdeck
