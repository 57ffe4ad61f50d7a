<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>pushdeck</name>
    <message>
        <source>This takes %1.</source>
        <translation>此处可用 %1。</translation>
    </message>
    <message>
        <source>There is no client of that id.</source>
        <translation>没有该 ID 的客户端。</translation>
    </message>
    <message>
        <source>An event name has no line breaks and no NUL.</source>
        <translation>事件名不能有换行和 NUL。</translation>
    </message>
    <message>
        <source>An event name is at most %1 bytes long.</source>
        <translation>事件名最长 %1 个字节。</translation>
    </message>
    <message>
        <source>An event name is valid UTF-8; this one is not.</source>
        <translation>事件名必须是有效的 UTF-8；此事件名不是。</translation>
    </message>
    <message>
        <source>A content type is at most %1 printable ASCII characters.</source>
        <translation>内容类型最多 %1 个可打印的 ASCII 字符。</translation>
    </message>
    <message>
        <source>A topic begins with &apos;/&apos;.</source>
        <translation>主题以“/”开头。</translation>
    </message>
    <message>
        <source>A topic is at most %1 bytes long; this one has %2.</source>
        <translation>主题最长 %1 个字节；此主题有 %2 个。</translation>
    </message>
    <message>
        <source>A topic is valid UTF-8; this one is not.</source>
        <translation>主题必须是有效的 UTF-8；此主题不是。</translation>
    </message>
    <message>
        <source>A topic has no control characters.</source>
        <translation>主题不能有控制字符。</translation>
    </message>
    <message>
        <source>Paths under &apos;/_/&apos; and &apos;/.well-known/&apos;, &apos;/favicon.ico&apos; and &apos;/robots.txt&apos; are reserved and cannot be topics.</source>
        <translation>“/_/”和“/.well-known/”下的路径、“/favicon.ico”及“/robots.txt”是保留的，不能作为主题。</translation>
    </message>
    <message>
        <source>A &apos;%&apos; in an address is followed by two hexadecimal digits.</source>
        <translation>地址中的“%”后面应为两位十六进制数字。</translation>
    </message>
    <message>
        <source>A WebSocket is opened with GET.</source>
        <translation>WebSocket 须用 GET 打开。</translation>
    </message>
    <message>
        <source>A WebSocket&apos;s handshake has no body.</source>
        <translation>WebSocket 握手不能有请求体。</translation>
    </message>
    <message>
        <source>A WebSocket&apos;s handshake needs a Host.</source>
        <translation>WebSocket 握手需要 Host。</translation>
    </message>
    <message>
        <source>The handshake must ask for websocket and nothing else.</source>
        <translation>握手只能请求 websocket。</translation>
    </message>
    <message>
        <source>This server speaks WebSocket version 13.</source>
        <translation>本服务器使用 WebSocket 版本 13。</translation>
    </message>
    <message>
        <source>The handshake needs one Sec-WebSocket-Key of 16 bytes.</source>
        <translation>握手需要一个 16 字节的 Sec-WebSocket-Key。</translation>
    </message>
    <message>
        <source>A WebSocket&apos;s address may have 8000 bytes.</source>
        <translation>WebSocket 的地址最长 8000 个字节。</translation>
    </message>
    <message>
        <source>A field of a WebSocket&apos;s handshake may have 8000 bytes.</source>
        <translation>WebSocket 握手的字段最长 8000 个字节。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a string.</source>
        <translation>“%1”应为字符串。</translation>
    </message>
    <message>
        <source>&apos;data&apos; is missing.</source>
        <translation>缺少“data”。</translation>
    </message>
    <message>
        <source>&apos;encoding&apos; is &apos;utf-8&apos; or &apos;base64&apos;.</source>
        <translation>“encoding”应为“utf-8”或“base64”。</translation>
    </message>
    <message>
        <source>&apos;data&apos; is not valid base64.</source>
        <translation>“data”不是有效的 base64。</translation>
    </message>
    <message>
        <source>&apos;topic&apos; is missing.</source>
        <translation>缺少“topic”。</translation>
    </message>
    <message>
        <source>A subscription has at most %1 topics.</source>
        <translation>一个订阅最多 %1 个主题。</translation>
    </message>
    <message>
        <source>A topic is a string.</source>
        <translation>主题应为字符串。</translation>
    </message>
    <message>
        <source>This is not JSON: %1 at byte %2.</source>
        <translation>不是 JSON：第 %2 个字节处 %1。</translation>
    </message>
    <message>
        <source>A JSON object is expected.</source>
        <translation>此处应为 JSON 对象。</translation>
    </message>
    <message>
        <source>&apos;watch&apos; is true or false.</source>
        <translation>“watch”应为 true 或 false。</translation>
    </message>
    <message>
        <source>&apos;type&apos; is one of &apos;publish&apos;, &apos;subscribe&apos;, &apos;unsubscribe&apos;, &apos;presence&apos; and &apos;ping&apos;.</source>
        <translation>“type”应为“publish”、“subscribe”、“unsubscribe”、“presence”或“ping”。</translation>
    </message>
    <message>
        <source>The format is &apos;raw&apos; or &apos;json&apos;.</source>
        <translation>格式应为“raw”或“json”。</translation>
    </message>
    <message>
        <source>The timeout is a whole number of seconds from 0 to %1.</source>
        <translation>超时应为 0 到 %1 的整数秒。</translation>
    </message>
    <message>
        <source>an unknown number of messages</source>
        <translation>数量未知的消息</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 条消息</translation>
    </message>
    <message>
        <source>missed %1: no longer remembered</source>
        <translation>错过了 %1：已不再记忆</translation>
    </message>
    <message>
        <source>missed %1: the server was restarted</source>
        <translation>错过了 %1：服务器已重启</translation>
    </message>
    <message>
        <source>missed %1: no longer remembered; raw frames have no room to tell it</source>
        <translation>错过了 %1：已不再记忆；raw 帧无法告知</translation>
    </message>
    <message>
        <source>missed %1: the server was restarted; raw frames have no room to tell it</source>
        <translation>错过了 %1：服务器已重启；raw 帧无法告知</translation>
    </message>
    <message>
        <source>long-poll</source>
        <translation>长轮询</translation>
    </message>
    <message>
        <source>reconnect %1 after %2 s</source>
        <translation>第 %1 次重连，间隔 %2 秒</translation>
    </message>
    <message>
        <source>%1, over %2 instead of %3</source>
        <translation>%1，改用 %2，原为 %3</translation>
    </message>
