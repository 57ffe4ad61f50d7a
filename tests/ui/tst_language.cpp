// SPDX-License-Identifier: GPL-3.0-or-later
// The window's languages: what it says in each, and that it changes them while it is open without
// losing anything. That is measured against a window that spoke the other language from the start:
// every text of every widget must be the same.
#include "windowfixture.h"

#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/export/sessionfiles.h"
#include "ui/i18n/language.h"
#include "ui/i18n/serverwords.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/messagebar.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/preferences/preferenceswindow.h"
#include "ui/project/projectkeeper.h"
#include "ui/text/format.h"
#include "ui/tray/broadcastpopup.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QtTest>

#include <algorithm>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

/// As the operator sees it: Qt tells the windows with the next turn of the loop, and no later.
void speak(Language language)
{
    applyLanguage(language);
    QCoreApplication::processEvents();
}

/// What is asked of tr() and known to no translation.
class Unknown final : public QTranslator
{
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        if (QByteArrayView(context).startsWith("pushdeck"))
            asked.insert(QString::fromUtf8(context) + u": "_s + QString::fromUtf8(source));
        return {};
    }
    bool isEmpty() const override { return false; }

    mutable QSet<QString> asked;
};

/// A window in which much is shown: clients in groups with their details, rows of every kind, the
/// preferences, bars that ask.
class Busy : public WindowFixture
{
public:
    Busy()
    {
        window->setFirewallFinder([] { return Firewall{}; });
        ClientInfo &first = control.addClient(Transport::WebSocket, u"/chat"_s);
        first.userAgent = u"curl/7.88.1"_s;
        first.messagesIn = 1;
        first.messagesOut = 5;
        first.name = u"Close"_s; // looks like a word of the window, and is none
        const std::uint64_t chosen = first.id;
        control.addClient(Transport::LongPoll, u"/news"_s).waiting = true;
        ClientInfo &slow = control.addClient(Transport::Sse, {});
        slow.topics.clear();
        slow.slow = true;
        slow.backlogBytes = 1'400'000;
        control.start({{}, 8080});
        event(TrafficKind::Notice, u"Listening on port 8080"_s);
        event(TrafficKind::Disconnected, u"closed by the operator"_s, 1000);
        event(TrafficKind::Refused, u"Pages of this origin are not allowed here."_s, 403);
        event(TrafficKind::Gap, u"missed 5 messages: no longer remembered"_s);
        message("{\"a\":[1,2,3]}");
        message("{\"a\":[1,2,4]}");
        pull();
        window->tick();
        auto *clients = window->findChild<ClientsPanel *>();
        while (clients->model().totalCount() < 3) {
            QTest::qWait(20);
            window->tick();
        }
        clients->setGrouping(ClientGrouping::Transport);
        clients->setDetailsShown(true);
        clients->choose(chosen);
        choose(static_cast<int>(log()->model()->rowCount()) - 1);
        action("Ctrl+,")->trigger();
        window->findChild<PreferencesWindow *>()->showPage(3);
        window->findChild<QLineEdit *>(u"trafficFilter"_s);
        get<QPlainTextEdit>("sendText")->setPlainText(u"{\"draft\": {{seq}}"_s);
        settle();
    }

    void event(TrafficKind kind, const QString &text, int code = 0)
    {
        TrafficEvent event;
        event.kind = kind;
        event.text = text;
        event.code = code;
        event.clientId = kind == TrafficKind::Notice ? 0 : 1;
        event.timeMs = control.snapshot.timeMs += 10;
        control.writableLog().append(event);
    }

