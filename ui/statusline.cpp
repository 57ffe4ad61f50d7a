// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusline.h"

#include "ui/address/statedot.h"
#include "ui/text/format.h"
#include "ui/theme/fonts.h"

#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 12;   ///< as the composer's above
constexpr int kBeforeDot = 4; ///< what the status bar and the dot leave of themselves

void setTextOnce(QLabel *label, const QString &text)
{
    // A label that is set anew asks for a new layout even when nothing changed.
    if (label->text() != text)
        label->setText(text);
}

QString accessWords(const Snapshot &snapshot)
{
    const auto &addresses = snapshot.addresses;
    if (!addresses.empty() && std::all_of(addresses.begin(), addresses.end(),
                                          [](const ServerAddress &a) { return a.loopback; }))
        return StatusLine::tr("This machine only");
    return snapshot.tokenRequired ? StatusLine::tr("Token required")
                                  : StatusLine::tr("Open to the whole network");
}

QString droppedWords()
{
    return StatusLine::tr(
        "Rows the traffic log dropped to stay within its bounds, and slow clients "
        "that were closed");
}

/// "Refused: 12 messages too fast, 3 tokens missing or wrong"
QString refusedWords(const RefusalTotals &totals)
{
    const auto some = [](const char *text, std::uint64_t count) {
        return count == 0 ? QString() : StatusLine::tr(text).arg(formatCount(count));
    };
    QStringList parts{
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 without room"), totals.full),
        some(
            QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for too many connections of one address"),
            totals.address),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for a missing or wrong token"),
             totals.token),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for their origin"), totals.origin),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 by a topic's rule"), totals.rule),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 while relaying is off"), totals.relay),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for publishing too fast"), totals.rate),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for too many topics"), totals.topics),
        some(QT_TRANSLATE_NOOP("pushdeck::StatusLine", "%1 for other reasons"), totals.other)};
    parts.removeAll(QString());
    return parts.isEmpty() ? QString() : StatusLine::tr("Refused: %1").arg(parts.join(u", "_s));
}

} // namespace

StatusLine::StatusLine(QWidget *parent) : QWidget(parent), m_dot(new StateDot(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin - kBeforeDot, 0, kMargin, 0);
    layout->setSpacing(8);
    layout->addWidget(m_dot);
    m_state = add(u"statusState"_s, {});
    m_state->setFont(scaled(textFont(), 0.95));
    m_clients = add(u"statusClients"_s, tr("Clients connected right now"));
    m_in = add(u"statusIn"_s, tr("Messages the server accepted in a second"));
    m_out = add(u"statusOut"_s, tr("Deliveries in a second: one message to one client"));
    m_bytes = add(u"statusBytes"_s, tr("Bytes handed to clients in a second"));
    layout->addStretch(1);
    m_access = add(u"statusAccess"_s, tr("Who may connect and publish"));
    m_access->setFont(scaled(textFont(), 0.95));
    m_uptime = add(u"statusUptime"_s, tr("How long the server has been running"));
    m_dropped = add(u"statusDropped"_s, droppedWords());
    m_dropped->setContentsMargins(0, 0, 0, 0);
}

QLabel *StatusLine::add(const QString &name, const QString &toolTip)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setFont(scaled(fixedFont(), 0.92));
    label->setToolTip(toolTip);
    label->setContentsMargins(0, 0, 10, 0);
    layout()->addWidget(label);
    return label;
}

void StatusLine::show(ServerState state, const Snapshot &snapshot, const Rates &rates,
                      std::uint64_t dropped)
{
    m_dot->setState(state);
    const bool running = state == ServerState::Running;
    setTextOnce(m_state, running && snapshot.port
                             ? tr("%1 on port %2").arg(stateName(state)).arg(snapshot.port)
                             : stateName(state));
    setTextOnce(m_clients, formatClients(snapshot.clients.size()));
    setTextOnce(m_in, tr("↓ %1/s").arg(formatRate(rates.in)));
    setTextOnce(m_out, tr("↑ %1/s").arg(formatRate(rates.out)));
    setTextOnce(m_bytes, tr("%1/s").arg(formatBytes(static_cast<std::uint64_t>(rates.bytesOut))));
    QString lost = tr("dropped %1").arg(formatCount(dropped));
    if (snapshot.totals.closedSlow > 0)
        lost += u" · "_s + tr("%1 slow closed").arg(formatCount(snapshot.totals.closedSlow));
    if (snapshot.totals.refused > 0)
        lost += u" · "_s + tr("%1 refused").arg(formatCount(snapshot.totals.refused));
    setTextOnce(m_dropped, lost);
    const QString why = refusedWords(snapshot.totals.refusals);
    const QString toolTip = why.isEmpty() ? droppedWords() : droppedWords() + u'\n' + why;
    if (m_dropped->toolTip() != toolTip)
        m_dropped->setToolTip(toolTip);
    setTextOnce(m_access, running ? accessWords(snapshot) : QString());
    setTextOnce(m_uptime, running && snapshot.startedAtMs > 0
                              ? tr("up %1").arg(formatSpan(snapshot.timeMs - snapshot.startedAtMs))
                              : QString());
}

} // namespace pushdeck
