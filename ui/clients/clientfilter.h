// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace pushdeck {

struct ClientRow;

/// What the text above the client table asks for: words, all of which a row must have. A word is
/// looked for in everything the row shows; `tag: topic: via: state: name: address:` look in one
/// place (`tag:` alone: any tag), quotes keep spaces together, and a leading minus leaves out.
class ClientFilter final
{
public:
    ClientFilter() = default;
    explicit ClientFilter(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }

    /// Whether a row may pass now and not a moment later, though nobody renamed it.
    [[nodiscard]] bool dependsOnState() const;

    [[nodiscard]] bool accepts(const ClientRow &row) const;

    bool operator==(const ClientFilter &) const = default;

private:
    enum class Field { Any, Tag, Topic, Via, State, Name, Address };
    struct Term
    {
        Field field = Field::Any;
        QString word;
        bool leavesOut = false;

        bool operator==(const Term &) const = default;
    };

    static Term termIn(QString text, bool quoted);
    static bool matches(const Term &term, const ClientRow &row);

    std::vector<Term> m_terms;
};

} // namespace pushdeck
