// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the window in many states into PNG files, to be looked at:
//   gallery --out DIR [--state busy] [--theme dark] [--size 1440x900]
#include "fakeservercontrol.h"

#include "ui/charts/chartboard.h"
#include "ui/charts/chartspanel.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/clients/visitstrip.h"
#include "ui/export/jsonlwriter.h"
#include "ui/export/sessionfiles.h"
#include "ui/i18n/language.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/preferences/preferenceswindow.h"
#include "ui/project/projectkeeper.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <cmath>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

const QStringList kAgents = {
    u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"_s,
    u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"_s,
    u"Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"_s,
    u"curl/7.88.1"_s,
    u"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15"_s,
    u"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"_s,
    u"node"_s,
    QString()};

struct Scene
{
    FakeServerControl &control;
    QRandomGenerator random{42};
    std::int64_t now = QDateTime::currentMSecsSinceEpoch();

    void clients(int count)
    {
        static constexpr Transport kVia[] = {Transport::WebSocket, Transport::Sse,
                                             Transport::LongPoll};
        const QStringList topics = {u"/chat"_s, u"/news"_s, u"/orders/*"_s, u"/ticker"_s};
        for (int i = 0; i < count; ++i) {
            ClientInfo &client = control.addClient(kVia[i % 5 == 4 ? 2 : (i % 3 == 1 ? 1 : 0)],
                                                   topics[i % topics.size()]);
            client.userAgent = kAgents[i % kAgents.size()];
            client.connectedAtMs = now - random.bounded(1, 9000) * 1000ll;
            client.lastActivityMs = now - random.bounded(0, 9) * 1000;
            client.messagesIn = random.bounded(0u, 300u);
            client.messagesOut = random.bounded(20u, 14000u);
            client.bytesIn = client.messagesIn * 48;
            client.bytesOut = client.messagesOut * 131;
            if (client.transport == Transport::WebSocket)
                client.rttMs = 0.4 + random.bounded(60) * 0.7;
            client.waiting = client.transport == Transport::LongPoll && i % 2 == 0;
            auto request = std::make_shared<ClientRequest>();
            request->host = u"192.168.1.14:8080"_s;
            request->origin = i % 2 ? QString() : u"https://demo.example.org"_s;
            request->language = u"de-AT,de;q=0.9,en;q=0.8"_s;
            request->protocol = u"HTTP/1.1"_s;
            client.request = request;
            if (i == 0)
                client.name = u"Anna's iPhone"_s;
            if (i == 1)
                comesBack(client);
            if (i == 3)
                client.topics << u"/news"_s << u"/alerts/**"_s;
            if (i == 7) {
                client.slow = true;
                client.backlogBytes = 1'400'000;
                client.rttMs = 1840;
            }
        }
        for (const QString &name : {u"/alerts/fire"_s, u"/chat"_s, u"/news"_s, u"/ticker"_s})
            control.snapshot.topics.push_back(
                {name, static_cast<std::uint32_t>(count / 3), 12, 40, {}});
    }

    /// https, and half of the clients by it.
    void encrypted()
    {
        auto info = std::make_shared<EncryptionInfo>();
        info->on = true;
        constexpr std::int64_t kDay = 24ll * 3600 * 1000;
        info->server = {u"Pushdeck on desk"_s,
                        {u"localhost"_s, u"desk"_s, u"desk.local"_s, u"127.0.0.1"_s, u"::1"_s,
                         u"192.168.1.14"_s, u"172.17.0.1"_s, u"fd12:3456:789a:1::14"_s},
                        now,
                        now + 396 * kDay,
                        u"3A:9F:10:E2:77:0B:C4:5D:88:61:F0:2E:94:AB:13:6C:D5:40:7E:29:B8:03:5F:"
                        "AA:91:CC:68:E7:12:4D:90:3B"_s};
        info->authority = {u"Pushdeck CA on desk, 2026-01-05"_s,
                           {},
                           now,
                           now + 3650 * kDay,
                           u"C1:07:5B:3E:D2:88:4A:F9:60:17:9C:E5:23:BB:71:0D:4F:A8:36:92:EE:50:"
                           "1C:87:69:F3:2A:D4:BE:08:75:41"_s};
        info->authorityPem = "x";
        control.snapshot.encryption = info;
        control.snapshot.tls = true;
        for (ServerAddress &address : control.snapshot.addresses)
            address.url.replace(u"http:"_s, u"https:"_s);
        for (ClientInfo &client : control.snapshot.clients) {
            if (client.id % 2 == 0 || !client.request)
                continue;
            auto request = std::make_shared<ClientRequest>(*client.request);
            request->tlsVersion = u"TLS 1.3"_s;
            request->tlsCipher = u"TLS_AES_128_GCM_SHA256"_s;
            client.request = request;
        }
        control.publish();
    }

