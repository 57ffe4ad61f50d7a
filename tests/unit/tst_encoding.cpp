// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/encoding.h"
#include "core/gap.h"
#include "core/message.h"
#include "core/recentencodings.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace pushdeck;

Q_DECLARE_METATYPE(pushdeck::WireFormat)
Q_DECLARE_METATYPE(pushdeck::Gap)

namespace {

Message message(const QByteArray &data, const QByteArray &event = {})
{
    Message::Fields fields;
    fields.id = "e-7";
    fields.sequence = 7;
    fields.topic = "/a";
    fields.event = event;
    fields.contentType = "text/plain";
    fields.data = data;
    fields.timeMs = 1700000000123;
    return Message(std::move(fields));
}

Message binary(const QByteArray &data)
{
    Message::Fields fields = message(data).fields();
    fields.utf8 = false;
    fields.binary = true;
    fields.contentType = "application/octet-stream";
    return Message(std::move(fields));
}

QByteArray bytes(std::initializer_list<int> values)
{
    QByteArray result;
    for (const int value : values)
        result.append(static_cast<char>(value));
    return result;
}

const char *const kJson =
    R"({"type":"message","id":"e-7","topic":"/a","event":null,"content_type":"text/plain",)"
    R"("data":"hi","encoding":"utf-8","time":1700000000123})";

} // namespace

/// The bytes on the wire, one format at a time.
class EncodingTest final : public QObject
{
    Q_OBJECT

private slots:
    void sseEvent_data();
    void sseEvent();
    void chunkSaysItsSize_data();
    void chunkSaysItsSize();
    void frameHeader_data();
    void frameHeader();
    void rawFrameKind_data();
    void rawFrameKind();
    void json();
    void jsonInEachFormat();
    void jsonString_data();
    void jsonString();
    void jsonOfBinaryIsBase64();
    void jsonSurvivesAnyText();
    void nchanMeta();
    void gap_data();
    void gap();
    void gapInEachFormat();
    void encodedOnce();
    void handedOutBytesOutliveTheCache();
    void theLastOnesAreKept();
    void keptIsBoundedInBytes();
};

void EncodingTest::sseEvent_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("wire");
    const auto row = [](const char *what, const QByteArray &data, const char *event,
                        const QByteArray &wire) {
        QTest::newRow(what) << data << QByteArray(event) << QByteArray("id: e-7\n" + wire + "\n");
    };
    row("one line", "hi", "", "data: hi\n");
    row("nothing", "", "", "data: \n");
    row("event name", "hi", "tick", "event: tick\ndata: hi\n");
    row("LF", "a\nb", "", "data: a\ndata: b\n");
    row("CR", "a\rb", "", "data: a\ndata: b\n");
    row("CRLF is one break", "a\r\nb", "", "data: a\ndata: b\n");
    row("LFCR is two", "a\n\rb", "", "data: a\ndata: \ndata: b\n");
    row("CRCRLF is two", "a\r\r\nb", "", "data: a\ndata: \ndata: b\n");
    row("break at the start", "\na", "", "data: \ndata: a\n");
    row("LF at the end", "a\n", "", "data: a\ndata: \n");
    row("CR at the end", "a\r", "", "data: a\ndata: \n");
    row("CRLF at the end", "a\r\n", "", "data: a\ndata: \n");
    row("only a break", "\r\n", "", "data: \ndata: \n");
    row("empty line inside", "a\n\nb", "", "data: a\ndata: \ndata: b\n");
    row("leading space kept", " a", "", "data:  a\n");
    row("colon", ":a:b", "", "data: :a:b\n");
    row("looks like a field", "a\nid: 99", "", "data: a\ndata: id: 99\n");
    row("NUL passes", QByteArray("a\0b", 3), "", QByteArray("data: a\0b\n", 10));
    row("UTF-8 passes", "\xe6\x96\x87", "", "data: \xe6\x96\x87\n");
}

void EncodingTest::sseEvent()
{
    QFETCH(const QByteArray, data);
    QFETCH(const QByteArray, event);
    QFETCH(const QByteArray, wire);
    const Message it = message(data, event);
    QCOMPARE(encode(it, WireFormat::SseRawPlain), wire);
    QCOMPARE(encode(it, WireFormat::SseRaw), httpChunk(wire));
}

