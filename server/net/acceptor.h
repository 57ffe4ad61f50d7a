// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/descriptorreserve.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QSocketNotifier;
class QTcpServer;

namespace pushdeck {

/// Accepts in QTcpServer's place, because QTcpServer cannot tell when the process is out of
/// descriptors: its engine keeps the first error it ever had, which is the harmless one that ends
/// every round of accepting. So on EMFILE it neither says `acceptError` nor pauses, but asks again
/// at once, for ever, and the connections wait in the dark.
///
/// Here, those who come then are accepted on reserve descriptors, as far as they go, and handed on
/// to be told; and accepting goes on a moment later.
///
/// Works by filtering the events of QTcpServer's own notifier, so its pausing and closing hold.
/// Where there is none (not a Unix), QTcpServer accepts as ever, and is resumed after an error.
class Acceptor final : public QObject
{
public:
    /// Takes an accepted descriptor: `last` if there was none left for it and it has to go soon.
    using Handler = std::function<void(qintptr descriptor, bool last)>;

    Acceptor(QTcpServer &server, Handler handler);

    /// Once the server listens; again each time it does.
    void start();
    void stop();

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void acceptWaiting();
    void pause();
    void resume();

    QTcpServer &m_server;
    Handler m_handler;
    DescriptorReserve m_reserve;
    QPointer<QSocketNotifier> m_notifier;
    QTimer m_resumeTimer;
};

} // namespace pushdeck
