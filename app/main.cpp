// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/allocatorpolicy.h"
#include "app/commandline.h"
#include "app/descriptorlimit.h"
#include "app/launch.h"
#include "app/serverthread.h"
#include "app/settingsfile.h"
#include "app/singleinstance.h"
#include "app/stopsignals.h"
#include "resources/resources.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QHostAddress>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>

#include <cstdio>

namespace {

using namespace pushdeck;

void say(std::FILE *stream, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    std::fwrite(utf8.constData(), 1, static_cast<std::size_t>(utf8.size()), stream);
    std::fflush(stream);
}

QString listeningLine(const ListenRequest &request, quint16 port, bool encrypted)
{
    const QHostAddress address(request.address);
    const bool any = request.address.isEmpty() || address == QHostAddress::Any ||
                     address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
    const QString host = any ? QStringLiteral("127.0.0.1")
                         : address.protocol() == QAbstractSocket::IPv6Protocol
                             ? QLatin1Char('[') + request.address + QLatin1Char(']')
                             : request.address;
    return QStringLiteral("listening on %1://%2:%3\n")
        .arg(encrypted ? QStringLiteral("https") : QStringLiteral("http"), host)
        .arg(port);
}

/// Beside whatever else the program keeps for this user; the same with and without a window.
QString usualTlsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           QStringLiteral("/tls");
}

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("Pushdeck"));
    QCoreApplication::setOrganizationName(QStringLiteral("pushdeck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PUSHDECK_VERSION));
}

int runHeadless(int argc, char **argv, const CommandLine &line)
{
    QCoreApplication application(argc, argv);
    StopSignals stopSignals;
    ServerThread server(line.server, line.eventLoop);
    const bool encrypted = line.server.encryption.source != ServerSettings::Encryption::Source::Off;
    QObject::connect(&server, &ServerControl::started, &application,
                     [&line, encrypted](quint16 port) {
                         say(stdout, listeningLine(line.listen, port, encrypted));
                     });
    // Without a certificate to read, a terminal that is closed ends the program as ever.
    if (encrypted)
        stopSignals.takeHangups();
    QObject::connect(&stopSignals, &StopSignals::reloadRequested, &server,
                     &ServerControl::reloadCertificates);
    QObject::connect(&server, &ServerControl::startFailed, &application,
                     [](const ListenFailure &failure) {
                         say(stderr, QStringLiteral("pushdeck: %1\n").arg(failure.words));
                         QCoreApplication::exit(kExitCannotStart);
                     });
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &application,
                     [] { QCoreApplication::exit(kExitOk); });
    server.start(line.listen);
    return QCoreApplication::exec();
}

int runWindow(int argc, char **argv, const CommandLine &line)
{
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("org.pushdeck.Pushdeck"));
    const SettingsFile file = prepareSettingsFile();
    QSettings settings(file.path, QSettings::IniFormat);
    applyLanguage(readPreferences(settings).preferences.language);
    const ReadPreferences stored = readPreferences(settings);
    const Launch launch = launchWith(line, stored.preferences);
    SingleInstance instance;
    const std::uint16_t port = launch.preferences.listen.port;
    if (instance.claim(port) == SingleInstance::Claim::Second) {
        say(stdout, QStringLiteral("Pushdeck is running on port %1 already; its window was brought "
                                   "to the front.\n")
                        .arg(port));
        return kExitOk;
    }
    StopSignals stopSignals;
    ServerThread server(launch.server, line.eventLoop);
    MainWindow window(server, settings);
    window.setLaunched(launch.preferences, launch.fixed, &thisMachine);
    server.start(launch.preferences.listen);
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &window, &MainWindow::quit);
    QObject::connect(&server, &ServerControl::started, &instance, &SingleInstance::answerFor);
    QObject::connect(&instance, &SingleInstance::raiseAsked, &window, &MainWindow::bringToFront);
    if (file.problem)
        window.showProblem(file.problem);
    else if (!stored.problems.isEmpty())
        window.showProblem(problemWording(settings));
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    CommandLine line = CommandLine::parse(arguments);
    if (line.action == CommandLine::Action::Print) {
        say(stdout, line.text);
        return kExitOk;
    }
    if (line.action == CommandLine::Action::Fail) {
        say(stderr, line.text);
        return kExitUsage;
    }
    setAllocatorPolicy();
    initResources();
    raiseDescriptorLimit();
    nameApplication();
    if (line.server.encryption.folder.isEmpty())
        line.server.encryption.folder = usualTlsFolder();
    return line.headless ? runHeadless(argc, argv, line) : runWindow(argc, argv, line);
}
