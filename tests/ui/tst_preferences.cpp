// SPDX-License-Identifier: GPL-3.0-or-later
// The preferences as the operator uses them, and what the window makes of them.
#include "fakeservercontrol.h"

#include "ui/address/snippets.h"
#include "ui/address/tokenchoice.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/preferences/addressfield.h"
#include "ui/preferences/preferencespage.h"
#include "ui/preferences/preferenceswindow.h"
#include "ui/preferences/tokenfield.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_Preferences : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void opensByKeyAndMenu();
    void everyPreferenceHasAField();
    void everyFieldIsReachable();
    void aPortOutOfRangeIsToldAtTheField();
    void aForeignAddressIsToldAtTheField();
    void aMissingFolderIsToldAtTheField();
    void numbersAreToldTheirBounds();
    void listMarksThePageWithAProblem();
    void revertBringsBackWhatHolds();
    void whatWasEnteredStaysWhenClosed();
    void themeHoldsAtOnce();
    void themeSwitchedElsewhereIsFollowed();
    void tokenHoldsAtOnce();
    void tokensAreGeneratedShownAndMasked();
    void tokensAreCopiedAndRemoved();
    void originsAndRelayHoldAtOnce();
    void logBoundsHoldAtOnce();
    void portAsksForARestart();
    void restartKeepsAPortChosenOtherwise();
    void stoppedItNeedsNoRestart();
    void stoppedByHandItTakesThemToo();
    void commandLineFieldsAreFixed();
    void numbersAreStoredAsTheyRead();
    void outlivesTheWindow();
    void enterApplies();
    void unwritableSettingsAreTold();
    void tokenGoesIntoWhatIsHandedOut();
    void tokenChoiceIsHiddenWithoutTokens();
    void tokenChoiceByKey();
    void eachIsHandedItsOwnToken_data();
    void eachIsHandedItsOwnToken();
    void snippetsQuoteTokens();

private:
    void open();
    template <typename T>
    T *get(const QString &name)
    {
        T *widget = m_window->findChild<T *>(name);
        if (!widget)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    QLineEdit *field(const QString &key) { return get<QLineEdit>(key); }
    void enter(const QString &key, const QString &text)
    {
        field(key)->selectAll();
        if (text.isEmpty())
            QTest::keyClick(field(key), Qt::Key_Delete);
        QTest::keyClicks(field(key), text);
    }
    QString below(const QString &key) { return get<QLabel>(key + u".below"_s)->text(); }
    TokenField *token(const char16_t *key) { return get<TokenField>(keyOf(key)); }
    QLineEdit *edit(TokenField *of) { return of->findChild<QLineEdit *>(u"token"_s); }
    void press(TokenField *of, const QString &button)
    {
        QTest::mouseClick(of->findChild<QAbstractButton *>(button), Qt::LeftButton);
    }
    QPushButton *applyButton() { return get<QPushButton>(u"preferencesApply"_s); }
    void apply() { QTest::mouseClick(applyButton(), Qt::LeftButton); }
    void page(int number) { get<QListWidget>(u"preferencesPages"_s)->setCurrentRow(number); }
    PreferencesWindow *dialog() { return m_window->findChild<PreferencesWindow *>(); }
    MessageBar *bar(const QString &topic)
    {
        return m_window->findChild<MessageArea *>()->find(topic);
    }
    const ServerSettings &configured() { return m_control->configured.back(); }
    void start();
    QAction *action(const QString &keys);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

Machine laptop()
{
    return {{{u"192.168.1.14"_s, u"wlan0"_s, false}, {u"127.0.0.1"_s, u"lo"_s, true}}};
}

} // namespace

void tst_Preferences::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->setLaunched({}, {}, &laptop);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_Preferences::cleanup()
{
    m_window.reset();
    m_control.reset();
}

QAction *tst_Preferences::action(const QString &keys)
{
    for (QAction *candidate : m_window->actions()) {
        if (candidate->shortcut() == QKeySequence(keys))
            return candidate;
    }
    qFatal("no action with %s", qPrintable(keys));
}

void tst_Preferences::open()
{
    action(u"Ctrl+,"_s)->trigger();
    QVERIFY(dialog() && dialog()->isVisible());
}

void tst_Preferences::start()
{
    QTest::mouseClick(get<QPushButton>(u"startStop"_s), Qt::LeftButton);
    QTRY_COMPARE(get<QLabel>(u"stateWords"_s)->text(), u"Running"_s);
}

