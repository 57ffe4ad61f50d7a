// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>

#include <algorithm>

namespace pushdeck {

namespace {

constexpr int kMostHistory = 1'000'000;
constexpr qint64 kTokenFileBytes = 4096;

constexpr char kHelp[] =
    R"(Usage: pushdeck [options]

A push server with a window. Browsers connect over WebSocket, Server-Sent Events or long-polling,
all on one port; every URL path is a topic.

The window has preferences (Ctrl+comma), which are remembered; an option here wins over them. With
--headless only these options count. A second launch with the same port brings the first window to
the front.

Where to listen
  --port N               port to listen on; 0 takes a free one (default: 8080)
  --bind ADDR            IP address to listen on (default: every address, IPv4 and IPv6);
                         127.0.0.1 keeps it to this machine

How to run
  --headless             no window; prints "listening on http://ADDR:PORT" (https: with TLS) once it
                         accepts, and stops on SIGINT or SIGTERM
  --event-loop qt        let the server wait with Qt's own event loop instead of epoll (Linux)
  --www DIR              serve the files in DIR; a file that exists wins over a topic

Encryption (https and wss, on the same port as http and ws)
  --tls auto             make a certificate for every address of this machine, and an authority
                         that signs it; devices are told to trust that once: see /_/ca
  --tls off              none (the default), whatever the window's preferences say
  --tls-cert FILE        an own certificate (PEM), followed by those between it and a root
  --tls-key FILE         its key (PEM, without a password)
                         Both are read again when they change, and on SIGHUP with --headless.
  --tls-dir DIR          where --tls auto keeps what it makes (default: with the program's data)
  --tls-only             send who comes without TLS to https, or away

What it remembers
  --history N            messages remembered per topic, for clients that come back with a cursor;
                         0 remembers none (default: 1000)
  --history-file FILE    keep what is remembered in FILE, so that it survives a restart

Who may do what (default: anyone who reaches the port subscribes and publishes)
  --operator-token T     opens /_/api and /_/metrics to other machines
  --publish-token T      required to publish
  --subscribe-token T    required to subscribe
                         A token given as @FILE is read from FILE. Without the option it is taken
                         from PUSHDECK_OPERATOR_TOKEN, PUSHDECK_PUBLISH_TOKEN or
                         PUSHDECK_SUBSCRIBE_TOKEN, so that it need not stand in a process list.
  --origin O             allow pages of this origin only (https://example.org); may be repeated
  --no-relay             what clients publish reaches the operator only

  -h, --help             this text
  -v, --version          the version

Try it
  pushdeck                                          then open http://localhost:8080 in a browser
  curl -N -H 'Accept: text/event-stream' localhost:8080/news
  curl -d 'hello' localhost:8080/news

Exit status: 0 stopped when asked to, 2 wrong usage, 3 could not listen, or could not use the
history file or the certificate.
)";

CommandLine failed(const QString &words)
{
    CommandLine result;
    result.action = CommandLine::Action::Fail;
    result.text = QStringLiteral("pushdeck: %1\nTry 'pushdeck --help'.\n").arg(words);
    return result;
}

/// A whole number in a range; anything else is nothing.
std::optional<int> wholeNumber(const QString &text, int least, int most)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    const bool digits =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return ok && digits && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

/// The token an option names: itself, a file's content, or the environment's. Empty: none.
Result<QByteArray> token(const QCommandLineParser &parser, const QString &option,
                         const char *variable)
{
    if (!parser.isSet(option))
        return qgetenv(variable).trimmed();
    const QString value = parser.value(option);
    QByteArray read = value.toUtf8();
    if (value.startsWith(QLatin1Char('@'))) {
        QFile file(value.mid(1));
        if (!file.open(QIODevice::ReadOnly))
            return badRequest(QStringLiteral("--%1: cannot read %2: %3")
                                  .arg(option, file.fileName(), file.errorString()));
        read = file.read(kTokenFileBytes).trimmed();
    }
    if (read.isEmpty())
        return badRequest(QStringLiteral("--%1: the token is empty.").arg(option));
    return read;
}

/// What is wrong with the options about encryption; empty: they were taken.
QString takeEncryption(const QCommandLineParser &parser, CommandLine &into)
{
    using Source = ServerSettings::Encryption::Source;
    ServerSettings::Encryption &encryption = into.server.encryption;
    const QString tls = parser.value(QStringLiteral("tls"));
    const bool hasCertificate = parser.isSet(QStringLiteral("tls-cert"));
    if (parser.isSet(QStringLiteral("tls")) && tls != u"auto" && tls != u"off")
        return QStringLiteral(
            "--tls is 'auto' or 'off'; an own certificate is given with "
            "--tls-cert and --tls-key.");
    if (hasCertificate != parser.isSet(QStringLiteral("tls-key")))
        return QStringLiteral("--tls-cert and --tls-key go together.");
    if (hasCertificate && parser.isSet(QStringLiteral("tls")))
        return QStringLiteral(
            "--tls makes a certificate, --tls-cert brings one: give one of "
            "them.");
    encryption.certificateFile = parser.value(QStringLiteral("tls-cert"));
    encryption.keyFile = parser.value(QStringLiteral("tls-key"));
    if (hasCertificate && (encryption.certificateFile.isEmpty() || encryption.keyFile.isEmpty()))
        return QStringLiteral("--tls-cert and --tls-key take the names of files.");
    if (hasCertificate)
        encryption.source = Source::Files;
    else if (tls == u"auto")
        encryption.source = Source::Made;
    encryption.folder = parser.value(QStringLiteral("tls-dir"));
    if (parser.isSet(QStringLiteral("tls-dir")) && encryption.folder.isEmpty())
        return QStringLiteral("--tls-dir takes the name of a folder.");
    encryption.only = parser.isSet(QStringLiteral("tls-only"));
    // With a window the preferences may say what to encrypt with.
    const bool decided = into.headless || parser.isSet(QStringLiteral("tls"));
    if (encryption.only && encryption.source == Source::Off && decided)
        return QStringLiteral("--tls-only needs --tls auto, or --tls-cert and --tls-key.");
    return {};
}

} // namespace

CommandLine CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto option = [&parser](const char *name, bool takesValue) {
        QCommandLineOption entry(QString::fromLatin1(name));
        if (takesValue)
            entry.setValueName(QStringLiteral("value"));
        parser.addOption(entry);
    };
    for (const char *name :
         {"port", "bind", "www", "history", "history-file", "event-loop", "operator-token",
          "publish-token", "subscribe-token", "origin", "tls", "tls-cert", "tls-key", "tls-dir"})
        option(name, true);
    for (const char *name : {"headless", "no-relay", "tls-only"})
        option(name, false);
    parser.addOption(QCommandLineOption(QStringList{QStringLiteral("h"), QStringLiteral("help")}));
    parser.addOption(
        QCommandLineOption(QStringList{QStringLiteral("v"), QStringLiteral("version")}));

