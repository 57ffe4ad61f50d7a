// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

#include <array>
#include <limits>

namespace pushdeck {

namespace {

constexpr int kMostLeadingLines = 2;

/// Room for the method, the version and an absolute target's scheme and host.
constexpr qint64 kRestOfRequestLine = 320;

/// tchar of RFC 9110, 5.6.2.
constexpr std::array<bool, 256> tokenTable()
{
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c)
        table[std::size_t(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[std::size_t(c)] = table[std::size_t(c - 'a' + 'A')] = true;
    for (const char c :
         {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[std::size_t(c)] = true;
    return table;
}

constexpr std::array<bool, 256> kToken = tokenTable();

bool isToken(QByteArrayView text)
{
    for (const char c : text) {
        if (!kToken[std::size_t(uchar(c))])
            return false;
    }
    return !text.isEmpty();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

QByteArrayView withoutSpace(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

bool sameText(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

/// uri-host [":" port] of RFC 9112, 3.2, and no user name. Stricter than needed where QUrl is: what
/// it cannot parse it drops, and the request would be routed without its host.
bool isHostAndPort(QByteArrayView text)
{
    qsizetype end = 0;
    if (text.startsWith('[')) {
        end = text.indexOf(']') + 1;
        if (end < 4)
            return false;
        for (const char c : text.sliced(1, end - 2)) {
            if (!isHexDigit(c) && c != ':' && c != '.')
                return false;
        }
    } else {
        while (end < text.size() && text[end] != ':') {
            const char c = text[end];
            if (!isDigit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-' &&
                c != '.' && c != '_' && c != '~')
                return false;
            ++end;
        }
    }
    QByteArrayView port = text.sliced(end);
    if (port.isEmpty())
        return true;
    if (port.front() != ':' || port.size() > 6)
        return false;
    port = port.sliced(1);
    int number = 0;
    for (const char c : port) {
        if (!isDigit(c))
            return false;
        number = number * 10 + (c - '0');
    }
    return number <= 65535;
}

std::optional<quint64> parseLength(QByteArrayView text)
{
    constexpr auto kMost = quint64(std::numeric_limits<qint64>::max());
    if (text.isEmpty())
        return std::nullopt;
    quint64 number = 0;
    for (const char c : text) {
        if (!isDigit(c))
            return std::nullopt;
        const auto digit = quint64(c - '0');
        if (number > (kMost - digit) / 10)
            return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}

} // namespace

HeadParser::HeadParser(const Limits &limits)
    : m_headBytes(limits.headBytes),
      m_targetBytes(limits.targetBytes),
      m_headFields(limits.headFields)
{
}

void HeadParser::reset()
{
    m_state = State::NeedMore;
    m_hasRequestLine = false;
    m_status = 0;
    m_length = 0;
    m_leading = 0;
    m_line.clear();
    m_absoluteHost.clear();
    m_head = {};
    m_sentence.clear();
}

RequestHead HeadParser::takeHead()
{
    return std::exchange(m_head, {});
}

bool HeadParser::refuse(int status, QByteArray sentence)
{
    m_state = State::Bad;
    m_status = status;
    m_sentence = std::move(sentence);
    return false;
}

HeadParser::State HeadParser::feed(QByteArrayView bytes)
{
    while (m_state == State::NeedMore && !bytes.isEmpty()) {
        const qsizetype lf = bytes.indexOf('\n');
        const QByteArrayView piece = lf < 0 ? bytes : bytes.first(lf + 1);
        if (m_length + piece.size() > m_headBytes) {
            if (m_hasRequestLine)
                refuse(431, QT_TR_NOOP(
                                "The request's header fields are larger than this server takes."));
            else
                refuse(414, QT_TR_NOOP("The request's address is longer than this server takes."));
            break;
        }
        m_length += piece.size();
        bytes = bytes.sliced(piece.size());
        if (lf < 0) {
            const qsizetype already = m_line.size();
            m_line.append(piece);
            checkUnfinished(QByteArrayView(m_line).sliced(qMax(qsizetype(0), already - 1)));
        } else if (m_line.isEmpty()) {
            takeLine(piece);
        } else {
            m_line.append(piece);
            const QByteArray line = std::exchange(m_line, {});
            takeLine(line);
        }
    }
    return m_state;
}

/// Judges the new bytes of a line that has not ended, so that nonsense is refused when it comes.
/// Begins one byte before them.
bool HeadParser::checkUnfinished(QByteArrayView line)
{
    const qsizetype cr = line.indexOf('\r');
    if (cr >= 0 && cr != line.size() - 1)
        return refuse(
            400, QT_TR_NOOP("A line of the request's head holds a carriage return on its own."));
    if (m_hasRequestLine)
        return line.contains('\0') ? refuse(400, QT_TR_NOOP("A header field holds a NUL byte."))
                                   : true;
    if (m_line.front() == 0x16)
        return refuse(
            400,
            QT_TR_NOOP(
                "This looks like TLS; this port speaks plain HTTP and WebSocket (http:, ws:)."));
    if (m_line.size() > m_targetBytes + kRestOfRequestLine)
        return refuse(414, QT_TR_NOOP("The request's address is longer than this server takes."));
    for (const char c : line) {
        if (uchar(c) > 0x7e || (uchar(c) < 0x20 && c != '\r'))
            return refuse(400,
                          QT_TR_NOOP("The request line holds a byte that may not stand there."));
    }
    return true;
}

/// `line` with its LF.
bool HeadParser::takeLine(QByteArrayView line)
{
    if (line.size() < 2 || line[line.size() - 2] != '\r')
        return refuse(400, QT_TR_NOOP("A line of the request's head does not end with CR LF."));
    line.chop(2);
    if (line.contains('\r'))
        return refuse(
            400, QT_TR_NOOP("A line of the request's head holds a carriage return on its own."));
    if (!m_hasRequestLine) {
        if (!line.isEmpty())
            return takeRequestLine(line);
        m_leading = m_length;
        return m_leading <= 2 * kMostLeadingLines
                   ? true
                   : refuse(400, QT_TR_NOOP("There are empty lines in front of the request."));
    }
    return line.isEmpty() ? finish() : takeFieldLine(line);
}

bool HeadParser::takeRequestLine(QByteArrayView line)
{
    if (line.front() == 0x16)
        return refuse(
            400,
            QT_TR_NOOP(
                "This looks like TLS; this port speaks plain HTTP and WebSocket (http:, ws:)."));
    if (line.size() > m_targetBytes + kRestOfRequestLine)
        return refuse(414, QT_TR_NOOP("The request's address is longer than this server takes."));
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 0 || first == last)
        return refuse(400, QT_TR_NOOP("The request line is not \"METHOD target HTTP/1.1\"."));
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method))
        return refuse(400, QT_TR_NOOP("The request's method is not a word."));
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) ||
        version[6] != '.' || !isDigit(version[7]))
        return refuse(400, QT_TR_NOOP("The request line does not end with an HTTP version."));
    if (version[5] != '1')
        return refuse(505, QT_TR_NOOP("This server speaks HTTP/1.1."));
    m_hasRequestLine = true;
    m_head.method = method.toByteArray();
    m_head.minorVersion = version[7] - '0';
    return takeTarget(target);
}

bool HeadParser::takeTarget(QByteArrayView target)
{
    if (target.size() > m_targetBytes)
        return refuse(414, QT_TR_NOOP("The request's address is longer than this server takes."));
    for (const char c : target) {
        if (uchar(c) <= 0x20 || uchar(c) > 0x7e || c == '#')
            return refuse(
                400, QT_TR_NOOP(
                         "The request's address holds a character that must be percent-encoded."));
    }
    if (m_head.method == "CONNECT")
        return refuse(501, QT_TR_NOOP("This server is no proxy."));
    if (target == QByteArrayView("*")) {
        m_head.target = "*";
        return m_head.method == "OPTIONS"
                   ? true
                   : refuse(400, QT_TR_NOOP("Only OPTIONS may ask for \"*\"."));
    }
    QByteArray prefix;
    const QByteArrayView scheme = target.first(qMin(target.size(), qsizetype(8)));
    qsizetype authority = 0;
    if (scheme.size() >= 7 && sameText(scheme.first(7), "http://"))
        authority = 7;
    else if (sameText(scheme, "https://"))
        authority = 8;
    if (authority > 0) {
        qsizetype end = authority;
        while (end < target.size() && target[end] != '/' && target[end] != '?')
            ++end;
        const QByteArrayView host = target.sliced(authority, end - authority);
        if (host.isEmpty() || host.front() == ':' || !isHostAndPort(host))
            return refuse(400, QT_TR_NOOP("The host in the request's address is not valid."));
        m_absoluteHost = host.toByteArray();
        target = target.sliced(end);
        if (!target.startsWith('/'))
            prefix = "/";
    }
    m_head.target = prefix;
    m_head.target.append(target);
    if (!m_head.target.startsWith('/'))
        return refuse(400, QT_TR_NOOP("The request's address does not begin with '/'."));
    // QUrl takes what follows for a host, and routes the rest.
    if (m_head.target.startsWith("//"))
        return refuse(400, QT_TR_NOOP("The request's address begins with \"//\"."));
    return true;
}

bool HeadParser::takeFieldLine(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return refuse(400, QT_TR_NOOP("A header field is folded over two lines."));
    if (m_head.fields.size() >= std::size_t(m_headFields))
        return refuse(431,
                      QT_TR_NOOP("The request has more header fields than this server takes."));
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return refuse(400, QT_TR_NOOP("A header field has no colon."));
    const QByteArrayView name = line.first(colon);
    if (!isToken(name))
        return refuse(
            400, QT_TR_NOOP("A header field's name holds a character that may not stand there."));
    const QByteArrayView value = withoutSpace(line.sliced(colon + 1));
    for (const char c : value) {
        if ((uchar(c) < 0x20 && c != '\t') || uchar(c) == 0x7f)
            return refuse(400, QT_TR_NOOP("A header field's value holds a control character."));
    }
    m_head.fields.push_back({name.toByteArray(), value.toByteArray()});
    return true;
}

bool HeadParser::finish()
{
    Field *host = nullptr;
    for (Field &field : m_head.fields) {
        if (!sameText(field.name, "Host"))
            continue;
        if (host)
            return refuse(400, QT_TR_NOOP("The request has two Host fields."));
        host = &field;
    }
    if (!host && m_head.minorVersion >= 1)
        return refuse(400, QT_TR_NOOP("The request has no Host field."));
    if (host && !isHostAndPort(host->value))
        return refuse(400, QT_TR_NOOP("The request's Host field is not a host."));
    if (!m_absoluteHost.isNull()) { // it counts, not the field (RFC 9112, 3.2.2)
        if (host)
            host->value = m_absoluteHost;
        else
            m_head.fields.push_back({"Host", m_absoluteHost});
    }
    if (!finishFraming())
        return false;

    const bool keepAlive = m_head.containsToken("Connection", "keep-alive");
    m_head.closes =
        m_head.containsToken("Connection", "close") || (m_head.minorVersion == 0 && !keepAlive);
    if (m_head.minorVersion >= 1 && m_head.has("Expect")) {
        const std::vector<QByteArray> wishes = m_head.values("Expect");
        if (wishes.size() != 1 || !sameText(wishes.front(), "100-continue"))
            return refuse(417, QT_TR_NOOP("This server knows no expectation but 100-continue."));
        m_head.expectsContinue = true;
    }
    m_state = State::Ok;
    return true;
}

/// RFC 9112, 6: where the body ends. Two parsers that disagree here are a smuggled request, so
/// nothing that could be read in two ways is taken.
bool HeadParser::finishFraming()
{
    const std::vector<QByteArray> lengths = m_head.values("Content-Length");
    const std::vector<QByteArray> codings = m_head.values("Transfer-Encoding");
    if (lengths.size() > 1)
        return refuse(400, QT_TR_NOOP("The request has two Content-Length fields."));
    if (!codings.empty()) {
        if (!lengths.empty())
            return refuse(400,
                          QT_TR_NOOP("The request has both Content-Length and Transfer-Encoding."));
        if (m_head.minorVersion == 0)
            return refuse(400, QT_TR_NOOP("HTTP/1.0 has no Transfer-Encoding."));
        if (codings.size() == 1 && sameText(codings.front(), "chunked")) {
            m_head.chunked = true;
            return true;
        }
        const QByteArrayView last = codings.back();
        const QByteArrayView lastItem = withoutSpace(last.sliced(last.lastIndexOf(',') + 1));
        int chunkedCount = 0;
        for (const QByteArray &coding : codings)
            chunkedCount += int(coding.toLower().count("chunked"));
        if (sameText(lastItem, "chunked") && chunkedCount == 1)
            return refuse(501, QT_TR_NOOP("This server knows no Transfer-Encoding but chunked."));
        return refuse(
            400, QT_TR_NOOP("The request's Transfer-Encoding does not tell where its body ends."));
    }
    if (!lengths.empty()) {
        m_head.contentLength = parseLength(lengths.front());
        if (!m_head.contentLength)
            return refuse(
                400,
                QT_TR_NOOP("The request's Content-Length is not a number this server can take."));
    }
    return true;
}

} // namespace pushdeck