void EncodingTest::chunkSaysItsSize_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("1") << 1 << QByteArray("1\r\n");
    QTest::newRow("15") << 15 << QByteArray("f\r\n");
    QTest::newRow("16") << 16 << QByteArray("10\r\n");
    QTest::newRow("65536") << 65536 << QByteArray("10000\r\n");
}

void EncodingTest::chunkSaysItsSize()
{
    QFETCH(const int, size);
    QFETCH(const QByteArray, header);
    const QByteArray body(size, 'x');
    QCOMPARE(httpChunk(body), header + body + "\r\n");
}

void EncodingTest::frameHeader_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("0") << 0 << bytes({0x81, 0});
    QTest::newRow("1") << 1 << bytes({0x81, 1});
    QTest::newRow("125") << 125 << bytes({0x81, 125});
    QTest::newRow("126") << 126 << bytes({0x81, 126, 0, 126});
    QTest::newRow("65535") << 65535 << bytes({0x81, 126, 0xff, 0xff});
    QTest::newRow("65536") << 65536 << bytes({0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0});
}

void EncodingTest::frameHeader()
{
    QFETCH(const int, size);
    QFETCH(const QByteArray, header);
    const QByteArray payload(size, 'x');
    QCOMPARE(webSocketFrame(FrameKind::Text, payload), header + payload);
    QCOMPARE(encode(message(payload), WireFormat::WebSocketRaw), header + payload);
}

void EncodingTest::rawFrameKind_data()
{
    QTest::addColumn<bool>("isBinary");
    QTest::addColumn<bool>("isUtf8");
    QTest::addColumn<int>("firstByte");
    QTest::newRow("text") << false << true << 0x81;
    QTest::newRow("text from a binary frame") << true << true << 0x82;
    QTest::newRow("not text") << true << false << 0x82;
}

void EncodingTest::rawFrameKind()
{
    QFETCH(const bool, isBinary);
    QFETCH(const bool, isUtf8);
    QFETCH(const int, firstByte);
    Message::Fields fields = message("x").fields();
    fields.binary = isBinary;
    fields.utf8 = isUtf8;
    const Message it(std::move(fields));
    QCOMPARE(encode(it, WireFormat::WebSocketRaw), bytes({firstByte, 1, 'x'}));
    QCOMPARE(encode(it, WireFormat::WebSocketNchan).front(), static_cast<char>(firstByte));
    QCOMPARE(encode(it, WireFormat::WebSocketJson).front(), static_cast<char>(0x81));
}

void EncodingTest::json()
{
    QCOMPARE(encode(message("hi"), WireFormat::Json), QByteArray(kJson));

    const QByteArray named = encode(message("hi", "tick"), WireFormat::Json);
    QVERIFY(named.contains(R"("event":"tick")"));
}

void EncodingTest::jsonInEachFormat()
{
    const Message it = message("hi", "tick");
    const QByteArray object = encode(it, WireFormat::Json);
    QCOMPARE(encode(it, WireFormat::WebSocketJson), webSocketFrame(FrameKind::Text, object));
    // No event line: an EventSource would not call onmessage. The name is in the object.
    const QByteArray event = "id: e-7\ndata: " + object + "\n\n";
    QCOMPARE(encode(it, WireFormat::SseJsonPlain), event);
    QCOMPARE(encode(it, WireFormat::SseJson), httpChunk(event));
}

