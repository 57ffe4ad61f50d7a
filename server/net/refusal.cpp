// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/refusal.h"

#include "net/datefield.h"

namespace pushdeck {

namespace {

/// QWebSocketServer's own parser gives up on a longer line.
constexpr qsizetype kMostUpgradeLineBytes = 8000;

bool replaces(const std::vector<Field> &fields, QByteArrayView name)
{
    for (const Field &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

} // namespace

QByteArray reasonPhrase(int status)
{
    struct Reason
    {
        int status;
        const char *phrase;
    };
    static constexpr Reason kReasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {426, "Upgrade Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (const Reason &reason : kReasons) {
        if (reason.status == status)
            return reason.phrase;
    }
    return "Unknown";
}

QByteArray refusalResponse(const Refusal &refusal, bool withoutBody)
{
    const QByteArray body = refusal.sentence + '\n';
    QByteArray response = "HTTP/1.1 " + QByteArray::number(refusal.status) + ' ' +
                          reasonPhrase(refusal.status) + "\r\n" + dateField();
    const Field own[] = {{"Content-Type", "text/plain; charset=utf-8"},
                         {"Cache-Control", "no-store"},
                         {"Access-Control-Allow-Origin", "*"}};
    for (const Field &field : own) {
        if (!replaces(refusal.extraFields, field.name))
            response += field.name + ": " + field.value + "\r\n";
    }
    for (const Field &field : refusal.extraFields)
        response += field.name + ": " + field.value + "\r\n";
    response +=
        "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
    return withoutBody ? response : response + body;
}

std::optional<Refusal> checkUpgrade(const RequestHead &head)
{
    if (head.method != "GET")
        return Refusal{405, QT_TR_NOOP("A WebSocket is opened with GET."), {{"Allow", "GET"}}};
    if (head.hasBody())
        return Refusal{400, QT_TR_NOOP("A WebSocket's handshake has no body."), {}};
    if (head.value("Host").isEmpty())
        return Refusal{400, QT_TR_NOOP("A WebSocket's handshake needs a Host."), {}};
    if (head.value("Upgrade").compare("websocket", Qt::CaseInsensitive) != 0 ||
        !head.value("Connection").toLower().contains("upgrade"))
        return Refusal{
            400, QT_TR_NOOP("The handshake must ask for websocket and nothing else."), {}};
    const std::vector<QByteArray> versions = head.values("Sec-WebSocket-Version");
    if (versions.size() != 1 || versions.front() != "13")
        return Refusal{426,
                       QT_TR_NOOP("This server speaks WebSocket version 13."),
                       {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}}};
    const std::vector<QByteArray> keys = head.values("Sec-WebSocket-Key");
    const auto key = keys.size() != 1 ? QByteArray::FromBase64Result{}
                                      : QByteArray::fromBase64Encoding(
                                            keys.front(), QByteArray::AbortOnBase64DecodingErrors);
    if (keys.size() != 1 || !key || key.decoded.size() != 16)
        return Refusal{
            400, QT_TR_NOOP("The handshake needs one Sec-WebSocket-Key of 16 bytes."), {}};
    if (head.target.size() > kMostUpgradeLineBytes)
        return Refusal{414, QT_TR_NOOP("A WebSocket's address may have 8000 bytes."), {}};
    for (const Field &field : head.fields) {
        if (field.name.size() + field.value.size() > kMostUpgradeLineBytes)
            return Refusal{
                431, QT_TR_NOOP("A field of a WebSocket's handshake may have 8000 bytes."), {}};
    }
    return std::nullopt;
}

} // namespace pushdeck
