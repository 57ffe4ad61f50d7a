// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientrow.h"
#include "ui/theme/paint.h"

#include <QColor>
#include <QWidget>

namespace pushdeck {

struct Tones;

/// A client's state as a shape and a colour: filled, half, ring, triangle tell without the colour.
[[nodiscard]] StateShape stateShape(ClientState state);
[[nodiscard]] QColor stateColour(ClientState state, const Tones &tones);

/// That shape as a widget.
class ClientMark final : public QWidget
{
    Q_OBJECT

public:
    explicit ClientMark(QWidget *parent = nullptr);

    void setState(ClientState state);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ClientState m_state = ClientState::Active;
};

} // namespace pushdeck
