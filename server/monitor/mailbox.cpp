// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/mailbox.h"

#include <QMetaObject>
#include <QThread>

namespace pushdeck {

Mailbox::~Mailbox()
{
    // Whoever deletes it comes after whoever used it last.
    const std::lock_guard lock(m_mutex);
    m_waiting.clear();
}

void Mailbox::run(std::function<void()> call)
{
    if (QThread::currentThread() == thread()) {
        call();
        return;
    }
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_waiting.empty();
        m_waiting.push_back(std::move(call));
    }
    if (first)
        QMetaObject::invokeMethod(this, "drain", Qt::QueuedConnection);
}

void Mailbox::drain()
{
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(m_mutex);
        calls.swap(m_waiting);
    }
    for (const auto &call : calls)
        call();
}

} // namespace pushdeck