    void settle()
    {
        // The window's own second, its 300 ms of checking a text, and what is queued.
        QTest::qWait(1'300);
        window->tick();
        QCoreApplication::processEvents();
    }

    /// Every text of the window and what it opened, with whose it is.
    QStringList texts()
    {
        QStringList lines;
        QObjectList roots;
        for (QWidget *top : QApplication::topLevelWidgets())
            roots << top;
        for (QObject *root : roots) {
            if (root != window.get() && root->parent() == nullptr && !qobject_cast<QMenu *>(root))
                continue;
            if (root->parent())
                continue;
            for (QObject *object : QObjectList{root} + root->findChildren<QObject *>())
                describe(*object, lines);
        }
        return lines;
    }

private:
    static void add(QStringList &lines, const QObject &object, const QString &what,
                    const QString &text)
    {
        // Spans, rates and the clock's times move on between two windows.
        static const QRegularExpression moving(
            u"(—|[0-9]+([.:,][0-9]+)*)( (B|KB|MB|ms|µs)(?![A-Za-z]))?"_s);
        if (!text.isEmpty())
            lines << u"%1 %2 %3: %4"_s.arg(QString::fromLatin1(object.metaObject()->className()),
                                           object.objectName(), what,
                                           QString(text).replace(moving, u"#"_s));
    }
    static void describe(QObject &object, QStringList &lines)
    {
        // Qt makes them with a tab bar, hidden, and never says them again.
        if (object.objectName().startsWith(u"Scroll"))
            return;
        const QMetaObject *meta = object.metaObject();
        for (int i = 0; i < meta->propertyCount(); ++i) {
            const QMetaProperty property = meta->property(i);
            if (property.metaType().id() == QMetaType::QString &&
                property.name() != QByteArrayView("styleSheet"))
                add(lines, object, QString::fromLatin1(property.name()),
                    property.read(&object).toString());
        }
        if (const auto *tabs = qobject_cast<QTabBar *>(&object)) {
            for (int i = 0; i < tabs->count(); ++i)
                add(lines, object, u"tab"_s, tabs->tabText(i) + tabs->tabToolTip(i));
        }
        if (const auto *box = qobject_cast<QComboBox *>(&object)) {
            for (int i = 0; i < box->count(); ++i)
                add(lines, object, u"entry"_s, box->itemText(i));
        }
        const auto *view = qobject_cast<QAbstractItemView *>(&object);
        if (!view || !view->model() || qobject_cast<const QHeaderView *>(view))
            return;
        const QAbstractItemModel &model = *view->model();
        for (int column = 0; column < model.columnCount(); ++column) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)}) {
                add(lines, object, u"header"_s,
                    model.headerData(column, Qt::Horizontal, role).toString());
                for (int row = 0; row < model.rowCount(); ++row)
                    add(lines, object, u"cell"_s, model.index(row, column).data(role).toString());
            }
        }
    }
};

/// A window that has something to say in every place where words stay: bars with names and numbers
/// in them, and what became of the last message.
class Telling final : public WindowFixture
{
public:
    Telling()
    {
        window->setFirewallFinder([] { return Firewall::Ufw; });
        control.start({{}, 8080});
        control.snapshot.historyProblem =
            u"The history file cannot be written (database or disk is full). From now on what is "
            "remembered ends with this run."_s;
        publish();
        constexpr std::int64_t kLongAfter = 60'000;
        window->watchLan(control.snapshot.startedAtMs + kLongAfter);
        auto *keeper = window->findChild<PreferencesKeeper *>();
        Preferences preferences = keeper->preferences();
        preferences.server.limits.bodyBytes /= 2;
        keeper->apply(preferences);
        window->findChild<ProjectKeeper *>()->open(write(u"half.pushdeck.json"_s, "{\"pushdeck\""));
        window->findChild<InspectorPanel *>()->problemFound(
            [] { return InspectorPanel::tr("%1 could not be written: %2").arg(u"x"_s, u"y"_s); });
        window->findChild<SessionFiles *>()->open(write(u"half.jsonl"_s, "{}\nnonsense\n"));
        control.busyPort = 9000;
        control.start({{}, 9000});
        publish();
        get<QPlainTextEdit>("sendText")->setPlainText(u"hello"_s);
        action("Ctrl+Return")->trigger();
        // The file is read on another thread.
        isComplete = QTest::qWaitFor(
            [this] { return action("Ctrl+Alt+O")->isEnabled() && bars().size() == kBars; });
    }

    static constexpr qsizetype kBars = 7;
    bool isComplete = false; ///< all that is to be told is there

    QList<MessageBar *> bars()
    {
        QList<MessageBar *> shown = window->findChildren<MessageBar *>();
        shown.removeIf([](const MessageBar *bar) { return bar->isHidden(); });
        std::sort(shown.begin(), shown.end(), [](const MessageBar *a, const MessageBar *b) {
            return a->property("topic").toString() < b->property("topic").toString();
        });
        return shown;
    }
    /// What they say and are called, their buttons, and the result.
    QStringList told()
    {
        QStringList lines = {get<QLabel>("sendResult")->text()};
        for (MessageBar *bar : bars()) {
            lines << bar->text() << bar->accessibleName();
            for (const QPushButton *button : bar->findChildren<QPushButton *>())
                lines << button->text();
        }
        return lines.replaceInStrings(folder.path(), u"…"_s);
    }

private:
    void publish()
    {
        control.publish();
        QTest::qWait(250);
        window->tick();
    }
    QString write(const QString &name, const QByteArray &content)
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test cannot write");
        return file.fileName();
    }
};

QStringList without(const QStringList &lines, const QStringList &others)
{
    QStringList left = lines;
    for (const QString &line : others)
        left.removeOne(line);
    return left;
}

} // namespace