    /// A client with a past: long and short stays, over every transport, with things missed.
    void comesBack(ClientInfo &client)
    {
        client.connectedAtMs = now - 192'000;
        client.resumedAt = u"k3x9-1042"_s;
        client.missed = 5;
        client.reconnects = 6;
        const std::int64_t t = client.connectedAtMs;
        client.earlier = std::make_shared<const ClientVisits>(ClientVisits{
            {101, Transport::WebSocket, t - 7'512'000, t - 3'900'000, {}, 0, false},
            {102, Transport::WebSocket, t - 3'898'600, t - 1'200'000, u"k3x9-12"_s, 0, false},
            {103, Transport::LongPoll, t - 1'060'000, t - 700'000, u"k3x9-300"_s, 0, true},
            {104, Transport::WebSocket, t - 699'100, t - 698'000, u"k3x9-810"_s, 0, false},
            {105, Transport::WebSocket, t - 690'000, t - 4'100, u"k3x9-811"_s, 0, false}});
        client.rttMs = 8.4;
        client.kernelBacklogBytes = 0;
    }

    std::uint64_t event(TrafficKind kind, Direction direction, Transport via, std::uint64_t client,
                        const QString &topic, const QByteArray &payload, std::uint32_t fanOut,
                        const QString &name = {}, int code = 0, const QString &text = {})
    {
        TrafficEvent event;
        event.kind = kind;
        event.direction = direction;
        event.transport = via;
        event.clientId = client;
        event.client =
            client ? u"192.168.1.%1:51%2"_s.arg(20 + client).arg(client, 3, 10, QLatin1Char('0'))
                   : QString();
        event.topic = topic;
        event.payload = payload;
        event.fanOut = fanOut;
        event.event = name;
        event.code = code;
        event.text = text;
        event.contentType = payload.startsWith('{') ? u"application/json"_s : u"text/plain"_s;
        event.messageId = u"k3x9-%1"_s.arg(clock);
        clock += random.bounded(20, 900);
        event.timeMs = now - 90'000 + clock;
        return control.writableLog().append(event);
    }
    std::int64_t clock = 0;

    void traffic(int rounds)
    {
        using K = TrafficKind;
        using D = Direction;
        using T = Transport;
        event(K::Notice, D::Server, T::None, 0, {}, {}, 0, {}, 0, u"Listening on port 8080"_s);
        for (int i = 1; i <= 5; ++i)
            event(K::Connected, D::Server, i % 2 ? T::WebSocket : T::Sse, std::uint64_t(i),
                  u"/chat"_s, {}, 0, {}, 0, kAgents[0]);
        for (int i = 0; i < rounds; ++i) {
            event(K::Message, D::In, T::WebSocket, 1, u"/chat"_s,
                  R"({"op":"say","text":"hello everyone","from":"Anna","n":)" +
                      QByteArray::number(i) + "}",
                  5);
            event(K::Message, D::Out, T::None, 0, u"/news"_s,
                  "Doors open at nine. Coffee is upstairs.", 6, u"headline"_s);
            event(
                K::Message, D::In, T::None, 0, u"/orders/1042"_s,
                R"({"id":1042,"state":"paid","total":129.90,"currency":"EUR","items":[{"sku":"A-17","n":2},{"sku":"B-03","n":1}],"customer":{"name":"Zoë","vip":true,"note":null}})",
                14, u"order.paid"_s);
            event(K::Message, D::In, T::WebSocket, 4, u"/ticker"_s,
                  R"({"s":"PDK","p":)" + QByteArray::number(101.2 + i * 0.07) + "}", 120,
                  u"tick"_s);
            if (i % 3 == 0)
                event(K::Disconnected, D::Server, T::WebSocket, 3, {}, {}, 0, {}, 1006,
                      u"the connection broke"_s);
            if (i % 4 == 1)
                event(K::Gap, D::Server, T::Sse, 2, u"/news"_s, {}, 0, {}, 0,
                      u"missed 37 messages: no longer remembered"_s);
            if (i % 5 == 2)
                event(K::Refused, D::Server, T::None, 0, u"/admin"_s, {}, 0, {}, 401,
                      u"Subscribing needs a token: 'Authorization: Bearer …' or '?token=…'."_s);
            if (i % 6 == 3) {
                TrafficEvent binary;
                binary.kind = K::Message;
                binary.direction = D::In;
                binary.transport = T::WebSocket;
                binary.clientId = 6;
                binary.topic = u"/camera"_s;
                binary.binary = true;
                binary.fanOut = 2;
                for (int b = 0; b < 5000; ++b)
                    binary.payload += static_cast<char>(random.bounded(256));
                binary.timeMs = now - 90'000 + clock;
                control.writableLog().append(binary);
            }
        }
    }

    void chinese()
    {
        using K = TrafficKind;
        using D = Direction;
        for (int i = 0; i < 14; ++i) {
            event(
                K::Message, D::In, Transport::WebSocket, 1, u"/聊天室/大厅"_s,
                QString(
                    u"{\"用户\":\"小明\",\"内容\":\"大家好，欢迎来到推送服务器演示！这是第%1条消息。\",\"时间\":\"2026年3月1日\"}"_s)
                    .arg(i)
                    .toUtf8(),
                12, u"消息"_s);
            event(K::Message, D::Out, Transport::None, 0, u"/公告"_s,
                  u"系统将于今晚十点维护，请提前保存。🎉"_s.toUtf8(), 14);
        }
        for (ClientInfo &client : control.snapshot.clients)
            client.name = u"小明的手机 %1"_s.arg(client.id);
    }

    void hostile()
    {
        using K = TrafficKind;
        using D = Direction;
        const QByteArray evil[] = {
            "<b>bold</b><img src=x onerror=alert(1)>",
            "line one\r\nline two\r\n\tindented",
            QByteArray("nul \0 inside", 12),
            u"abc\u202Egnp.exe\u202C end"_s.toUtf8(),
            "\x1b[31mred\x1b[0m \x07 bell",
            "\xff\xfe not utf8 \xc3",
            QByteArray(1'000'000, 'x'),
            u"zero\u200Bwidth \u2066isolate\u2069 \u0085 nel \u2028 ls"_s.toUtf8(),
            u"Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u0325\u0340l\u0334\u0348\u0362go"_s
                .toUtf8()};
        for (const QByteArray &payload : evil)
            event(K::Message, D::In, Transport::WebSocket, 1, u"/<i>x</i>"_s, payload, 1,
                  u"<u>e</u>"_s);
        control.snapshot.clients[0].name = u"<h1>Big</h1>\u202Eevil\r\nsecond"_s;
        control.snapshot.clients[1].userAgent = u"<script>alert(1)</script>\x07"_s;
    }
};

// Saved messages, and the forms that stand in their place.
void composer(MainWindow &window, const QString &state)
{
    Project project;
    const auto add = [&project](const QString &name, const QString &folder, int key) {
        project.messages.push_back(
            {name, folder, key, u"/news"_s, {}, DraftType::Auto, u"{\"n\": {{seq}}}"_s, {}});
    };
    add(u"greet"_s, {}, 1);
    add(u"tick"_s, u"Prices"_s, 2);
    add(u"order.paid"_s, u"Orders"_s, 7);
    add(u"order.refused with a rather long name"_s, u"Orders"_s, 4);
    add(u"bad <b>json</b> & co"_s, {}, 0);
    add(u"你好"_s, {}, 0);
    for (int i = 0; i < 9; ++i)
        add(u"step %1"_s.arg(i + 1), u"Show"_s, 0);
    window.findChild<ProjectKeeper *>()->change(project);
    auto *editor = window.findChild<QPlainTextEdit *>(u"sendText"_s);
    editor->setPlainText(u"{\"t\": \"{{now}}\",\n \"n\": {{seq}}, \"die\": {{random 1 6}}}"_s);
    if (state == u"savedform")
        window.findChild<QAbstractButton *>(u"saveMessage"_s)->click();
    if (state == u"savedmenu")
        window.findChild<QAbstractButton *>(u"savedMenu"_s)->click();
    if (state == u"variable") {
        editor->setPlainText(u"{\"t\": \"{{now}}\",\n \"n\": {{sequence}}}"_s);
        window.findChild<QAbstractButton *>(u"send"_s)->click();
    }
    if (state == u"repeatform" || state == u"repeat")
        window.findChild<QAbstractButton *>(u"repeat"_s)->click();
    if (state == u"repeat") {
        window.findChild<QAbstractButton *>(u"repeatStart"_s)->click();
        QTest::qWait(1200);
    }
}

// What the operator did to the client list.
void clientList(MainWindow &window, Scene &scene, const QStringList &wishes)
{
    auto *panel = window.findChild<ClientsPanel *>();
    ClientModel &model = panel->model();
    const auto has = [&wishes](const QString &wish) { return wishes.contains(wish); };
    if (has(u"tags"_s)) {
        const QStringList tags[] = {{u"vip"_s, u"stage"_s},
                                    {u"stage"_s},
                                    {u"观众"_s},
                                    {u"a-rather-long-tag-name"_s, u"b"_s, u"vip"_s, u"<i>x</i>"_s}};
        for (std::uint64_t id = 1; id <= 12; ++id) {
            if (const ClientRow *row = model.find(id); row && id % 3 != 0)
                model.book().setTags(row->info.identity, tags[id % 4]);
        }
        if (const ClientRow *row = model.find(2))
            model.book().setName(row->info.identity, u"Projector in the hall"_s);
        if (const ClientRow *row = model.find(5))
            model.book().setName(row->info.identity, u"舞台左侧的平板电脑"_s);
    }
    for (const QString &name : {u"topic"_s, u"transport"_s, u"tag"_s}) {
        if (has(u"by-"_s + name))
            panel->setGrouping(groupingFromName(name));
    }
    if (has(u"folded"_s)) {
        for (int row = 0; row < std::min(model.rowCount(), 60); ++row) {
            if (model.isGroup(row) && row > 0)
                model.setFolded(row, true);
        }
    }
    if (has(u"lines"_s))
        panel->setCards(false);
    QTableView &view = panel->view();
    view.clearSelection();
    view.selectRow(std::max(model.rowOf(2), 0));
    if (has(u"several"_s)) {
        for (const std::uint64_t id : {1, 4, 8})
            view.selectionModel()->select(model.index(model.rowOf(id), 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    if (has(u"details"_s) || has(u"stay"_s)) {
        for (int second = 0; second < 70; ++second) {
            scene.control.snapshot.timeMs += 1000;
            for (ClientInfo &client : scene.control.snapshot.clients) {
                client.messagesOut += scene.random.bounded(5u, 90u);
                client.bytesOut += scene.random.bounded(500u, 9000u);
                client.messagesIn += second % 9 == 0 ? scene.random.bounded(4u) : 0;
                client.bytesIn += second % 9 == 0 ? 120 : 0;
            }
            panel->showSnapshot(scene.control.snapshot, scene.now);
        }
        panel->setDetailsShown(true);
    }
    if (has(u"stay"_s))
        window.findChild<VisitStrip *>()->setCurrent(3);
    for (const auto &[wish, keys] :
         {std::pair(u"tagbar"_s, u"Ctrl+Shift+G"_s), std::pair(u"rename"_s, u"Ctrl+Shift+N"_s)}) {
        for (QAction *action : window.actions()) {
            if (has(wish) && action->shortcut() == QKeySequence(keys))
                action->trigger();
        }
    }
    QTest::qWait(100);
}

// The filter's suggestions, the find bars, and what the inspector does with a payload.
void inspect(MainWindow &window, Scene &scene, const QString &state)
{
    using K = TrafficKind;
    using D = Direction;
    auto *view = window.findChild<QTableView *>(u"trafficView"_s);
    const auto trigger = [&window](const QString &keys) {
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(keys))
                action->trigger();
        }
    };
    const auto add = [&scene](const QByteArray &payload, const QString &topic) {
        scene.event(K::Message, D::In, Transport::WebSocket, 1, topic, payload, 5);
    };
    const QByteArray head = R"({"order":1042,"customer":{"name":"Anna","vip":true,"city":"苏州"},)"
                            R"("items":[{"sku":"coffee-250","n":2,"price":7.5},)"
                            R"({"sku":"mug <b>blue</b>","n":1,"price":12}],)";
    if (state.startsWith(u"completion")) {
        auto *field = window.findChild<QLineEdit *>(u"trafficFilter"_s);
        field->setFocus();
        QTest::keyClicks(field, state == u"completion" ? u"dir:in -"_s : u"via:ws topic:"_s);
        return;
    }
    if (state == u"changes-text") {
        add("status: ok\nqueue: 12\nworkers: 4\nuptime: 3600\nlast: 中文 line\nend", u"/report"_s);
        add("status: ok\nqueue: 19\nworkers: 4\nuptime: 3660\nnote: <b>new</b>\nlast: 中文 "
            "line\nend",
            u"/report"_s);
    } else if (state == u"changes-bytes") {
        for (const char *hex :
             {"89504e470d0a1a0a0000000d49484452", "89504e470d0a1a0a0000000e4948445200ff"}) {
            TrafficEvent bytes;
            bytes.kind = K::Message;
            bytes.binary = true;
            bytes.topic = u"/bin"_s;
            bytes.payload = QByteArray::fromHex(hex);
            bytes.timeMs = scene.now;
            scene.control.writableLog().append(bytes);
        }
    } else {
        add(head + R"("total":27.0,"state":"open"})", u"/orders/1042"_s);
        add(head + R"("total":27.0,"state":"paid","paid_at":"2026-03-01T09:00:00Z","tags":[1,2]})",
            u"/orders/1042"_s);
    }
    window.tick();
    view->setCurrentIndex(view->model()->index(view->model()->rowCount() - 1, 0));
    if (state == u"folded") {
        trigger(u"Alt+Shift+2"_s);
        trigger(u"Ctrl+Alt+F"_s);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"payloadFindField"_s), u"order"_s);
    }
    if (state.startsWith(u"changes"))
        trigger(u"Alt+5"_s);
    if (state == u"find") {
        trigger(u"Ctrl+F"_s);
        auto *field = window.findChild<QLineEdit *>(u"logFindField"_s);
        QTest::keyClicks(field, u"hello"_s);
        QTest::qWait(100);
        QTest::keyClick(field, Qt::Key_Return);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    }
    QTest::qWait(100);
}

