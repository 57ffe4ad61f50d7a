// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <atomic>
#include <memory>
#include <vector>

namespace pushdeck {

/// What a stretch of text is, for its colour.
enum class TextTone : std::uint8_t {
    Plain,
    Key,
    String,
    Number,
    Word, ///< true, false, null
    Quiet,
    Added,
    Removed,
    Changed
};

struct TextSpan
{
    qsizetype start = 0; ///< in the whole text
    qsizetype length = 0;
    TextTone tone = TextTone::Plain;
};

/// One line of a payload's text.
struct TextLine
{
    qsizetype start = 0;
    qsizetype length = 0;            ///< without its line end
    std::int32_t keyEnd = 0;         ///< JSON: behind the key, from the line's start; 0: none
    std::int32_t indent = 0;         ///< JSON: spaces before the first sign
    std::int32_t foldEnd = -1;       ///< the line that closes what this one opens; -1: nothing
    std::int32_t children = 0;       ///< of what it opens
    std::int32_t level = 0;          ///< JSON: how many containers are around it
    bool open = false;               ///< what it opens is cut off before its end
    bool ascii = true;               ///< every character is as wide as every other
    TextTone tone = TextTone::Plain; ///< of the line's ground: Added, Removed or Plain
};

/// A payload as lines to look at: made once, on any thread, never changed after. Costs two bytes a
/// character and 48 a line.
struct PayloadDocument
{
    QString text;
    std::vector<TextLine> lines; ///< at least one
    std::vector<TextSpan> spans; ///< by rising start; beside what JSON lines tell by themselves
    bool json = false;
    bool numbered = true; ///< lines have numbers
    bool cut = false;     ///< the payload goes on

    [[nodiscard]] QStringView lineText(std::size_t line) const
    {
        return QStringView(text).sliced(lines[line].start, lines[line].length);
    }
    [[nodiscard]] std::size_t lineAt(qsizetype position) const;
    /// The colours of a line, by rising start.
    [[nodiscard]] std::vector<TextSpan> spansOf(std::size_t line) const;
};
using SharedDocument = std::shared_ptr<const PayloadDocument>;
using StopFlag = std::atomic<bool>;

/// Indented where it is JSON, else as it is; at most about `mostBytes` of the result. Null where
/// `stop` was set meanwhile.
[[nodiscard]] SharedDocument prettyDocument(QByteArrayView payload, qsizetype mostBytes,
                                            const StopFlag &stop);
[[nodiscard]] SharedDocument rawDocument(QByteArrayView payload, qsizetype mostBytes,
                                         const StopFlag &stop);

/// Cuts `document.text` into lines, and finds what can be folded where it is JSON.
void findLines(PayloadDocument &document);

} // namespace pushdeck
