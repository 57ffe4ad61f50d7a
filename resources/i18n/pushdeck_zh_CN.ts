<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>pushdeck</name>
    <message>
        <source>Messages per topic</source>
        <translation>每个主题的消息数</translation>
    </message>
    <message>
        <source>The oldest go. 0 remembers none.</source>
        <translation>超出时丢弃最旧的。0 表示不记忆。</translation>
    </message>
    <message>
        <source>Size per topic</source>
        <translation>每个主题的大小</translation>
    </message>
    <message>
        <source>Payloads and bookkeeping; one message always stays.</source>
        <translation>载荷与管理开销；始终保留一条消息。</translation>
    </message>
    <message>
        <source>Messages in all topics</source>
        <translation>所有主题的消息数</translation>
    </message>
    <message>
        <source>The oldest go, whatever their topic.</source>
        <translation>超出时丢弃最旧的，不论主题。</translation>
    </message>
    <message>
        <source>Size in all topics</source>
        <translation>所有主题的大小</translation>
    </message>
    <message>
        <source>Rows in the traffic log</source>
        <translation>流量日志的行数</translation>
    </message>
    <message>
        <source>The oldest go; the log says how many.</source>
        <translation>超出时丢弃最旧的；日志会注明丢弃的数量。</translation>
    </message>
    <message>
        <source>Size of the traffic log</source>
        <translation>流量日志的大小</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>打开的连接数</translation>
    </message>
    <message>
        <source>Over it: 503.</source>
        <translation>超出：503。</translation>
    </message>
    <message>
        <source>Head of a request</source>
        <translation>请求头大小</translation>
    </message>
    <message>
        <source>Over it: 431.</source>
        <translation>超出：431。</translation>
    </message>
    <message>
        <source>Body of a request</source>
        <translation>请求体大小</translation>
    </message>
    <message>
        <source>Over it: 413.</source>
        <translation>超出：413。</translation>
    </message>
    <message>
        <source>WebSocket message</source>
        <translation>WebSocket 消息大小</translation>
    </message>
    <message>
        <source>Over it: closed, 1009.</source>
        <translation>超出：关闭，1009。</translation>
    </message>
    <message>
        <source>Backlog of a client</source>
        <translation>单个客户端的积压</translation>
    </message>
    <message>
        <source>Bytes that wait for it. Over it: closed as too slow.</source>
        <translation>等待发给它的字节。超出：因太慢而关闭。</translation>
    </message>
    <message>
        <source>Time for a head</source>
        <translation>接收请求头的时限</translation>
    </message>
    <message>
        <source>Over it: 408.</source>
        <translation>超出：408。</translation>
    </message>
    <message>
        <source>Time for a body</source>
        <translation>接收请求体的时限</translation>
    </message>
    <message>
        <source>Idle between requests</source>
        <translation>请求之间的空闲时间</translation>
    </message>
    <message>
        <source>Over it: closed.</source>
        <translation>超出：关闭。</translation>
    </message>
    <message>
        <source>Response that stalls</source>
        <translation>响应停滞的时限</translation>
    </message>
    <message>
        <source>Over it: aborted.</source>
        <translation>超出：中止。</translation>
    </message>
    <message>
        <source>Fields in a head</source>
        <translation>请求头的字段数</translation>
    </message>
    <message>
        <source>Request target</source>
        <translation>请求目标的长度</translation>
    </message>
    <message>
        <source>Over it: 414.</source>
        <translation>超出：414。</translation>
    </message>
    <message>
        <source>All bodies at one time</source>
        <translation>同时接收的全部请求体</translation>
    </message>
    <message>
        <source>Input while an answer is held</source>
        <translation>响应挂起期间的输入</translation>
    </message>
    <message>
        <source>Connections not yet accepted</source>
        <translation>尚未接受的连接数</translation>
    </message>
    <message>
        <source>Time for a handshake</source>
        <translation>握手时限</translation>
    </message>
    <message>
        <source>Time until an answer</source>
        <translation>应答时限</translation>
    </message>
    <message>
        <source>Lingering after the last answer</source>
        <translation>最后一次应答后的滞留时间</translation>
    </message>
    <message>
        <source>Bytes not acknowledged</source>
        <translation>字节未被确认的时限</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Hold at once for whoever asks; clients that are connected stay. Stored in a file that only you can read.</source>
        <translation>对新的请求立即生效；已连接的客户端不受影响。保存在只有您能读取的文件中。</translation>
    </message>
    <message>
        <source>To subscribe</source>
        <translation>订阅</translation>
    </message>
    <message>
        <source>None: anyone may subscribe</source>
        <translation>无：任何人都可以订阅</translation>
    </message>
    <message>
        <source>To publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>None: anyone may publish</source>
        <translation>无：任何人都可以发布</translation>
    </message>
    <message>
        <source>Opens subscribing as well.</source>
        <translation>同时允许订阅。</translation>
    </message>
    <message>
        <source>To operate</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>None: from this machine only</source>
        <translation>无：仅限本机</translation>
    </message>
    <message>
        <source>Opens /_/api and /_/metrics to other machines.</source>
        <translation>向其他机器开放 /_/api 和 /_/metrics。</translation>
    </message>
    <message>
        <source>Messages of clients</source>
        <translation>客户端的消息</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>转发</translation>
    </message>
    <message>
        <source>What a client publishes reaches other clients</source>
        <translation>客户端发布的内容会到达其他客户端</translation>
    </message>
    <message>
        <source>Without it only you see what clients publish.</source>
        <translation>关闭后，只有您能看到客户端发布的内容。</translation>
    </message>
    <message>
        <source>Web pages that may connect</source>
        <translation>可以连接的网页</translation>
    </message>
    <message>
        <source>Allowed origins</source>
        <translation>允许的来源</translation>
    </message>
    <message>
        <source>Any page. To allow only some, one a line:
https://example.org</source>
        <translation>任何网页。若只允许部分来源，每行一个：
https://example.org</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>In the tray</source>
        <translation>托盘</translation>
    </message>
    <message>
        <source>Keep running in the tray when the window is closed</source>
        <translation>关闭窗口后在托盘中继续运行</translation>
    </message>
    <message>
        <source>The server goes on. Quit with Ctrl+Q or from the tray&apos;s menu.</source>
        <translation>服务器继续运行。用 Ctrl+Q 或托盘菜单退出。</translation>
    </message>
    <message>
        <source>History and log</source>
        <translation>历史与日志</translation>
    </message>
    <message>
        <source>What topics remember</source>
        <translation>主题记忆的内容</translation>
    </message>
    <message>
        <source>For clients that come back. Holds at once: what is too much goes.</source>
        <translation>供重新连接的客户端使用。立即生效：超出的部分会被丢弃。</translation>
    </message>
    <message>
        <source>History file</source>
        <translation>历史文件</translation>
    </message>
    <message>
        <source>Keeps it over restarts. Holds when Pushdeck is started the next time.</source>
        <translation>重启后保留历史。下次启动 Pushdeck 时生效。</translation>
    </message>
    <message>
        <source>The traffic log of the window</source>
        <translation>窗口的流量日志</translation>
    </message>
    <message>
        <source>Holds at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>What clients may cost</source>
        <translation>客户端可占用的资源</translation>
    </message>
    <message>
        <source>Holds when the server is started the next time.</source>
        <translation>下次启动服务器时生效。</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>固定值</translation>
    </message>
    <message>
        <source>For completeness; these do not depend on the use.</source>
        <translation>仅供参考；这些值与用途无关。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Where the server listens</source>
        <translation>服务器监听的位置</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>0 takes any free port.</source>
        <translation>0 表示使用任意空闲端口。</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Every address: whoever reaches this machine may connect.</source>
        <translation>所有地址：能访问本机的都可以连接。</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Folder to serve</source>
        <translation>提供的文件夹</translation>
    </message>
    <message>
        <source>A file that exists here wins over a topic of the same path.</source>
        <translation>此处存在的文件优先于同一路径的主题。</translation>
    </message>
    <message>
        <source>Messages a second</source>
        <translation>每秒消息数</translation>
    </message>
    <message>
        <source>0: any number. Over it: 429; a plain WebSocket is closed, 1008.</source>
        <translation>0：不限。超出：429；普通 WebSocket 会被关闭，1008。</translation>
    </message>
    <message>
        <source>Messages at once</source>
        <translation>一次可发消息数</translation>
    </message>
    <message>
        <source>After a pause.</source>
        <translation>停顿之后。</translation>
    </message>
    <message>
        <source>Size a second</source>
        <translation>每秒大小</translation>
    </message>
    <message>
        <source>0 B: any size.</source>
        <translation>0 B：不限。</translation>
    </message>
    <message>
        <source>Connections of one address</source>
        <translation>单个地址的连接数</translation>
    </message>
    <message>
        <source>Over it: 429. 0: any number.</source>
        <translation>超出：429。0：不限。</translation>
    </message>
    <message>
        <source>Connections of this machine</source>
        <translation>本机的连接数</translation>
    </message>
    <message>
        <source>Topics of one client</source>
        <translation>单个客户端的主题数</translation>
    </message>
    <message>
        <source>Over it: 400, or an error.</source>
        <translation>超出：400，或返回错误。</translation>
    </message>
    <message>
        <source>Topics with a subscriber</source>
        <translation>有订阅者的主题数</translation>
    </message>
    <message>
        <source>In all. Over it: 503, or closed, 1013.</source>
        <translation>总数。超出：503，或关闭，1013。</translation>
    </message>
    <message>
        <source>Different patterns</source>
        <translation>不同的模式数</translation>
    </message>
    <message>
        <source>In all; each message is held against each. Over it: 503.</source>
        <translation>总数；每条消息都要与每个模式比对。超出：503。</translation>
    </message>
    <message>
        <source>All backlogs together</source>
        <translation>全部积压合计</translation>
    </message>
    <message>
        <source>Over it: the clients with the biggest are closed.</source>
        <translation>超出：积压最大的客户端会被关闭。</translation>
    </message>
    <message>
        <source>Time for a WebSocket message</source>
        <translation>一条 WebSocket 消息的时限</translation>
    </message>
    <message>
        <source>Over it: closed, 1008.</source>
        <translation>超出：关闭，1008。</translation>
    </message>
    <message>
        <source>Signed tokens (JWT)</source>
        <translation>签名令牌（JWT）</translation>
    </message>
    <message>
        <source>None are taken</source>
        <translation>不接受</translation>
    </message>
    <message>
        <source>A secret of 32 bytes or more, or @ and the path of a file with a public key. Publishing and subscribing then need a token.</source>
        <translation>至少 32 字节的密钥，或 @ 加公钥文件的路径。此后发布和订阅都需要令牌。</translation>
    </message>
    <message>
        <source>Rules for topics</source>
        <translation>主题规则</translation>
    </message>
    <message>
        <source>The first that matches decides, and where none does the tokens do. Who is subscribed to what is no longer allowed is closed.</source>
        <translation>由第一条匹配的规则决定；没有匹配的规则时由令牌决定。订阅了不再允许的主题的客户端会被关闭。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>None. One a line:
