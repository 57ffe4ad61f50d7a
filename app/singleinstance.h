// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

class QLocalServer;
class QLocalSocket;

namespace pushdeck {

/// One window for a user, a desktop session and a port: who is second asks the first to come to the
/// front. Speaks over a local socket that only this user may open, in the session's own folder.
/// What connects there is not believed more than that: it is given a second and 64 bytes, and can
/// do no more than raise the window.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// `folder` for the socket and its lock; empty: the session's.
    explicit SingleInstance(const QString &folder = {}, QObject *parent = nullptr);
    ~SingleInstance() override;

    enum class Claim {
        First,    ///< this program is the one for the port; raiseAsked() may come
        Second,   ///< another is, and was asked to come to the front: end
        Unguarded ///< cannot be told (no folder, a first that does not answer): go on as if first
    };
    /// Blocks for a second and a half at most. Port 0 is always Unguarded: it never collides.
    [[nodiscard]] Claim claim(std::uint16_t port);

    /// Answers for this port as well from now on, if nobody does: the server listens on another
    /// than the program was launched for. Asks nobody to come to the front.
    void answerFor(std::uint16_t port);

    [[nodiscard]] QString socketPath(std::uint16_t port) const;

signals:
    void raiseAsked();

private:
    void serve(QLocalSocket *socket);
    [[nodiscard]] bool listen(std::uint16_t port);
    [[nodiscard]] bool isUsable(std::uint16_t port) const;
    [[nodiscard]] bool askFirst(const QString &path) const;

    QString m_folder;
    std::map<std::uint16_t, std::unique_ptr<QLocalServer>> m_servers;
    int m_visitors = 0;
};

} // namespace pushdeck
