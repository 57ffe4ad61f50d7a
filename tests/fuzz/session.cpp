// A saved session (JSON lines), from whoever gave it to the operator.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"
#include "ui/export/eventcodec.h"
#include "ui/export/jsonlreader.h"
#include "ui/export/jsonlwriter.h"

#include <QBuffer>

using namespace pushdeck;
using fuzz::require;

namespace {

/// Gives what it has in small pieces, as a pipe may.
class Drip final : public QBuffer
{
public:
    using QBuffer::QBuffer;

protected:
    qint64 readData(char *data, qint64 most) override
    {
        // Each read makes room for all it would take, so not byte by byte.
        constexpr qint64 kPieceBytes = 61;
        return QBuffer::readData(data, qMin(most, kPieceBytes));
    }
};

const std::function<bool(std::uint64_t)> kGoOn = [](std::uint64_t) { return true; };

QByteArray linesOf(const OpenedSession &session)
{
    QByteArray lines;
    for (const TrafficRow &row : session.log->since(0).events)
        JsonlWriter::appendLine(lines, *row);
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray bytes = fuzz::bytesOf(data, size);
    SessionLimits limits;
    limits.rows = 20;
    limits.bytes = 64 * 1024;
    limits.lineBytes = 2'000;

    QBuffer whole(&bytes);
    whole.open(QIODevice::ReadOnly);
    const OpenedSession session = readSession(whole, limits, kGoOn);
    Drip drip(&bytes);
    drip.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    const OpenedSession dripped = readSession(drip, limits, kGoOn);

    require(session.rows <= limits.rows, "rows are bounded");
    require(session.damagedLines.size() <= OpenedSession::kNamedLines, "named lines are bounded");
    require(session.rows == dripped.rows && session.damaged == dripped.damaged &&
                session.cutShort == dripped.cutShort && linesOf(session) == linesOf(dripped),
            "a session does not depend on how bytes arrive");

    const QByteArray written = linesOf(session);
    QByteArray copy = written;
    QBuffer again(&copy);
    again.open(QIODevice::ReadOnly);
    const OpenedSession reread = readSession(again, SessionLimits{}, kGoOn);
    require(reread.damaged == 0 && reread.rows == session.rows, "what was written can be read");
    require(linesOf(reread) == written, "what was read, written, is the same");
    return 0;
}