/// preferences-0 to preferences-5: a page; preferences-errors, preferences-files: fields that
/// cannot be taken; preferences-encrypted: the certificate that is shown; shortcuts; tokenurl: the
/// address with a token; firewall: the hint.
QWidget *preferences(MainWindow &window, const QString &state)
{
    Preferences launched;
    launched.server.access.subscribeToken = "kR3vZ0pTqYw8LmN1cB5xS7dF2gH4jK6a";
    launched.server.access.publishToken = "stage";
    if (state == u"preferences-encrypted")
        launched.server.encryption.source = ServerSettings::Encryption::Source::Made;
    const auto trigger = [&window](const QString &keys) {
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(keys))
                action->trigger();
        }
    };
    const auto machine = [] {
        return Machine{{{u"192.168.1.14"_s, u"wlan0"_s, false}, {u"127.0.0.1"_s, u"lo"_s, true}}};
    };
    if (state == u"shortcuts") {
        trigger(u"Ctrl+/"_s);
        return &window;
    }
    if (state == u"firewall") {
        window.setFirewallFinder([] { return Firewall::Ufw; });
        window.watchLan(QDateTime::currentMSecsSinceEpoch() + 1);
        return &window;
    }
    window.setLaunched(launched, {keyOf(keys::kHistoryPerTopic)}, machine);
    if (state == u"tokenurl") {
        trigger(u"Ctrl+Alt+U"_s);
        return &window;
    }
    trigger(u"Ctrl+,"_s);
    auto *shown = window.findChild<PreferencesWindow *>();
    constexpr int kEncryptionPage = 3;
    const bool encryption = state.endsWith(u"encrypted") || state.endsWith(u"files");
    shown->showPage(encryption                  ? kEncryptionPage
                    : state.endsWith(u"errors") ? 1
                                                : state.last(1).toInt());
    if (state.endsWith(u"files")) {
        auto *source = shown->findChild<QComboBox *>(u"encryption/source"_s);
        source->setCurrentIndex(source->findData(u"files"_s));
        shown->findChild<QWidget *>(u"encryption/certificate-file"_s)
            ->findChild<QLineEdit *>()
            ->setText(u"/home/anna/演示/missing <b>certificate</b>.pem"_s);
    }
    if (state.endsWith(u"errors")) {
        shown->findChild<QLineEdit *>(u"server/port"_s)->setText(u"70000"_s);
        shown->findChild<QComboBox *>(u"server/address"_s)->setEditText(u"10.20.30.40"_s);
        shown->findChild<QWidget *>(u"server/www"_s)
            ->findChild<QLineEdit *>()
            ->setText(u"/home/anna/演示/missing <b>folder</b>"_s);
        shown->findChild<QLineEdit *>(u"limits/message"_s)->setText(u"64 MB"_s);
    }
    return shown;
}

