// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/chunkeddecoder.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace pushdeck {

/// Measures one HTTP/1.1 response as it is written, piece by piece, so that its end is known, and
/// mends it on the way through: `Connection` is ours to say, a `Date` is added where none is, a
/// HEAD's body is dropped, chunks are taken apart for HTTP/1.0, and statuses without a body lose
/// their Content-Length (RFC 9110, 8.6). 1xx responses pass and are followed by the real one.
class ResponseMeter final
{
public:
    enum class State : quint8 {
        Head, ///< of the (next) response
        Body,
        Done,
        Broken ///< the application wrote what is no response: close
    };

    /// What the request makes of the response.
    struct Request
    {
        bool isHead = false;
        bool http10 = false;
        bool close = false; ///< say so
    };

    void begin(const Request &request);

    /// Appends to `out` what the client is to get.
    State feed(QByteArrayView bytes, QByteArray &out);

    /// A response that is well formed and says nothing of the connection would get a date and pass.
    [[nodiscard]] bool changesNothing() const
    {
        return m_state == State::Head && m_head.isEmpty() && !m_request.isHead &&
               !m_request.http10 && !m_request.close;
    }

    /// From now on a response head that is not complete says `Connection: close`.
    void setClose() { m_request.close = true; }

    [[nodiscard]] State state() const { return m_state; }

    /// A byte of the response was let through.
    [[nodiscard]] bool begun() const { return m_begun; }

    /// The connection must close after this response: said so, or only closing can end it.
    [[nodiscard]] bool closes() const { return m_request.close; }

private:
    bool takeHead(QByteArray &out);
    State feedBody(QByteArrayView bytes, QByteArray &out);

    State m_state = State::Done;
    Request m_request;
    bool m_begun = false;
    bool m_untilClose = false;
    quint64 m_left = 0;
    QByteArray m_head; ///< what came of an incomplete head
    std::unique_ptr<ChunkedDecoder> m_chunks;
};

} // namespace pushdeck
