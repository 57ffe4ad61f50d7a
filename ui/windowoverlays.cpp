// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/firewall.h"
#include "ui/clients/clientspanel.h"
#include "ui/composer/composerpanel.h"
#include "ui/export/sessionfiles.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/project/projectactions.h"
#include "ui/shortcuts/shortcutsview.h"
#include "ui/traffic/trafficpanel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QSettings>

namespace pushdeck {

using namespace Qt::StringLiterals;

// What comes up by itself or over the window: the firewall's hint, the overview of keys.

namespace {

constexpr char16_t kHintKey[] = u"hints/firewall";

} // namespace

void MainWindow::wireOverlays()
{
    m_findFirewall = [] { return findFirewall(realSystem()); };
}

void MainWindow::watchLan(std::int64_t nowMs)
{
    switch (m_lanWatch.look(*m_snapshot, nowMs)) {
        case LanWatch::Advice::Nothing:
            return;
        case LanWatch::Advice::Withdraw:
            m_messages->dismiss(u"firewall"_s);
            return;
        case LanWatch::Advice::Hint:
            break;
    }
    const QString key = QString::fromUtf16(kHintKey);
    const Firewall firewall = m_findFirewall();
    const std::uint16_t port = m_snapshot->port;
    const FirewallAdvice advice = firewallAdvice(firewall, port);
    if (advice.words.isEmpty() || !m_settings.value(key, true).toBool())
        return;
    MessageBar *bar = m_messages->show(u"firewall"_s, MessageBar::Kind::Info, [firewall, port] {
        const auto [words, command] = firewallAdvice(firewall, port);
        return command.isEmpty() ? words : words + u' ' + command;
    });
    if (!advice.command.isEmpty())
        bar->addButton(tr("Copy command"), [command = advice.command] {
            QGuiApplication::clipboard()->setText(command);
        });
    bar->addButton(tr("Never again"), [this, key] { m_settings.setValue(key, false); });
}

void MainWindow::openShortcuts()
{
    // Whose an action is tells which group it is in.
    QList<ShortcutGroup> groups = {{tr("Window"), {}},         {tr("Clients"), {}},
                                   {tr("Traffic"), {}},        {tr("Message"), {}},
                                   {tr("Saved messages"), {}}, {tr("Inspector"), {}}};
    enum { Window, Clients, Traffic, Message, Saved, Inspector };
    for (QAction *action : actions()) {
        if (action->text().isEmpty() || !action->isVisible() || action->shortcuts().isEmpty())
            continue;
        int group = Window;
        for (const QObject *owner = action->parent(); owner && owner != this && group == Window;
             owner = owner->parent()) {
            if (owner == m_clients)
                group = Clients;
            else if (owner == m_traffic || qobject_cast<const SessionFiles *>(owner))
                group = Traffic;
            else if (owner == m_projectActions || owner->inherits("pushdeck::SavedStrip"))
                group = Saved;
            else if (owner == m_composer)
                group = Message;
            else if (owner == m_inspector)
                group = Inspector;
        }
        groups[group].actions << action;
    }
    m_shortcuts->open(groups);
}

} // namespace pushdeck
