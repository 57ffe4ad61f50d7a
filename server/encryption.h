// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/encryptioninfo.h"
#include "monitor/serversettings.h"
#include "tls/tlscontext.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace pushdeck {

/// Keeps what connections are encrypted with: reads or makes it as the settings want, and again
/// when the operator's files change, when this machine gets other addresses, or when the
/// certificate that was made nears its end. What cannot be used replaces nothing: it is told, and
/// what there was stays. Server's thread; reads files there, small ones and seldom.
class Encryption final : public QObject
{
    Q_OBJECT

public:
    using Settings = ServerSettings::Encryption;

    explicit Encryption(QObject *parent = nullptr);

    /// Makes the settings hold and begins to watch. The problem, where they cannot: then what there
    /// was before holds on, unless it was of another kind.
    std::optional<TlsProblem> start(const Settings &settings);

    /// Watches no longer.
    void stop() { m_timer.stop(); }
    [[nodiscard]] const Settings &settings() const { return m_settings; }

    /// Reads, or makes, everything anew. The problem, as above.
    std::optional<TlsProblem> reload();

    /// Null: TLS is off.
    [[nodiscard]] const std::shared_ptr<const TlsContext> &context() const { return m_context; }
    /// Never null.
    [[nodiscard]] const std::shared_ptr<const EncryptionInfo> &info() const { return m_info; }

signals:
    /// context() or info() are others.
    void changed();
    /// Something for the operator: a new certificate, a damaged file that was kept aside.
    void noticed(const QString &words);
    /// What was to be used cannot be.
    void failed(const QString &words);

private:
    /// What says whether files were changed.
    struct FileState
    {
        QDateTime modified;
        qint64 bytes = -1;

        bool operator==(const FileState &) const = default;
    };
    struct FileStates
    {
        FileState certificate;
        FileState key;

        bool operator==(const FileStates &) const = default;
    };

    [[nodiscard]] std::optional<TlsProblem> load();
    [[nodiscard]] std::optional<TlsProblem> make();
    void take(std::shared_ptr<const TlsContext> context);
    void tell(const std::optional<TlsProblem> &problem);
    void look();
    void lookAtFiles();
    void lookAtAuthority();
    [[nodiscard]] FileStates filesNow() const;

    Settings m_settings;
    std::shared_ptr<const TlsContext> m_context;
    std::shared_ptr<const EncryptionInfo> m_info;
    QByteArray m_authorityPem;
    QStringList m_addresses; ///< that the certificate was made for
    FileStates m_read;       ///< when they were read
    FileStates m_seen;       ///< when they were last looked at
    QTimer m_timer;
};

/// The problem with what it is about, as one sentence for the operator.
[[nodiscard]] QString problemWords(const TlsProblem &problem,
                                   const ServerSettings::Encryption &settings);

} // namespace pushdeck
