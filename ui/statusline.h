// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "ui/charts/rates.h"

#include <QWidget>

class QLabel;

namespace pushdeck {

class StateDot;

/// The line at the bottom: what the server is doing, in numbers.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void show(ServerState state, const Snapshot &snapshot, const Rates &rates,
              std::uint64_t dropped);
    using QWidget::show;

private:
    QLabel *add(const QString &name, const QString &toolTip);

    StateDot *m_dot;
    QLabel *m_state;
    QLabel *m_clients;
    QLabel *m_in;
    QLabel *m_out;
    QLabel *m_bytes;
    QLabel *m_access;
    QLabel *m_dropped;
    QLabel *m_uptime;
};

} // namespace pushdeck
