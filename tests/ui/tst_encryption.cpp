// SPDX-License-Identifier: GPL-3.0-or-later
// Encryption as the operator turns it on, sees it and hands it out.
#include "fakeservercontrol.h"

#include "ui/address/addressbar.h"
#include "ui/mainwindow.h"
#include "ui/preferences/encryptionpanel.h"
#include "ui/preferences/preferenceswindow.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using Source = ServerSettings::Encryption::Source;

namespace {

constexpr int kEncryptionPage = 3;
constexpr std::int64_t kDayMs = 24ll * 3600 * 1000;

/// A machine on which one pair of files is good.
Machine machine()
{
    Machine machine;
    machine.tlsCheck = [](const QString &certificate, const QString &key) {
        if (certificate != u"good.crt")
            return Machine::TlsFault{false, u"There is no such file."_s};
        return Machine::TlsFault{true, key == u"good.key" ? QString() : u"Not its key."_s};
    };
    return machine;
}

} // namespace

class tst_Encryption : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void oneClickMakesACertificate();
    void whatClientsAreShownIsShown();
    void aProblemIsToldWhereItIsLookedFor();
    void itsEndIsToldInTime();
    void readAgainAsksTheServer();
    void ownFilesAreJudgedAtTheirField();
    void fieldsOfFilesAreThereWhenNeeded();
    void theCommandLineWins();
    void storedAndFoundAgain();
    void halfAStoredChoiceIsNone();
    void stoppedItSaysSo();
    void addressesHaveALock();
    void theTrustPageIsPlain();
    void hostileNamesAreText();

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
    QString text(const QString &name) { return get<QLabel>(name)->text(); }
    QLineEdit *path(const QString &key) { return get<QWidget>(key)->findChild<QLineEdit *>(); }
    void choose(Source source)
    {
        auto *box = get<QComboBox>(u"encryption/source"_s);
        box->setCurrentIndex(box->findData(tlsSourceName(source)));
    }
    void press(const QString &name) { QTest::mouseClick(get<QPushButton>(name), Qt::LeftButton); }
    bool canApply() { return get<QPushButton>(u"preferencesApply"_s)->isEnabled(); }
    /// The running server has a certificate of Pushdeck's.
    void serve(std::int64_t days = 300, const QString &name = u"192.168.1.14"_s);
    void refresh()
    {
        m_control->publish();
        QTest::qWait(300); // the window's tick
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Encryption::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_control->snapshot.timeMs = QDateTime::currentMSecsSinceEpoch();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->setLaunched({}, {}, &machine);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_Encryption::cleanup()
{
    m_window.reset();
    m_control.reset();
}

void tst_Encryption::open()
{
    for (QAction *action : m_window->actions()) {
        if (action->shortcut() == QKeySequence(u"Ctrl+,"_s))
            action->trigger();
    }
    get<QListWidget>(u"preferencesPages"_s)->setCurrentRow(kEncryptionPage);
}

void tst_Encryption::serve(std::int64_t days, const QString &name)
{
    auto info = std::make_shared<EncryptionInfo>();
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    info->on = true;
    info->server = {u"Pushdeck on desk"_s,
                    {u"localhost"_s, name},
                    now,
                    now + days * kDayMs + 1000,
                    QString::fromLatin1(QByteArray(32, '\x3a').toHex(':').toUpper())};
    info->authority = {u"Pushdeck CA"_s,
                       {},
                       now,
                       now + 3000 * kDayMs,
                       QString::fromLatin1(QByteArray(32, '\x7c').toHex(':').toUpper())};
    info->authorityPem = "-----BEGIN CERTIFICATE-----\n";
    m_control->snapshot.encryption = info;
    m_control->snapshot.tls = true;
    for (ServerAddress &address : m_control->snapshot.addresses)
        address.url.replace(u"http:"_s, u"https:"_s);
    refresh();
}

void tst_Encryption::oneClickMakesACertificate()
{
    m_control->start({QString(), 8080});
    m_control->snapshot.encryption = std::make_shared<EncryptionInfo>();
    refresh();
    open();
    QVERIFY(text(u"encryptionState"_s).startsWith(u"Off"_s));
    // What else was entered waits.
    get<QLineEdit>(u"server/port"_s)->setText(u"9000"_s);
    press(u"encryptionTurnOn"_s);
    QCOMPARE(m_control->configured.back().encryption.source, Source::Made);
    QCOMPARE(get<QComboBox>(u"encryption/source"_s)->currentData().toString(), u"made"_s);
    QCOMPARE(get<QLineEdit>(u"server/port"_s)->text(), u"9000"_s);
    QCOMPARE(m_settings->value(u"encryption/source"_s).toString(), u"made"_s);
    serve();
    QVERIFY(!get<QPushButton>(u"encryptionTurnOn"_s)->isVisible());
    // Nor is it offered once more where what was chosen could not be had.
    auto info = std::make_shared<EncryptionInfo>();
    info->problem = u"TLS: the folder is another user's."_s;
    m_control->snapshot.encryption = info;
    refresh();
    QVERIFY(!get<QPushButton>(u"encryptionTurnOn"_s)->isVisible());
    QVERIFY(get<QPushButton>(u"encryptionReload"_s)->isVisible());
}

void tst_Encryption::whatClientsAreShownIsShown()
{
    m_control->start({QString(), 8080});
    serve();
    open();
    QVERIFY(text(u"encryptionState"_s).startsWith(u"On"_s));
    QCOMPARE(text(u"encryptionNames"_s), u"localhost, 192.168.1.14"_s);
    QVERIFY(text(u"encryptionUntil"_s).contains(u"300"_s));
    QVERIFY(text(u"encryptionFingerprint"_s).startsWith(u"3A:3A:"_s));
    QCOMPARE(text(u"encryptionFingerprint"_s).split(u'\n').size(), 2);
    QVERIFY(text(u"encryptionAuthority"_s).startsWith(u"7C:7C:"_s));
    QVERIFY(text(u"encryptionTrustPage"_s).contains(u"http://192.168.1.14:8080/_/ca"_s));
    QVERIFY(get<QWidget>(u"encryptionTrust"_s)->isVisible());
}

void tst_Encryption::aProblemIsToldWhereItIsLookedFor()
{
    m_control->start({QString(), 8080});
    auto info = std::make_shared<EncryptionInfo>();
    info->problem = u"TLS: /etc/<b>key</b>: This key is not the certificate's."_s;
    m_control->snapshot.encryption = info;
    refresh();
    open();
    auto *problem = get<QLabel>(u"encryptionProblem"_s);
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(info->problem));
    QCOMPARE(problem->textFormat(), Qt::PlainText);
}

