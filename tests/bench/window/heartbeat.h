// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "histogram.h"

#include <QObject>
#include <QTimer>

#include <cstdint>

namespace pushdeck::bench {

/// The processor time the calling thread uses from here on.
class OwnTime final
{
public:
    OwnTime();
    [[nodiscard]] double share() const; ///< of the time that passed; the same thread asks

private:
    std::int64_t m_beginNs;
    std::int64_t m_beginCpuNs;
};

/// How long the thread's event loop was away: a precise timer of one millisecond, and what its
/// turns come late. Beside the time that passed it counts the processor time this thread used in
/// it: what of a stall is the window's own work, and what is others' on a busy machine.
class Heartbeat final : public QObject
{
    Q_OBJECT

public:
    explicit Heartbeat(QObject *parent = nullptr);

    /// What was seen since the last reset. Times in ns.
    struct Stalls
    {
        std::uint64_t turns = 0;
        std::uint64_t longest = 0;     ///< of the clock on the wall
        std::uint64_t longestBusy = 0; ///< of this thread's processor time between two turns
        std::uint64_t p99 = 0;
        std::uint64_t p999 = 0;
        std::uint64_t above16ms = 0; ///< stalls longer than a frame
        std::uint64_t above50ms = 0;
        double busyShare = 0; ///< of the time, this thread on a processor
    };
    void reset();
    [[nodiscard]] Stalls stalls() const;

private:
    void beat();

    QTimer m_timer;
    Histogram m_late;
    OwnTime m_own;
    std::int64_t m_lastNs = 0;
    std::int64_t m_lastCpuNs = 0;
    std::int64_t m_longestBusyNs = 0;
    std::uint64_t m_above16ms = 0;
    std::uint64_t m_above50ms = 0;
};

} // namespace pushdeck::bench
