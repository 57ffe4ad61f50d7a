// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "monitor/newtoken.h"
#include "net/namedlimits.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>

#include <algorithm>

namespace pushdeck {

namespace {

constexpr int kMostHistory = 1'000'000;
constexpr qint64 kTokenFileBytes = JwtKey::kMostBytes;
constexpr std::int64_t kMostRate = 1'000'000'000;

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
  --no-io-uring          send to each client with a system call of its own, not to many with one by
                         io_uring (Linux; done anyway where the system does not allow that)
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
  --generate-token       print a new token, and end
  --rule 'PATTERN publish=WHO subscribe=WHO'
                         who may use the topics of a pattern: anyone, token, operator, nobody; may
                         be repeated, the first that matches decides
  --rules FILE           rules from FILE, one a line, after those of --rule
  --jwt-key KEY          take signed tokens (JWT) as well: a secret of 32 bytes or more (HS256), or
                         @FILE with one, or with a public key in PEM (RS256, ES256); also from
                         PUSHDECK_JWT_KEY. Publishing and subscribing then need a token
  --origin O             allow pages of this origin only (https://example.org); may be repeated
  --no-relay             what clients publish reaches the operator only

How much (all limits are in the reference, and in /_/api/status by these names)
  --rate N               messages a second that one publisher may send (default: any number)
  --burst N              messages it may send at once (default: 100)
  --byte-rate N          bytes a second that it may send (default: any number)
  --limit NAME=N         another limit by its name, in bytes, milliseconds or a count; may be
                         repeated: --limit connections_per_address=100

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
std::optional<std::int64_t> wholeNumber(const QString &text, std::int64_t least, std::int64_t most)
{
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    const bool digits =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return ok && digits && value >= least && value <= most ? std::optional<std::int64_t>(value)
                                                           : std::nullopt;
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

/// Rules for topics, and whether they and the key can be used.
std::optional<Error> takeRules(const QCommandLineParser &parser, AccessRules &access)
{
    const QStringList rules = parser.values(QStringLiteral("rule"));
    for (const QString &rule : rules) {
        if (const auto read = TopicRules::parse(rule.toUtf8()); !read)
            return badRequest(QStringLiteral("--rule: %1").arg(read.error().words));
        access.topicRules += rule.toUtf8() + '\n';
    }
    if (parser.isSet(QStringLiteral("rules"))) {
        QFile file(parser.value(QStringLiteral("rules")));
        if (!file.open(QIODevice::ReadOnly))
            return badRequest(QStringLiteral("--rules: cannot read %1: %2")
                                  .arg(file.fileName(), file.errorString()));
        const QByteArray text = file.read(kTopicRulesBytes + 1);
        if (const auto read = TopicRules::parse(text); !read)
            return badRequest(
                QStringLiteral("--rules: %1: %2").arg(file.fileName(), read.error().words));
        access.topicRules += text;
    }
    if (!access.jwtKey.isEmpty()) {
        if (const auto key = JwtKey::fromText(access.jwtKey); !key)
            return badRequest(QStringLiteral("--jwt-key: %1").arg(key.error().words));
    }
    const auto policy = AccessPolicy::from(access);
    return policy ? std::nullopt : std::optional(policy.error());
}

std::optional<Error> takeLimit(const QString &text, Limits &limits, QStringList &names)
{
    const qsizetype equals = text.indexOf(u'=');
    const QString name = text.left(std::max<qsizetype>(equals, 0));
    const NamedLimit *limit = findLimit(name.toUtf8().constData());
    if (!limit) {
        QStringList known;
        for (const NamedLimit &one : namedLimits())
            known << QLatin1String(one.name);
        return badRequest(QStringLiteral("--limit: '%1' names no limit. There are: %2.")
                              .arg(text, known.join(QStringLiteral(", "))));
    }
    const auto value = wholeNumber(text.mid(equals + 1), limit->least, limit->most);
    if (!value)
        return badRequest(QStringLiteral("--limit: %1 is a number from %2 to %3.")
                              .arg(name)
                              .arg(limit->least)
                              .arg(limit->most));
    limit->set(limits, *value);
    names << name;
    return std::nullopt;
}

std::optional<Error> takeAmounts(const QCommandLineParser &parser, ServerOptions &server,
                                 QStringList &limitNames)
{
    const struct
    {
        QString option;
        std::int64_t least;
        std::int64_t &value;
    } rates[] = {
        {QStringLiteral("rate"), 0, server.rate.messagesPerSecond},
        {QStringLiteral("burst"), 1, server.rate.burst},
        {QStringLiteral("byte-rate"), 0, server.rate.bytesPerSecond},
    };
    for (const auto &rate : rates) {
        if (!parser.isSet(rate.option))
            continue;
        const auto value = wholeNumber(parser.value(rate.option), rate.least, kMostRate);
        if (!value)
            return badRequest(QStringLiteral("--%1 takes a number from %2 to %3.")
                                  .arg(rate.option)
                                  .arg(rate.least)
                                  .arg(kMostRate));
        rate.value = *value;
    }
    const QStringList limits = parser.values(QStringLiteral("limit"));
    for (const QString &limit : limits) {
        if (auto error = takeLimit(limit, server.limits, limitNames))
            return error;
    }
    if (const char *odd = limitAtOdds(server.limits))
        return badRequest(QStringLiteral("--limit: %1 is too small beside the other limits.")
                              .arg(QLatin1String(odd)));
    return std::nullopt;
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
    for (const char *name : {"port",           "bind",          "www",
                             "history",        "history-file",  "event-loop",
                             "operator-token", "publish-token", "subscribe-token",
                             "origin",         "rule",          "rules",
                             "jwt-key",        "rate",          "burst",
                             "byte-rate",      "limit",         "tls",
                             "tls-cert",       "tls-key",       "tls-dir"})
        option(name, true);
    for (const char *name : {"headless", "no-relay", "generate-token", "tls-only", "no-io-uring"})
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
    if (parser.isSet(QStringLiteral("generate-token"))) {
        result.action = Action::Print;
        result.text = newToken() + u'\n';
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
    result.server.ioUring = !parser.isSet(QStringLiteral("no-io-uring"));
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
        {QStringLiteral("jwt-key"), "PUSHDECK_JWT_KEY", access.jwtKey},
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
    if (const auto error = takeRules(parser, access))
        return failed(error->words);
    if (const auto error = takeAmounts(parser, result.server, result.limits))
        return failed(error->words);
    const QStringList names = parser.optionNames();
    result.given.unite(QSet<QString>(names.begin(), names.end()));
    return result;
}

} // namespace pushdeck
