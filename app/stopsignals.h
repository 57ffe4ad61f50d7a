// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace pushdeck {

/// SIGINT and SIGTERM as a Qt signal, and SIGHUP where it is taken. One in a process, on the main
/// thread; a second signal of the same kind ends the process at once, as it would without this.
class StopSignals final : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

    /// From now on a SIGHUP asks for a reload, where it would have ended the process.
    void takeHangups();

signals:
    void stopRequested();
    void reloadRequested();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace pushdeck
