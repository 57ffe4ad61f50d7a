// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/acceptor.h"

#include <QEvent>
#include <QSocketNotifier>
#include <QTcpServer>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#endif

namespace pushdeck {

namespace {

/// Accepted in one turn of the event loop; the rest has its own, so that a flood of connections
/// does not keep those that are open waiting.
constexpr int kMostAtOnce = 128;

constexpr std::chrono::milliseconds kResumeAfter{50};

#ifdef Q_OS_UNIX
int acceptOne(qintptr listener)
{
#ifdef Q_OS_LINUX
    return ::accept4(int(listener), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    const int accepted = ::accept(int(listener), nullptr, nullptr);
    if (accepted >= 0)
        ::fcntl(accepted, F_SETFD, FD_CLOEXEC);
    return accepted;
#endif
}
#endif

} // namespace

Acceptor::Acceptor(QTcpServer &server, Handler handler)
    : m_server(server), m_handler(std::move(handler))
{
    m_resumeTimer.setSingleShot(true);
    m_resumeTimer.setInterval(kResumeAfter);
    connect(&m_resumeTimer, &QTimer::timeout, this, &Acceptor::resume);
    connect(&m_server, &QTcpServer::acceptError, this, &Acceptor::pause);
}

void Acceptor::start()
{
#ifdef Q_OS_UNIX
    const auto notifiers = m_server.findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->socket() == m_server.socketDescriptor() &&
            notifier->type() == QSocketNotifier::Read) {
            m_notifier = notifier;
            notifier->installEventFilter(this);
        }
    }
    m_reserve.refill();
#endif
}

void Acceptor::stop()
{
    m_resumeTimer.stop();
    m_notifier.clear();
    m_reserve.clear();
}

bool Acceptor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_notifier || event->type() != QEvent::SockAct)
        return QObject::eventFilter(watched, event);
    acceptWaiting();
    return true;
}

void Acceptor::acceptWaiting()
{
#ifdef Q_OS_UNIX
    for (int i = 0; i < kMostAtOnce && m_server.isListening(); ++i) {
        const int descriptor = acceptOne(m_server.socketDescriptor());
        if (descriptor >= 0) {
            m_handler(descriptor, false);
            continue;
        }
        switch (errno) {
            case EINTR:
            case ECONNABORTED: // it left while it waited
            case EPROTO:
                continue;
            case EAGAIN:
                return;
            default: // no descriptors, no memory
                pause();
                return;
        }
    }
#endif
}

void Acceptor::pause()
{
    m_server.pauseAccepting();
    m_resumeTimer.start();
    while (m_server.isListening()) {
        const qintptr descriptor = m_reserve.acceptInstead(m_server.socketDescriptor());
        if (descriptor < 0)
            return;
        m_handler(descriptor, true);
    }
}

void Acceptor::resume()
{
    if (!m_server.isListening())
        return;
    m_reserve.refill();
    m_server.resumeAccepting();
}

} // namespace pushdeck
