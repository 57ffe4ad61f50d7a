// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficlog.h"
#include "ui/i18n/wording.h"

#include <QByteArrayView>
#include <QString>

#include <functional>
#include <memory>
#include <variant>
#include <vector>

class QIODevice;

namespace pushdeck {

/// One line as JsonlWriter writes it, or, in words, why it is none. Unknown keys are passed over.
[[nodiscard]] std::variant<TrafficEvent, Wording> eventFromJsonLine(QByteArrayView line);

/// What a session may hold: more is left unread, and told.
struct SessionLimits
{
    std::size_t rows = 500'000;
    std::size_t bytes = 256ull * 1024 * 1024; ///< as the traffic log counts them
    qsizetype lineBytes = 96ll * 1024 * 1024; ///< a longer line is damaged
};

/// What came of reading a file.
struct OpenedSession
{
    static constexpr std::size_t kNamedLines = 5;

    struct DamagedLine
    {
        std::uint64_t line = 0; ///< from 1
        Wording words;
    };

    /// Numbered anew from 1; never changed once it is handed over.
    std::shared_ptr<TrafficLog> log;
    std::uint64_t rows = 0;
    std::uint64_t damaged = 0;             ///< lines that could not be read
    std::vector<DamagedLine> damagedLines; ///< the first of them
    bool cutShort = false;                 ///< a limit was reached before the end of the file
    QString problem;                       ///< reading failed; empty if not
};

/// Reads until the end, a limit, or until `goOn`, which is told how many bytes are read, says no.
/// Blocks: not for the GUI thread.
[[nodiscard]] OpenedSession readSession(QIODevice &device, const SessionLimits &limits,
                                        const std::function<bool(std::uint64_t)> &goOn);

} // namespace pushdeck
