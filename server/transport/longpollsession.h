// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpconnection.h"
#include "transport/httpmessage.h"
#include "transport/session.h"
#include "transport/subscriptionrequest.h"

#include <QPointer>

#include <optional>

namespace pushdeck {

class PollAnswers;

/// Messages and bytes one JSON batch of a long-poll may hold; the rest is there for the next poll.
inline constexpr std::size_t kBatchMessages = 500;
inline constexpr qsizetype kBatchBytes = 1024 * 1024;

/// The long-polls of one connection, one after the other: each is held, and answered once, by the
/// first message (raw), by what is there (JSON), or by its timeout. The session is open while one
/// is held. The first comes from the router; one that asks the same again, but for its cursor, is
/// taken from the connection itself, without looking up or routing it anew, and from the third on
/// without parsing it.
class LongPollSession final : public Session, private RequestTaker
{
    Q_OBJECT

public:
    /// What the router found out about the first poll.
    struct Poll
    {
        SubscriptionRequest request;
        Visitor visitor;
        QByteArray asked; ///< askedBeside() its cursor
        bool json = false;
        QByteArray fields; ///< of every answer, as lines
    };

    LongPollSession(TransportContext &context, PollAnswers &answers, Client &client,
                    HttpConnection *connection, Poll poll);
    ~LongPollSession() override;

    /// Subscribes; answers at once where something is there, or the timeout is zero.
    void begin();

    /// Answers with what was delivered. Called at the end of the turn, by PollAnswers. The answer
    /// may wait in `batch`.
    void answer(SendBatch *batch);

    Delivery deliver(const Message &message) override;
    void tellGap(const Gap &gap) override;
    [[nodiscard]] std::size_t wants() const override;

    using Session::end;
    void end(EndReason reason, std::uint16_t code, const QString &words) override;
    void describe(ClientInfo &info) const override;

private:
    friend class PollAnswers;

    void look(std::int64_t nowMs) override;
    [[nodiscard]] bool take() override;
    [[nodiscard]] bool takeRepeat(QByteArrayView value) override;
    void replaced() override { deleteLater(); }

    [[nodiscard]] bool hasAnswer() const { return m_count > 0 || m_gap; }
    [[nodiscard]] int emptyStatus() const { return m_poll.request.conditional ? 304 : 204; }
    [[nodiscard]] bool goOn(const Cursor &cursor);
    void hold();
    void answerAtTurnsEnd();
    void answerEmpty();
    void answerBatch(SendBatch *batch);
    void reply(HttpReply reply, SendBatch *batch = nullptr);
    void respond(QByteArray begin, QByteArray rest, qsizetype bodyBytes, SendBatch *batch);

    PollAnswers &m_answers;
    Poll m_poll;
    const QByteArray m_begin; ///< of an answer that holds something
    const QPointer<HttpConnection> m_connection;
    const std::uint16_t m_port;
    std::int64_t m_deadlineMs = 0;

    QByteArray m_single; ///< the answer while there is one message: its PollRaw or PollJson form
    QByteArray m_batch;  ///< JSON: the objects so far, with commas
    qsizetype m_bodyBytes = 0;
    std::size_t m_count = 0;
    std::int64_t m_lastTimeMs = 0;
    QByteArray m_lastId;
    std::uint64_t m_lastRead = 0;
    std::optional<Gap> m_gap;
    std::optional<std::size_t> m_place; ///< of PollAnswers: where it waits there
};

} // namespace pushdeck
