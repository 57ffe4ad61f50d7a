// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sendbatch.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

using namespace pushdeck;

namespace {

/// One end sends, the other is read here.
class Line final : public SendBatch::Sender
{
public:
    Line()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_ends.data()) != 0)
            qFatal("no socket pair");
    }
    ~Line()
    {
        hangUp();
        ::close(m_ends[0]);
    }

    [[nodiscard]] bool join(SendBatch &batch, const std::vector<QByteArray> &buffers)
    {
        m_buffers = buffers;
        return batch.add(*this, m_ends[0], m_buffers.data(), qsizetype(m_buffers.size()));
    }

    [[nodiscard]] QByteArray received() const
    {
        QByteArray all(1024 * 1024, Qt::Uninitialized);
        const ssize_t size = ::recv(m_ends[1], all.data(), size_t(all.size()), MSG_DONTWAIT);
        return all.first(std::max<ssize_t>(size, 0));
    }

    void hangUp()
    {
        if (m_ends[1] >= 0)
            ::close(m_ends[1]);
        m_ends[1] = -1;
    }

    void sent(const DirectSend &result, QByteArrayView given) override
    {
        ++told;
        latest = result;
        bytes = given;
        if (then)
            then();
    }

    int told = 0;
    DirectSend latest;
    QByteArrayView bytes;
    std::function<void()> then;

private:
    std::array<int, 2> m_ends{-1, -1};
    std::vector<QByteArray> m_buffers;
};

std::vector<std::unique_ptr<Line>> lines(std::size_t count)
{
    std::vector<std::unique_ptr<Line>> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(std::make_unique<Line>());
    return all;
}

void bothWays()
{
    QTest::addColumn<bool>("ring");
    QTest::newRow("one call for all") << true;
    QTest::newRow("a call for each") << false;
}

/// As the row wants it.
void choose(SendBatch &batch)
{
    QFETCH(bool, ring);
    if (!ring)
        batch.useNoRing();
}

} // namespace

class SendBatchTest final : public QObject
{
    Q_OBJECT

private slots:
    void usesTheRingWhereThereIsOne();
    void eachGetsItsOwn_data() { bothWays(); }
    void eachGetsItsOwn();
    void againAndAgain_data() { bothWays(); }
    void againAndAgain();
    void fullKernelsTakeAPart_data() { bothWays(); }
    void fullKernelsTakeAPart();
    void deadPeersFailAlone_data() { bothWays(); }
    void deadPeersFailAlone();
    void closedDescriptorsFailAlone_data() { bothWays(); }
    void closedDescriptorsFailAlone();
    void theSameIsJoinedOnce();
    void aSingleBufferIsNotCopied();
    void whatIsLargeIsNotJoined();
    void isFull();
    void nothingIsNotTaken();
    void forgottenIsNotSent();
    void forgottenIsNotTold();
    void movedOnWithoutARing();
};

void SendBatchTest::usesTheRingWhereThereIsOne()
{
    const bool possible = SendRing::open() != nullptr;
    if (!possible)
        qInfo("this system has no io_uring, or does not allow it: only the other way is tested");
    SendBatch batch;
    QVERIFY(!batch.hasRing());
    const auto all = lines(2);
    for (const auto &line : all)
        QVERIFY(line->join(batch, {"x"}));
    batch.send();
    QCOMPARE(batch.hasRing(), possible);
    batch.useNoRing();
    QVERIFY(!batch.hasRing());
}