    if (!parser.parse(arguments))
        return failed(parser.errorText());
    CommandLine result;
    if (parser.isSet(QStringLiteral("help"))) {
        result.action = Action::Print;
        result.text = QString::fromLatin1(kHelp);
        return result;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        result.action = Action::Print;
        result.text = QStringLiteral("pushdeck " PUSHDECK_VERSION "\n");
        return result;
    }
    if (!parser.positionalArguments().isEmpty())
        return failed(QStringLiteral("unexpected argument '%1'.")
                          .arg(parser.positionalArguments().constFirst()));

    result.headless = parser.isSet(QStringLiteral("headless"));
    const QString eventLoop = parser.value(QStringLiteral("event-loop"));
    if (eventLoop == u"qt")
        result.eventLoop = EventLoop::Qt;
    else if (parser.isSet(QStringLiteral("event-loop")) && eventLoop != u"epoll")
        return failed(QStringLiteral("--event-loop is 'epoll' or 'qt'."));
    if (parser.isSet(QStringLiteral("port"))) {
        const auto port = wholeNumber(parser.value(QStringLiteral("port")), 0, 65535);
        if (!port)
            return failed(QStringLiteral("--port takes a number from 0 to 65535."));
        result.listen.port = static_cast<std::uint16_t>(*port);
    }
    result.listen.address = parser.value(QStringLiteral("bind"));
    if (result.listen.address == u"localhost")
        result.listen.address = QStringLiteral("127.0.0.1");
    if (!result.listen.address.isEmpty() && QHostAddress(result.listen.address).isNull())
        return failed(
            QStringLiteral("--bind takes an IP address; '%1' is none.").arg(result.listen.address));
    if (parser.isSet(QStringLiteral("history"))) {
        const auto messages = wholeNumber(parser.value(QStringLiteral("history")), 0, kMostHistory);
        if (!messages)
            return failed(
                QStringLiteral("--history takes a number from 0 to %1.").arg(kMostHistory));
        result.server.history.messagesPerTopic = static_cast<std::size_t>(*messages);
    }
    result.server.historyFile = parser.value(QStringLiteral("history-file"));
    if (parser.isSet(QStringLiteral("history-file")) && result.server.historyFile.isEmpty())
        return failed(QStringLiteral("--history-file takes the name of a file."));
    result.server.wwwFolder = parser.value(QStringLiteral("www"));
    if (parser.isSet(QStringLiteral("www")) && !QFileInfo(result.server.wwwFolder).isDir())
        return failed(QStringLiteral("--www: '%1' is no folder.").arg(result.server.wwwFolder));

    if (const QString problem = takeEncryption(parser, result); !problem.isEmpty())
        return failed(problem);

    AccessRules &access = result.server.access;
    const struct
    {
        QString option;
        const char *variable;
        QByteArray &token;
    } tokens[] = {
        {QStringLiteral("operator-token"), "PUSHDECK_OPERATOR_TOKEN", access.operatorToken},
        {QStringLiteral("publish-token"), "PUSHDECK_PUBLISH_TOKEN", access.publishToken},
        {QStringLiteral("subscribe-token"), "PUSHDECK_SUBSCRIBE_TOKEN", access.subscribeToken},
    };
    for (const auto &entry : tokens) {
        const auto value = token(parser, entry.option, entry.variable);
        if (!value)
            return failed(value.error().words);
        entry.token = *value;
        if (!entry.token.isEmpty())
            result.given.insert(entry.option);
    }
    const QStringList origins = parser.values(QStringLiteral("origin"));
    for (const QString &origin : origins)
        access.origins.append(origin.toUtf8());
    access.relay = !parser.isSet(QStringLiteral("no-relay"));
    const QStringList names = parser.optionNames();
    result.given.unite(QSet<QString>(names.begin(), names.end()));
    return result;
}

} // namespace pushdeck
