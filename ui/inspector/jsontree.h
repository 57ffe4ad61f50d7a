// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pushdeck {

/// One JSON value as a tree over its bytes, which must outlive it. Keys keep their order, numbers
/// their digits. No recursion: the depth of what comes from the network costs no stack.
class JsonTree final
{
public:
    enum class Kind : std::uint8_t { Object, Array, Scalar };
    struct Node
    {
        Kind kind = Kind::Scalar;
        QByteArrayView key;           ///< of a member, with its quotes; empty for others
        QByteArrayView raw;           ///< as it was sent
        std::uint64_t hash = 0;       ///< equal for equal values; the order of keys does not count
        std::uint32_t next = 0;       ///< the sibling after this, 0: none
        std::uint32_t firstChild = 0; ///< 0: none
        std::uint32_t children = 0;
    };

    /// Nothing where the text is no JSON, or has more than `mostNodes` values.
    [[nodiscard]] static std::optional<JsonTree> parse(QByteArrayView text, std::size_t mostNodes);

    [[nodiscard]] const Node &root() const { return m_nodes.front(); }
    [[nodiscard]] const Node &node(std::uint32_t index) const { return m_nodes[index]; }
    [[nodiscard]] std::vector<const Node *> childrenOf(const Node &node) const;

private:
    std::vector<Node> m_nodes;
};

/// The text of a JSON string given with its quotes; its escapes are resolved.
[[nodiscard]] QString jsonStringText(QByteArrayView quoted);

} // namespace pushdeck