void tst_Preferences::opensByKeyAndMenu()
{
    auto *editor = get<QPlainTextEdit>(u"sendText"_s);
    m_window->activateWindow();
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(dialog() && dialog()->isVisible());
    QVERIFY(!dialog()->isModal());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QVERIFY(!dialog()->isVisible());
    bool inMenu = false;
    for (const QMenu *menu : m_window->findChildren<QMenu *>())
        inMenu = inMenu || menu->actions().contains(action(u"Ctrl+,"_s));
    QVERIFY(inMenu);
}

void tst_Preferences::everyPreferenceHasAField()
{
    open();
    QSet<QString> shown;
    for (const FieldRow *row : dialog()->findChildren<FieldRow *>()) {
        QVERIFY2(!shown.contains(row->key()), qPrintable(row->key()));
        shown << row->key();
        QVERIFY2(findPreference(row->key()), qPrintable(row->key()));
    }
    for (const PreferenceField &each : preferenceFields())
        QVERIFY2(shown.contains(each.key), qPrintable(each.key));
}

void tst_Preferences::everyFieldIsReachable()
{
    open();
    auto *pages = get<QListWidget>(u"preferencesPages"_s);
    QTRY_VERIFY(pages->hasFocus());
    for (int i = 0; i < pages->count(); ++i) {
        page(i);
        for (const FieldRow *row : dialog()->findChildren<FieldRow *>()) {
            if (!row->isVisible())
                continue;
            QWidget *editor =
                row->editor()->focusProxy() ? row->editor()->focusProxy() : row->editor();
            QVERIFY2(editor->focusPolicy() & Qt::TabFocus, qPrintable(row->key()));
            QVERIFY2(!editor->accessibleName().isEmpty(), qPrintable(row->key()));
        }
        // Nothing is cut at the side.
        for (const QScrollArea *area : dialog()->findChildren<QScrollArea *>()) {
            if (area->isVisible())
                QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(),
                         qPrintable(area->widget()->objectName()));
        }
    }
}

void tst_Preferences::aPortOutOfRangeIsToldAtTheField()
{
    open();
    page(1);
    QVERIFY(!applyButton()->isEnabled());
    enter(u"server/port"_s, u"70000"_s);
    QVERIFY(below(u"server/port"_s).contains(u"65535"));
    QVERIFY(!applyButton()->isEnabled());
    enter(u"server/port"_s, u"9000"_s);
    QVERIFY(!below(u"server/port"_s).contains(u"65535"));
    QVERIFY(applyButton()->isEnabled());
    enter(u"server/port"_s, u"-1"_s);
    QVERIFY(!applyButton()->isEnabled());
    enter(u"server/port"_s, u"8080"_s); // as it was: nothing to apply
    QVERIFY(!applyButton()->isEnabled());
}

void tst_Preferences::aForeignAddressIsToldAtTheField()
{
    open();
    page(1);
    auto *address = get<AddressField>(u"server/address"_s);
    QCOMPARE(address->count(), 3); // every, this machine, wlan0
    address->lineEdit()->selectAll();
    QTest::keyClicks(address->lineEdit(), u"10.1.2.3"_s);
    QVERIFY(below(u"server/address"_s).contains(u"10.1.2.3"));
    QVERIFY(!applyButton()->isEnabled());
    address->setCurrentIndex(2);
    QCOMPARE(address->address(), u"192.168.1.14"_s);
    QVERIFY(applyButton()->isEnabled());
    apply();
    QCOMPARE(m_window->listenRequest().address, u"192.168.1.14"_s);
}

void tst_Preferences::aMissingFolderIsToldAtTheField()
{
    open();
    page(1);
    auto *path = get<QWidget>(u"server/www"_s)->findChild<QLineEdit *>(u"path"_s);
    QTest::keyClicks(path, m_folder->path() + u"/missing"_s);
    QVERIFY(below(u"server/www"_s).startsWith(u"⚠"));
    QVERIFY(!applyButton()->isEnabled());
    path->clear();
    QTest::keyClicks(path, m_folder->path());
    QVERIFY(applyButton()->isEnabled());
    apply();
    QCOMPARE(configured().wwwFolder, m_folder->path());
}

