// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/jsontree.h"

#include "ui/text/json.h"

#include <QHash>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kObjectSeed = 0x9E3779B97F4A7C15ull;
constexpr std::uint64_t kArraySeed = 0xC2B2AE3D27D4EB4Full;

std::uint64_t mixedHash(std::uint64_t h)
{
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDull;
    h ^= h >> 33;
    h *= 0xC4CEB9FE1A85EC53ull;
    return h ^ (h >> 33);
}

std::uint64_t hashOf(QByteArrayView bytes, std::uint64_t seed)
{
    return mixedHash(qHashBits(bytes.data(), static_cast<std::size_t>(bytes.size()), 0) + seed);
}

// The same text may be written with escapes or without.
std::uint64_t scalarHash(QByteArrayView raw)
{
    if (raw.startsWith('"') && raw.contains('\\')) {
        const QByteArray plain = jsonStringText(raw).toUtf8();
        return hashOf(QByteArray('"' + plain + '"'), 1);
    }
    return hashOf(raw, 1);
}

/// Builds the nodes of a text that is known to be JSON.
class Builder
{
public:
    Builder(QByteArrayView text, std::size_t most, std::vector<JsonTree::Node> &nodes)
        : m_text(text), m_most(most), m_nodes(nodes)
    {
    }

    bool run()
    {
        while (m_at < m_text.size()) {
            if (m_nodes.size() >= m_most)
                return false;
            const char c = m_text[m_at];
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':')
                ++m_at;
            else if (c == '}' || c == ']')
                close();
            else if (c == '{' || c == '[')
                open(c == '{' ? JsonTree::Kind::Object : JsonTree::Kind::Array);
            else
                word(c == '"' ? stringEnd() : wordEnd());
        }
        return true;
    }

private:
    struct Open
    {
        std::uint32_t node;
        std::uint32_t lastChild = 0;
        qsizetype start = 0;
        std::uint64_t hash = 0;
    };

    [[nodiscard]] qsizetype stringEnd() const
    {
        qsizetype i = m_at + 1;
        while (i < m_text.size() && m_text[i] != '"')
            i += m_text[i] == '\\' ? 2 : 1;
        return std::min(i + 1, m_text.size());
    }

    [[nodiscard]] qsizetype wordEnd() const
    {
        qsizetype i = m_at;
        while (i < m_text.size() && !QByteArrayView(",]} \n\r\t").contains(m_text[i]))
            ++i;
        return i;
    }

    std::uint32_t add(JsonTree::Kind kind)
    {
        const auto index = static_cast<std::uint32_t>(m_nodes.size());
        JsonTree::Node node;
        node.kind = kind;
        node.key = std::exchange(m_key, {});
        m_nodes.push_back(node);
        if (!m_open.empty()) {
            Open &parent = m_open.back();
            ++m_nodes[parent.node].children;
            if (parent.lastChild == 0)
                m_nodes[parent.node].firstChild = index;
            else
                m_nodes[parent.lastChild].next = index;
            parent.lastChild = index;
        }
        return index;
    }

    void open(JsonTree::Kind kind)
    {
        const std::uint32_t index = add(kind);
        m_open.push_back(
            {index, 0, m_at, kind == JsonTree::Kind::Object ? kObjectSeed : kArraySeed});
        ++m_at;
    }

    void close()
    {
        ++m_at;
        const Open done = m_open.back();
        m_open.pop_back();
        JsonTree::Node &node = m_nodes[done.node];
        node.raw = m_text.sliced(done.start, m_at - done.start);
        node.hash = mixedHash(done.hash + node.children);
        give(node);
    }

    void word(qsizetype end)
    {
        const QByteArrayView raw = m_text.sliced(m_at, end - m_at);
        m_at = end;
        const bool inObject =
            !m_open.empty() && m_nodes[m_open.back().node].kind == JsonTree::Kind::Object;
        if (inObject && m_key.isEmpty()) {
            m_key = raw;
            return;
        }
        JsonTree::Node &node = m_nodes[add(JsonTree::Kind::Scalar)];
        node.raw = raw;
        node.hash = scalarHash(raw);
        give(node);
    }

    // A value counts in what it is in: with its key in an object, with its place in an array.
    void give(const JsonTree::Node &node)
    {
        if (m_open.empty())
            return;
        Open &parent = m_open.back();
        if (m_nodes[parent.node].kind == JsonTree::Kind::Object)
            parent.hash += mixedHash(scalarHash(node.key) ^ (node.hash * kArraySeed));
        else
            parent.hash = mixedHash(parent.hash * kArraySeed + node.hash);
    }

    QByteArrayView m_text;
    std::size_t m_most;
    std::vector<JsonTree::Node> &m_nodes;
    qsizetype m_at = 0;
    QByteArrayView m_key;
    std::vector<Open> m_open;
};

} // namespace

std::optional<JsonTree> JsonTree::parse(QByteArrayView text, std::size_t mostNodes)
{
    if (checkJson(text))
        return std::nullopt;
    JsonTree tree;
    if (!Builder(text, mostNodes, tree.m_nodes).run())
        return std::nullopt;
    return tree;
}

std::vector<const JsonTree::Node *> JsonTree::childrenOf(const Node &node) const
{
    std::vector<const Node *> children;
    children.reserve(node.children);
    for (std::uint32_t i = node.firstChild; i != 0; i = m_nodes[i].next)
        children.push_back(&m_nodes[i]);
    return children;
}

QString jsonStringText(QByteArrayView quoted)
{
    if (quoted.size() < 2 || quoted.front() != '"')
        return QString::fromUtf8(quoted);
    const QString text = QString::fromUtf8(quoted.sliced(1, quoted.size() - 2));
    if (!text.contains(u'\\'))
        return text;
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 >= text.size()) {
            out += text[i];
            continue;
        }
        const QChar c = text[++i];
        if (c == u'u' && i + 4 < text.size()) {
            out += QChar(text.sliced(i + 1, 4).toUShort(nullptr, 16));
            i += 4;
            continue;
        }
        const qsizetype known = QStringView(u"bfnrt").indexOf(c);
        out += known < 0 ? c : QStringView(u"\b\f\n\r\t")[known];
    }
    return out;
}

} // namespace pushdeck