void EncodingTest::jsonString_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *what, const QByteArray &text, const char *json) {
        QTest::newRow(what) << text << QByteArray(json);
    };
    row("nothing", "", R"("")");
    row("plain", "abc", R"("abc")");
    row("quote", R"(a"b)", R"("a\"b")");
    row("backslash", R"(a\b)", R"("a\\b")");
    row("slash needs none", "a/b", R"("a/b")");
    row("line feed", "a\nb", R"("a\nb")");
    row("carriage return", "a\rb", R"("a\rb")");
    row("tab", "a\tb", R"("a\tb")");
    row("NUL", QByteArray("a\0b", 3), R"("a\u0000b")");
    row("backspace", "\b", R"("\u0008")");
    row("escape", "\x1b", R"("\u001b")");
    row("last control", "\x1f", R"("\u001f")");
    row("delete needs none", "\x7f", "\"\x7f\"");
    row("UTF-8 as it is", "\xe6\x96\x87\xf0\x9f\x9a\x80", "\"\xe6\x96\x87\xf0\x9f\x9a\x80\"");
    row("only escapes", "\"\"", R"("\"\"")");
    row("escape at both ends", "\nabc\n", R"("\nabc\n")");
}

void EncodingTest::jsonString()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, json);
    QCOMPARE(pushdeck::jsonString(text), json);
    const auto document = QJsonDocument::fromJson("{\"v\":" + json + "}");
    QCOMPARE(document.object()[QStringLiteral("v")].toString(), QString::fromUtf8(text));
}

void EncodingTest::jsonOfBinaryIsBase64()
{
    const QByteArray data = bytes({0x00, 0xff, 0xfe, 0x80});
    const auto object = QJsonDocument::fromJson(encode(binary(data), WireFormat::Json)).object();
    QCOMPARE(object[QStringLiteral("encoding")].toString(), QStringLiteral("base64"));
    QCOMPARE(object[QStringLiteral("data")].toString(), QStringLiteral("AP/+gA=="));
    // An event stream is UTF-8, so there it is base64 in raw format too.
    QVERIFY(encode(binary(data), WireFormat::SseRawPlain).contains("\ndata: AP/+gA==\n"));
    QVERIFY(encode(binary(data), WireFormat::WebSocketRaw).endsWith(data));
}

void EncodingTest::jsonSurvivesAnyText()
{
    QByteArray all;
    for (int c = 0; c < 0x80; ++c)
        all.append(static_cast<char>(c));
    all.append("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xef\xbf\xbf\xf4\x8f\xbf\xbf");
    Message::Fields fields = message(all, "ev\"ent\\").fields();
    fields.topic = "/a\"\\b";
    const auto object =
        QJsonDocument::fromJson(encode(Message(std::move(fields)), WireFormat::Json)).object();
    QCOMPARE(object[QStringLiteral("data")].toString().toUtf8(), all);
    QCOMPARE(object[QStringLiteral("event")].toString(), QStringLiteral("ev\"ent\\"));
    QCOMPARE(object[QStringLiteral("topic")].toString(), QStringLiteral("/a\"\\b"));
}

void EncodingTest::nchanMeta()
{
    QCOMPARE(encode(message("a\n\nb"), WireFormat::WebSocketNchan),
             webSocketFrame(FrameKind::Text, "id: e-7\ncontent-type: text/plain\n\na\n\nb"));
    QCOMPARE(encode(binary("\xff"), WireFormat::WebSocketNchan),
             webSocketFrame(FrameKind::Binary,
                            "id: e-7\ncontent-type: application/octet-stream\n\n\xff"));
}

void EncodingTest::gap_data()
{
    QTest::addColumn<Gap>("gap");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("counted")
        << Gap{Gap::Reason::Evicted, 12, {"e", 40}}
        << QByteArray(R"({"type":"gap","lost":12,"reason":"evicted","resumed_at":"e-40"})");
    QTest::newRow("not counted")
        << Gap{Gap::Reason::Evicted, std::nullopt, {"e", 40}}
        << QByteArray(R"({"type":"gap","lost":null,"reason":"evicted","resumed_at":"e-40"})");
    QTest::newRow("restarted")
        << Gap{Gap::Reason::Restarted, std::nullopt, {"f", 0}}
        << QByteArray(R"({"type":"gap","lost":null,"reason":"restarted","resumed_at":"f-0"})");
}

void EncodingTest::gap()
{
    QFETCH(const Gap, gap);
    QFETCH(const QByteArray, json);
    QCOMPARE(gapJson(gap), json);
}