</context>
<context>
    <name>pushdeck::AccessPolicy</name>
    <message>
        <source>Pages of this origin are not allowed here.</source>
        <translation>不允许来自此来源的网页。</translation>
    </message>
    <message>
        <source>Subscribing needs a token: &apos;Authorization: Bearer …&apos; or &apos;?token=…&apos;.</source>
        <translation>订阅需要令牌：“Authorization: Bearer …”或“?token=…”。</translation>
    </message>
    <message>
        <source>Publishing needs a token: &apos;Authorization: Bearer …&apos; or &apos;?token=…&apos;.</source>
        <translation>发布需要令牌：“Authorization: Bearer …”或“?token=…”。</translation>
    </message>
    <message>
        <source>The operator&apos;s interface does not answer pages of other sites.</source>
        <translation>操作员接口不响应其他网站的网页。</translation>
    </message>
    <message>
        <source>The operator&apos;s interface answers under an IP address or a local name only.</source>
        <translation>操作员接口只在 IP 地址或本地名称下响应。</translation>
    </message>
    <message>
        <source>From another machine the operator&apos;s interface needs the operator&apos;s token: &apos;Authorization: Bearer …&apos;.</source>
        <translation>从其他机器访问操作员接口需要操作员令牌：“Authorization: Bearer …”。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Arrival</name>
    <message>
        <source>came back over another transport</source>
        <translation>改用其他传输方式重新连接</translation>
    </message>
</context>
<context>
    <name>pushdeck::Cursor</name>
    <message>
        <source>A cursor is a message id, &apos;latest&apos;, &apos;all&apos;, &apos;-N&apos; (the last N messages) or an age such as &apos;30s&apos;, &apos;10m&apos; or &apos;2h&apos;.</source>
        <translation>游标应为消息 ID、“latest”、“all”、“-N”（最近 N 条消息）或时间，如“30s”、“10m”、“2h”。</translation>
    </message>
</context>
<context>
    <name>pushdeck::EndReason</name>
    <message>
        <source>client left</source>
        <translation>客户端已离开</translation>
    </message>
    <message>
        <source>closed by the operator</source>
        <translation>由操作员关闭</translation>
    </message>
    <message>
        <source>server is stopping, come back later</source>
        <translation>服务器正在停止，请稍后重连</translation>
    </message>
    <message>
        <source>too slow: backlog over the limit, resume at your last id</source>
        <translation>太慢：积压超出限制，请从最后的 ID 恢复</translation>
    </message>
    <message>
        <source>no answer to two pings</source>
        <translation>两次 ping 均无应答</translation>
    </message>
    <message>
        <source>message over the size limit</source>
        <translation>消息超出大小限制</translation>
    </message>
    <message>
        <source>text frame is not UTF-8</source>
        <translation>文本帧不是 UTF-8</translation>
    </message>
    <message>
        <source>broken WebSocket frame</source>
        <translation>WebSocket 帧损坏</translation>
    </message>
    <message>
        <source>publishing is not allowed</source>
        <translation>不允许发布</translation>
    </message>