class tst_Language final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyLanguage(Language::English); }
    void pluralForms_data();
    void pluralForms();
    void chineseFromTheStart();
    void changedWhileOpen_data();
    void changedWhileOpen();
    void whatWasToldIsToldAnew_data() { changedWhileOpen_data(); }
    void whatWasToldIsToldAnew();
    void problemsOfAText();
    void looksAlike();
    void nothingIsLost();
    void theOperatorChoosesIt();
    void wordsOfTheServer_data();
    void wordsOfTheServer();
    void wordsOfOthersStay_data();
    void wordsOfOthersStay();
    void everyWordIsFound();
};

void tst_Language::pluralForms_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    QTest::newRow("0") << quint64(0) << u"0 clients"_s << u"0 个客户端"_s;
    QTest::newRow("1") << quint64(1) << u"1 client"_s << u"1 个客户端"_s;
    QTest::newRow("2") << quint64(2) << u"2 clients"_s << u"2 个客户端"_s;
    QTest::newRow("many") << quint64(1'204) << u"1,204 clients"_s << u"1,204 个客户端"_s;
    // More than tr() can count.
    QTest::newRow("2^32 + 1") << quint64(4'294'967'297) << u"4,294,967,297 clients"_s
                              << u"4,294,967,297 个客户端"_s;
}

void tst_Language::pluralForms()
{
    QFETCH(quint64, count);
    const QLocale before;
    QLocale::setDefault(QLocale(u"en_US"_s));
    QTEST(formatClients(count), "english");
    applyLanguage(Language::Chinese);
    QTEST(formatClients(count), "chinese");
    QLocale::setDefault(before);
}

void tst_Language::chineseFromTheStart()
{
    applyLanguage(Language::Chinese);
    Busy busy;
    QCOMPARE(busy.action("F5")->text(), u"停止服务器"_s);
    QCOMPARE(busy.get<QLabel>("statusState")->text(), u"运行中，端口 8080"_s);
    QCOMPARE(busy.get<QLabel>("statusClients")->text(), u"3 个客户端"_s);
    QCOMPARE(busy.get<QAbstractButton>("send")->text(), u"发送给 3 个客户端"_s);
    QCOMPARE(busy.get<QTabBar>("inspectorTabs")->tabText(0), u"格式化"_s);
    QCOMPARE(busy.log()->model()->headerData(TrafficModel::TopicColumn, Qt::Horizontal).toString(),
             u"主题"_s);
    const auto content = [&busy](int row) {
        return busy.log()->model()->index(row, TrafficModel::ContentColumn).data().toString();
    };
    QCOMPARE(content(0), u"正在监听端口 8080"_s);
    QCOMPARE(content(1), u"1000 · 由操作员关闭"_s);
    QCOMPARE(content(3), u"错过了 5 条消息：已不再记忆"_s);
    // Keys stay keys.
    QVERIFY(busy.action("F5")->toolTip().endsWith(u"(F5)"));
}

void tst_Language::changedWhileOpen_data()
{
    QTest::addColumn<Language>("first");
    QTest::addColumn<Language>("second");
    QTest::newRow("to Chinese") << Language::English << Language::Chinese;
    QTest::newRow("to English") << Language::Chinese << Language::English;
}

void tst_Language::changedWhileOpen()
{
    QFETCH(Language, first);
    QFETCH(Language, second);
    QStringList changed, back, fresh, original;
    {
        applyLanguage(first);
        Busy busy;
        original = busy.texts();
        applyLanguage(second);
        busy.settle();
        changed = busy.texts();
        applyLanguage(first);
        busy.settle();
        back = busy.texts();
    }
    {
        applyLanguage(second);
        Busy busy;
        fresh = busy.texts();
    }
    QVERIFY(fresh.size() > 1'000);
    QVERIFY(without(fresh, original).size() > 500);
    for (const QString &line : without(changed, fresh))
        qWarning().noquote() << "changed" << line;
    for (const QString &line : without(fresh, changed))
        qWarning().noquote() << "fresh  " << line;
    QCOMPARE(without(changed, fresh), QStringList());
    QCOMPARE(without(fresh, changed), QStringList());
    QCOMPARE(without(back, original), QStringList());
}

// At once: nobody waits for a bar.
void tst_Language::whatWasToldIsToldAnew()
{
    QFETCH(Language, first);
    QFETCH(Language, second);
    QStringList before, changed, back, fresh;
    {
        applyLanguage(first);
        Telling window;
        QVERIFY(window.isComplete);
        QCOMPARE(window.bars().size(), Telling::kBars);
        before = window.told();
        speak(second);
        changed = window.told();
        speak(first);
        back = window.told();
    }
    {
        applyLanguage(second);
        Telling window;
        QVERIFY(window.isComplete);
        fresh = window.told();
    }
    QCOMPARE(changed, fresh);
    QCOMPARE(back, before);
    for (qsizetype i = 0; i < before.size(); ++i)
        QVERIFY2(before[i] != changed[i], qPrintable(before[i]));
}

void tst_Language::problemsOfAText()
{
    WindowFixture fixture;
    fixture.control.start({{}, 8080});
    fixture.control.publish();
    QTest::qWait(250);
    fixture.window->tick();
    auto *result = fixture.get<QLabel>("sendResult");
    fixture.get<QPlainTextEdit>("sendText")->setPlainText(u"a\n{{nwo}}"_s);
    fixture.action("Ctrl+Return")->trigger();
    QCOMPARE(result->text(), u"✕ Not sent: line 2, column 1: there is no “nwo”"_s);
    // The text is changed meanwhile: what was said of it stays true.
    fixture.get<QPlainTextEdit>("sendText")->setPlainText(u"fine"_s);
    speak(Language::Chinese);
    QVERIFY2(result->text().contains(u"第 2 行") && result->text().contains(u"“nwo”") &&
                 !result->text().contains(u"Not sent"),
             qPrintable(result->text()));
    speak(Language::English);
    QCOMPARE(result->text(), u"✕ Not sent: line 2, column 1: there is no “nwo”"_s);
}

// What the operator or a client wrote is no word of the window, whatever it is.
void tst_Language::looksAlike()
{
    Busy busy;
    auto *reason = busy.get<QLineEdit>("closeReason");
    reason->setText(u"Close"_s);
    busy.get<QPlainTextEdit>("sendText")->setPlainText(u"Stopped"_s);
    applyLanguage(Language::Chinese);
    busy.settle();
    QCOMPARE(reason->text(), u"Close"_s);
    QCOMPARE(busy.get<QPlainTextEdit>("sendText")->toPlainText(), u"Stopped"_s);
    auto &model = busy.window->findChild<ClientsPanel *>()->model();
    QCOMPARE(model.find(1)->label, u"Close"_s);
}

void tst_Language::nothingIsLost()
{
    Busy busy;
    busy.action("Ctrl+Shift+B")->trigger(); // a bookmark on the chosen row
    const int row = busy.log()->currentIndex().row();
    QVERIFY(busy.model().isMarked(row));
    auto &panel = *busy.panel();
    panel.setFollowing(false);
    panel.setPaused(true);
    auto *keeper = busy.window->findChild<ProjectKeeper *>();
    Project project = keeper->project();
    SavedMessage saved;
    saved.name = u"greet"_s;
    saved.key = 1;
    project.messages.push_back(saved);
    keeper->change(project);
    // A repeated message goes on.
    busy.get<QPlainTextEdit>("sendText")->setPlainText(u"tick"_s);
    busy.action("Ctrl+R")->trigger();
    busy.get<QAbstractButton>("repeatStart")->click();
    busy.get<QPlainTextEdit>("sendText")->setPlainText(u"a draft"_s);
    const auto chosen = busy.window->findChild<ClientsPanel *>()->selectedIds();
    QVERIFY(!chosen.empty());
    const auto sent = busy.control.sends.size();
    const int stops = busy.control.stops;

    applyLanguage(Language::Chinese);
    busy.settle();

    QCOMPARE(busy.log()->currentIndex().row(), row);
    QVERIFY(busy.model().isMarked(row));
    QVERIFY(!panel.isFollowing());
    QVERIFY(panel.isPaused());
    QCOMPARE(keeper->project(), project);
    QVERIFY(keeper->isDirty());
    QVERIFY(busy.window->isWindowModified());
    QCOMPARE(busy.get<QPlainTextEdit>("sendText")->toPlainText(), u"a draft"_s);
    QCOMPARE(busy.window->findChild<ClientsPanel *>()->selectedIds(), chosen);
    QCOMPARE(busy.control.stops, stops);
    QTRY_VERIFY(busy.control.sends.size() > sent + 1);
    QCOMPARE(busy.control.sends.back().data, QByteArray("tick"));
    QCOMPARE(busy.get<QAbstractButton>("repeat")->text(), u"停止"_s);
    QCOMPARE(busy.action("F1")->text(), u"发送“greet”"_s);
    busy.action("Ctrl+R")->trigger();
}

void tst_Language::theOperatorChoosesIt()
{
    WindowFixture fixture;
    fixture.action("Ctrl+,")->trigger();
    auto *preferences = fixture.window->findChild<PreferencesWindow *>();
    QVERIFY(preferences);
    auto *box = [preferences] {
        for (QComboBox *candidate : preferences->findChildren<QComboBox *>()) {
            if (candidate->findText(u"简体中文"_s) >= 0)
                return candidate;
        }
        return static_cast<QComboBox *>(nullptr);
    }();
    QVERIFY(box);
    box->setCurrentIndex(box->findText(u"简体中文"_s));
    auto *apply = preferences->findChild<QAbstractButton *>(u"preferencesApply"_s);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE(apply->text(), u"应用"_s);
    QVERIFY(preferences->isVisible());
    QCOMPARE(preferences->windowTitle(), u"首选项"_s);
    QCOMPARE(preferences->findChild<QListWidget *>()->item(0)->text(), u"常规"_s);
    QCOMPARE(fixture.settings.value(u"window/language"_s).toString(), u"zh_CN"_s);
    // English is named in itself.
    QVERIFY(box->findText(u"English"_s) >= 0);
    box->setCurrentIndex(box->findText(u"English"_s));
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE(apply->text(), u"Apply"_s);
}

void tst_Language::wordsOfTheServer_data()
{
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    QTest::newRow("whole") << u"closed by the operator"_s << u"由操作员关闭"_s;
    QTest::newRow("a number") << u"Listening on port 8080"_s << u"正在监听端口 8080"_s;
    QTest::newRow("two") << u"A topic is at most 256 bytes long; this one has 300."_s
                         << u"主题最长 256 个字节；此主题有 300 个。"_s;
    QTest::newRow("one in another")
        << u"missed 1 message: the server was restarted"_s << u"错过了 1 条消息：服务器已重启"_s;
    QTest::newRow("an address") << u"Another program is using port 8080 of 10.0.0.1."_s
                                << u"另一个程序正在使用端口 8080（10.0.0.1）。"_s;
    QTest::newRow("before a client's words")
        << u"reconnect 3 after 4.1 s, over SSE instead of WebSocket · curl/8.1"_s
        << u"第 3 次重连，间隔 4.1 秒，改用 SSE，原为 WebSocket · curl/8.1"_s;
    QTest::newRow("a place in what is filled in")
        << u"“%2” is not an IP address."_s << u"“%2”不是 IP 地址。"_s;
}

void tst_Language::wordsOfTheServer()
{
    QFETCH(QString, english);
    QCOMPARE(serverWords(english), english);
    applyLanguage(Language::Chinese);
    QTEST(serverWords(english), "chinese");
}

void tst_Language::wordsOfOthersStay_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("agent") << u"Mozilla/5.0 (X11; Linux x86_64) · something"_s;
    QTest::newRow("reason") << u"bye: see you"_s;
    QTest::newRow("messages") << u"too many messages, said the cat"_s;
    QTest::newRow("Chinese") << u"再见"_s;
    QTest::newRow("NUL") << u"Stopped\0x"_s;
    QTest::newRow("half a pair") << QString(QChar(0xD800)) + u"Stopped"_s;
    QTest::newRow("long") << QString(100'000, u'x');
    QTest::newRow("empty") << QString();
}

void tst_Language::wordsOfOthersStay()
{
    QFETCH(QString, text);
    applyLanguage(Language::Chinese);
    QCOMPARE(serverWords(text), text);
}

// A tr() whose context lupdate takes for another one stays English in silence. None of those that
// a busy window asks for does.
void tst_Language::everyWordIsFound()
{
    Unknown unknown;
    applyLanguage(Language::Chinese);
    // The last one installed is asked first, and says the source itself where it knows nothing.
    QTranslator chinese;
    QVERIFY(chinese.load(u"pushdeck_zh_CN"_s, u":/i18n"_s));
    QCoreApplication::installTranslator(&unknown);
    QCoreApplication::installTranslator(&chinese);
    {
        Busy busy;
        for (int page = 0; page < 5; ++page)
            busy.window->findChild<PreferencesWindow *>()->showPage(page);
        busy.action("Ctrl+K")->trigger();
        QCoreApplication::processEvents();
    }
    QCoreApplication::removeTranslator(&chinese);
    QCoreApplication::removeTranslator(&unknown);
    QSet<QString> missed = unknown.asked;
    missed.removeIf([](const QString &name) { return name.startsWith(u"pushdeck/server"); });
    QVERIFY2(missed.isEmpty(), qPrintable(QStringList(missed.begin(), missed.end()).join(u'\n')));
}

QTEST_MAIN(tst_Language)
#include "tst_language.moc"