void EncodingTest::gapInEachFormat()
{
    const Gap it{Gap::Reason::Evicted, 3, {"e", 40}};
    const QByteArray json = gapJson(it);
    QCOMPARE(encode(it, WireFormat::Json), json);
    QCOMPARE(encode(it, WireFormat::WebSocketJson), webSocketFrame(FrameKind::Text, json));
    // The id lets a native EventSource resume behind the gap.
    const QByteArray event = "id: e-40\nevent: gap\ndata: " + json + "\n\n";
    QCOMPARE(encode(it, WireFormat::SseRawPlain), event);
    QCOMPARE(encode(it, WireFormat::SseJsonPlain), event);
    QCOMPARE(encode(it, WireFormat::SseRaw), httpChunk(event));
    QCOMPARE(encode(it, WireFormat::SseJson), httpChunk(event));
    // Frames that are payloads have no room for it.
    QVERIFY(encode(it, WireFormat::WebSocketRaw).isEmpty());
    QVERIFY(encode(it, WireFormat::WebSocketNchan).isEmpty());
}

void EncodingTest::encodedOnce()
{
    const Message it = message("hi");
    for (std::size_t i = 0; i < kWireFormatCount; ++i) {
        const auto format = static_cast<WireFormat>(i);
        const QByteArray first = it.encoded(format);
        QCOMPARE(first, encode(it, format));
        QCOMPARE(static_cast<const void *>(it.encoded(format).constData()),
                 static_cast<const void *>(first.constData()));
    }
}

void EncodingTest::handedOutBytesOutliveTheCache()
{
    const Message it = message("hi");
    const QByteArray held = it.encoded(WireFormat::Json);
    it.dropEncodings();
    QCOMPARE(held, QByteArray(kJson));
    QCOMPARE(it.encoded(WireFormat::Json), held);
    QVERIFY(it.encoded(WireFormat::Json).constData() != held.constData());
}

void EncodingTest::theLastOnesAreKept()
{
    RecentEncodings recent;
    std::vector<MessagePtr> messages;
    for (std::size_t i = 0; i < RecentEncodings::kMessages + 5; ++i) {
        messages.push_back(std::make_shared<const Message>(message("hi").fields()));
        // Read by one after the other, each time in a format more, it is one message.
        for (const WireFormat format :
             {WireFormat::PollRaw, WireFormat::PollRaw, WireFormat::Json}) {
            (void)messages.back()->encoded(format);
            recent.keep(messages.back());
        }
    }
    for (std::size_t i = 0; i < messages.size(); ++i)
        QCOMPARE(messages[i]->encodedBytes() > 0, i >= 5);
}

void EncodingTest::keptIsBoundedInBytes()
{
    RecentEncodings recent;
    const auto large = [](qsizetype size) {
        return std::make_shared<const Message>(message(QByteArray(size, 'x')).fields());
    };
    const auto one = large(400'000);
    const auto two = large(400'000);
    const auto three = large(400'000);
    for (const MessagePtr &read : {one, two, three}) {
        (void)read->encoded(WireFormat::PollRaw);
        recent.keep(read);
    }
    QCOMPARE(one->encodedBytes(), 0u);
    QVERIFY(two->encodedBytes() > 0);
    QVERIFY(three->encodedBytes() > 0);
    // Another format is counted as well, also of one that is kept already.
    (void)three->encoded(WireFormat::Json);
    recent.keep(three);
    QCOMPARE(two->encodedBytes(), 0u);
    QVERIFY(three->encodedBytes() > 800'000);
    // What is too large alone is dropped at once, with what was before it.
    const auto huge = large(RecentEncodings::kBytes + 1);
    (void)huge->encoded(WireFormat::PollRaw);
    recent.keep(huge);
    QCOMPARE(huge->encodedBytes(), 0u);
    QCOMPARE(three->encodedBytes(), 0u);
    // One that was refused before it was encoded is not held, whatever its size.
    const auto refused = large(10 * RecentEncodings::kBytes);
    recent.keep(refused);
    QCOMPARE(refused.use_count(), 1);
    const auto next = large(10);
    (void)next->encoded(WireFormat::PollRaw);
    recent.keep(next);
    QVERIFY(next->encodedBytes() > 0);
}

QTEST_APPLESS_MAIN(EncodingTest)
#include "tst_encoding.moc"