</context>
<context>
    <name>pushdeck::Farewell</name>
    <message>
        <source>no poll for %1 s</source>
        <translation>%1 秒内没有轮询</translation>
    </message>
</context>
<context>
    <name>pushdeck::FrontDoor</name>
    <message>
        <source>“%1” is not an IP address.</source>
        <translation>“%1”不是 IP 地址。</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>port %1 of %2</source>
        <translation>端口 %1（%2）</translation>
    </message>
    <message>
        <source>Another program is using %1.</source>
        <translation>另一个程序正在使用%1。</translation>
    </message>
    <message>
        <source>This computer does not have the address %1.</source>
        <translation>本机没有地址 %1。</translation>
    </message>
    <message>
        <source>This user may not listen on %1; try a port above 1023.</source>
        <translation>当前用户不能监听%1；请使用大于 1023 的端口。</translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2</source>
        <translation>无法监听%1：%2</translation>
    </message>
    <message>
        <source>The server has no file descriptors left; try again later.</source>
        <translation>服务器的文件描述符已用尽；请稍后重试。</translation>
    </message>
    <message>
        <source>The server has as many connections as it may have; try again later.</source>
        <translation>服务器的连接数已达上限；请稍后重试。</translation>
    </message>
    <message>
        <source>Bytes follow the WebSocket handshake before it was answered.</source>
        <translation>WebSocket 握手尚未应答就收到了后续字节。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Greeting</name>
    <message>
        <source>The request&apos;s head took too long to arrive.</source>
        <translation>请求头到达的时间太长。</translation>
    </message>