// Who got a message: every state there is, for as many clients as there are.
void deliveries(MainWindow &window, Scene &scene, const QString &state)
{
    using S = DeliveryState;
    using W = DeliveryWhy;
    DeliveryReport &report = scene.control.deliveries;
    report.memory = state == u"deliveries-evicted"_s ? DeliveryReport::Memory::Evicted
                                                     : DeliveryReport::Memory::Remembered;
    report.takenMs = scene.now;
    report.publishedMs = scene.now - 84'000;
    const bool many = state == u"deliveries-many"_s;
    static constexpr std::pair<S, W> kKinds[] = {
        {S::Queued, W::InProgram},      {S::Queued, W::InKernel},    {S::Missed, W::NotAskedFor},
        {S::Delivered, W::Replayed},    {S::Pending, W::NextPoll},   {S::Missed, W::LeftBefore},
        {S::Delivered, W::EarlierStay}, {S::Missed, W::LeftWaiting}, {S::Missed, W::ClosedSlow},
        {S::Queued, W::InReplay}};
    std::size_t i = 0;
    for (const ClientInfo &info : scene.control.snapshot.clients) {
        ClientDelivery row;
        row.clientId = info.id;
        row.transport = info.transport;
        row.name = info.name;
        row.address = info.address + u":51007"_s;
        const std::size_t step = many ? 97 : 1;
        if (i % step == 0 && i / step < std::size(kKinds))
            std::tie(row.state, row.why) = kKinds[i / step];
        row.gone =
            row.why == W::LeftBefore || row.why == W::LeftWaiting || row.why == W::ClosedSlow;
        row.timeMs = report.publishedMs + static_cast<std::int64_t>(i % 50) * 1'310;
        if (row.why == W::InProgram)
            row.programBytes = 1'400'000;
        if (row.why == W::InProgram || row.why == W::InKernel)
            row.kernelBytes = 83'000;
        if (state == u"deliveries-hostile"_s) {
            row.clientId += 90'000; // the window does not know them: their own words
            row.name = i % 3 == 0   ? u"<h1>Big</h1>\u202Eevil\r\nsecond"_s
                       : i % 3 == 1 ? QString(300, u'x')
                                    : u"小明的手机，在舞台左侧的平板电脑旁边"_s;
        }
        report.clients.push_back(row);
        ++i;
    }
    auto *view = window.findChild<QTableView *>(u"trafficView"_s);
    view->setCurrentIndex(view->model()->index(view->model()->rowCount() - 7, 0));
    QTest::keyClick(view, Qt::Key_Return);
    window.findChild<QTableView *>(u"deliveryView"_s)->selectRow(2);
    QTest::qWait(50);
}