/orders/** publish=token subscribe=anyone
/secret subscribe=operator publish=nobody</source>
        <translation>无。每行一条：
/orders/** publish=token subscribe=anyone
/secret subscribe=operator publish=nobody</translation>
    </message>
    <message>
        <source>Who: anyone, token, operator, nobody.</source>
        <translation>对象：anyone（任何人）、token（持令牌者）、operator（操作员）、nobody（无人）。</translation>
    </message>
    <message>
        <source>How much one publisher may send</source>
        <translation>单个发布者可以发送多少</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Encrypted connections</source>
        <translation>加密连接</translation>
    </message>
    <message>
        <source>https and wss, on the same port as http and ws. Holds at once, for new connections; clients that are connected stay.</source>
        <translation>https 和 wss 与 http 和 ws 使用同一端口。对新连接立即生效；已连接的客户端保持不变。</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Made by Pushdeck</source>
        <translation>由 Pushdeck 生成</translation>
    </message>
    <message>
        <source>Own files</source>
        <translation>自己的文件</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
    <message>
        <source>PEM, followed by those between it and a root.</source>
        <translation>PEM 格式，其后是它与根证书之间的证书。</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>PEM, without a password. Both are read again when they change.</source>
        <translation>PEM 格式，不带密码。两个文件改变后会重新读取。</translation>
    </message>
    <message>
        <source>Plain connections</source>
        <translation>未加密连接</translation>
    </message>
    <message>
        <source>Send who comes without TLS to https, or away</source>
        <translation>将未使用 TLS 的访问者转到 https，或拒绝</translation>
    </message>
    <message>
        <source>The page about trusting the certificate stays open to all.</source>
        <translation>关于信任证书的页面仍对所有人开放。</translation>
    </message>
    <message>
        <source>What clients are shown</source>
        <translation>客户端看到的内容</translation>
    </message>
</context>
<context>
    <name>pushdeck::AddressBar</name>
    <message>
        <source>(virtual)</source>
        <translation>（虚拟）</translation>
    </message>
    <message>
        <source>Address for clients</source>
        <translation>供客户端使用的地址</translation>
    </message>
    <message>
        <source>The address that copied snippets, the QR code and the browser use</source>
        <translation>复制的代码片段、二维码和浏览器所用的地址</translation>
    </message>
    <message>
        <source>Every address</source>
        <translation>所有地址</translation>
    </message>
    <message>
        <source>This machine only</source>
        <translation>仅限本机</translation>
    </message>
    <message>
        <source>Address to listen on</source>
        <translation>监听的地址</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Port to listen on</source>
        <translation>监听的端口</translation>
    </message>
    <message>
        <source>0 takes any free port</source>
        <translation>0 表示使用任意空闲端口</translation>
    </message>
    <message>
        <source>Listen on</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
</context>
<context>
    <name>pushdeck::AddressField</name>
    <message>
        <source>Every address</source>
        <translation>所有地址</translation>
    </message>
    <message>
        <source>This machine only</source>
        <translation>仅限本机</translation>
    </message>
</context>
<context>
    <name>pushdeck::Attachment</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is larger than %2</source>
        <translation>%1 超过 %2</translation>
    </message>
</context>
<context>
    <name>pushdeck::BroadcastPopup</name>
    <message>
        <source>Broadcast</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>Message for every client</source>
        <translation>发给所有客户端的消息</translation>
    </message>
    <message>
        <source>Enter sends it, Escape closes.</source>
        <translation>按 Enter 发送，按 Escape 关闭。</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Delivered to %1 · queued for %2</source>
        <translation>已送达 %1 · 排队 %2</translation>
    </message>
    <message>
        <source>Delivered to %1</source>
        <translation>已送达 %1</translation>
    </message>
</context>
<context>
    <name>pushdeck::Changes</name>
    <message>
        <source>Compared with row %1 at %2, %3 before · %4 → %5</source>
        <translation>与第 %1 行（%2，早 %3）比较 · %4 → %5</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>The same values, written differently: spaces, escapes or the order of keys.</source>
        <translation>值相同，写法不同：空格、转义或键的顺序。</translation>
    </message>
    <message>
        <source>%1 changed · %2 added · %3 removed</source>
        <translation>%1 处更改 · %2 处新增 · %3 处删除</translation>
    </message>
    <message>
        <source>A list differs too much to match its elements; they are compared by their place.</source>
        <translation>列表差异太大，无法对应其元素；按位置比较。</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… 以及另外 %1 处</translation>
    </message>
    <message numerus="yes">
        <source>  ⋯ %1 line(s) the same</source>
        <translation>
            <numerusform>  ⋯ %1 行相同</numerusform>
        </translation>
    </message>
    <message>
        <source>Lines: %1 added · %2 removed</source>
        <translation>行：新增 %1 · 删除 %2</translation>
    </message>
    <message>
        <source>Too different to match line by line: a part is told as removed and added.</source>
        <translation>差异太大，无法逐行对应：一部分按删除和新增列出。</translation>
    </message>
    <message>
        <source>… only the first %1 lines are shown</source>
        <translation>… 仅显示前 %1 行</translation>
    </message>
    <message>
        <source>The first %1 bytes and the last %2 are the same.</source>
        <translation>开头 %1 个字节和末尾 %2 个字节相同。</translation>
    </message>
    <message>
        <source>Place by place %1 of %2 bytes differ; the first at offset 0x%3.</source>
        <translation>逐个比较，%2 个字节中有 %1 个不同；第一个位于偏移 0x%3。</translation>
    </message>
    <message>
        <source>… only the first %1 lines that differ are shown</source>
        <translation>… 仅显示前 %1 个不同的行</translation>
    </message>
    <message>
        <source>Nothing changed: the same bytes.</source>
        <translation>没有变化：字节相同。</translation>
    </message>
    <message>
        <source>Large: only the first %1 are compared, as text.</source>
        <translation>内容较大：仅比较前 %1，按文本比较。</translation>
    </message>
</context>
<context>
    <name>pushdeck::ChartBoard</name>
    <message>
        <source>Charts; arrow keys read the values of a moment</source>
        <translation>图表；方向键读取某一时刻的值</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>last minute</source>
        <translation>最近一分钟</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>%1 – %2: mean, and most in a second</source>
        <translation>%1 – %2：平均值及每秒最大值</translation>
    </message>
    <message>
        <source>Nothing in the last hour</source>
        <translation>最近一小时没有数据</translation>
    </message>
    <message>
        <source>Nothing in the last minute</source>
        <translation>最近一分钟没有数据</translation>
    </message>
    <message>
        <source>Start the server: what it does is drawn from then on. The hour is kept while the window is open.</source>
        <translation>启动服务器：从那时起绘制其活动。窗口打开期间保留最近一小时。</translation>
    </message>
</context>
<context>
    <name>pushdeck::ChartView</name>
    <message>
        <source>no data</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>%1, worst second %2</source>
        <translation>%1，最差的一秒 %2</translation>
    </message>
    <message>
        <source>%1, most %2</source>
        <translation>%1，最大 %2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>pushdeck::Charts</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Messages/s</source>
        <translation>消息/秒</translation>
    </message>
    <message>
        <source>in</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>out</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Deliveries/s</source>
        <translation>投递/秒</translation>
    </message>
    <message>
        <source>Bytes/s</source>
        <translation>字节/秒</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>here</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Write time</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>nothing written</source>
        <translation>没有写入</translation>
    </message>
</context>
<context>
    <name>pushdeck::ChartsPanel</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Show the charts</source>
        <translation>显示图表</translation>
    </message>
    <message>
        <source>Charts of the last minute</source>
        <translation>最近一分钟的图表</translation>
    </message>
    <message>
        <source>Charts of the last hour</source>
        <translation>最近一小时的图表</translation>
    </message>
    <message>
        <source>Range of the charts</source>
        <translation>图表的时间范围</translation>
    </message>
    <message>
        <source>Minute</source>
        <translation>一分钟</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>Back to the inspector</source>
        <translation>返回检查器</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientDelegate</name>
    <message>
        <source>Name of the client</source>
        <translation>客户端名称</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientDetails</name>
    <message>
        <source>Choose a client to see its stays, rates and request.</source>
        <translation>选择一个客户端，查看其在线时段、速率和请求。</translation>
    </message>
    <message>
        <source>↓ in</source>
        <translation>↓ 接收</translation>
    </message>
    <message>
        <source>↑ out</source>
        <translation>↑ 发送</translation>
    </message>
    <message>
        <source>Client details</source>
        <translation>客户端详情</translation>
    </message>
    <message>
        <source>No client chosen</source>
        <translation>未选择客户端</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientFacts</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 message(s), %2</source>
        <translation>
            <numerusform>%1 条消息，%2</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 here, %2 in the kernel</source>
        <translation>本程序 %1，内核 %2</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输方式</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <translation>%1，端口 %2</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>连接时间</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>用户代理</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>在线时段</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Token of</source>
        <translation>令牌所属</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientGroups</name>
    <message>
        <source>No tag</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>No topic</source>
        <translation>无主题</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>Long-poll</source>
        <translation>长轮询</translation>
    </message>
    <message>
        <source>%1 connected</source>
        <translation>%1 已连接</translation>
    </message>
    <message>
        <source>%1 idle</source>
        <translation>%1 空闲</translation>
    </message>
    <message>
        <source>%1 slow</source>
        <translation>%1 太慢</translation>
    </message>
    <message>
        <source>%1 gone</source>
        <translation>%1 已离开</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientModel</name>
    <message>
        <source>Tags: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Address: %1</source>
        <translation>地址：%1</translation>
    </message>
    <message>
        <source>Topics: %1</source>
        <translation>主题：%1</translation>
    </message>
    <message>
        <source>Transport: %1</source>
        <translation>传输方式：%1</translation>
    </message>
    <message>
        <source>User agent: %1</source>
        <translation>用户代理：%1</translation>
    </message>
    <message>
        <source>Connected: %1</source>
        <translation>连接时间：%1</translation>
    </message>
    <message numerus="yes">
        <source>Received: %1 message(s), %2</source>
        <translation>
            <numerusform>已接收：%1 条消息，%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent: %1 message(s), %2</source>
        <translation>
            <numerusform>已发送：%1 条消息，%2</numerusform>
        </translation>
    </message>
    <message>
        <source>Round trip: %1</source>
        <translation>往返时间：%1</translation>
    </message>
    <message>
        <source>Backlog: %1 here, %2 in the kernel</source>
        <translation>积压：本程序 %1，内核 %2</translation>
    </message>
    <message>
        <source>Messages received from this client</source>
        <translation>从该客户端接收的消息数</translation>
    </message>
    <message>
        <source>Messages sent to this client</source>
        <translation>发送给该客户端的消息数</translation>
    </message>
    <message>
        <source>Bytes that wait in this program for the client to take them</source>
        <translation>在本程序中等待客户端取走的字节</translation>
    </message>
    <message>
        <source>Measured round trip; — where nothing measures it</source>
        <translation>测得的往返时间；— 表示没有测量</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Via</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>用户代理</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>↓ In</source>
        <translation>↓ 接收</translation>
    </message>
    <message>
        <source>↑ Out</source>
        <translation>↑ 发送</translation>
    </message>
    <message>
        <source>↓ Bytes</source>
        <translation>↓ 字节</translation>
    </message>
    <message>
        <source>↑ Bytes</source>
        <translation>↑ 字节</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>RTT</source>
        <translation>RTT</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>已 %1</translation>
    </message>
    <message>
        <source>q %1</source>
        <translation>积压 %1</translation>
    </message>
    <message>
        <source>q 0</source>
        <translation>积压 0</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>%1, encrypted</source>
        <translation>%1，已加密</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientRow</name>
    <message>
        <source>closed %1</source>
        <translation>已关闭 %1</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>slow, %1 wait</source>
        <translation>太慢，%1 等待中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientsPanel</name>
    <message>
        <source>Message this client</source>
        <translation>给该客户端发消息</translation>
    </message>
    <message>
        <source>Close this client…</source>
        <translation>关闭该客户端…</translation>
    </message>
    <message>
        <source>Copy the client&apos;s address</source>
        <translation>复制客户端的地址</translation>
    </message>
    <message>
        <source>Copy a command that connects like this client</source>
        <translation>复制与该客户端同样连接的命令</translation>
    </message>
    <message>
        <source>Filter the log to this client</source>
        <translation>在日志中只看该客户端</translation>
    </message>
    <message>
        <source>Filter the clients</source>
        <translation>过滤客户端</translation>
    </message>
    <message>
        <source>One line a client</source>
        <translation>每个客户端一行</translation>
    </message>
    <message>
        <source>Client details</source>
        <translation>客户端详情</translation>
    </message>
    <message>
        <source>Name this client</source>
        <translation>命名该客户端</translation>
    </message>
    <message>
        <source>Tag this client…</source>
        <translation>为该客户端加标签…</translation>
    </message>
    <message>
        <source>Do not group the clients</source>
        <translation>不对客户端分组</translation>
    </message>
    <message>
        <source>Group the clients by topic</source>
        <translation>按主题对客户端分组</translation>
    </message>
    <message>
        <source>Group the clients by transport</source>
        <translation>按传输方式对客户端分组</translation>
    </message>
    <message>
        <source>Group the clients by tag</source>
        <translation>按标签对客户端分组</translation>
    </message>
    <message>
        <source>Fold all groups of clients</source>
        <translation>折叠所有客户端分组</translation>
    </message>
    <message>
        <source>Unfold all groups of clients</source>
        <translation>展开所有客户端分组</translation>
    </message>
    <message>
        <source>Choose every client of this group</source>
        <translation>选择该组的所有客户端</translation>
    </message>
    <message>
        <source>%1 (#%2)</source>
        <translation>%1（#%2）</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Filter: words, tag:vip, topic:/news</source>
        <translation>过滤：文字、tag:vip、topic:/news</translation>
    </message>
    <message>
        <source>Words, or tag: topic: via: state: name: address: with a word behind; a minus before leaves out</source>
        <translation>文字，或 tag: topic: via: state: name: address: 后接文字；前加减号表示排除</translation>
    </message>
    <message>
        <source>Client filter</source>
        <translation>客户端过滤</translation>
    </message>
    <message>
        <source>Group the clients</source>
        <translation>对客户端分组</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>pushdeck::CloseBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close code</source>
        <translation>关闭码</translation>
    </message>
    <message>
        <source>1000 normal</source>
        <translation>1000 正常</translation>
    </message>
    <message>
        <source>1001 going away</source>
        <translation>1001 离开</translation>
    </message>
    <message>
        <source>3000 unauthorized</source>
        <translation>3000 未授权</translation>
    </message>
    <message>
        <source>3003 forbidden</source>
        <translation>3003 禁止</translation>
    </message>
    <message>
        <source>4000 application</source>
        <translation>4000 应用</translation>
    </message>
    <message>
        <source>4001 log in again</source>
        <translation>4001 重新登录</translation>
    </message>
    <message>
        <source>4408 timeout</source>
        <translation>4408 超时</translation>
    </message>
    <message>
        <source>4429 too many</source>
        <translation>4429 过多</translation>
    </message>
    <message>
        <source>1000, 1001 or 3000 to 4999; SSE and long-poll clients are just cut off</source>
        <translation>1000、1001 或 3000 到 4999；SSE 和长轮询客户端会直接断开</translation>
    </message>
    <message>
        <source>Reason (optional)</source>
        <translation>原因（可选）</translation>
    </message>
    <message>
        <source>Reason for closing</source>
        <translation>关闭原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>A reason has at most 123 bytes</source>
        <translation>原因最多 123 个字节</translation>
    </message>
</context>
<context>
    <name>pushdeck::CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>pushdeck::CompletionPopup</name>
    <message>
        <source>Suggestions for the filter</source>
        <translation>过滤条件的建议</translation>
    </message>
</context>
<context>
    <name>pushdeck::Composer</name>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Remembered; nobody is subscribed right now</source>
        <translation>已记忆；目前没有订阅者</translation>
    </message>
    <message>
        <source>Nobody was there to get it</source>
        <translation>当时没有接收者</translation>
    </message>
    <message>
        <source>%1 delivered, %2 queued</source>
        <translation>%1 已送达，%2 排队</translation>
    </message>
    <message>
        <source>%1 delivered</source>
        <translation>%1 已送达</translation>
    </message>
</context>
<context>
    <name>pushdeck::ComposerPanel</name>
    <message>
        <source>Send to</source>
        <translation>发送给</translation>
    </message>
    <message>
        <source>Topic to send to</source>
        <translation>发送到的主题</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Event name</source>
        <translation>事件名</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>内容类型</translation>
    </message>
    <message>
        <source>Auto: JSON where the text is a JSON object or array, else text</source>
        <translation>自动：文本为 JSON 对象或数组时按 JSON，否则按文本</translation>
    </message>
    <message>
        <source>As</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Do not send this file</source>
        <translation>不发送该文件</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>Send a file…</source>
        <translation>发送文件…</translation>
    </message>
    <message>
        <source>Repeat the message…</source>
        <translation>重复发送消息…</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>写消息</translation>
    </message>
    <message>
        <source>Send to all clients</source>
        <translation>发送给所有客户端</translation>
    </message>
    <message>
        <source>Send to a topic</source>
        <translation>发送到主题</translation>
    </message>
    <message>
        <source>Send to the selected clients</source>
        <translation>发送给所选客户端</translation>
    </message>
    <message>
        <source>Send a file</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>%1, line %2, column %3: %4</source>
        <translation>%1，第 %2 行，第 %3 列：%4</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Go to the place. There are {{now}}, {{now_ms}}, {{seq}}, {{uuid}} and {{random 1 6}}; {{{{ stands for {{ itself.</source>
        <translation>转到该处。可用 {{now}}、{{now_ms}}、{{seq}}、{{uuid}} 和 {{random 1 6}}；{{{{ 表示 {{ 本身。</translation>
    </message>
    <message>
        <source>Go to the place; it may be sent as it is</source>
        <translation>转到该处；也可以原样发送</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>全部（%1）</translation>
    </message>
    <message>
        <source>Selected (%1)</source>
        <translation>所选（%1）</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>发送给 %1</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>服务器已停止</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行，第 %2 列：%3</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>“%1”: sending…</source>
        <translation>“%1”：正在发送…</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Repeating stopped: %1</source>
        <translation>重复发送已停止：%1</translation>
    </message>
    <message>
        <source>Choose whom it is for, then send</source>
        <translation>选择接收者，然后发送</translation>
    </message>
    <message>
        <source>Payload of the log</source>
        <translation>日志中的载荷</translation>
    </message>
    <message>
        <source>“%1” was not sent: the server is stopped</source>
        <translation>“%1”未发送：服务器已停止</translation>
    </message>
    <message>
        <source>“%1” was not sent: %2</source>
        <translation>“%1”未发送：%2</translation>
    </message>
    <message>
        <source>A file cannot be kept as a saved message, only text</source>
        <translation>文件不能存为已存消息，只有文本可以</translation>
    </message>
    <message>
        <source>Saved for all: clients have no names that last</source>
        <translation>已按发给全部保存：客户端没有持久的名称</translation>
    </message>
    <message>
        <source>Too long to be kept as a saved message</source>
        <translation>太长，无法存为已存消息</translation>
    </message>
    <message>
        <source>A project keeps at most %1 messages</source>
        <translation>一个项目最多保存 %1 条消息</translation>
    </message>
    <message>
        <source>Kept “%1”; Ctrl+S saves the project</source>
        <translation>已保留“%1”；按 Ctrl+S 保存项目</translation>
    </message>
    <message>
        <source>Too much at once: at most %1 of this message</source>
        <translation>一次太多：该消息最多 %1 条</translation>
    </message>
    <message>
        <source>Stop repeating</source>
        <translation>停止重复</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Repeat…</source>
        <translation>重复…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 time(s)</source>
        <translation>
            <numerusform>%1 次</numerusform>
        </translation>
    </message>
    <message>
        <source>How often it was repeated</source>
        <translation>重复的次数</translation>
    </message>
</context>
<context>
    <name>pushdeck::ConnectHint</name>
    <message>
        <source>Open test page</source>
        <translation>打开测试页</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>In a web page or Node</source>
        <translation>在网页或 Node 中</translation>
    </message>
    <message>
        <source>In a terminal</source>
        <translation>在终端中</translation>
    </message>
    <message>
        <source>Waiting for the first client</source>
        <translation>等待第一个客户端</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>服务器已停止</translation>
    </message>
    <message>
        <source>Scan the code, or open the address on any device in this network.</source>
        <translation>扫描二维码，或在本网络的任意设备上打开该地址。</translation>
    </message>
    <message>
        <source>Start it, and this list tells how to connect.</source>
        <translation>启动后，此列表会说明如何连接。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Deliveries</name>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>错过</translation>
    </message>
    <message>
        <source>%1 delivered</source>
        <translation>%1 已送达</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1 排队</translation>
    </message>
    <message>
        <source>%1 pending</source>
        <translation>%1 待定</translation>
    </message>
    <message>
        <source>%1 missed</source>
        <translation>%1 错过</translation>
    </message>
    <message>
        <source>as it was published; has left since</source>
        <translation>发布时送达；之后已离开</translation>
    </message>
    <message>
        <source>as it was published</source>
        <translation>发布时送达</translation>
    </message>
    <message>
        <source>replayed after it connected; has left since</source>
        <translation>连接后重放；之后已离开</translation>
    </message>
    <message>
        <source>replayed after it connected</source>
        <translation>连接后重放</translation>
    </message>
    <message>
        <source>in an earlier stay</source>
        <translation>在之前的在线时段</translation>
    </message>
    <message>
        <source>reads too slowly: waits in this program</source>
        <translation>读取太慢：在本程序中等待</translation>
    </message>
    <message>
        <source>sent, and not acknowledged yet</source>
        <translation>已发送，尚未确认</translation>
    </message>
    <message>
        <source>its replay has not come to it</source>
        <translation>重放尚未到达该消息</translation>
    </message>
    <message>
        <source>gets it with its next poll</source>
        <translation>将在下次轮询时取得</translation>
    </message>
    <message>
        <source>subscribed later and did not ask for it</source>
        <translation>之后才订阅，且未请求该消息</translation>
    </message>
    <message>
        <source>left before it was published</source>
        <translation>在发布之前离开</translation>
    </message>
    <message>
        <source>left while it waited</source>
        <translation>在等待时离开</translation>
    </message>
    <message>
        <source>closed for its backlog while it waited</source>
        <translation>等待时因积压被关闭</translation>
    </message>
    <message>
        <source>%1 in this program, %2 in the kernel</source>
        <translation>本程序中 %1，内核中 %2</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>已 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 of those delivered are not listed</source>
        <translation>
            <numerusform>已送达者中有 %1 个未列出</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 are listed</source>
        <translation>共 %2 个，列出 %1 个</translation>
    </message>
</context>
<context>
    <name>pushdeck::DeliveriesPage</name>
    <message>
        <source>Who got this message</source>
        <translation>谁收到了这条消息</translation>
    </message>
    <message>
        <source>Show in the list of clients</source>
        <translation>在客户端列表中显示</translation>
    </message>
    <message>
        <source>Copy the chosen rows</source>
        <translation>复制所选的行</translation>
    </message>
    <message>
        <source>Copy all rows</source>
        <translation>复制所有行</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>%1 as it was published</source>
        <translation>发布时 %1</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Who got the message is worked out when asked.</source>
        <translation>谁收到了消息，询问时才会计算。</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Choose a message of the traffic log to see who got it.</source>
        <translation>选择流量日志中的一条消息，查看谁收到了它。</translation>
    </message>
    <message>
        <source>No message</source>
        <translation>没有消息</translation>
    </message>
    <message>
        <source>This event is told by the server; it went to nobody.</source>
        <translation>该事件由服务器自己记录；没有发给任何人。</translation>
    </message>
    <message>
        <source>Recorded: %1</source>
        <translation>记录：%1</translation>
    </message>
    <message>
        <source>A session file holds the number. Who they were only the server knew, while it remembered the message.</source>
        <translation>会话文件只有数量。具体是谁，只有服务器在记忆该消息期间知道。</translation>
    </message>
    <message>
        <source>Not relayed</source>
        <translation>未转发</translation>
    </message>
    <message>
        <source>The message was shown here and sent to nobody.</source>
        <translation>该消息只在此处显示，没有发给任何人。</translation>
    </message>
    <message>
        <source>Nobody was there to get it</source>
        <translation>当时没有接收者</translation>
    </message>
    <message>
        <source>No client was subscribed. Whoever asks for it later is replayed it, as long as it is remembered.</source>
        <translation>当时没有客户端订阅。只要仍被记忆，之后请求它的客户端会收到重放。</translation>
    </message>
    <message>
        <source>No longer known</source>
        <translation>已无从得知</translation>
    </message>
    <message>
        <source>The history has let the message go to make room, and with it who got it.</source>
        <translation>历史为腾出空间已丢弃该消息，谁收到了它也随之丢弃。</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>The server that runs now did not publish this message: it was restarted.</source>
        <translation>该消息不是由当前运行的服务器发布的：服务器已重启过。</translation>
    </message>
</context>
<context>
    <name>pushdeck::DeliveryModel</name>
    <message>
        <source>Bytes that wait for the client, up to this message&apos;s last</source>
        <translation>等待发给客户端的字节，截至该消息末尾</translation>
    </message>
    <message>
        <source>When it happened; how long it has been waiting</source>
        <translation>发生的时间；已等待多久</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Via</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>How</source>
        <translation>情形</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>pushdeck::DeliverySummary</name>
    <message>
        <source>Nobody was there to get it</source>
        <translation>当时没有接收者</translation>
    </message>
</context>
<context>
    <name>pushdeck::DeliveryView</name>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
</context>
<context>
    <name>pushdeck::DroppedStrip</name>
    <message>
        <source>Save session…</source>
        <translation>保存会话…</translation>
    </message>
    <message>
        <source>%1 older dropped (cap %2 or %3 rows)</source>
        <translation>已丢弃较早的 %1 行（上限 %2 或 %3 行）</translation>
    </message>
</context>
<context>
    <name>pushdeck::EncryptionPanel</name>
    <message>
        <source>Make a certificate</source>
        <translation>生成证书</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>For every address of this machine, at once</source>
        <translation>一次为本机的所有地址生成</translation>
    </message>
    <message>
        <source>Reads the certificate again. Clients that are connected stay.</source>
        <translation>重新读取证书。已连接的客户端保持不变。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>How a device comes to trust it</source>
        <translation>如何让设备信任它</translation>
    </message>
    <message>
        <source>Show how</source>
        <translation>显示方法</translation>
    </message>
    <message>
        <source>Save the authority&apos;s certificate…</source>
        <translation>保存颁发机构的证书…</translation>
    </message>
    <message>
        <source>On: https and wss are taken up.</source>
        <translation>已开启：接受 https 和 wss。</translation>
    </message>
    <message>
        <source>Off: clients connect over http and ws.</source>
        <translation>已关闭：客户端通过 http 和 ws 连接。</translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation>服务器已停止。</translation>
    </message>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>还剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Open this page on the device, or scan the code: %1
Compare what the device shows with the authority&apos;s fingerprint:</source>
        <translation>在设备上打开此页面，或扫描二维码：%1
将设备显示的内容与颁发机构的指纹比对：</translation>
    </message>
    <message>
        <source>Save the authority&apos;s certificate</source>
        <translation>保存颁发机构的证书</translation>
    </message>
</context>
<context>
    <name>pushdeck::EventFields</name>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>时间（UTC）</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状态码</translation>
    </message>
    <message>
        <source>Close code</source>
        <translation>关闭码</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输方式</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Client number</source>
        <translation>客户端编号</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>投递</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>内容类型</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二进制</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>消息 ID</translation>
    </message>
    <message>
        <source>Number in the log</source>
        <translation>日志编号</translation>
    </message>
</context>
<context>
    <name>pushdeck::ExportJob</name>
    <message>
        <source>its rows were closed before they were copied</source>
        <translation>其行在复制之前已被关闭</translation>
    </message>
</context>
<context>
    <name>pushdeck::FieldRow</name>
    <message>
        <source>Set on the command line, which wins.</source>
        <translation>已在命令行中设置，以命令行为准。</translation>
    </message>
</context>
<context>
    <name>pushdeck::FilterCompletion</name>
    <message>
        <source>direction: in, out or the server&apos;s own</source>
        <translation>方向：in、out 或服务器自身</translation>
    </message>
    <message>
        <source>how it came: a transport, HTTP, the operator</source>
        <translation>来路：传输方式、HTTP、操作员</translation>
    </message>
    <message>
        <source>messages, connects, closes, gaps, refusals</source>
        <translation>消息、连接、关闭、缺口、拒绝</translation>
    </message>
    <message>
        <source>number or address of a client</source>
        <translation>客户端的编号或地址</translation>
    </message>
    <message>
        <source>topic, part of one, or pattern with * and **</source>
        <translation>主题、其一部分，或含 * 和 ** 的模式</translation>
    </message>
    <message>
        <source>event name, * for any part of it</source>
        <translation>事件名，* 表示任意部分</translation>
    </message>
    <message>
        <source>larger than so many bytes, k or m</source>
        <translation>大于多少字节，可用 k 或 m</translation>
    </message>
    <message>
        <source>smaller than so many bytes, k or m</source>
        <translation>小于多少字节，可用 k 或 m</translation>
    </message>
    <message>
        <source>how many clients it went to</source>
        <translation>发给了多少个客户端</translation>
    </message>
    <message>
        <source>went to more clients than</source>
        <translation>发给的客户端多于</translation>
    </message>
    <message>
        <source>close code or HTTP status</source>
        <translation>关闭码或 HTTP 状态码</translation>
    </message>
    <message>
        <source>code or status from this on</source>
        <translation>不小于该值的关闭码或状态码</translation>
    </message>
    <message>
        <source>from clients and publishers</source>
        <translation>来自客户端和发布者</translation>
    </message>
    <message>
        <source>from the operator</source>
        <translation>来自操作员</translation>
    </message>
    <message>
        <source>what the server says about itself</source>
        <translation>服务器自身的记录</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>server-sent events</source>
        <translation>服务器发送事件</translation>
    </message>
    <message>
        <source>long-poll</source>
        <translation>长轮询</translation>
    </message>
    <message>
        <source>plain HTTP requests</source>
        <translation>普通 HTTP 请求</translation>
    </message>
    <message>
        <source>sent from this window</source>
        <translation>从本窗口发送</translation>
    </message>
    <message>
        <source>notices of the server</source>
        <translation>服务器的通知</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>a client appeared</source>
        <translation>客户端出现</translation>
    </message>
    <message>
        <source>a client went</source>
        <translation>客户端离开</translation>
    </message>
    <message>
        <source>a client missed messages</source>
        <translation>客户端错过了消息</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>started, stopped, limits</source>
        <translation>启动、停止、限制</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>nobody got it</source>
        <translation>没有人收到</translation>
    </message>
    <message>
        <source>one client</source>
        <translation>一个客户端</translation>
    </message>
    <message>
        <source>the request&apos;s fault</source>
        <translation>请求的错误</translation>
    </message>
    <message>
        <source>the server&apos;s fault</source>
        <translation>服务器的错误</translation>
    </message>
    <message>
        <source>no valid token</source>
        <translation>没有有效的令牌</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>closed normally</source>
        <translation>正常关闭</translation>
    </message>
    <message>
        <source>went away</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>lost without a goodbye</source>
        <translation>未告别即断开</translation>
    </message>
    <message>
        <source>closed for policy, or slow</source>
        <translation>因策略或太慢而关闭</translation>
    </message>
    <message>
        <source>message too large</source>
        <translation>消息过大</translation>
    </message>
</context>
<context>
    <name>pushdeck::FilterField</name>
    <message>
        <source>Filter: words, topic:/news, via:ws, size&gt;1k, /regex/</source>
        <translation>过滤：文字、topic:/news、via:ws、size&gt;1k、/regex/</translation>
    </message>
    <message>
        <source>Words are looked for in payload, topic, event and client.
dir:in,out,server   via:ws,sse,poll,http,operator   client:#7   topic:/orders/**
event:tick   kind:message,connect,close,gap,refused,notice   size&gt;1k   to:0   status&gt;=400   /expression/i
- before a term leaves out what it finds. Ctrl+Space offers what fits.</source>
        <translation>在载荷、主题、事件和客户端中查找文字。
dir:in,out,server   via:ws,sse,poll,http,operator   client:#7   topic:/orders/**
event:tick   kind:message,connect,close,gap,refused,notice   size&gt;1k   to:0   status&gt;=400   /expression/i
条件前加 - 表示排除。Ctrl+Space 列出可用的条件。</translation>
    </message>
    <message>
        <source>Traffic filter</source>
        <translation>流量过滤</translation>
    </message>
    <message>
        <source>at character %1, %2: %3</source>
        <translation>第 %1 个字符，%2：%3</translation>
    </message>
</context>
<context>
    <name>pushdeck::FindBar</name>
    <message>
        <source>Find: text or /expression/</source>
        <translation>查找：文本或 /表达式/</translation>
    </message>
    <message>
        <source>Match the case (Alt+C)</source>
        <translation>区分大小写 (Alt+C)</translation>
    </message>
    <message>
        <source>Match the case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Find the previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Find the next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>pushdeck::FindQuery</name>
    <message>
        <source>wrong at character %1: %2</source>
        <translation>第 %1 个字符有误：%2</translation>
    </message>
</context>
<context>
    <name>pushdeck::Firewall</name>
    <message>
        <source>No other device has connected yet. If one cannot, this machine&apos;s firewall (%1) may keep it out of port %2. To let it in, run in a terminal:</source>
        <translation>还没有其他设备连接。如果无法连接，可能是本机的防火墙（%1）阻止了端口 %2。要允许连接，请在终端中运行：</translation>
    </message>
    <message>
        <source>Windows Firewall</source>
        <translation>Windows 防火墙</translation>
    </message>
    <message>
        <source>No other device has connected yet. If one cannot, allow Pushdeck in System Settings, Network, Firewall, Options.</source>
        <translation>还没有其他设备连接。如果无法连接，请在“系统设置”&gt;“网络”&gt;“防火墙”&gt;“选项”中允许 Pushdeck。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Format</name>
    <message numerus="yes">
        <source>%1 client(s)</source>
        <translation>
            <numerusform>%1 个客户端</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 时</translation>
    </message>
    <message>
        <source>&lt;0.1 ms</source>
        <translation>&lt;0.1 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
<context>
    <name>pushdeck::InspectorPanel</name>
    <message>
        <source>This event carries no payload; Details has its fields.</source>
        <translation>该事件没有载荷；“详情”中有其字段。</translation>
    </message>
    <message>
        <source>Choose a row of the traffic log to look into it.</source>
        <translation>选择流量日志中的一行进行查看。</translation>
    </message>
    <message>
        <source>No payload</source>
        <translation>没有载荷</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>The first %1 of %2</source>
        <translation>%2 中的前 %1</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>没有可比较的内容</translation>
    </message>
    <message>
        <source>No earlier message with this topic and event is in the log.</source>
        <translation>日志中没有更早的同主题、同事件的消息。</translation>
    </message>
    <message>
        <source>Load all</source>
        <translation>全部加载</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Pretty</source>
        <translation>格式化</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>投递</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Every field of the event</source>
        <translation>事件的所有字段</translation>
    </message>
    <message>
        <source>Payload, indented</source>
        <translation>载荷，带缩进</translation>
    </message>
    <message>
        <source>Payload, as it is</source>
        <translation>载荷，原样</translation>
    </message>
    <message>
        <source>Payload, in hexadecimal</source>
        <translation>载荷，十六进制</translation>
    </message>
    <message>
        <source>Changes since the message before</source>
        <translation>与上一条消息相比的变化</translation>
    </message>
    <message>
        <source>Copy the payload</source>
        <translation>复制载荷</translation>
    </message>
    <message>
        <source>Save the payload…</source>
        <translation>保存载荷…</translation>
    </message>
    <message>
        <source>Show pretty</source>
        <translation>显示格式化</translation>
    </message>
    <message>
        <source>Show raw</source>
        <translation>显示原文</translation>
    </message>
    <message>
        <source>Show hexadecimal</source>
        <translation>显示十六进制</translation>
    </message>
    <message>
        <source>Show deliveries</source>
        <translation>显示投递</translation>
    </message>
    <message>
        <source>Show changes</source>
        <translation>显示变化</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Find in the payload</source>
        <translation>在载荷中查找</translation>
    </message>
    <message>
        <source>Fold all of the payload</source>
        <translation>折叠全部载荷</translation>
    </message>
    <message>
        <source>Fold the payload to level %1</source>
        <translation>将载荷折叠到第 %1 层</translation>
    </message>
    <message>
        <source>Unfold all of the payload</source>
        <translation>展开全部载荷</translation>
    </message>
    <message>
        <source>Save the payload</source>
        <translation>保存载荷</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>pushdeck::Json</name>
    <message>
        <source>empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>more text after the value</source>
        <translation>值之后还有多余的文本</translation>
    </message>
    <message>
        <source>ends too early</source>
        <translation>过早结束</translation>
    </message>
    <message>
        <source>expected a value</source>
        <translation>此处应为值</translation>
    </message>
    <message>
        <source>expected a key in double quotes</source>
        <translation>此处应为双引号中的键</translation>
    </message>
    <message>
        <source>expected :</source>
        <translation>此处应为 :</translation>
    </message>
    <message>
        <source>expected , or }</source>
        <translation>此处应为 , 或 }</translation>
    </message>
    <message>
        <source>expected , or ]</source>
        <translation>此处应为 , 或 ]</translation>
    </message>
    <message>
        <source>a line break or control character inside a string</source>
        <translation>字符串中有换行或控制字符</translation>
    </message>
    <message>
        <source>\u needs four hexadecimal digits</source>
        <translation>\u 需要四位十六进制数字</translation>
    </message>
    <message>
        <source>unknown escape</source>
        <translation>未知的转义</translation>
    </message>
    <message>
        <source>expected a digit</source>
        <translation>此处应为数字</translation>
    </message>
    <message>
        <source>a number may not start with 0</source>
        <translation>数字不能以 0 开头</translation>
    </message>
</context>
<context>
    <name>pushdeck::JsonlReader</name>
    <message>
        <source>“%1” is missing or not what it should be</source>
        <translation>“%1”缺失或不符合要求</translation>
    </message>
    <message>
        <source>not JSON: %1</source>
        <translation>不是 JSON：%1</translation>
    </message>
    <message>
        <source>not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>longer than a line may be</source>
        <translation>超过行的长度上限</translation>
    </message>
</context>
<context>
    <name>pushdeck::LogFind</name>
    <message>
        <source>Find in the traffic log</source>
        <translation>在流量日志中查找</translation>
    </message>
    <message>
        <source>Find the next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Find the previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 处</translation>
    </message>
    <message>
        <source>searching… %1 %</source>
        <translation>正在查找… %1 %</translation>
    </message>
    <message>
        <source>↻ from the first</source>
        <translation>↻ 从头开始</translation>
    </message>
    <message>
        <source>↺ from the last</source>
        <translation>↺ 从末尾开始</translation>
    </message>
</context>
<context>
    <name>pushdeck::MainWindow</name>
    <message>
        <source>Start the server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open the test page in the browser</source>
        <translation>在浏览器中打开测试页</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show the address as a QR code</source>
        <translation>以二维码显示地址</translation>
    </message>
    <message>
        <source>QR</source>
        <translation>二维码</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Follow the desktop&apos;s theme</source>
        <translation>跟随桌面的外观</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>重置布局</translation>
    </message>
    <message>
        <source>Go to the next panel</source>
        <translation>转到下一个面板</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Port %1 is in use by another program.</source>
        <translation>端口 %1 正被另一个程序使用。</translation>
    </message>
    <message>
        <source>The server could not start.</source>
        <translation>服务器无法启动。</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>停止服务器</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>↓ in/s</source>
        <translation>↓ 接收/秒</translation>
    </message>
    <message>
        <source>↑ out/s</source>
        <translation>↑ 发送/秒</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Never again</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Saved messages</source>
        <translation>已存消息</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>首选项…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Restart the server to apply the change. Clients are disconnected, and may come back.</source>
        <translation>重启服务器以应用更改。客户端会断开，之后可以重新连接。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Pushdeck</source>
        <translation>Pushdeck</translation>
    </message>
    <message>
        <source>Pushdeck keeps running here.</source>
        <translation>Pushdeck 在此继续运行。</translation>
    </message>
</context>
<context>
    <name>pushdeck::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
</context>
<context>
    <name>pushdeck::MessageEditor</name>
    <message>
        <source>Message text. Ctrl+Enter sends, ↑ brings back what was sent. {{now}}, {{seq}}, {{uuid}} and {{random 1 6}} are filled in.</source>
        <translation>消息文本。Ctrl+Enter 发送，↑ 找回已发送的内容。{{now}}、{{seq}}、{{uuid}} 和 {{random 1 6}} 会被填入。</translation>
    </message>
    <message>
        <source>Message text</source>
        <translation>消息文本</translation>
    </message>
</context>
<context>
    <name>pushdeck::NumberFields</name>
    <message>
        <source>A number and a unit: B, KB, MB or GB.</source>
        <translation>数字加单位：B、KB、MB 或 GB。</translation>
    </message>
    <message>
        <source>A number and a unit: ms, s or min.</source>
        <translation>数字加单位：ms、s 或 min。</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>从 %1 到 %2。</translation>
    </message>
    <message>
        <source>All bodies together have %1.</source>
        <translation>所有请求体合计为 %1。</translation>
    </message>
    <message>
        <source>Must hold the largest message: at least %1.</source>
        <translation>必须容得下最大的消息：至少 %1。</translation>
    </message>
    <message>
        <source>At least what one topic may have: %1.</source>
        <translation>不得小于单个主题的上限：%1。</translation>
    </message>
    <message>
        <source>Must hold one client&apos;s backlog: at least %1.</source>
        <translation>必须容得下一个客户端的积压：至少 %1。</translation>
    </message>
</context>
<context>
    <name>pushdeck::PathField</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>pushdeck::PayloadFind</name>
    <message>
        <source>Find in the payload</source>
        <translation>在载荷中查找</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No expressions in bytes</source>
        <translation>字节中不能用表达式</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>↻ from the first</source>
        <translation>↻ 从头开始</translation>
    </message>
    <message>
        <source>↺ from the last</source>
        <translation>↺ 从末尾开始</translation>
    </message>
</context>
<context>
    <name>pushdeck::PayloadText</name>
    <message>
        <source>Copy the selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s)</source>
        <translation>
            <numerusform>%1 个键</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 item(s)</source>
        <translation>
            <numerusform>%1 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>pushdeck::Preferences</name>
    <message>
        <source>Either yes or no.</source>
        <translation>只能是 yes 或 no。</translation>
    </message>
    <message>
        <source>A number from 0 to 65535.</source>
        <translation>0 到 65535 的数字。</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>太长了。</translation>
    </message>
    <message>
        <source>Some stored preferences cannot be used; the usual ones hold instead: %1</source>
        <translation>部分已存的首选项无法使用，改用默认值：%1</translation>
    </message>
    <message>
        <source>One of off, files and made.</source>
        <translation>off、files、made 三者之一。</translation>
    </message>
    <message>
        <source>Which file is the certificate?</source>
        <translation>哪个文件是证书？</translation>
    </message>
    <message>
        <source>Which file is its key?</source>
        <translation>哪个文件是它的密钥？</translation>
    </message>
</context>
<context>
    <name>pushdeck::PreferencesKeeper</name>
    <message>
        <source>The preferences hold for now, but %1 could not be written.</source>
        <translation>首选项暂时生效，但无法写入 %1。</translation>
    </message>
</context>
<context>
    <name>pushdeck::PreferencesWindow</name>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Has a problem</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Fields that cannot be taken as they are: %1</source>
        <translation>不能采用的字段：%1</translation>
    </message>
    <message>
        <source>Part of this holds once the server is started again.</source>
        <translation>部分更改在重新启动服务器后生效。</translation>
    </message>
    <message>
        <source>Part of this holds once Pushdeck is started again.</source>
        <translation>部分更改在重新启动 Pushdeck 后生效。</translation>
    </message>
</context>
<context>
    <name>pushdeck::Project</name>
    <message>
        <source>is neither auto, text nor json</source>
        <translation>不是 auto、text 或 json</translation>
    </message>
    <message>
        <source>is longer than %1 characters</source>
        <translation>超过 %1 个字符</translation>
    </message>
    <message>
        <source>is not a text</source>
        <translation>不是文本</translation>
    </message>
    <message>
        <source>is not one of F1 to F12</source>
        <translation>不是 F1 到 F12 之一</translation>
    </message>
    <message>
        <source>is not a list of lines</source>
        <translation>不是由行组成的列表</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>第 %1 行，第 %2 列</translation>
    </message>
    <message>
        <source>F%1 is a key of the window: “%2” has none now</source>
        <translation>F%1 是窗口的按键：“%2”现在没有按键</translation>
    </message>
    <message>
        <source>F%1 is given twice: “%2” has none now</source>
        <translation>F%1 重复指定：“%2”现在没有按键</translation>
    </message>
    <message>
        <source>a name is needed</source>
        <translation>需要名称</translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>no control characters</source>
        <translation>不能有控制字符</translation>
    </message>
    <message>
        <source>larger than %1</source>
        <translation>大于 %1</translation>
    </message>
    <message>
        <source>not a Pushdeck project: “pushdeck”, its version, is missing</source>
        <translation>不是 Pushdeck 项目：缺少版本“pushdeck”</translation>
    </message>
    <message>
        <source>written by a later version of Pushdeck (format %1)</source>
        <translation>由更高版本的 Pushdeck 写成（格式 %1）</translation>
    </message>
    <message>
        <source>“pushdeck” is not a version</source>
        <translation>“pushdeck”不是版本号</translation>
    </message>
    <message>
        <source>“messages” is not a list</source>
        <translation>“messages”不是列表</translation>
    </message>
    <message>
        <source>more than %1 messages</source>
        <translation>超过 %1 条消息</translation>
    </message>
    <message>
        <source>is not an object</source>
        <translation>不是对象</translation>
    </message>
    <message>
        <source>the same name twice in one folder</source>
        <translation>同一文件夹中有重名</translation>
    </message>
    <message>
        <source>message %1: %2</source>
        <translation>消息 %1：%2</translation>
    </message>
    <message>
        <source>message %1 (“%2”): %3</source>
        <translation>消息 %1（“%2”）：%3</translation>
    </message>
</context>
<context>
    <name>pushdeck::ProjectActions</name>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Save the project as…</source>
        <translation>项目另存为…</translation>
    </message>
    <message>
        <source>Open a recent project</source>
        <translation>打开最近的项目</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Open %1 again</source>
        <translation>重新打开 %1</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Pushdeck projects (*.pushdeck.json *.json)</source>
        <translation>Pushdeck 项目 (*.pushdeck.json *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Pushdeck projects (*.pushdeck.json)</source>
        <translation>Pushdeck 项目 (*.pushdeck.json)</translation>
    </message>
    <message>
        <source>Unsaved messages</source>
        <translation>未保存的消息</translation>
    </message>
    <message>
        <source>Save the changes to the saved messages?</source>
        <translation>是否保存对已存消息的更改？</translation>
    </message>
</context>
<context>
    <name>pushdeck::ProjectKeeper</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 could not be opened and was left as it is. %2</source>
        <translation>无法打开 %1，文件保持原样。%2</translation>
    </message>
    <message>
        <source>%1 is not a project and could not be kept aside; nothing was saved.</source>
        <translation>%1 不是项目，也无法另行保留；没有保存任何内容。</translation>
    </message>
    <message>
        <source>%1 could not be saved: %2</source>
        <translation>无法保存 %1：%2</translation>
    </message>
    <message>
        <source>What was in the file before is kept as %1.</source>
        <translation>文件原有的内容保留为 %1。</translation>
    </message>
</context>
<context>
    <name>pushdeck::QrDialog</name>
    <message>
        <source>Scan to connect</source>
        <translation>扫码连接</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Opens the test page on any device in the same network (%1).</source>
        <translation>在同一网络（%1）的任意设备上打开测试页。</translation>
    </message>
    <message>
        <source>The code carries the token: whoever scans it is let in.</source>
        <translation>二维码含有令牌：扫描者即可进入。</translation>
    </message>
</context>
<context>
    <name>pushdeck::QrView</name>
    <message>
        <source>QR code of the address</source>
        <translation>地址的二维码</translation>
    </message>
</context>
<context>
    <name>pushdeck::RateChart</name>
    <message>
        <source>Now %1, at most %2/s in the last minute</source>
        <translation>现在 %1，最近一分钟最多 %2/秒</translation>
    </message>
</context>
<context>
    <name>pushdeck::RegularFile</name>
    <message>
        <source>This is no regular file.</source>
        <translation>这不是普通文件。</translation>
    </message>
</context>
<context>
    <name>pushdeck::RepeatForm</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Time from one send to the next</source>
        <translation>两次发送之间的时间</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Unit of the time</source>
        <translation>时间单位</translation>
    </message>
    <message>
        <source>until stopped</source>
        <translation>直到停止</translation>
    </message>
    <message>
        <source>How many times; 0: until stopped</source>
        <translation>次数；0：直到停止</translation>
    </message>
    <message>
        <source>0: until stopped</source>
        <translation>0：直到停止</translation>
    </message>
    <message>
        <source>Messages each time</source>
        <translation>每次的消息数</translation>
    </message>
    <message>
        <source>A burst: this many messages each time, at most %1</source>
        <translation>突发：每次发送这么多条消息，最多 %1 条</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>每次条数</translation>
    </message>
</context>
<context>
    <name>pushdeck::RowActions</name>
    <message>
        <source>Copy row as text</source>
        <translation>将该行复制为文本</translation>
    </message>
    <message>
        <source>Copy row as JSON</source>
        <translation>将该行复制为 JSON</translation>
    </message>
    <message>
        <source>Copy row as curl</source>
        <translation>将该行复制为 curl</translation>
    </message>
    <message>
        <source>Send this message again</source>
        <translation>重新发送该消息</translation>
    </message>
    <message>
        <source>Edit this message and send…</source>
        <translation>编辑该消息并发送…</translation>
    </message>
</context>
<context>
    <name>pushdeck::RowMarks</name>
    <message>
        <source>Set or remove a bookmark</source>
        <translation>添加或移除书签</translation>
    </message>
    <message>
        <source>Go to the next bookmark</source>
        <translation>转到下一个书签</translation>
    </message>
    <message>
        <source>Go to the previous bookmark</source>
        <translation>转到上一个书签</translation>
    </message>
    <message>
        <source>Go to the first row</source>
        <translation>转到第一行</translation>
    </message>
    <message>
        <source>Go to the last row</source>
        <translation>转到最后一行</translation>
    </message>
    <message>
        <source>Times since the row before</source>
        <translation>时间显示为距上一行</translation>
    </message>
</context>
<context>
    <name>pushdeck::SavedForm</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the message</source>
        <translation>消息的名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>无文件夹</translation>
    </message>
    <message>
        <source>Key that sends it</source>
        <translation>发送它的按键</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Replaces the message of this name</source>
        <translation>将替换同名的消息</translation>
    </message>
    <message>
        <source>%1 is taken from “%2”</source>
        <translation>%1 将从“%2”移来</translation>
    </message>
</context>
<context>
    <name>pushdeck::SavedStrip</name>
    <message>
        <source>to all</source>
        <translation>发给全部</translation>
    </message>
    <message>
        <source>Keep messages here, and send them again with one key</source>
        <translation>在此保存消息，一键再次发送</translation>
    </message>
    <message>
        <source>Save this message…</source>
        <translation>保存该消息…</translation>
    </message>
    <message>
        <source>Choose a saved message</source>
        <translation>选择已存消息</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已存</translation>
    </message>
    <message>
        <source>Save this…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Send a saved message</source>
        <translation>发送已存消息</translation>
    </message>
    <message>
        <source>Send “%1”</source>
        <translation>发送“%1”</translation>
    </message>
    <message>
        <source>All saved messages</source>
        <translation>所有已存消息</translation>
    </message>
    <message>
        <source>%1 more in the file</source>
        <translation>文件中还有 %1 条</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Write from it</source>
        <translation>以此为稿</translation>
    </message>
    <message>
        <source>Rename, move, choose a key…</source>
        <translation>重命名、移动、选择按键…</translation>
    </message>
    <message>
        <source>Replace by what is written</source>
        <translation>替换为当前内容</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>pushdeck::SessionBar</name>
    <message>
        <source>Back to live</source>
        <translation>返回实时</translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Showing %1 · %2</source>
        <translation>正在显示 %1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 new live row(s)</source>
        <translation>
            <numerusform>%1 行新的实时流量</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::SessionFiles</name>
    <message>
        <source>Export the traffic shown…</source>
        <translation>导出显示的流量…</translation>
    </message>
    <message>
        <source>Export all traffic…</source>
        <translation>导出全部流量…</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>Back to live traffic</source>
        <translation>返回实时流量</translation>
    </message>
    <message>
        <source>Export the traffic</source>
        <translation>导出流量</translation>
    </message>
    <message>
        <source>JSON Lines, can be opened again (*.jsonl)</source>
        <translation>JSON Lines，可再次打开 (*.jsonl)</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>HTTP archive for browsers (*.har)</source>
        <translation>供浏览器使用的 HTTP 存档 (*.har)</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Exported traffic (*.jsonl)</source>
        <translation>导出的流量 (*.jsonl)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>正在导出到 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported %1 to %2, %3.</source>
        <translation>已将 %1 导出到 %2，%3。</translation>
    </message>
    <message numerus="yes">
        <source>%1 older were dropped before they could be written.</source>
        <translation>
            <numerusform>有 %1 行更早的内容在写入之前已被丢弃。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>and so on</source>
        <translation>等等</translation>
    </message>
    <message>
        <source>%1 holds no traffic that could be read (%2).</source>
        <translation>%1 中没有可读取的流量（%2）。</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 line(s) of %2 could not be read (%3).</source>
        <translation>
            <numerusform>%2 中有 %1 行无法读取（%3）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the first %1 rows of %2 are shown: a session holds at most %3 rows and %4.</source>
        <translation>仅显示 %2 的前 %1 行：一个会话最多 %3 行、%4。</translation>
    </message>
</context>
<context>
    <name>pushdeck::SettingsFile</name>
    <message>
        <source>The settings could not be read. They were kept as %1, and new ones begun.</source>
        <translation>无法读取设置。原设置已保留为 %1，并启用新的设置。</translation>
    </message>
    <message>
        <source>The settings in %1 could not be read, nor kept aside.</source>
        <translation>无法读取 %1 中的设置，也无法另行保留。</translation>
    </message>
    <message>
        <source>Others on this machine may read %1, and with it the tokens.</source>
        <translation>本机的其他用户可以读取 %1，以及其中的令牌。</translation>
    </message>
</context>
<context>
    <name>pushdeck::ShortcutsView</name>
    <message>
        <source>No key does that.</source>
        <translation>没有对应的按键。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Find a key or what it does</source>
        <translation>查找按键或其功能</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>查找快捷键</translation>
    </message>
</context>
<context>
    <name>pushdeck::SnippetBox</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>pushdeck::Sparkline</name>
    <message>
        <source>Now %1, at most %2 in the last two minutes</source>
        <translation>现在 %1，最近两分钟最多 %2</translation>
    </message>
    <message>
        <source>Click for all charts</source>
        <translation>点击查看所有图表</translation>
    </message>
</context>
<context>
    <name>pushdeck::StateDot</name>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>pushdeck::StatusLine</name>
    <message>
        <source>This machine only</source>
        <translation>仅限本机</translation>
    </message>
    <message>
        <source>Token required</source>
        <translation>需要令牌</translation>
    </message>
    <message>
        <source>Open to the whole network</source>
        <translation>对整个网络开放</translation>
    </message>
    <message>
        <source>Clients connected right now</source>
        <translation>当前连接的客户端</translation>
    </message>
    <message>
        <source>Messages the server accepted in a second</source>
        <translation>服务器每秒接受的消息</translation>
    </message>
    <message>
        <source>Deliveries in a second: one message to one client</source>
        <translation>每秒的投递：一条消息给一个客户端</translation>
    </message>
    <message>
        <source>Bytes handed to clients in a second</source>
        <translation>每秒交给客户端的字节</translation>
    </message>
    <message>
        <source>Who may connect and publish</source>
        <translation>谁可以连接和发布</translation>
    </message>
    <message>
        <source>How long the server has been running</source>
        <translation>服务器已运行的时间</translation>
    </message>
    <message>
        <source>Rows the traffic log dropped to stay within its bounds, and slow clients that were closed</source>
        <translation>流量日志为不超出上限而丢弃的行，以及被关闭的慢客户端</translation>
    </message>
    <message>
        <source>%1 on port %2</source>
        <translation>%1，端口 %2</translation>
    </message>
    <message>
        <source>↓ %1/s</source>
        <translation>↓ %1/秒</translation>
    </message>
    <message>
        <source>↑ %1/s</source>
        <translation>↑ %1/秒</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>dropped %1</source>
        <translation>丢弃 %1</translation>
    </message>
    <message>
        <source>%1 slow closed</source>
        <translation>因太慢关闭 %1</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>拒绝 %1</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>已运行 %1</translation>
    </message>
    <message>
        <source>%1 without room</source>
        <translation>%1 因没有空位</translation>
    </message>
    <message>
        <source>%1 for too many connections of one address</source>
        <translation>%1 因单个地址连接过多</translation>
    </message>
    <message>
        <source>%1 for a missing or wrong token</source>
        <translation>%1 因令牌缺失或错误</translation>
    </message>
    <message>
        <source>%1 for their origin</source>
        <translation>%1 因其来源</translation>
    </message>
    <message>
        <source>%1 by a topic&apos;s rule</source>
        <translation>%1 因主题规则</translation>
    </message>
    <message>
        <source>%1 while relaying is off</source>
        <translation>%1 因转发已关闭</translation>
    </message>
    <message>
        <source>%1 for publishing too fast</source>
        <translation>%1 因发布过快</translation>
    </message>
    <message>
        <source>%1 for too many topics</source>
        <translation>%1 因主题过多</translation>
    </message>
    <message>
        <source>%1 for other reasons</source>
        <translation>%1 因其他原因</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>已拒绝：%1</translation>
    </message>
</context>
<context>
    <name>pushdeck::TagBar</name>
    <message>
        <source>Tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Tags, with commas between them</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>At most %1 tags of %2 characters</source>
        <translation>最多 %1 个标签，每个 %2 个字符</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Tags of %1</source>
        <translation>%1 的标签</translation>
    </message>
    <message>
        <source>Tag %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>Tags are kept for %1 clients; these are more. Choose fewer.</source>
        <translation>最多为 %1 个客户端保存标签，所选的更多。请少选一些。</translation>
    </message>
    <message>
        <source>A client has at most %1 tags.</source>
        <translation>一个客户端最多 %1 个标签。</translation>
    </message>
</context>
<context>
    <name>pushdeck::TextChecks</name>
    <message>
        <source>At most %1 characters.</source>
        <translation>最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Only ASCII letters, digits and signs, and no spaces.</source>
        <translation>只能是 ASCII 字母、数字和符号，不能有空格。</translation>
    </message>
    <message>
        <source>At most %1 origins.</source>
        <translation>最多 %1 个来源。</translation>
    </message>
    <message>
        <source>“%1” is no origin. One looks like https://example.org.</source>
        <translation>“%1”不是来源。来源形如 https://example.org。</translation>
    </message>
    <message>
        <source>“%1” is not an address of this machine.</source>
        <translation>“%1”不是本机的地址。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>This is a file, not a folder.</source>
        <translation>这是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>This folder cannot be read.</source>
        <translation>无法读取该文件夹。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>This file cannot be written.</source>
        <translation>无法写入该文件。</translation>
    </message>
    <message>
        <source>Its folder does not exist.</source>
        <translation>其所在的文件夹不存在。</translation>
    </message>
    <message>
        <source>Nothing can be written in its folder.</source>
        <translation>无法在其所在的文件夹中写入。</translation>
    </message>
</context>
<context>
    <name>pushdeck::TokenChoice</name>
    <message>
        <source>With the token to subscribe</source>
        <translation>附带订阅令牌</translation>
    </message>
    <message>
        <source>With the token to publish</source>
        <translation>附带发布令牌</translation>
    </message>
    <message>
        <source>Without a token</source>
        <translation>不附带令牌</translation>
    </message>
    <message>
        <source>With subscribe token</source>
        <translation>附带订阅令牌</translation>
    </message>
    <message>
        <source>With publish token</source>
        <translation>附带发布令牌</translation>
    </message>
    <message>
        <source>Without token</source>
        <translation>不附带令牌</translation>
    </message>
    <message>
        <source>Hand the address out with a token, or without</source>
        <translation>给出地址时附带或不附带令牌</translation>
    </message>
    <message>
        <source>%1: the copied address, the QR code and the snippets (Ctrl+Alt+U)</source>
        <translation>%1：复制的地址、二维码和代码片段 (Ctrl+Alt+U)</translation>
    </message>
</context>
<context>
    <name>pushdeck::TokenField</name>
    <message>
        <source>Show the token</source>
        <translation>显示令牌</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>复制令牌</translation>
    </message>
    <message>
        <source>Remove the token</source>
        <translation>移除令牌</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
</context>
<context>
    <name>pushdeck::Topics</name>
    <message>
        <source>A topic starts with /</source>
        <translation>主题以 / 开头</translation>
    </message>
    <message>
        <source>This path is reserved</source>
        <translation>该路径是保留的</translation>
    </message>
    <message>
        <source>A message goes to one topic, not to a pattern</source>
        <translation>消息只能发到一个主题，不能发到模式</translation>
    </message>
    <message>
        <source>A topic has at most 256 bytes</source>
        <translation>主题最多 256 个字节</translation>
    </message>
    <message>
        <source>A topic has no control characters</source>
        <translation>主题不能有控制字符</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficFilter</name>
    <message>
        <source>“%1” is not one of %2</source>
        <translation>“%1”不是以下之一：%2</translation>
    </message>
    <message>
        <source>a status is a number, or 4xx</source>
        <translation>状态码是数字，或 4xx</translation>
    </message>
    <message>
        <source>this expression is wrong at character %1: %2</source>
        <translation>该表达式在第 %1 个字符处有误：%2</translation>
    </message>
    <message>
        <source>a closing quote is missing</source>
        <translation>缺少右引号</translation>
    </message>
    <message>
        <source>%1 needs a value</source>
        <translation>%1 需要一个值</translation>
    </message>
    <message>
        <source>%1 is written with a colon</source>
        <translation>%1 后面要加冒号</translation>
    </message>
    <message>
        <source>%1 takes one value</source>
        <translation>%1 只接受一个值</translation>
    </message>
    <message>
        <source>“%1” is not a comparison</source>
        <translation>“%1”不是比较</translation>
    </message>
    <message>
        <source>a number of deliveries, as in to:0 or to&gt;10</source>
        <translation>投递的数量，如 to:0 或 to&gt;10</translation>
    </message>
    <message>
        <source>a size is a number with k or m, as in size&gt;1k</source>
        <translation>大小是数字，可带 k 或 m，如 size&gt;1k</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficModel</name>
    <message>
        <source>bookmarked, %1</source>
        <translation>已加书签，%1</translation>
    </message>
    <message>
        <source>How many clients a message went to</source>
        <translation>消息发给了多少个客户端</translation>
    </message>
    <message>
        <source>Time since</source>
        <translation>距上一行</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Via</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>To</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficPanel</name>
    <message>
        <source>Show only %1</source>
        <translation>只显示 %1</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>排除 %1</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除过滤条件</translation>
    </message>
    <message>
        <source>Who got this message</source>
        <translation>谁收到了这条消息</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Traffic log</source>
        <translation>流量日志</translation>
    </message>
    <message>
        <source>Pause the traffic view</source>
        <translation>暂停流量视图</translation>
    </message>
    <message>
        <source>Follow the newest</source>
        <translation>跟随最新</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Clear the traffic log</source>
        <translation>清空流量日志</translation>
    </message>
    <message>
        <source>Filter the traffic</source>
        <translation>过滤流量</translation>
    </message>
    <message>
        <source>Filter, %1</source>
        <translation>过滤，%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>Paused · %1 wait</source>
        <translation>
            <numerusform>已暂停 · %1 条等待</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>▼ %1 new</source>
        <translation>▼ %1 条新内容</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>没有符合过滤条件的内容</translation>
    </message>
    <message>
        <source>Clear it with the cross in its field, or press Esc there.</source>
        <translation>用输入框中的叉号清除，或在其中按 Esc。</translation>
    </message>
    <message>
        <source>An empty session</source>
        <translation>空会话</translation>
    </message>
    <message>
        <source>The file holds no rows.</source>
        <translation>文件中没有行。</translation>
    </message>
    <message>
        <source>No traffic yet</source>
        <translation>还没有流量</translation>
    </message>
    <message>
        <source>Every message, connection and refusal will be a row here. Send one from below, or open the test page.</source>
        <translation>每条消息、连接和拒绝都会在此占一行。可在下方发送一条，或打开测试页。</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>服务器已停止</translation>
    </message>
    <message>
        <source>Start it to see its traffic here.</source>
        <translation>启动后可在此查看其流量。</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficText</name>
    <message>
        <source>received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>sent by the operator</source>
        <translation>由操作员发送</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>缺口</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>(direct)</source>
        <translation>（直接）</translation>
    </message>
    <message>
        <source>Client: %1</source>
        <translation>客户端：%1</translation>
    </message>
    <message>
        <source>Deliveries: %1</source>
        <translation>投递：%1</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficView</name>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
</context>
<context>
    <name>pushdeck::TrayIcon</name>
    <message>
        <source>Hide the window</source>
        <translation>隐藏窗口</translation>
    </message>
    <message>
        <source>Broadcast…</source>
        <translation>广播…</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Pushdeck: %1</source>
        <translation>Pushdeck：%1</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>停止服务器</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Pushdeck</source>
        <translation>Pushdeck</translation>
    </message>
</context>
<context>
    <name>pushdeck::Variables</name>
    <message>
        <source>random takes two numbers, as in {{random 1 6}}</source>
        <translation>random 需要两个数字，如 {{random 1 6}}</translation>
    </message>
    <message>
        <source>“%1” is not a whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>%1 is out of range: at most %2</source>
        <translation>%1 超出范围：最大 %2</translation>
    </message>
    <message>
        <source>random takes the smaller number first</source>
        <translation>random 的较小数字在前</translation>
    </message>
    <message>
        <source>a variable has a name, as in {{now}}</source>
        <translation>变量要有名称，如 {{now}}</translation>
    </message>
    <message>
        <source>there is no “%1”</source>
        <translation>没有“%1”</translation>
    </message>
    <message>
        <source>%1 takes nothing after its name</source>
        <translation>%1 的名称之后不能有内容</translation>
    </message>
    <message>
        <source>{{ is not closed</source>
        <translation>{{ 没有闭合</translation>
    </message>
</context>
<context>
    <name>pushdeck::VisitStrip</name>
    <message>
        <source>Timeline of the client&apos;s stays</source>
        <translation>客户端在线时段的时间线</translation>
    </message>
</context>
<context>
    <name>pushdeck::Visits</name>
    <message>
        <source>missed an unknown number of messages</source>
        <translation>错过了数量未知的消息</translation>
    </message>
    <message numerus="yes">
        <source>missed %n message(s)</source>
        <translation>
            <numerusform>错过了 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>came back after %1</source>
        <translation>%1 后重新连接</translation>
    </message>
    <message>
        <source>over %1 instead of %2</source>
        <translation>改用 %1，原为 %2</translation>
    </message>
    <message>
        <source>resumed at %1</source>
        <translation>从 %1 恢复</translation>
    </message>
    <message>
        <source>Reconnect %1, after %2</source>
        <translation>第 %1 次重连，间隔 %2</translation>
    </message>
    <message>
        <source>%1, over %2 instead of %3</source>
        <translation>%1，改用 %2，原为 %3</translation>
    </message>
    <message>
        <source>Resumed at %1</source>
        <translation>从 %1 恢复</translation>
    </message>
    <message>
        <source>Before: %1 from %2, for %3</source>
        <translation>之前：%1，始于 %2，持续 %3</translation>
    </message>
</context>
</TS>
