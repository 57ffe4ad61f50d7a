// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace pushdeck {

/// What is known to filter by. From the network: plain text.
struct FilterSources
{
    struct Client
    {
        std::uint64_t id = 0;
        QString words; ///< name, address
    };

    QStringList topics; ///< most useful first
    QStringList events;
    std::vector<Client> clients;
};

struct FilterChoice
{
    QString insert; ///< replaces the part at the cursor
    QString label;  ///< what the list shows, one line
    QString hint;   ///< half a line of explanation, may be empty
    bool isKey = false;
};

/// What could stand at the cursor: `choices` in place of `length` characters from `start`.
struct FilterCompletion
{
    qsizetype start = 0;
    qsizetype length = 0;
    bool begun = false; ///< something stands there already: a letter, or a key before the value
    std::vector<FilterChoice> choices;
};

/// Pure; at most `kMostFilterChoices`. Nothing inside a regular expression or a quoted phrase, and
/// nothing where the one choice stands there already.
constexpr std::size_t kMostFilterChoices = 60;
[[nodiscard]] FilterCompletion completeFilter(const QString &text, qsizetype cursor,
                                              const FilterSources &sources);

} // namespace pushdeck
