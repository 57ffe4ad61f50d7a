// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QWidget>

namespace pushdeck {

/// The server's state as a shape: filled while running, half while changing, a ring when stopped.
class StateDot final : public QWidget
{
    Q_OBJECT

public:
    explicit StateDot(QWidget *parent = nullptr);
    void setState(ServerState state);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ServerState m_state = ServerState::Stopped;
};

[[nodiscard]] QString stateName(ServerState state);

} // namespace pushdeck