void feedCharts(MainWindow &window, FakeServerControl &control)
{
    // The window samples once a second of real time; the gallery cannot wait for a full chart.
    for (int i = 0; i < 3; ++i) {
        control.snapshot.timeMs += 1000;
        control.snapshot.totals.published += 40;
        control.snapshot.totals.deliveries += 500;
        control.snapshot.totals.bytesOut += 66'000;
        control.publish();
        QTest::qWait(1010);
        window.tick();
    }
}

// A day at the server, as its snapshots would tell it: an hour that ends now, with a stop in it.
void charts(MainWindow &window, FakeServerControl &control, const QString &state)
{
    auto *panel = window.findChild<ChartsPanel *>();
    const bool hour = state == u"chartshour"_s;
    panel->setRange(hour ? ChartRange::Hour : ChartRange::Minute);
    panel->showAction()->trigger();
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (state == u"chartsempty")
        return;
    QRandomGenerator random(7);
    Snapshot snapshot = control.snapshot;
    ServerTotals &totals = snapshot.totals;
    const int seconds = hour ? 3'500 : 75;
    for (int i = seconds; i >= 0; --i) {
        const double t = i;
        const bool stopped = hour ? i > 1'900 && i < 2'300 : i > 33 && i < 42;
        snapshot.timeMs = now - i * 1000ll;
        snapshot.state = stopped ? ServerState::Stopped : ServerState::Running;
        // Started anew after the stop.
        snapshot.startedAtMs =
            now - (i < (hour ? 1'900 : 33) ? (hour ? 1'900 : 33) : seconds + 60) * 1000ll;
        const double wave = 0.6 + 0.4 * std::sin(t / (hour ? 300 : 9));
        const bool burst = random.bounded(hour ? 60 : 17) == 0;
        const auto in = static_cast<std::uint64_t>(180 * wave + random.bounded(40) + 900 * burst);
        totals.published += in + (i % 5 == 0);
        totals.fromOperator += i % 5 == 0;
        totals.deliveries += in * 14;
        totals.bytesIn += in * 118;
        totals.bytesOut += in * 14 * 131;
        totals.writes.add(std::chrono::microseconds(40 + random.bounded(60)), in * 13);
        totals.writes.add(std::chrono::microseconds(300 + random.bounded(burst ? 9000 : 900)),
                          in / 2);
        snapshot.clients = control.snapshot.clients;
        const auto present = static_cast<std::size_t>(9 + 5 * wave);
        snapshot.clients.resize(std::min(snapshot.clients.size(), present));
        for (ClientInfo &client : snapshot.clients) {
            client.backlogBytes = burst ? 60'000 + random.bounded(200'000u) : 0;
            client.kernelBacklogBytes = random.bounded(9'000u);
        }
        panel->tick(snapshot, snapshot.timeMs);
    }
    control.snapshot = snapshot;
    control.publish();
    if (state == u"chartshover" || hour) {
        QTest::qWait(50);
        auto *view = window.findChild<QWidget *>(u"clientsChart"_s);
        const QPoint at = view->mapTo(&window, QPoint(view->width() * 2 / 3, view->height() / 2));
        QTest::mouseMove(window.windowHandle(), at);
    }
    QTest::qWait(30);
}

} // namespace