</context>
<context>
    <name>pushdeck::HeadParser</name>
    <message>
        <source>The request&apos;s header fields are larger than this server takes.</source>
        <translation>请求头字段超出服务器的上限。</translation>
    </message>
    <message>
        <source>The request&apos;s address is longer than this server takes.</source>
        <translation>请求的地址超出服务器的上限。</translation>
    </message>
    <message>
        <source>A line of the request&apos;s head holds a carriage return on its own.</source>
        <translation>请求头的一行中有单独的回车符。</translation>
    </message>
    <message>
        <source>A header field holds a NUL byte.</source>
        <translation>请求头字段中有 NUL 字节。</translation>
    </message>
    <message>
        <source>This looks like TLS; this port speaks plain HTTP and WebSocket (http:, ws:).</source>
        <translation>这像是 TLS；本端口使用明文 HTTP 和 WebSocket（http:、ws:）。</translation>
    </message>
    <message>
        <source>The request line holds a byte that may not stand there.</source>
        <translation>请求行中有不允许的字节。</translation>
    </message>
    <message>
        <source>A line of the request&apos;s head does not end with CR LF.</source>
        <translation>请求头的一行没有以 CR LF 结尾。</translation>
    </message>
    <message>
        <source>There are empty lines in front of the request.</source>
        <translation>请求之前有空行。</translation>
    </message>
    <message>
        <source>The request line is not &quot;METHOD target HTTP/1.1&quot;.</source>
        <translation>请求行不是“METHOD target HTTP/1.1”。</translation>
    </message>
    <message>
        <source>The request&apos;s method is not a word.</source>
        <translation>请求的方法不是一个词。</translation>
    </message>
    <message>
        <source>The request line does not end with an HTTP version.</source>
        <translation>请求行没有以 HTTP 版本结尾。</translation>
    </message>
    <message>
        <source>This server speaks HTTP/1.1.</source>
        <translation>本服务器使用 HTTP/1.1。</translation>
    </message>
    <message>
        <source>The request&apos;s address holds a character that must be percent-encoded.</source>
        <translation>请求的地址中有必须百分号编码的字符。</translation>
    </message>
    <message>
        <source>This server is no proxy.</source>
        <translation>本服务器不是代理。</translation>
    </message>
    <message>
        <source>Only OPTIONS may ask for &quot;*&quot;.</source>
        <translation>只有 OPTIONS 可以请求“*”。</translation>
    </message>
    <message>
        <source>The host in the request&apos;s address is not valid.</source>
        <translation>请求地址中的主机无效。</translation>
    </message>
    <message>
        <source>The request&apos;s address does not begin with &apos;/&apos;.</source>
        <translation>请求的地址没有以“/”开头。</translation>
    </message>
    <message>
        <source>The request&apos;s address begins with &quot;//&quot;.</source>
        <translation>请求的地址以“//”开头。</translation>
    </message>
    <message>
        <source>A header field is folded over two lines.</source>
        <translation>请求头字段折成了两行。</translation>
    </message>
    <message>
        <source>The request has more header fields than this server takes.</source>
        <translation>请求头字段的数量超出服务器的上限。</translation>
    </message>
    <message>
        <source>A header field has no colon.</source>
        <translation>请求头字段没有冒号。</translation>
    </message>
    <message>
        <source>A header field&apos;s name holds a character that may not stand there.</source>
        <translation>请求头字段的名称中有不允许的字符。</translation>
    </message>
    <message>
        <source>A header field&apos;s value holds a control character.</source>
        <translation>请求头字段的值中有控制字符。</translation>
    </message>
    <message>
        <source>The request has two Host fields.</source>
        <translation>请求有两个 Host 字段。</translation>
    </message>
    <message>
        <source>The request has no Host field.</source>
        <translation>请求没有 Host 字段。</translation>
    </message>
    <message>
        <source>The request&apos;s Host field is not a host.</source>
        <translation>请求的 Host 字段不是主机。</translation>
    </message>
    <message>
        <source>This server knows no expectation but 100-continue.</source>
        <translation>本服务器只支持 100-continue。</translation>
    </message>
    <message>
        <source>The request has two Content-Length fields.</source>
        <translation>请求有两个 Content-Length 字段。</translation>
    </message>
    <message>
        <source>The request has both Content-Length and Transfer-Encoding.</source>
        <translation>请求同时有 Content-Length 和 Transfer-Encoding。</translation>
    </message>
    <message>
        <source>HTTP/1.0 has no Transfer-Encoding.</source>
        <translation>HTTP/1.0 没有 Transfer-Encoding。</translation>
    </message>
    <message>
        <source>This server knows no Transfer-Encoding but chunked.</source>
        <translation>本服务器只支持 chunked 的 Transfer-Encoding。</translation>
    </message>
    <message>
        <source>The request&apos;s Transfer-Encoding does not tell where its body ends.</source>
        <translation>请求的 Transfer-Encoding 没有说明请求体在何处结束。</translation>
    </message>
    <message>
        <source>The request&apos;s Content-Length is not a number this server can take.</source>
        <translation>请求的 Content-Length 不是服务器能接受的数字。</translation>
    </message>
</context>
<context>
    <name>pushdeck::HistoryFile</name>
    <message>
        <source>The history file %1 is damaged and cannot be renamed.</source>
        <translation>历史文件 %1 已损坏，且无法重命名。</translation>
    </message>
    <message>
        <source>The history file %1 is in use by another program.</source>
        <translation>历史文件 %1 正被另一个程序使用。</translation>
    </message>
    <message>
        <source>The history file %1 cannot be used: %2.</source>
        <translation>历史文件 %1 无法使用：%2。</translation>
    </message>
    <message>
        <source>%1 is no history file of this version of Pushdeck; it was left as it is.</source>
        <translation>%1 不是此版本 Pushdeck 的历史文件；文件保持原样。</translation>
    </message>
</context>
<context>
    <name>pushdeck::HttpConnection</name>
    <message>
        <source>The request&apos;s head took too long to arrive.</source>
        <translation>请求头到达的时间太长。</translation>
    </message>
    <message>
        <source>The request&apos;s body took too long to arrive.</source>
        <translation>请求体到达的时间太长。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器没有及时应答。</translation>
    </message>
    <message>
        <source>The request&apos;s body is larger than this server takes.</source>
        <translation>请求体超出服务器的上限。</translation>
    </message>
    <message>
        <source>The request&apos;s chunked body is malformed.</source>
        <translation>请求的 chunked 请求体格式有误。</translation>
    </message>
    <message>
        <source>The server is taking as many request bodies as it can hold; try again later.</source>
        <translation>服务器正在接收的请求体已达上限；请稍后重试。</translation>
    </message>
    <message>
        <source>The server is not ready yet.</source>
        <translation>服务器尚未就绪。</translation>
    </message>