void tst_Encryption::itsEndIsToldInTime()
{
    m_control->start({QString(), 8080});
    serve(5);
    open();
    QVERIFY(text(u"encryptionUntil"_s).startsWith(u"⚠"_s));
    QVERIFY(text(u"encryptionUntil"_s).contains(u"5"_s));
}

void tst_Encryption::readAgainAsksTheServer()
{
    m_control->start({QString(), 8080});
    serve();
    open();
    press(u"encryptionReload"_s);
    QCOMPARE(m_control->reloads, 1);
}

void tst_Encryption::ownFilesAreJudgedAtTheirField()
{
    open();
    choose(Source::Files);
    QVERIFY(!canApply());
    QVERIFY(text(u"encryption/certificate-file.below"_s).startsWith(u"⚠"_s));
    path(u"encryption/certificate-file"_s)->setText(u"other.crt"_s);
    QVERIFY(text(u"encryption/key-file.below"_s).startsWith(u"⚠"_s)); // which one?
    path(u"encryption/key-file"_s)->setText(u"other.key"_s);
    QVERIFY(text(u"encryption/certificate-file.below"_s).contains(u"no such file"_s));
    path(u"encryption/certificate-file"_s)->setText(u"good.crt"_s);
    QVERIFY(text(u"encryption/key-file.below"_s).contains(u"Not its key"_s));
    QVERIFY(!canApply());
    path(u"encryption/key-file"_s)->setText(u"good.key"_s);
    QVERIFY(canApply());
    press(u"preferencesApply"_s);
    const auto &held = m_control->configured.back().encryption;
    QCOMPARE(held.source, Source::Files);
    QCOMPARE(held.certificateFile, u"good.crt"_s);
    QCOMPARE(held.keyFile, u"good.key"_s);
}

