// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include <QSettings>

namespace pushdeck {

MainWindow::MainWindow(ServerControl &control, QSettings &settings, QWidget *parent)
    : QMainWindow(parent), m_control(control), m_settings(settings)
{
    setWindowTitle(tr("Pushdeck"));
    resize(1440, 900);
    restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    connect(&m_control, &ServerControl::started, this, [this](quint16 port) { m_request.port = port; });
}

MainWindow::~MainWindow() = default;

void MainWindow::setListenRequest(const ListenRequest &request)
{
    m_request = request;
}

}  // namespace pushdeck
