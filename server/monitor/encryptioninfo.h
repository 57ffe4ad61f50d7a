// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace pushdeck {

/// What clients are shown when they ask for TLS, as the window and the pages tell it: a value,
/// never changed once published. Certificates, never keys.
struct EncryptionInfo
{
    struct Certificate
    {
        QString subject;
        QStringList names;        ///< host names and addresses it is for
        std::int64_t fromMs = 0;  ///< UTC
        std::int64_t untilMs = 0; ///< UTC
        QString fingerprint;      ///< SHA-256, "3A:9F:…"
    };

    bool on = false;                   ///< handshakes are taken up
    bool only = false;                 ///< who comes without is sent to https, or away
    QString problem;                   ///< why what was asked for is not what holds; empty: it is
    std::optional<Certificate> server; ///< what clients are shown
    std::optional<Certificate> authority; ///< Pushdeck's own, where that signed it
    QByteArray authorityPem;              ///< what devices are given to trust it
};

} // namespace pushdeck
