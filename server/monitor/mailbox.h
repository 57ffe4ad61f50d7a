// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace pushdeck {

/// How calls cross to another thread: what is handed in from anywhere runs on the thread this
/// object lives on, in the order handed in. Many calls that wait cost one wakeup. Its lock is held
/// for a push or a swap, never while something runs, so the two sides never wait for each other's
/// work; and being a plain mutex it is one the thread sanitizer understands, which Qt's event queue
/// is not.
///
/// What still waits when the mailbox dies is dropped.
class Mailbox final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~Mailbox() override;

    /// Runs `call` at once where the caller is on this object's thread already, else later there.
    void run(std::function<void()> call);

private:
    Q_INVOKABLE void drain();

    std::mutex m_mutex;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace pushdeck
