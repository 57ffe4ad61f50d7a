// A client's WebSocket frames, from the network: RFC 6455, 5.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/framereader.h"
#include "target.h"

#include <QUtf8StringView>

#include <vector>

using namespace pushdeck;
using fuzz::require;
using Event = FrameReader::Event;

namespace {

constexpr qint64 kMessageBytes = 500;

struct Told
{
    Event event = Event::NeedMore;
    QByteArray payload;
    quint16 code = 0;

    bool operator==(const Told &) const = default;
};

/// Everything the reader tells of some bytes; false once it is bad or closed.
bool readAll(FrameReader &reader, QByteArrayView bytes, std::vector<Told> &told)
{
    for (;;) {
        const qsizetype before = bytes.size();
        const Event event = reader.next(bytes);
        require(bytes.size() <= before, "bytes are taken, not given");
        if (event == Event::NeedMore) {
            require(bytes.isEmpty(), "all is taken until an event");
            require(reader.heldBytes() <= 2 * kMessageBytes + 4096, "what is held is bounded");
            return true;
        }
        const bool ends = event == Event::Bad || event == Event::Close;
        told.push_back({event, reader.takePayload(), ends ? reader.closeCode() : quint16(0)});
        if (event == Event::Bad) {
            require(reader.next(bytes) == Event::Bad, "bad stays bad");
            return false;
        }
        if (event == Event::Close)
            return false;
    }
}

/// The frame of a client that says this, with a mask.
QByteArray frameOf(FrameOpcode opcode, QByteArrayView payload)
{
    constexpr std::array<char, 4> kMask{'\x5a', '\x00', '\xff', '\x13'};
    QByteArray frame;
    frame += char(0x80 | int(opcode));
    if (payload.size() < 126) {
        frame += char(0x80 | payload.size());
    } else {
        frame += '\xfe';
        frame += char(payload.size() >> 8);
        frame += char(payload.size() & 0xff);
    }
    frame += QByteArrayView(kMask.data(), kMask.size());
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload[i] ^ kMask[std::size_t(i) % kMask.size()]);
    return frame;
}

void checkTold(const Told &told)
{
    switch (told.event) {
        case Event::Text:
            require(QUtf8StringView(told.payload.constData(), told.payload.size()).isValidUtf8(),
                    "text is UTF-8");
            [[fallthrough]];
        case Event::Binary:
            require(told.payload.size() <= kMessageBytes, "a message is within its limit");
            break;
        case Event::Ping:
        case Event::Pong:
            require(told.payload.size() <= 125, "a control frame is small");
            break;
        case Event::Close:
            require(told.code >= 1000 && told.code <= 4999 && told.code != 1006,
                    "a close has a code");
            require(told.payload.size() <= 123, "a reason is small");
            break;
        case Event::Bad:
            require(told.code == 1002 || told.code == 1007 || told.code == 1009,
                    "what is wrong has a code");
            break;
        case Event::NeedMore:
            break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    FrameReader whole(kMessageBytes);
    std::vector<Told> told;
    readAll(whole, bytes, told);
    FrameReader pieces(kMessageBytes);
    std::vector<Told> toldOfPieces;
    fuzz::inPieces(bytes, 5,
                   [&](QByteArrayView piece) { return readAll(pieces, piece, toldOfPieces); });
    require(told == toldOfPieces, "what is read does not depend on how bytes arrive");

    QByteArray anew;
    for (const Told &one : told) {
        checkTold(one);
        if (one.event == Event::Text)
            anew += frameOf(FrameOpcode::Text, one.payload);
        else if (one.event == Event::Binary)
            anew += frameOf(FrameOpcode::Binary, one.payload);
        else if (one.event == Event::Ping)
            anew += frameOf(FrameOpcode::Ping, one.payload);
        else if (one.event == Event::Pong)
            anew += frameOf(FrameOpcode::Pong, one.payload);
        else if (one.event == Event::Close)
            anew += frameOf(FrameOpcode::Close,
                            one.code == 1005 ? QByteArray() : closePayload(one.code, one.payload));
    }
    if (!told.empty() && told.back().event == Event::Bad)
        told.pop_back();
    FrameReader again(kMessageBytes);
    std::vector<Told> toldAgain;
    readAll(again, anew, toldAgain);
    require(told == toldAgain, "what was read, written, reads as the same");
    return 0;
}
