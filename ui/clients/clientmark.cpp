// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientmark.h"

#include "ui/theme/tones.h"

#include <QPainter>

namespace pushdeck {

namespace {

constexpr int kShape = 9;

} // namespace

StateShape stateShape(ClientState state)
{
    switch (state) {
        case ClientState::Idle:
            return StateShape::Half;
        case ClientState::Gone:
            return StateShape::Ring;
        case ClientState::Slow:
            return StateShape::Warning;
        default:
            return StateShape::Filled;
    }
}

QColor stateColour(ClientState state, const Tones &tones)
{
    switch (state) {
        case ClientState::Slow:
            return tones.warn;
        case ClientState::Gone:
            return tones.faint;
        case ClientState::Idle:
            return tones.longPoll;
        default:
            return tones.ok;
    }
}

ClientMark::ClientMark(QWidget *parent) : QWidget(parent)
{
    setFixedSize(kShape + 2, kShape + 2);
}

void ClientMark::setState(ClientState state)
{
    m_state = state;
    update();
}

void ClientMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStateShape(&painter, QRectF(1, 1, kShape, kShape), stateShape(m_state),
                    stateColour(m_state, tonesFor(palette())));
}

} // namespace pushdeck
