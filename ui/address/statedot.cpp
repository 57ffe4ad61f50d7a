// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/statedot.h"

#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QCoreApplication>
#include <QPainter>

namespace pushdeck {

StateDot::StateDot(QWidget *parent) : QWidget(parent)
{
    setFixedSize(14, 14);
}

void StateDot::setState(ServerState state)
{
    if (state == m_state)
        return;
    m_state = state;
    update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const QRectF box = QRectF(rect()).adjusted(2, 2, -2, -2);
    switch (m_state) {
        case ServerState::Running:
            paintStateShape(&painter, box, StateShape::Filled, tones.ok);
            return;
        case ServerState::Stopped:
            paintStateShape(&painter, box, StateShape::Ring, tones.faint);
            return;
        default:
            paintStateShape(&painter, box, StateShape::Half, tones.warn);
    }
}

QString stateName(ServerState state)
{
    switch (state) {
        case ServerState::Running:
            return StateDot::tr("Running");
        case ServerState::Starting:
            return StateDot::tr("Starting…");
        case ServerState::Stopping:
            return StateDot::tr("Stopping…");
        case ServerState::Stopped:
            break;
    }
    return StateDot::tr("Stopped");
}

} // namespace pushdeck
