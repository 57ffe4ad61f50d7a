// A chunked body, from the network: RFC 9112, 7.1.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/chunkeddecoder.h"
#include "target.h"

using namespace pushdeck;
using fuzz::require;
using State = ChunkedDecoder::State;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    ChunkedDecoder whole;
    QByteArray body;
    const qsizetype taken = whole.feed(text, body);

    ChunkedDecoder pieces;
    QByteArray bodyOfPieces;
    qsizetype takenOfPieces = 0;
    fuzz::inPieces(text, 5, [&](QByteArrayView piece) {
        const qsizetype took = pieces.feed(piece, bodyOfPieces);
        takenOfPieces += took;
        require(took == piece.size() || pieces.state() != State::NeedMore,
                "all is taken until the end");
        return pieces.state() == State::NeedMore;
    });

    require(whole.state() == pieces.state(), "a verdict does not depend on how bytes arrive");
    require(taken == takenOfPieces && taken <= text.size(), "a body ends at one place");
    require(body == bodyOfPieces, "a body does not depend on how bytes arrive");
    require(quint64(body.size()) <= whole.announcedBytes(), "no chunk is longer than it says");
    if (whole.state() != State::Done)
        return 0;
    require(quint64(body.size()) == whole.announcedBytes(), "no chunk is shorter than it says");
    require(QByteArrayView(text).first(taken).endsWith("\r\n\r\n"), "a body ends with its trailer");

    QByteArray anew;
    if (!body.isEmpty())
        anew = QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n";
    anew += "0\r\n\r\n";
    ChunkedDecoder again;
    QByteArray bodyAgain;
    require(again.feed(anew + "next", bodyAgain) == anew.size() && again.state() == State::Done &&
                bodyAgain == body,
            "what was decoded, encoded, decodes to the same");
    return 0;
}