void tst_Preferences::numbersAreToldTheirBounds()
{
    open();
    page(5);
    enter(u"limits/connections"_s, u"0"_s);
    QVERIFY2(below(u"limits/connections"_s).contains(u"1,000,000") ||
                 below(u"limits/connections"_s).contains(u"1000000"),
             qPrintable(below(u"limits/connections"_s)));
    enter(u"limits/connections"_s, u"12"_s);
    enter(u"limits/message"_s, u"12"_s);
    QVERIFY(below(u"limits/message"_s).contains(u"KB"));
    enter(u"limits/message"_s, u"64 MB"_s);
    // Two that do not go together are told at the one to raise.
    QVERIFY(below(u"limits/backlog"_s).contains(u"64 MB"));
    QVERIFY(!applyButton()->isEnabled());
    enter(u"limits/backlog"_s, u"128mb"_s);
    QVERIFY(applyButton()->isEnabled());
    apply();
    QCOMPARE(configured().limits.frameBytes, 64ll << 20);
    QCOMPARE(configured().limits.backlogBytes, 128ll << 20);
    QCOMPARE(field(u"limits/backlog"_s)->text(), u"128 MB"_s);
}

void tst_Preferences::listMarksThePageWithAProblem()
{
    open();
    auto *pages = get<QListWidget>(u"preferencesPages"_s);
    enter(u"server/port"_s, u"x"_s);
    QVERIFY(pages->item(1)->data(Qt::UserRole).toBool());
    QVERIFY(!pages->item(0)->data(Qt::UserRole).toBool());
    QVERIFY(get<QLabel>(u"preferencesSummary"_s)->text().endsWith(u": 1"));
    enter(u"server/port"_s, u"8080"_s);
    QVERIFY(!pages->item(1)->data(Qt::UserRole).toBool());
}

void tst_Preferences::revertBringsBackWhatHolds()
{
    open();
    enter(u"server/port"_s, u"x"_s);
    enter(u"limits/connections"_s, u"5"_s);
    QTest::mouseClick(get<QPushButton>(u"preferencesRevert"_s), Qt::LeftButton);
    QCOMPARE(field(u"server/port"_s)->text(), u"8080"_s);
    QCOMPARE(field(u"limits/connections"_s)->text(), u"20000"_s);
    QVERIFY(!get<QPushButton>(u"preferencesRevert"_s)->isEnabled());
    QVERIFY(!below(u"server/port"_s).startsWith(u"⚠"));
}

void tst_Preferences::whatWasEnteredStaysWhenClosed()
{
    open();
    enter(u"server/port"_s, u"9000"_s);
    dialog()->close();
    open();
    QCOMPARE(field(u"server/port"_s)->text(), u"9000"_s);
    QVERIFY(applyButton()->isEnabled());
    QCOMPARE(m_window->listenRequest().port, std::uint16_t(8080));
}

void tst_Preferences::themeHoldsAtOnce()
{
    open();
    auto *theme = get<QComboBox>(u"window/theme"_s);
    theme->setCurrentIndex(theme->findData(u"dark"_s));
    apply();
    QVERIFY(isDark(QApplication::palette()));
    theme->setCurrentIndex(theme->findData(u"light"_s));
    apply();
    QVERIFY(!isDark(QApplication::palette()));
    QVERIFY(m_control->configured.empty()); // no affair of the server
}

void tst_Preferences::themeSwitchedElsewhereIsFollowed()
{
    open();
    enter(u"server/port"_s, u"9000"_s);
    const QString before = get<QComboBox>(u"window/theme"_s)->currentData().toString();
    action(u"Ctrl+T"_s)->trigger();
    QVERIFY(get<QComboBox>(u"window/theme"_s)->currentData().toString() != before);
    QCOMPARE(field(u"server/port"_s)->text(), u"9000"_s); // what is being entered stays
}

void tst_Preferences::tokenHoldsAtOnce()
{
    start();
    open();
    page(2);
    QTest::keyClicks(edit(token(keys::kPublishToken)), u"s3cret"_s);
    apply();
    QCOMPARE(configured().access.publishToken, "s3cret");
    QVERIFY(!bar(u"restart"_s));
    QTest::keyClicks(edit(token(keys::kPublishToken)), u" "_s);
    QVERIFY(applyButton()->isEnabled() == false);
}

void tst_Preferences::tokensAreGeneratedShownAndMasked()
{
    open();
    page(2);
    TokenField *subscribe = token(keys::kSubscribeToken);
    press(subscribe, u"generate"_s);
    QCOMPARE(subscribe->token().size(), 32);
    QCOMPARE(edit(subscribe)->echoMode(), QLineEdit::Normal);
    apply();
    QCOMPARE(edit(subscribe)->echoMode(), QLineEdit::Password);
    press(subscribe, u"reveal"_s);
    QCOMPARE(edit(subscribe)->echoMode(), QLineEdit::Normal);
    dialog()->close();
    QCOMPARE(edit(subscribe)->echoMode(), QLineEdit::Password);
    QCOMPARE(configured().access.subscribeToken, subscribe->token().toUtf8());
}