void tst_Encryption::fieldsOfFilesAreThereWhenNeeded()
{
    open();
    QVERIFY(!path(u"encryption/certificate-file"_s)->isVisible());
    choose(Source::Files);
    QVERIFY(path(u"encryption/certificate-file"_s)->isVisible());
    QVERIFY(path(u"encryption/key-file"_s)->isVisible());
    choose(Source::Made);
    QVERIFY(!path(u"encryption/key-file"_s)->isVisible());
    QVERIFY(canApply());
}

void tst_Encryption::theCommandLineWins()
{
    Preferences launched;
    launched.server.encryption.folder = u"/somewhere"_s;
    m_window->setLaunched(launched, {keyOf(keys::kTlsSource)}, &machine);
    m_control->start({QString(), 8080});
    m_control->snapshot.encryption = std::make_shared<EncryptionInfo>();
    refresh();
    open();
    QVERIFY(!get<QComboBox>(u"encryption/source"_s)->isEnabled());
    QVERIFY(!get<QPushButton>(u"encryptionTurnOn"_s)->isVisible());
    // What is no preference goes along.
    get<QLineEdit>(u"log/rows"_s)->setText(u"50000"_s);
    press(u"preferencesApply"_s);
    QCOMPARE(m_control->configured.back().encryption.folder, u"/somewhere"_s);
}

void tst_Encryption::storedAndFoundAgain()
{
    Preferences stored;
    stored.server.encryption.source = Source::Files;
    stored.server.encryption.certificateFile = u"a.crt"_s;
    stored.server.encryption.keyFile = u"a.key"_s;
    stored.server.encryption.only = true;
    writePreferences(stored, {}, *m_settings);
    const ReadPreferences read = readPreferences(*m_settings);
    QVERIFY(read.problems.isEmpty());
    QCOMPARE(read.preferences.server.encryption, stored.server.encryption);
}

void tst_Encryption::halfAStoredChoiceIsNone()
{
    m_settings->setValue(u"encryption/source"_s, u"files"_s);
    m_settings->setValue(u"encryption/only"_s, u"yes"_s);
    const ReadPreferences half = readPreferences(*m_settings);
    QCOMPARE(half.problems.size(), 1);
    QCOMPARE(half.preferences.server.encryption, ServerSettings::Encryption());
    m_settings->setValue(u"encryption/source"_s, u"nonsense"_s);
    QVERIFY(readPreferences(*m_settings).problems.contains(keyOf(keys::kTlsSource)));
}

void tst_Encryption::stoppedItSaysSo()
{
    open();
    QVERIFY(text(u"encryptionState"_s).contains(u"stopped"_s));
    QVERIFY(!get<QPushButton>(u"encryptionReload"_s)->isVisible());
    QVERIFY(get<QPushButton>(u"encryptionTurnOn"_s)->isVisible());
}

void tst_Encryption::addressesHaveALock()
{
    m_control->start({QString(), 8080});
    refresh();
    auto *bar = m_window->findChild<AddressBar *>();
    auto *box = bar->findChild<QComboBox *>(u"addresses"_s);
    QVERIFY(box);
    QVERIFY(bar->url().startsWith(u"http://"_s));
    QVERIFY(box->itemIcon(0).isNull());
    serve();
    QTRY_VERIFY(bar->url().startsWith(u"https://"_s));
    QVERIFY(!box->itemIcon(0).isNull());
}

void tst_Encryption::theTrustPageIsPlain()
{
    QCOMPARE(trustPageUrl(u"https://[fd00::1]:8080"_s), u"http://[fd00::1]:8080/_/ca"_s);
    QCOMPARE(trustPageUrl(u"http://10.0.0.1:80"_s), u"http://10.0.0.1:80/_/ca"_s);
    QVERIFY(trustPageUrl({}).isEmpty());
}

void tst_Encryption::hostileNamesAreText()
{
    m_control->start({QString(), 8080});
    serve(300, u"<img src=x><b>desk</b>"_s);
    open();
    QCOMPARE(get<QLabel>(u"encryptionNames"_s)->textFormat(), Qt::PlainText);
    QVERIFY(text(u"encryptionNames"_s).contains(u"<b>desk</b>"_s));
}

QTEST_MAIN(tst_Encryption)
#include "tst_encryption.moc"
