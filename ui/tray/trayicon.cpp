// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/trayicon.h"

#include "ui/address/statedot.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QCursor>
#include <QPainter>

namespace pushdeck {

using namespace Qt::StringLiterals;

QIcon trayPicture(ServerState state)
{
    const Tones &tones = tonesFor(darkPalette());
    QIcon picture;
    for (const int side : {16, 22, 24, 32, 48, 64}) {
        QPixmap pixmap = applicationIcon().pixmap(QSize(side, side), 1.0);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const double dot = side * 0.44;
        const QRectF corner(side - dot, side - dot, dot, dot);
        // Clear of the icon below, whatever the tray's colour is.
        painter.setCompositionMode(QPainter::CompositionMode_Clear);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::black);
        painter.drawEllipse(corner.adjusted(-1, -1, 1, 1));
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        const bool running = state == ServerState::Running;
        const bool stopped = state == ServerState::Stopped;
        paintStateShape(&painter, corner.adjusted(0.5, 0.5, -0.5, -0.5),
                        running   ? StateShape::Filled
                        : stopped ? StateShape::Ring
                                  : StateShape::Half,
                        running   ? tones.ok
                        : stopped ? tones.muted
                                  : tones.warn);
        painter.end();
        picture.addPixmap(pixmap);
    }
    return picture;
}

TrayIcon::TrayIcon(QObject *parent)
    : QObject(parent),
      m_title(m_menu.addAction(QString())),
      m_window(nullptr),
      m_broadcast(nullptr),
      m_startStop(nullptr)
{
    m_title->setEnabled(false);
    m_menu.addSeparator();
    m_window = m_menu.addAction(tr("Hide the window"));
    m_broadcast = m_menu.addAction(themedIcon(u"send"_s), tr("Broadcast…"));
    m_menu.addSeparator();
    m_startStop = m_menu.addAction(tr("Start the server"));
    m_menu.addSeparator();
    QAction *quit = m_menu.addAction(tr("Quit"));
    connect(m_window, &QAction::triggered, this, &TrayIcon::windowAsked);
    connect(m_broadcast, &QAction::triggered, this, &TrayIcon::broadcastAsked);
    connect(m_startStop, &QAction::triggered, this, &TrayIcon::startOrStopAsked);
    connect(quit, &QAction::triggered, this, &TrayIcon::quitAsked);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger)
                    emit windowAsked();
                else if (reason == QSystemTrayIcon::MiddleClick)
                    emit broadcastAsked();
            });
    m_icon.setContextMenu(&m_menu);
    m_present = [this] { return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable(); };
    showState(ServerState::Stopped, 0, {});
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
}

void TrayIcon::showState(ServerState state, std::size_t clients, const QString &url)
{
    const bool running = state == ServerState::Running;
    QString words = tr("Pushdeck: %1").arg(stateName(state));
    if (running)
        words += u" · "_s + formatClients(clients);
    const QString toolTip = running && !url.isEmpty() ? words + u'\n' + url : words;
    // Each of these crosses to the desktop's process.
    if (m_icon.toolTip() != toolTip)
        m_icon.setToolTip(toolTip);
    if (m_title->text() != words)
        m_title->setText(words);
    if (m_drawn && state == m_state)
        return;
    m_drawn = true;
    m_state = state;
    m_icon.setIcon(trayPicture(state));
    m_broadcast->setEnabled(running);
    m_startStop->setText(running ? tr("Stop the server") : tr("Start the server"));
    m_startStop->setIcon(themedIcon(running ? u"stop"_s : u"play"_s));
    m_startStop->setEnabled(running || state == ServerState::Stopped);
}

void TrayIcon::setWindowVisible(bool visible)
{
    m_window->setText(visible ? tr("Hide the window") : tr("Show the window"));
}

void TrayIcon::tell(const QString &words)
{
    m_icon.showMessage(tr("Pushdeck"), words, applicationIcon());
}

QPoint TrayIcon::position() const
{
    const QRect geometry = m_icon.geometry();
    return geometry.isEmpty() ? QCursor::pos() : geometry.center();
}

} // namespace pushdeck
