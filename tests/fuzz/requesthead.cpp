// The head of a request, from the network: RFC 9112, 2 to 6.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"
#include "target.h"

#include <algorithm>

using namespace pushdeck;
using fuzz::require;
using State = HeadParser::State;

namespace {

/// Small, so that inputs of a few hundred bytes reach them.
Limits smallLimits()
{
    Limits limits;
    limits.headBytes = 600;
    limits.targetBytes = 100;
    limits.headFields = 8;
    return limits;
}

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

/// What everything behind the parser relies on.
void checkHead(const RequestHead &head, const Limits &limits)
{
    require(!head.method.isEmpty(), "a method has letters");
    require(head.target == "*" || (head.target.startsWith('/') && !head.target.startsWith("//")),
            "a target begins with exactly one slash");
    require(std::all_of(head.target.begin(), head.target.end(),
                        [](char c) { return c > 0x20 && c < 0x7f && c != '#'; }),
            "a target is visible ASCII");
    require(head.target.size() <= limits.targetBytes + 1, "a target is within its limit");
    require(head.fields.size() <= std::size_t(limits.headFields) + 1, "fields are bounded");
    for (const Field &field : head.fields) {
        require(!field.name.isEmpty() && !field.name.contains(' ') && !field.name.contains(':'),
                "a field's name is a token");
        require(std::none_of(field.value.begin(), field.value.end(), isControl),
                "a field's value holds no control character");
        require(field.value == field.value.trimmed(), "a field's value has no space around it");
    }
    require(!(head.chunked && head.contentLength), "a body has one end");
    require(head.values("Host").size() == 1 || (head.minorVersion == 0 && !head.has("Host")),
            "there is one host");
    require(head.contentLength.value_or(0) < (quint64(1) << 63), "a length fits");
}

bool same(const RequestHead &a, const RequestHead &b)
{
    return a.method == b.method && a.target == b.target && a.minorVersion == b.minorVersion &&
           a.contentLength == b.contentLength && a.chunked == b.chunked && a.closes == b.closes &&
           a.expectsContinue == b.expectsContinue &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [](const Field &x, const Field &y) {
                          return x.name == y.name && x.value == y.value;
                      });
}

QByteArray written(const RequestHead &head)
{
    QByteArray text = head.method + ' ' + head.target + " HTTP/1." +
                      QByteArray::number(head.minorVersion) + "\r\n";
    for (const Field &field : head.fields)
        text += field.name + ": " + field.value + "\r\n";
    return text + "\r\n";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    const Limits limits = smallLimits();
    HeadParser whole(limits);
    whole.feed(text);
    HeadParser pieces(limits);
    fuzz::inPieces(
        text, 9, [&pieces](QByteArrayView piece) { return pieces.feed(piece) == State::NeedMore; });

    require(whole.state() == pieces.state(), "a verdict does not depend on how bytes arrive");
    require(whole.headLength() <= text.size(), "no more is taken than there is");
    if (whole.state() == State::Bad) {
        require(whole.status() >= 400 && whole.status() <= 505 && !whole.sentence().isEmpty(),
                "a refusal says why");
        return 0;
    }
    require(whole.headLength() == pieces.headLength(), "a head ends at one place");
    if (whole.state() != State::Ok) {
        require(text.size() <= limits.headBytes, "a head that does not end is refused");
        return 0;
    }
    require(same(whole.head(), pieces.head()), "a head does not depend on how bytes arrive");
    require(QByteArrayView(text).first(whole.headLength()).endsWith("\r\n\r\n"),
            "a head ends with an empty line");
    checkHead(whole.head(), limits);

    // Written anew it means the same; with the usual limits, as an absolute target's host counts
    // twice.
    HeadParser again{Limits{}};
    require(again.feed(written(whole.head())) == State::Ok && same(again.head(), whole.head()),
            "what was parsed, written, parses to the same");
    return 0;
}