void tst_Preferences::tokensAreCopiedAndRemoved()
{
    open();
    page(2);
    TokenField *operate = token(keys::kOperatorToken);
    QVERIFY(!operate->findChild<QToolButton *>(u"copy"_s)->isEnabled());
    press(operate, u"generate"_s);
    press(operate, u"copy"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), operate->token());
    apply();
    QVERIFY(!configured().access.operatorToken.isEmpty());
    press(operate, u"remove"_s);
    apply();
    QVERIFY(configured().access.operatorToken.isEmpty());
    QVERIFY(!m_settings->contains(u"access/operator-token"_s));
}

void tst_Preferences::originsAndRelayHoldAtOnce()
{
    start();
    open();
    page(2);
    auto *origins = get<QPlainTextEdit>(u"access/origins"_s);
    QTest::keyClicks(origins, u"https://example.org/path"_s);
    QVERIFY(below(u"access/origins"_s).contains(u"example.org/path"));
    origins->setPlainText(u"https://Example.org/\nhttp://localhost:3000"_s);
    QTest::mouseClick(get<QCheckBox>(u"access/relay"_s), Qt::LeftButton, {}, QPoint(8, 14));
    apply();
    QCOMPARE(configured().access.origins,
             (QByteArrayList{"https://example.org", "http://localhost:3000"}));
    QVERIFY(!configured().access.relay);
    QVERIFY(!bar(u"restart"_s));
}

void tst_Preferences::logBoundsHoldAtOnce()
{
    open();
    page(4);
    enter(u"log/rows"_s, u"500"_s);
    enter(u"log/bytes"_s, u"2 MB"_s);
    apply();
    QCOMPARE(m_control->log().limits().events, std::size_t(500));
    QCOMPARE(m_control->log().limits().bytes, std::size_t(2 << 20));
}

void tst_Preferences::portAsksForARestart()
{
    start();
    open();
    page(1);
    enter(u"server/port"_s, u"9000"_s);
    QVERIFY(!get<QLabel>(u"preferencesSummary"_s)->text().isEmpty());
    apply();
    QVERIFY(bar(u"restart"_s));
    QCOMPARE(m_control->starts.size(), std::size_t(1));
    auto *restart = bar(u"restart"_s)->findChild<QPushButton *>();
    QCOMPARE(restart->text(), u"Restart"_s);
    QTest::mouseClick(restart, Qt::LeftButton);
    QTRY_COMPARE(m_control->starts.size(), std::size_t(2));
    QCOMPARE(m_control->stops, 1);
    QCOMPARE(m_control->starts.back().port, std::uint16_t(9000));
    QTRY_COMPARE(get<QLabel>(u"stateWords"_s)->text(), u"Running"_s);
    QVERIFY(!bar(u"restart"_s));
    // Back again: the question goes when nothing is left to ask for.
    enter(u"server/port"_s, u"9001"_s);
    apply();
    QVERIFY(bar(u"restart"_s));
    enter(u"server/port"_s, u"9000"_s);
    apply();
    QVERIFY(!bar(u"restart"_s));
}