int main(int argc, char *argv[])
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{u"out"_s, u"folder for the pictures"_s, u"dir"_s, u"gallery"_s},
         {u"state"_s,
          u"empty stopped busy portbusy chinese many flood hostile big close palette qr lines filter unpinned session exporting exported completion completion-topics find folded changes changes-text changes-bytes deliveries deliveries-many deliveries-evicted deliveries-hostile charts chartshour chartshover chartsempty preferences-0…4 preferences-errors shortcuts tokenurl firewall"_s,
          u"name"_s, u"busy"_s},
         {u"theme"_s, u"light or dark"_s, u"name"_s, u"light"_s},
         {u"size"_s, u"window size"_s, u"WxH"_s, u"1440x900"_s},
         {u"language"_s, u"en or zh_CN; en~zh_CN changes it when all is shown"_s, u"name"_s,
          u"en"_s},
         {u"clients"_s,
          u"what the client list shows: by-topic by-transport by-tag tags folded lines details several stay tagbar rename"_s,
          u"list"_s},
         {u"charts"_s, u"wait for the charts to fill a little"_s}});
    parser.process(app);
    const QString state = parser.value(u"state"_s);
    const QStringList size = parser.value(u"size"_s).split(u'x');
    const QStringList languages = parser.value(u"language"_s).split(u'~');
    applyLanguage(languageFromName(languages.first()));
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    settings.setValue(u"window/theme"_s, parser.value(u"theme"_s));

    TrafficLogLimits limits;
    if (state == u"flood")
        limits.events = 20'000;
    FakeServerControl control(limits);
    Scene scene{control};
    control.snapshot.timeMs = scene.now;
    MainWindow window(control, settings);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    if (state == u"portbusy")
        control.busyPort = 8080;
    if (state != u"stopped" && state != u"chartsempty")
        control.start({QString(), 8080});
    control.snapshot.startedAtMs = scene.now - 3'725'000;

    const QStringList quiet = {u"empty"_s,    u"chartsempty"_s, u"tokenurl"_s,
                               u"firewall"_s, u"stopped"_s,     u"portbusy"_s};
    const bool busy = !quiet.contains(state);
    if (busy) {
        scene.clients(state == u"many" || state == u"flood" || state == u"deliveries-many" ? 5000
                                                                                           : 14);
        scene.traffic(state == u"flood" ? 6000 : 12);
        control.snapshot.totals.refused = 3;
        control.publish();
    }
    if (state == u"encrypted" || state == u"preferences-encrypted")
        scene.encrypted();
    if (state == u"chinese")
        scene.chinese();
    if (state == u"hostile")
        scene.hostile();
    if (state == u"big") {
        QByteArray big = "{\"rows\":[";
        for (int i = 0; big.size() < 1'000'000; ++i)
            big += (i ? ",{\"id\":" : "{\"id\":") + QByteArray::number(i) +
                   ",\"name\":\"row\",\"on\":true}";
        scene.event(TrafficKind::Message, Direction::In, Transport::WebSocket, 1, u"/big"_s,
                    big + "]}", 3);
    }
    control.publish();
    window.show();
    // The window was made for the screen there is; this is how one of the wished size stands.
    for (QAction *action : window.actions()) {
        if (action->shortcut() == QKeySequence(u"Ctrl+Shift+0"_s))
            action->trigger();
    }
    QTest::qWait(250);
    window.tick();
    auto *view = window.findChild<QTableView *>(u"trafficView"_s);
    if (busy && state != u"empty") {
        // One has left.
        control.snapshot.clients.erase(control.snapshot.clients.begin() + 2);
        control.publish();
        QTest::qWait(250);
        auto *clients = window.findChild<QTableView *>(u"clientView"_s);
        const int rows = view->model()->rowCount();
        view->setCurrentIndex(
            view->model()->index(rows - (state == u"busy" || state == u"palette" ? 7 : 1), 0));
        clients->selectRow(1);
        window.findChild<QPlainTextEdit *>(u"sendText"_s)
            ->setPlainText(
                u"{\"t\": \"2026-03-01T09:00:00Z\",\n \"headline\": \"Doors open at nine\", \"urgent\": true}"_s);
        if (state == u"busy") {
            window.findChild<QComboBox *>(u"sendTopic"_s)->setEditText(u"/news"_s);
            window.findChild<QAbstractButton *>(u"toTopic"_s)->click();
            window.findChild<QAbstractButton *>(u"send"_s)->click();
        }
        if (state == u"chinese")
            window.findChild<QTabBar *>(u"inspectorTabs"_s)->setCurrentIndex(0);
        if (state == u"lines") {
            for (QAction *action : window.actions()) {
                if (action->shortcut() == QKeySequence(u"Ctrl+Shift+L"_s))
                    action->trigger();
            }
            window.findChild<QTabBar *>(u"inspectorTabs"_s)->setCurrentIndex(5);
        }
        if (state == u"filter") {
            window.findChild<QLineEdit *>(u"trafficFilter"_s)->setText(u"via:ws size>big"_s);
            window.findChild<QPlainTextEdit *>(u"sendText"_s)
                ->setPlainText(u"{\"a\": 1,\n \"b\" 2}"_s);
            QTest::qWait(300);
        }
        if (state == u"close") {
            for (QAction *action : window.actions()) {
                if (action->shortcut() == QKeySequence(u"Ctrl+Shift+X"_s))
                    action->trigger();
            }
        }
    }
    if (state.startsWith(u"saved") || state.startsWith(u"repeat") || state == u"variable")
        composer(window, state);
    if (state.startsWith(u"completion") || state == u"find" || state == u"folded" ||
        state.startsWith(u"changes"))
        inspect(window, scene, state);
    if (state.startsWith(u"deliveries"))
        deliveries(window, scene, state);
    if (state == u"unpinned") {
        window.findChild<QTableView *>(u"trafficView"_s)
            ->verticalScrollBar()
            ->triggerAction(QAbstractSlider::SliderPageStepSub);
        scene.traffic(40);
        window.tick();
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(u"Ctrl+P"_s))
                action->trigger();
        }
        scene.traffic(200);
    }
    if (state == u"flood") {
        scene.traffic(300);
        QTest::qWait(80);
    }
    if (state == u"session") {
        // What the log holds, with a line that is broken, opened again.
        QByteArray text;
        for (const TrafficRow &row : control.log().since(0).events)
            JsonlWriter::appendLine(text, *row);
        QFile file(folder.filePath(u"session.jsonl"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(text + "{\"number\":62,\"time\":\"2026-03-0");
        file.close();
        window.findChild<SessionFiles *>()->open(file.fileName());
        QTest::qWait(300);
        scene.traffic(2);
        window.tick();
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(u"Ctrl+Alt+R"_s))
                action->trigger();
        }
        for (const int row : {5, 7}) {
            view->setCurrentIndex(view->model()->index(row, 0));
            for (QAction *action : window.actions()) {
                if (action->shortcut() == QKeySequence(u"Ctrl+Shift+B"_s))
                    action->trigger();
            }
        }
    }
    if (state == u"exporting") {
        // A still of a moment that passes quickly.
        MessageBar *bar = window.findChild<MessageArea *>()->show(
            u"export"_s, MessageBar::Kind::Info,
            [] { return u"Exporting to traffic-2026-03-01-1204.jsonl"_s; });
        bar->setClosable(false);
        bar->addButton(u"Cancel"_s, [] {});
        bar->setProgress(0.43);
    }
    if (state == u"exported") {
        window.findChild<SessionFiles *>()->exportTo(
            folder.filePath(u"traffic-2026-03-01-1204.har"_s), true);
        QTest::qWait(400);
    }
    if (parser.isSet(u"clients"_s))
        clientList(window, scene, parser.value(u"clients"_s).split(u','));
    if (state.startsWith(u"charts"))
        charts(window, control, state);
    if (parser.isSet(u"charts"_s))
        feedCharts(window, control);
    if (state == u"palette" || state == u"qr") {
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(state == u"qr" ? u"Ctrl+G"_s : u"Ctrl+K"_s))
                action->trigger();
        }
        QTest::qWait(100);
    }
    if (languages.size() > 1) {
        applyLanguage(languageFromName(languages.last()));
        QTest::qWait(1'200);
    }
    QTest::qWait(120);
    QDir().mkpath(parser.value(u"out"_s));
    const QString pictured = parser.isSet(u"clients"_s)
                                 ? state + u'+' + parser.value(u"clients"_s).replace(u',', u'+')
                                 : state;
    const QString name = u"%1/%2-%3-%4%5.png"_s.arg(
        parser.value(u"out"_s), pictured, parser.value(u"theme"_s), parser.value(u"size"_s),
        window.devicePixelRatioF() > 1.01 ? u"@%1"_s.arg(window.devicePixelRatioF()) : QString());
    QWidget *shown = &window;
    if (state.startsWith(u"preferences") || state == u"shortcuts" || state == u"tokenurl" ||
        state == u"firewall") {
        shown = preferences(window, state);
        QTest::qWait(150);
    }
    if (state == u"savedmenu" && QApplication::activePopupWidget())
        shown = QApplication::activePopupWidget();
    if (state == u"qr") {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (top->inherits("QDialog"))
                shown = top;
        }
    }
    QElapsedTimer clock;
    clock.start();
    shown->grab().save(name);
    QTextStream(stdout) << name << '\n';
    return 0;
}
