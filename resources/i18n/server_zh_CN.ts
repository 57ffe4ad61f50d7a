<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>TlsSocket</name>
    <message>
        <source>the connection was closed</source>
        <translation>连接已关闭</translation>
    </message>
</context>
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
    <message>
        <source>The token&apos;s &apos;%1&apos; is no time in seconds.</source>
        <translation>令牌的“%1”不是以秒计的时间。</translation>
    </message>
    <message>
        <source>A topic of the token is no string.</source>
        <translation>令牌中有一个主题不是字符串。</translation>
    </message>
    <message>
        <source>The token&apos;s topic &apos;%1&apos; is a URI template; patterns here are &apos;*&apos; for one segment and &apos;**&apos; for any number.</source>
        <translation>令牌的主题“%1”是 URI 模板；此处的模式是“*”（一段）和“**”（任意段）。</translation>
    </message>
    <message>
        <source>The token&apos;s topic &apos;%1&apos; is none: %2</source>
        <translation>令牌的主题“%1”无效：%2</translation>
    </message>
    <message>
        <source>The token&apos;s &apos;mercure.%1&apos; is no list.</source>
        <translation>令牌的“mercure.%1”不是列表。</translation>
    </message>
    <message>
        <source>The token has expired.</source>
        <translation>令牌已过期。</translation>
    </message>
    <message>
        <source>The token does not hold yet.</source>
        <translation>令牌尚未生效。</translation>
    </message>
    <message>
        <source>The token was issued in the future.</source>
        <translation>令牌的签发时间在未来。</translation>
    </message>
    <message>
        <source>The token&apos;s &apos;sub&apos; is no string.</source>
        <translation>令牌的“sub”不是字符串。</translation>
    </message>
    <message>
        <source>The token&apos;s &apos;sub&apos; has more than %1 characters.</source>
        <translation>令牌的“sub”超过 %1 个字符。</translation>
    </message>
    <message>
        <source>The token&apos;s &apos;mercure&apos; is no object.</source>
        <translation>令牌的“mercure”不是对象。</translation>
    </message>
    <message>
        <source>The token has more than %1 bytes.</source>
        <translation>令牌超过 %1 字节。</translation>
    </message>
    <message>
        <source>This is no signed token: it has three parts with dots between.</source>
        <translation>这不是签名令牌：签名令牌有三部分，以点分隔。</translation>
    </message>
    <message>
        <source>A part of the token is no base64url.</source>
        <translation>令牌的某一部分不是 base64url。</translation>
    </message>
    <message>
        <source>The token&apos;s header is no JSON object.</source>
        <translation>令牌的头部不是 JSON 对象。</translation>
    </message>
    <message>
        <source>The token is not signed with %1.</source>
        <translation>令牌不是用 %1 签名的。</translation>
    </message>
    <message>
        <source>The token&apos;s header asks for what is not known here (&apos;crit&apos;).</source>
        <translation>令牌的头部要求此处不支持的内容（“crit”）。</translation>
    </message>
    <message>
        <source>The token&apos;s signature is not right.</source>
        <translation>令牌的签名不正确。</translation>
    </message>
    <message>
        <source>The token&apos;s claims are no JSON object.</source>
        <translation>令牌的声明不是 JSON 对象。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither &apos;publish=&apos; nor &apos;subscribe=&apos;.</source>
        <translation>“%1”既不是“publish=”也不是“subscribe=”。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; stands there twice.</source>
        <translation>“%1”出现了两次。</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: who may is &apos;anyone&apos;, &apos;token&apos;, &apos;operator&apos; or &apos;nobody&apos;.</source>
        <translation>“%1”：对象只能是“anyone”、“token”、“operator”或“nobody”。</translation>
    </message>
    <message>
        <source>After the pattern stands &apos;publish=&apos; or &apos;subscribe=&apos;, and who may.</source>
        <translation>模式之后是“publish=”或“subscribe=”，以及允许的对象。</translation>
    </message>
    <message>
        <source>A client tried https or wss, and %1.</source>
        <translation>有客户端尝试 https 或 wss，但%1。</translation>
    </message>
    <message>
        <source>TLS: the client does not trust this server&apos;s certificate (%1).</source>
        <translation>TLS：客户端不信任此服务器的证书（%1）。</translation>
    </message>
    <message>
        <source>TLS: the client and this server have no version or cipher in common (%1).</source>
        <translation>TLS：客户端与此服务器没有共同的版本或密码套件（%1）。</translation>
    </message>
    <message>
        <source>TLS: the client left during the handshake (%1).</source>
        <translation>TLS：客户端在握手期间离开（%1）。</translation>
    </message>
    <message>
        <source>TLS: the handshake was given up (%1).</source>
        <translation>TLS：握手已放弃（%1）。</translation>
    </message>
    <message>
        <source>TLS: the handshake failed (%1).</source>
        <translation>TLS：握手失败（%1）。</translation>
    </message>
    <message>
        <source>The token&apos;s &apos;mercure.%1&apos; has more than %2 topics.</source>
        <translation>令牌的“mercure.%1”超过 %2 个主题。</translation>
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
    <message>
        <source>The rules for topics: %1</source>
        <translation>主题规则：%1</translation>
    </message>
    <message>
        <source>This server takes encrypted connections only: use https:// or wss://.</source>
        <translation>此服务器只接受加密连接：请使用 https:// 或 wss://。</translation>
    </message>
    <message>
        <source>Subscribing to &apos;%1&apos; is not allowed.</source>
        <translation>不允许订阅“%1”。</translation>
    </message>
    <message>
        <source>Subscribing to &apos;%1&apos; is not allowed: it includes topics that may not be read.</source>
        <translation>不允许订阅“%1”：其中包含不可读取的主题。</translation>
    </message>
    <message>
        <source>Subscribing to &apos;%1&apos; needs a token.</source>
        <translation>订阅“%1”需要令牌。</translation>
    </message>
    <message>
        <source>Subscribing to &apos;%1&apos; needs a token: it includes topics that need one.</source>
        <translation>订阅“%1”需要令牌：其中包含需要令牌的主题。</translation>
    </message>
    <message>
        <source>The token does not let subscribe to &apos;%1&apos;.</source>
        <translation>令牌不允许订阅“%1”。</translation>
    </message>
    <message>
        <source>Signed tokens are not taken any more.</source>
        <translation>不再接受签名令牌。</translation>
    </message>
    <message>
        <source>Publishing to &apos;%1&apos; is not allowed.</source>
        <translation>不允许发布到“%1”。</translation>
    </message>
    <message>
        <source>Publishing to &apos;%1&apos; needs a token.</source>
        <translation>发布到“%1”需要令牌。</translation>
    </message>
    <message>
        <source>The token does not let publish to &apos;%1&apos;.</source>
        <translation>令牌不允许发布到“%1”。</translation>
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
    <name>pushdeck::AuthorityPages</name>
    <message>
        <source>This takes GET, HEAD.</source>
        <translation>此处接受 GET、HEAD。</translation>
    </message>
    <message>
        <source>This server&apos;s certificate is not one that Pushdeck made: ask whoever runs it who signed it.</source>
        <translation>此服务器的证书不是由 Pushdeck 生成的：请向其运行者询问是谁签发的。</translation>
    </message>
    <message>
        <source>TLS is off: there is nothing to trust.</source>
        <translation>TLS 已关闭：没有需要信任的内容。</translation>
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
    <name>pushdeck::Encryption</name>
    <message>
        <source>TLS: %1: %2</source>
        <translation>TLS 提示：%1：%2</translation>
    </message>
    <message>
        <source>TLS: %1</source>
        <translation>TLS 提示：%1</translation>
    </message>
    <message>
        <source>New connections get a new certificate, valid until %1.</source>
        <translation>新连接将使用新证书，有效期至 %1。</translation>
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
    <message>
        <source>server is stopping or restarting, come back soon</source>
        <translation>服务器正在停止或重启，请稍后再来</translation>
    </message>
    <message>
        <source>no longer allowed here</source>
        <translation>此处不再允许</translation>
    </message>
    <message>
        <source>the token has expired</source>
        <translation>令牌已过期</translation>
    </message>
    <message>
        <source>too many messages</source>
        <translation>消息过多</translation>
    </message>
    <message>
        <source>the server has as many topics as it may have</source>
        <translation>服务器的主题数已达上限</translation>
    </message>
    <message>
        <source>a message was begun and not finished in time</source>
        <translation>一条消息开始后未及时完成</translation>
    </message>
    <message>
        <source>too slow: the biggest backlog while all together were over the limit, resume at your last id</source>
        <translation>过慢：全部积压超出上限时它的积压最大，可从最后的 id 继续</translation>
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
    <message>
        <source>Your address has as many connections as it may have; close some, or try again later.</source>
        <translation>你的地址的连接数已达上限；请关闭一些，或稍后再试。</translation>
    </message>
    <message>
        <source>TLS is off</source>
        <translation>TLS 已关闭</translation>
    </message>