void SendBatchTest::eachGetsItsOwn()
{
    SendBatch batch;
    choose(batch);
    const auto all = lines(SendBatch::kMost);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QByteArray number = QByteArray::number(int(i));
        // One, two and three buffers, so that some are joined and some are not.
        std::vector<QByteArray> buffers{number};
        buffers.resize(1 + i % 3, "+");
        QVERIFY(!batch.isFull());
        QVERIFY(all[i]->join(batch, buffers));
    }
    QVERIFY(batch.isFull());
    batch.send();
    QVERIFY(batch.isEmpty());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QByteArray wanted = QByteArray::number(int(i)) + QByteArray(int(i % 3), '+');
        QCOMPARE(all[i]->received(), wanted);
        QCOMPARE(all[i]->told, 1);
        QCOMPARE(all[i]->latest.sentBytes, wanted.size());
        QVERIFY(!all[i]->latest.failed);
    }
}

void SendBatchTest::againAndAgain()
{
    SendBatch batch;
    choose(batch);
    const auto all = lines(3);
    QByteArray wanted;
    for (int i = 0; i < 100; ++i) {
        const QByteArray number = QByteArray::number(i);
        wanted += number;
        for (const auto &line : all)
            QVERIFY(line->join(batch, {number}));
        batch.send();
    }
    for (const auto &line : all) {
        QCOMPARE(line->told, 100);
        QCOMPARE(line->received(), wanted);
    }
}

void SendBatchTest::fullKernelsTakeAPart()
{
    SendBatch batch;
    choose(batch);
    const auto all = lines(3);
    const QByteArray large(16 * 1024 * 1024, 'a');
    QVERIFY(all[0]->join(batch, {"before"}));
    QVERIFY(all[1]->join(batch, {large}));
    QVERIFY(batch.isFull()); // with that much; the next goes by itself
    batch.send();
    const qint64 taken = all[1]->latest.sentBytes;
    QVERIFY(!all[1]->latest.failed);
    QVERIFY2(taken > 0 && taken < large.size(), qPrintable(QString::number(taken)));
    QCOMPARE(all[0]->received(), "before");

    // And then nothing at all, which is no failure either. The one behind it is not held up.
    QVERIFY(all[1]->join(batch, {"more"}));
    QVERIFY(all[2]->join(batch, {"after"}));
    batch.send();
    QCOMPARE(all[1]->latest.sentBytes, 0);
    QVERIFY(!all[1]->latest.failed);
    QCOMPARE(all[2]->received(), "after");
}

void SendBatchTest::deadPeersFailAlone()
{
    SendBatch batch;
    choose(batch);
    const auto all = lines(3);
    all[1]->hangUp();
    for (const auto &line : all)
        QVERIFY(line->join(batch, {"hello"}));
    batch.send();
    QVERIFY(all[1]->latest.failed); // without SIGPIPE, or nobody would be here
    QCOMPARE(all[1]->latest.sentBytes, 0);
    QCOMPARE(all[0]->received(), "hello");
    QCOMPARE(all[2]->received(), "hello");
}

void SendBatchTest::closedDescriptorsFailAlone()
{
    SendBatch batch;
    choose(batch);
    Line good;
    Line bad;
    const QByteArray bytes = "hello";
    QVERIFY(batch.add(bad, 1'000'000, &bytes, 1)); // nobody has that many
    QVERIFY(good.join(batch, {bytes}));
    batch.send();
    QVERIFY(bad.latest.failed);
    QCOMPARE(good.received(), "hello");
}

void SendBatchTest::theSameIsJoinedOnce()
{
    SendBatch batch;
    const auto all = lines(4);
    const QByteArray shared(600, 's');
    const QByteArray equalShort = QByteArray(100, 'e');
    QVERIFY(all[0]->join(batch, {shared, equalShort}));
    QVERIFY(all[1]->join(batch, {shared, QByteArray(100, 'e')})); // short ones are compared
    QVERIFY(all[2]->join(batch, {shared, QByteArray(100, 'f')}));
    QVERIFY(all[3]->join(batch, {shared}));
    batch.send();
    QCOMPARE(all[0]->bytes.data(), all[1]->bytes.data());
    QVERIFY(all[1]->bytes.data() != all[2]->bytes.data());
    QCOMPARE(all[0]->received(), shared + equalShort);
    QCOMPARE(all[1]->received(), shared + equalShort);
    QCOMPARE(all[2]->received(), shared + QByteArray(100, 'f'));
    QCOMPARE(all[3]->received(), shared);
}

