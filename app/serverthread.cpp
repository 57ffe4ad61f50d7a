// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverthread.h"

namespace pushdeck {

ServerThread::ServerThread(ServerOptions options)
    : m_server(std::make_unique<PushServer>(std::move(options)))
{
    m_thread.setObjectName(QStringLiteral("server"));
    m_server->moveToThread(&m_thread);
    m_thread.start();
}

ServerThread::~ServerThread()
{
    // Direct: the quit must not wait for the main thread, which waits here.
    QObject::connect(m_server.get(), &ServerControl::stopped, &m_thread, &QThread::quit,
                     Qt::DirectConnection);
    m_server->stop();
    m_thread.wait();
}

} // namespace pushdeck