void tst_Preferences::restartKeepsAPortChosenOtherwise()
{
    m_control->busyPort = 8080;
    QTest::mouseClick(get<QPushButton>(u"startStop"_s), Qt::LeftButton);
    QTRY_VERIFY(bar(u"start"_s));
    QTest::mouseClick(bar(u"start"_s)->findChild<QPushButton *>(), Qt::LeftButton); // Use 8081
    QTRY_COMPARE(get<QLabel>(u"stateWords"_s)->text(), u"Running"_s);
    open();
    page(5);
    enter(u"limits/connections"_s, u"50"_s);
    apply();
    QTest::mouseClick(bar(u"restart"_s)->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE(m_control->starts.back().port, std::uint16_t(8081));
}

void tst_Preferences::stoppedItNeedsNoRestart()
{
    open();
    page(1);
    enter(u"server/port"_s, u"9000"_s);
    apply();
    QVERIFY(!bar(u"restart"_s));
    QCOMPARE(m_window->listenRequest().port, std::uint16_t(9000));
}

void tst_Preferences::stoppedByHandItTakesThemToo()
{
    start();
    open();
    enter(u"server/port"_s, u"9000"_s);
    apply();
    QTest::mouseClick(get<QPushButton>(u"startStop"_s), Qt::LeftButton);
    QTRY_COMPARE(get<QLabel>(u"stateWords"_s)->text(), u"Stopped"_s);
    QVERIFY(!bar(u"restart"_s));
    start();
    QCOMPARE(m_control->starts.back().port, std::uint16_t(9000));
}

void tst_Preferences::commandLineFieldsAreFixed()
{
    Preferences launched;
    launched.listen.port = 7777;
    m_window->setLaunched(launched, {keyOf(keys::kPort)}, &laptop);
    open();
    page(1);
    QCOMPARE(field(u"server/port"_s)->text(), u"7777"_s);
    QVERIFY(!field(u"server/port"_s)->isEnabled());
    QVERIFY(below(u"server/port"_s).contains(u"command line"));
    QVERIFY(get<QWidget>(u"server/www"_s)->isEnabled());
}

void tst_Preferences::numbersAreStoredAsTheyRead()
{
    open();
    enter(u"limits/head"_s, u"32 kb"_s);
    enter(u"limits/idle"_s, u"2 min"_s);
    apply();
    QCOMPARE(m_settings->value(u"limits/head"_s).toString(), u"32 KB"_s);
    QCOMPARE(m_settings->value(u"limits/idle"_s).toString(), u"2 min"_s);
    QCOMPARE(configured().limits.keepAliveIdle, std::chrono::milliseconds(120'000));
}

void tst_Preferences::outlivesTheWindow()
{
    open();
    enter(u"limits/connections"_s, u"123"_s);
    get<QComboBox>(u"window/language"_s)->setCurrentIndex(2);
    apply();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    open();
    QCOMPARE(field(u"limits/connections"_s)->text(), u"123"_s);
    QCOMPARE(get<QComboBox>(u"window/language"_s)->currentText(), u"简体中文"_s);
}

void tst_Preferences::enterApplies()
{
    open();
    page(1);
    enter(u"server/port"_s, u"9000"_s);
    QTest::keyClick(field(u"server/port"_s), Qt::Key_Return);
    QCOMPARE(m_window->listenRequest().port, std::uint16_t(9000));
    QVERIFY(dialog()->isVisible());
}

void tst_Preferences::unwritableSettingsAreTold()
{
    QTemporaryDir folder;
    QSettings nowhere(folder.filePath(u"gone/s.ini"_s), QSettings::IniFormat);
    QFile blocker(folder.filePath(u"gone"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly)); // a file where its folder should be
    m_window = std::make_unique<MainWindow>(*m_control, nowhere);
    m_window->show();
    open();
    enter(u"server/port"_s, u"9000"_s);
    apply();
    QVERIFY(bar(u"problem"_s));
    QCOMPARE(m_window->listenRequest().port, std::uint16_t(9000)); // it holds all the same
    m_window.reset();
}

void tst_Preferences::tokenGoesIntoWhatIsHandedOut()
{
    start();
    open();
    page(2);
    QTest::keyClicks(edit(token(keys::kSubscribeToken)), u"a&b"_s);
    apply();
    auto *choice = get<TokenChoice>(u"tokenChoice"_s);
    QTRY_VERIFY(choice->isVisible());
    action(u"Ctrl+Alt+C"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://192.168.1.14:8080"_s);
    choice->choices()->actions().at(1)->trigger();
    QCOMPARE(choice->token(), u"a&b"_s);
    action(u"Ctrl+Alt+C"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://192.168.1.14:8080/?token=a%26b"_s);
    bool inSnippet = false;
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        inSnippet = inSnippet || label->text().contains(u"/chat?token=a%26b");
    QVERIFY(inSnippet);
    QVERIFY(!m_window->windowTitle().contains(u"token"));
    // The publish entry is not offered: there is none.
    QVERIFY(!choice->choices()->actions().at(2)->isVisible());
    // Removed, it is not handed out any more.
    page(2);
    press(token(keys::kSubscribeToken), u"remove"_s);
    apply();
    QVERIFY(!choice->isVisible());
    action(u"Ctrl+Alt+C"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://192.168.1.14:8080"_s);
}

void tst_Preferences::tokenChoiceIsHiddenWithoutTokens()
{
    start();
    QVERIFY(!get<TokenChoice>(u"tokenChoice"_s)->isVisible());
    QVERIFY(!action(u"Ctrl+Alt+U"_s)->isVisible());
}

void tst_Preferences::tokenChoiceByKey()
{
    TokenChoice choice;
    choice.setTokens(u"sub"_s, u"pub"_s);
    QCOMPARE(choice.token(), QString());
    choice.nextAction()->trigger();
    QCOMPARE(choice.token(), u"sub"_s);
    choice.nextAction()->trigger();
    QCOMPARE(choice.token(), u"pub"_s);
    choice.nextAction()->trigger();
    QCOMPARE(choice.token(), QString());
    choice.setTokens({}, u"pub"_s);
    choice.nextAction()->trigger();
    QCOMPARE(choice.token(), u"pub"_s);
}

void tst_Preferences::eachIsHandedItsOwnToken_data()
{
    using Which = TokenChoice::Which;
    QTest::addColumn<QString>("subscribe");
    QTest::addColumn<QString>("publish");
    QTest::addColumn<bool>("others");
    QTest::addColumn<Which>("chosen");
    // Address, subscribes, publishes, both and whether that may publish.
    QTest::addColumn<QStringList>("handed");
    const auto row = [](const char *name, const char *subscribe, const char *publish, bool others,
                        Which chosen, const char *handed) {
        QTest::newRow(name) << QString::fromLatin1(subscribe) << QString::fromLatin1(publish)
                            << others << chosen << QString::fromLatin1(handed).split(u' ');
    };
    row("no tokens", "", "", false, Which::Publish, "- - - - yes");
    row("both, none chosen", "sub", "pub", false, Which::None,
        "- SUBSCRIBE-TOKEN PUBLISH-TOKEN PUBLISH-TOKEN yes");
    row("both, to subscribe", "sub", "pub", false, Which::Subscribe, "sub sub pub sub no");
    row("both, to publish", "sub", "pub", false, Which::Publish, "pub sub pub pub yes");
    row("subscribe only, none chosen", "sub", "", false, Which::None,
        "- SUBSCRIBE-TOKEN - SUBSCRIBE-TOKEN yes");
    row("subscribe only", "sub", "", false, Which::Subscribe, "sub sub - sub yes");
    row("publish only, none chosen", "", "pub", false, Which::None,
        "- - PUBLISH-TOKEN PUBLISH-TOKEN yes");
    row("publish only", "", "pub", false, Which::Publish, "pub - pub pub yes");
    row("signed ones only", "", "", true, Which::Subscribe,
        "- SUBSCRIBE-TOKEN PUBLISH-TOKEN PUBLISH-TOKEN yes");
    row("signed ones and one to subscribe", "sub", "", true, Which::Subscribe,
        "sub sub PUBLISH-TOKEN sub no");
    row("signed ones and one to publish", "", "pub", true, Which::Publish, "pub pub pub pub yes");
}

void tst_Preferences::eachIsHandedItsOwnToken()
{
    QFETCH(QString, subscribe);
    QFETCH(QString, publish);
    QFETCH(bool, others);
    QFETCH(TokenChoice::Which, chosen);
    TokenChoice choice;
    choice.setTokens(subscribe, publish, others);
    choice.choose(chosen);
    const HandedTokens tokens = choice.handed();
    QStringList handed = {tokens.address, tokens.subscribe, tokens.publish, tokens.both,
                          tokens.bothPublish ? u"yes"_s : u"no"_s};
    handed.replaceInStrings(QRegularExpression(u"^$"_s), u"-"_s);
    QTEST(handed, "handed");
    QCOMPARE(javaScriptSnippet(u"http://h:1"_s, u"/chat"_s, tokens.both, tokens.bothPublish)
                 .contains(u"ws.send("),
             tokens.bothPublish);
}

void tst_Preferences::snippetsQuoteTokens()
{
    const QString token = u"a'b$c%1"_s;
    QCOMPARE(publishSnippet(u"http://h:1"_s, u"/chat"_s, token),
             u"curl -d 'hello' 'http://h:1/chat?token=a%27b%24c%251'"_s);
    QVERIFY(listenSnippet(u"http://h:1"_s, u"/chat"_s, {}).endsWith(u" http://h:1/chat"));
    QVERIFY(javaScriptSnippet(u"http://h:1"_s, u"/chat"_s, token)
                .contains(u"'ws://h:1/chat?token=a%27b%24c%251'"));
}

QTEST_MAIN(tst_Preferences)
#include "tst_preferences.moc"