void SendBatchTest::aSingleBufferIsNotCopied()
{
    SendBatch batch;
    Line line;
    const QByteArray one(100'000, '1');
    QVERIFY(line.join(batch, {one}));
    batch.send();
    QCOMPARE(line.bytes.data(), one.constData());
}

void SendBatchTest::whatIsLargeIsNotJoined()
{
    SendBatch batch;
    Line line;
    const QByteArray half(SendBatch::kMostJoinedBytes / 2, 'h');
    QVERIFY(line.join(batch, {half, half}));
    batch.send();
    QCOMPARE(line.received(), half + half);
    QVERIFY(!line.join(batch, {half, half, "x"}));
    QVERIFY(batch.isEmpty());
}

void SendBatchTest::isFull()
{
    SendBatch batch;
    const auto all = lines(SendBatch::kMost);
    const QByteArray part(SendBatch::kMostBytes / 4, 'p');
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!batch.isFull());
        QVERIFY(all[std::size_t(i)]->join(batch, {part}));
    }
    QVERIFY(batch.isFull()); // by its bytes
    batch.send();
    QVERIFY(!batch.isFull());
    // By what was joined: each of them different.
    std::size_t joined = 0;
    for (; !batch.isFull() && joined < all.size(); ++joined) {
        const QByteArray half(SendBatch::kMostJoinedBytes / 2, char('a' + joined));
        QVERIFY(all[joined]->join(batch, {half, half}));
    }
    QVERIFY2(joined > 1 && joined < all.size(), qPrintable(QString::number(joined)));
    batch.send();
    for (std::size_t i = 0; i < joined; ++i) {
        const QByteArray received = all[i]->received();
        QVERIFY(received.endsWith(
            QByteArray(SendBatch::kMostJoinedBytes, char('a' + i)))); // behind a part, for some
    }
}

void SendBatchTest::nothingIsNotTaken()
{
    SendBatch batch;
    Line line;
    QVERIFY(!line.join(batch, {""}));
    QVERIFY(!line.join(batch, {"", ""}));
    batch.send();
    QCOMPARE(line.told, 0);
}

void SendBatchTest::forgottenIsNotSent()
{
    SendBatch batch;
    const auto all = lines(3);
    for (const auto &line : all)
        QVERIFY(line->join(batch, {"hello"}));
    batch.forget(*all[1]);
    batch.forget(*all[1]); // nothing more happens
    batch.send();
    QCOMPARE(all[1]->told, 0);
    QCOMPARE(all[1]->received(), "");
    QCOMPARE(all[0]->received(), "hello");
    QCOMPARE(all[2]->received(), "hello");
    QCOMPARE(all[2]->told, 1);
}

void SendBatchTest::forgottenIsNotTold()
{
    SendBatch batch;
    auto all = lines(3);
    for (const auto &line : all)
        QVERIFY(line->join(batch, {"hello"}));
    // The first one's news end the second.
    all[0]->then = [&] {
        QVERIFY(batch.isSending());
        batch.forget(*all[1]);
        all[1].reset();
    };
    batch.send();
    QVERIFY(!batch.isSending());
    QCOMPARE(all[2]->told, 1);
}

void SendBatchTest::movedOnWithoutARing()
{
    SendBatch batch;
    const auto all = lines(2);
    for (int i = 0; i < 2; ++i) {
        for (const auto &line : all)
            QVERIFY(line->join(batch, {QByteArray::number(i)}));
        batch.send();
        batch.useNoRing();
    }
    for (const auto &line : all)
        QCOMPARE(line->received(), "01");
}

QTEST_GUILESS_MAIN(SendBatchTest)
#include "tst_sendbatch.moc"
