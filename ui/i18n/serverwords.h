// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace pushdeck {

/// A sentence of the server's in the window's language; whatever the server did not say itself, a
/// client's reason for leaving or a user agent, stays as it is. The server speaks English: its
/// words go over the wire and into files, whoever looks at the window.
[[nodiscard]] QString serverWords(const QString &text);

/// What the server may say, in another language. Its sentences are found by their text, since they
/// come with their numbers and names filled in.
class ServerDictionary final
{
public:
    /// Where Vocabulary is asked for them.
    static constexpr char kContext[] = "pushdeck/server";

    /// `file` is a .ts; without one it knows nothing.
    explicit ServerDictionary(const QString &file);

    /// Null where the text is no sentence of the server's.
    [[nodiscard]] QString said(const QString &text) const;

private:
    /// "Listening on port %1": what stands between the places, and which those are.
    struct Sentence
    {
        QStringList pieces;
        std::vector<int> places; ///< 1 for %1, …
        qsizetype letters = 0;   ///< of all pieces: the more there are, the surer a match
        QString translation;
    };

    [[nodiscard]] QString match(const QString &text, int depth) const;
    [[nodiscard]] QString fill(const Sentence &sentence, const QString &text, int depth) const;
    void add(const QString &source, const QString &translation);

    QHash<QString, QString> m_fixed; ///< sentences with nothing to fill in
    std::vector<Sentence> m_open;    ///< the others, those with most letters first
};

} // namespace pushdeck
