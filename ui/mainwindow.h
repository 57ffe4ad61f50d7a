// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"

#include <QMainWindow>

class QSettings;

namespace pushdeck {

/// The operator's window over one server. Lives on the GUI thread; `control` and `settings` must
/// outlive it. Closing it only closes it: starting the server first and stopping it last is the
/// application's affair.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(ServerControl &control, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What the start button asks for. Does not start anything by itself.
    void setListenRequest(const ListenRequest &request);
    [[nodiscard]] ListenRequest listenRequest() const { return m_request; }

private:
    ServerControl &m_control;
    QSettings &m_settings;
    ListenRequest m_request;
};

}  // namespace pushdeck
