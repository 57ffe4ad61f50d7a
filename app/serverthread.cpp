// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverthread.h"

#ifdef Q_OS_LINUX
#include "net/epolldispatcher.h"
#endif

namespace pushdeck {

template <typename... Values>
void ServerThread::forward(void (ServerControl::*signal)(Values...))
{
    // Direct: runs on the server's thread, where it only hands the values in.
    connect(
        m_server.get(), signal, this,
        [this, signal](Values... values) {
            m_inbox.run([this, signal, values...] { emit(this->*signal)(values...); });
        },
        Qt::DirectConnection);
}

namespace {

void giveEventLoop([[maybe_unused]] QThread &thread, [[maybe_unused]] EventLoop eventLoop)
{
#ifdef Q_OS_LINUX
    if (eventLoop == EventLoop::Qt)
        return;
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (dispatcher->isValid())
        thread.setEventDispatcher(dispatcher.release());
#endif
}

} // namespace

ServerThread::ServerThread(ServerOptions options, EventLoop eventLoop, QObject *parent)
    : ServerControl(parent), m_server(std::make_unique<PushServer>(std::move(options)))
{
    forward(&ServerControl::started);
    forward(&ServerControl::startFailed);
    forward(&ServerControl::stopped);
    forward(&ServerControl::sent);
    forward(&ServerControl::deliveriesTold);
    m_thread.setObjectName(QStringLiteral("server"));
    giveEventLoop(m_thread, eventLoop);
    m_server->moveToThread(&m_thread);
    m_thread.start();
}

ServerThread::~ServerThread()
{
    // Direct: this thread waits below and delivers nothing.
    connect(
        m_server.get(), &ServerControl::stopped, this, [this] { m_thread.quit(); },
        Qt::DirectConnection);
    connect(
        &m_thread, &QThread::finished, this, [this] { m_ended = true; }, Qt::DirectConnection);
    m_server->stop();
    m_thread.wait();
    // The load orders what follows after all that thread did; QThread::wait() does so too, by means
    // that the thread sanitizer does not see.
    if (!m_ended)
        qFatal("the server thread did not end");
}

} // namespace pushdeck