</context>
<context>
    <name>pushdeck::Greeting</name>
    <message>
        <source>The request&apos;s head took too long to arrive.</source>
        <translation>请求头到达的时间太长。</translation>
    </message>
    <message>
        <source>it took too long to arrive</source>
        <translation>到达用时过长</translation>
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
    <name>pushdeck::Hub</name>
    <message>
        <source>The server has as many topics as it may have; try again later.</source>
        <translation>服务器的主题数已达上限；请稍后再试。</translation>
    </message>
    <message>
        <source>The server has as many different patterns as it may have; try again later.</source>
        <translation>服务器的不同模式数已达上限；请稍后再试。</translation>
    </message>
</context>
<context>
    <name>pushdeck::JwtKey</name>
    <message>
        <source>A key for signed tokens has at most %1 bytes.</source>
        <translation>签名令牌的密钥最多 %1 字节。</translation>
    </message>
    <message>
        <source>A secret for signed tokens has at least %1 bytes.</source>
        <translation>签名令牌的密钥至少 %1 字节。</translation>
    </message>
    <message>
        <source>This is a private key. To verify signed tokens the public one is enough: &apos;openssl pkey -pubout&apos; makes it.</source>
        <translation>这是私钥。验证签名令牌只需公钥：用“openssl pkey -pubout”生成。</translation>
    </message>
    <message>
        <source>The key for signed tokens is no public key in PEM (&apos;-----BEGIN PUBLIC KEY-----&apos;).</source>
        <translation>签名令牌的密钥不是 PEM 格式的公钥（“-----BEGIN PUBLIC KEY-----”）。</translation>
    </message>
    <message>
        <source>An RSA key for signed tokens has at least %1 bits.</source>
        <translation>签名令牌的 RSA 密钥至少 %1 位。</translation>
    </message>
    <message>
        <source>A key for signed tokens is a secret, an RSA key, or an elliptic one on P-256.</source>
        <translation>签名令牌的密钥可以是密钥文本、RSA 密钥，或 P-256 椭圆曲线密钥。</translation>
    </message>
    <message>
        <source>The key for signed tokens cannot be read from %1: %2.</source>
        <translation>无法从 %1 读取签名令牌的密钥：%2。</translation>
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
    <name>pushdeck::PublishRates</name>
    <message>
        <source>%1 messages a second, %2 at once</source>
        <translation>每秒 %1 条消息，一次 %2 条</translation>
    </message>
    <message>
        <source>%1 bytes a second</source>
        <translation>每秒 %1 字节</translation>
    </message>
    <message>
        <source>Too many messages: a client may send %1.</source>
        <translation>消息过多：一个客户端可发送%1。</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 和 </translation>
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
    <message>
        <source>Access stays as it was. %1</source>
        <translation>访问设置保持不变。%1</translation>
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
    <name>pushdeck::StaticFiles</name>
    <message>
        <source>The folder that is served is “/”: whoever reaches this server can read every file that this program can.</source>
        <translation>所提供的文件夹是“/”：能访问此服务器的人可以读取本程序能读取的所有文件。</translation>
    </message>
    <message>
        <source>The folder that is served, “%1”, is your home or holds it: whoever reaches this server can read your files.</source>
        <translation>所提供的文件夹“%1”是你的主目录或包含它：能访问此服务器的人可以读取你的文件。</translation>
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
    <name>pushdeck::TopicPattern</name>
    <message>
        <source>A pattern has at most %1 segments; this one has %2.</source>
        <translation>模式最多有 %1 段；此模式有 %2 段。</translation>
    </message>
</context>
<context>
    <name>pushdeck::TopicRules</name>
    <message>
        <source>Rules have at most %1 bytes.</source>
        <translation>规则最多 %1 字节。</translation>
    </message>
    <message>
        <source>There may be %1 rules.</source>
        <translation>最多可以有 %1 条规则。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
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
