// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace pushdeck {

/// One header field. Names keep the sender's case and are compared without it; values are without
/// the white space around them and may hold any byte but controls (RFC 9110, 5.5).
struct Field
{
    QByteArray name;
    QByteArray value;
};

/// The head of one HTTP/1.x request as it was sent: a value, only ever made by HeadParser and so
/// known to be well formed.
struct RequestHead
{
    QByteArray method;    ///< case-sensitive token
    QByteArray target;    ///< begins with one '/', or is "*" of OPTIONS; visible ASCII without '#'
    int minorVersion = 1; ///< 0: HTTP/1.0; 1 and above: HTTP/1.1
    std::vector<Field> fields; ///< in the order sent. An absolute-form target's host is in "Host"

    std::optional<quint64> contentLength; ///< never beside `chunked`
    bool chunked = false;                 ///< Transfer-Encoding is exactly "chunked"
    bool closes = false;          ///< the client wants, or HTTP/1.0 implies, one response and close
    bool expectsContinue = false; ///< `Expect: 100-continue` of an HTTP/1.1 client

    /// First field of that name, null if there is none (an empty value is empty, not null).
    [[nodiscard]] QByteArray value(QByteArrayView name) const;

    /// Every field of that name, in order.
    [[nodiscard]] std::vector<QByteArray> values(QByteArrayView name) const;

    [[nodiscard]] bool has(QByteArrayView name) const;

    /// Whether a comma-separated list field holds the token, without regard to case.
    [[nodiscard]] bool containsToken(QByteArrayView name, QByteArrayView token) const;

    /// Target before '?', still percent-encoded.
    [[nodiscard]] QByteArray path() const;

    /// Target after the first '?', still percent-encoded; null where there is no '?'.
    [[nodiscard]] QByteArray query() const;

    /// An HTTP/1.1 request for the WebSocket protocol (RFC 9110, 7.8). Says nothing about whether
    /// it is a complete one (RFC 6455, 4.2.1): see FrontDoor.
    [[nodiscard]] bool isUpgradeToWebSocket() const;

    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
};

/// Strict, incremental parser of request heads (RFC 9112, 2 to 6 and 11). Takes every byte once,
/// judges each line when it ends (so a bare LF is refused at once, and not by a deadline), and
/// never holds more than `Limits::headBytes`. What RFC 9112 lets a server either repair or refuse
/// it refuses, since what two parsers repair differently is a smuggled request. No socket, no Qt
/// object; after Ok or Bad, `reset()` before the next head.
class HeadParser final
{
public:
    enum class State : quint8 {
        NeedMore,
        Ok, ///< `head()` is complete
        Bad ///< `status()` and `sentence()` say why; nothing after this may be parsed
    };

    explicit HeadParser(const Limits &limits);

    /// Takes the bytes that follow the last ones given. At Ok it has looked at nothing beyond the
    /// head's end: `headLength()` says where that is.
    State feed(QByteArrayView bytes);

    void reset();

    [[nodiscard]] State state() const { return m_state; }

    /// Whether a head has begun: false while nothing, or only empty lines, came.
    [[nodiscard]] bool begun() const { return m_length > m_leading || !m_line.isEmpty(); }

    /// Of all bytes given since the last reset, how many are the head, `leadingLength()` included.
    [[nodiscard]] qsizetype headLength() const { return m_length; }

    /// Empty lines before the request line (RFC 9112, 2.2: at most two are passed over), in bytes.
    [[nodiscard]] qsizetype leadingLength() const { return m_leading; }

    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] RequestHead takeHead();

    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] QByteArray sentence() const { return m_sentence; }

    /// The method, as soon as the request line was read; for a refusal's form (HEAD has no body).
    [[nodiscard]] QByteArray method() const { return m_head.method; }

private:
    bool takeLine(QByteArrayView line);
    bool takeRequestLine(QByteArrayView line);
    bool takeTarget(QByteArrayView target);
    bool takeFieldLine(QByteArrayView line);
    bool finish();
    bool finishFraming();
    bool checkUnfinished(QByteArrayView line);
    bool refuse(int status, QByteArray sentence);

    qint64 m_headBytes;
    qint64 m_targetBytes;
    int m_headFields;

    State m_state = State::NeedMore;
    bool m_hasRequestLine = false;
    int m_status = 0;
    qsizetype m_length = 0;
    qsizetype m_leading = 0;
    QByteArray m_line;         ///< the line that has not ended yet
    QByteArray m_absoluteHost; ///< of an absolute-form target; null if there was none
    RequestHead m_head;
    QByteArray m_sentence;
};

} // namespace pushdeck