</context>
<context>
    <name>pushdeck::HttpEndpoint</name>
    <message>
        <source>There is nothing here.</source>
        <translation>此处没有内容。</translation>
    </message>
    <message>
        <source>A topic takes GET to subscribe and POST or PUT to publish.</source>
        <translation>主题用 GET 订阅，用 POST 或 PUT 发布。</translation>
    </message>
    <message>
        <source>The server has as many clients as it may have.</source>
        <translation>服务器的客户端数已达上限。</translation>
    </message>
    <message>
        <source>Relaying is off: only the operator publishes here.</source>
        <translation>转发已关闭：只有操作员可以在此发布。</translation>
    </message>
</context>
<context>
    <name>pushdeck::OperatorApi</name>
    <message>
        <source>There is no such call.</source>
        <translation>没有这个调用。</translation>
    </message>
    <message>
        <source>A close code is 1000, 1001, or from 3000 to 4999.</source>
        <translation>关闭码应为 1000、1001，或 3000 到 4999。</translation>
    </message>
    <message>
        <source>A reason is at most %1 bytes of UTF-8.</source>
        <translation>原因最多 %1 个 UTF-8 字节。</translation>
    </message>
    <message>
        <source>There is no message of that id.</source>
        <translation>没有该 ID 的消息。</translation>
    </message>
    <message>
        <source>That message is no longer remembered: who got it cannot be told any more.</source>
        <translation>该消息已不再记忆：无从得知谁收到了它。</translation>
    </message>
    <message>
        <source>Give either &apos;topic&apos;, or &apos;to&apos;: the id of a client, or &quot;all&quot;.</source>
        <translation>请给出“topic”，或“to”：客户端的 ID，或“all”。</translation>
    </message>
    <message>
        <source>There is no client of that id.</source>
        <translation>没有该 ID 的客户端。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Pages</name>
    <message>
        <source>This file is too large to be served.</source>
        <translation>该文件太大，无法提供。</translation>
    </message>
</context>
<context>
    <name>pushdeck::PushServer</name>
    <message>
        <source>Qt&apos;s HTTP server did not take the port.</source>
        <translation>Qt 的 HTTP 服务器没有接管端口。</translation>
    </message>
    <message>
        <source>Listening on port %1</source>
        <translation>正在监听端口 %1</translation>
    </message>
    <message>
        <source>The history file was damaged. It was kept as %1, and a new one begun.</source>
        <translation>历史文件已损坏。原文件保留为 %1，并新建了一个。</translation>
    </message>
    <message>
        <source>The history file cannot be written (%1). From now on what is remembered ends with this run.</source>
        <translation>无法写入历史文件（%1）。从现在起，记忆的内容只保留到本次运行结束。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>服务器没有运行。</translation>
    </message>
    <message>
        <source>None of the chosen clients is connected any more.</source>
        <translation>所选的客户端都已断开。</translation>
    </message>
</context>
<context>
    <name>pushdeck::SseSession</name>
    <message>
        <source>the client closed the stream</source>
        <translation>客户端关闭了流</translation>
    </message>
</context>
<context>
    <name>pushdeck::SubscriptionRequest</name>
    <message>
        <source>A client_id is at most %1 bytes of UTF-8.</source>
        <translation>client_id 最多 %1 个 UTF-8 字节。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Topic</name>
    <message>
        <source>&apos;*&apos; and &apos;**&apos; are patterns for subscribing; publish to one topic.</source>
        <translation>“*”和“**”是用于订阅的模式；请发布到一个主题。</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficRecorder</name>
    <message>
        <source>not relayed</source>
        <translation>未转发</translation>
    </message>
</context>
<context>
    <name>pushdeck::WebSocketSession</name>
    <message>
        <source>the connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>pushdeck.v1 speaks JSON in text frames.</source>
        <translation>pushdeck.v1 在文本帧中使用 JSON。</translation>
    </message>
    <message>
        <source>Relaying is off: only the operator saw it.</source>
        <translation>转发已关闭：只有操作员看到了它。</translation>
    </message>
    <message>
        <source>A subscription has at most %1 topics.</source>
        <translation>一个订阅最多 %1 个主题。</translation>
    </message>
    <message>
        <source>Not subscribed to %1.</source>
        <translation>未订阅 %1。</translation>
    </message>
    <message>
        <source>A client is told of the presence on %1 topics at most.</source>
        <translation>一个客户端最多获知 %1 个主题的在线情况。</translation>
    </message>
    <message>
        <source>the client closed</source>
        <translation>客户端已关闭连接</translation>
    </message>
</context>
</TS>
