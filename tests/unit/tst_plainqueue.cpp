// SPDX-License-Identifier: GPL-3.0-or-later
// What waits to be encrypted: in order, whole, and in pieces that fill a record.
#include "net/plainqueue.h"

#include <QRandomGenerator>
#include <QTest>

using namespace pushdeck;

class tst_PlainQueue : public QObject
{
    Q_OBJECT

private slots:
    void oneBufferIsNotCopied();
    void smallOnesAreJoined();
    void largeOnesComeInRecords();
    void anythingComesOutAsItWentIn_data();
    void anythingComesOutAsItWentIn();
};

void tst_PlainQueue::oneBufferIsNotCopied()
{
    PlainQueue queue;
    const QByteArray bytes("hello");
    queue.append(bytes);
    queue.append({});
    QByteArray joined;
    QCOMPARE(queue.next(joined).data(), bytes.constData());
    QVERIFY(joined.isEmpty());
    queue.drop(2);
    QCOMPARE(queue.next(joined).data(), bytes.constData() + 2);
    queue.drop(3);
    QCOMPARE(queue.bytes(), 0);
    QVERIFY(bytes.isDetached());
}

void tst_PlainQueue::smallOnesAreJoined()
{
    PlainQueue queue;
    for (int i = 0; i < 100; ++i)
        queue.append(QByteArray::number(i));
    QByteArray joined;
    const QByteArrayView record = queue.next(joined);
    QCOMPARE(qint64(record.size()), queue.bytes());
    QVERIFY(record.startsWith("012345"));
}

void tst_PlainQueue::largeOnesComeInRecords()
{
    PlainQueue queue;
    queue.append("ab");
    queue.append(QByteArray(PlainQueue::kRecordBytes, 'x'));
    QByteArray joined;
    QCOMPARE(queue.next(joined).size(), PlainQueue::kRecordBytes);
    QVERIFY(joined.startsWith("abx"));
    queue.drop(PlainQueue::kRecordBytes);
    QCOMPARE(queue.next(joined), QByteArrayView("xx"));
}

void tst_PlainQueue::anythingComesOutAsItWentIn_data()
{
    QTest::addColumn<int>("most");
    for (const int most : {1, 7, 300, 16'384, 16'385, 50'000})
        QTest::addRow("up to %d bytes", most) << most;
}

void tst_PlainQueue::anythingComesOutAsItWentIn()
{
    QFETCH(int, most);
    QRandomGenerator random(42);
    PlainQueue queue;
    QByteArray in;
    QByteArray out;
    QByteArray joined;
    for (int round = 0; round < 400; ++round) {
        for (quint32 i = random.bounded(4u); i > 0; --i) {
            QByteArray part(random.bounded(most + 1), Qt::Uninitialized);
            for (char &c : part)
                c = char(random.generate());
            queue.append(part);
            in += part;
        }
        QCOMPARE(queue.bytes(), qint64(in.size() - out.size()));
        if (queue.bytes() == 0)
            continue;
        QByteArrayView record = queue.next(joined);
        QVERIFY(!record.isEmpty() && record.size() <= PlainQueue::kRecordBytes);
        record = record.first(1 + random.bounded(int(record.size())));
        out += record;
        queue.drop(record.size());
    }
    while (queue.bytes() > 0) {
        const QByteArrayView record = queue.next(joined);
        out += record;
        queue.drop(record.size());
    }
    QVERIFY(out == in);
}

QTEST_GUILESS_MAIN(tst_PlainQueue)
#include "tst_plainqueue.moc"
