// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/composer/draft.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace pushdeck {

/// A message the operator keeps. It never names clients: their ids mean nothing tomorrow.
struct SavedMessage
{
    QString name;
    QString folder; ///< empty: in none
    int key = 0;    ///< 1 to 12: F1 to F12; 0: none
    QString topic;  ///< empty: to all clients
    QString event;
    DraftType format = DraftType::Auto;
    QString text;        ///< variables not filled in
    QJsonObject unknown; ///< members of a later version, written back as they were

    bool operator==(const SavedMessage &other) const = default;
};

/// The saved messages, in the operator's order; names are unique in a folder, keys everywhere.
struct Project
{
    std::vector<SavedMessage> messages;
    QJsonObject unknown;

    bool operator==(const Project &other) const = default;
};

/// Bounds of a project. A file beyond one of them is refused, not cut.
struct ProjectLimits
{
    static constexpr qint64 kFileBytes = 16 * 1024 * 1024;
    static constexpr std::size_t kMessages = 2'000;
    static constexpr qsizetype kNameChars = 80;
    static constexpr qsizetype kEventChars = 200;
    static constexpr qsizetype kTextChars = 1024 * 1024;
};

/// F3, F5 and F6 are the window's own (find the next, start the server, next panel).
[[nodiscard]] bool isFreeKey(int key);

/// What was read, and what was put right while reading, in words for a person.
struct ReadProject
{
    Project project;
    QStringList notes;
};

/// The project, or what is wrong with the file and where ("line 3, column 7: …",
/// "message 2 (“greet”): …"). Never a part of a project.
[[nodiscard]] std::variant<ReadProject, QString> parseProject(const QByteArray &bytes);

/// UTF-8 JSON, indented, members always in the same order, texts of several lines as an array of
/// lines, so that a version control system shows what was changed.
[[nodiscard]] QByteArray writeProject(const Project &project);

/// Why this cannot be a saved message's name or folder; empty when it can.
[[nodiscard]] QString nameProblem(const QString &name);

/// The folders in the order in which they first appear, without the empty one.
[[nodiscard]] QStringList foldersOf(const Project &project);
[[nodiscard]] std::optional<std::size_t> findMessage(const Project &project, const QString &folder,
                                                     const QString &name);
[[nodiscard]] std::optional<std::size_t> findKey(const Project &project, int key);

/// Puts the message in the place of `replaced`, else of the one with its name in its folder, else
/// at the end. Whoever had its key has none now. False: the project is full.
bool placeMessage(Project &project, SavedMessage message, std::optional<std::size_t> replaced = {});

} // namespace pushdeck
