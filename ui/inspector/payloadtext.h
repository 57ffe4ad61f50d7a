// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>
#include <QTimer>

namespace pushdeck {

/// Colours JSON that prettyJson() made. Strings that were folded onto several lines stay strings.
class JsonColours final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit JsonColours(QTextDocument *document);

    /// Off for text that is no JSON. Set before the text is.
    void setEnabled(bool enabled) { m_enabled = enabled; }

protected:
    void highlightBlock(const QString &text) override;

private:
    bool m_enabled = false;
};

/// `text` with lines of more than `most` characters folded: laying out one line takes time that
/// grows with its length, and the window must not wait for it.
[[nodiscard]] QString folded(const QString &text, qsizetype most);

/// A read-only text that may be long: it is put in piece by piece, a few milliseconds at a time.
class PayloadText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr qsizetype kFoldAt = 2'000;

    explicit PayloadText(QWidget *parent = nullptr);

    void setPayloadText(const QString &text);
    /// False until all of the text is in.
    [[nodiscard]] bool isComplete() const { return m_at >= m_text.size(); }
    void setEmptyWords(const QString &title, const QString &hint);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void insertMore();

    QString m_text;
    qsizetype m_at = 0;
    QTimer m_next;
    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace pushdeck
