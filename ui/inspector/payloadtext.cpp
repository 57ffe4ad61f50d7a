// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadtext.h"

#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

namespace pushdeck {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype kPiece = 4 * 1024;
constexpr auto kTurn = 10ms;
constexpr int kInString = 1;

} // namespace

JsonColours::JsonColours(QTextDocument *document) : QSyntaxHighlighter(document) {}

void JsonColours::highlightBlock(const QString &text)
{
    if (!m_enabled)
        return;
    const Tones &tones = tonesFor(QGuiApplication::palette());
    qsizetype i = 0;
    qsizetype start = 0;
    bool inString = previousBlockState() == kInString;
    setCurrentBlockState(0);
    const auto length = [&] { return static_cast<int>(i - start); };
    while (i < text.size() || inString) {
        if (inString) {
            while (i < text.size() && text[i] != u'"')
                i += text[i] == u'\\' ? 2 : 1;
            if (i >= text.size()) {
                i = text.size();
                setFormat(static_cast<int>(start), length(), tones.jsonString);
                setCurrentBlockState(kInString);
                return;
            }
            ++i;
            const bool key = i < text.size() && text[i] == u':';
            setFormat(static_cast<int>(start), length(), key ? tones.jsonKey : tones.jsonString);
            inString = false;
            continue;
        }
        start = i;
        const QChar c = text[i];
        if (c == u'"') {
            inString = true;
            ++i;
        } else if (c.isDigit() || c == u'-') {
            while (i < text.size() && !text[i].isSpace() && text[i] != u',' && text[i] != u']' &&
                   text[i] != u'}')
                ++i;
            setFormat(static_cast<int>(start), length(), tones.jsonNumber);
        } else if (c.isLetter()) {
            while (i < text.size() && text[i].isLetter())
                ++i;
            setFormat(static_cast<int>(start), length(), tones.jsonWord);
        } else {
            ++i;
            setFormat(static_cast<int>(start), 1, tones.muted);
        }
    }
}

QString folded(const QString &text, qsizetype most)
{
    QString out;
    qsizetype run = 0;
    qsizetype copied = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\n') {
            run = 0;
        } else if (++run > most && !text[i].isLowSurrogate()) {
            out += QStringView(text).sliced(copied, i - copied);
            out += u'\n';
            copied = i;
            run = 1;
        }
    }
    if (copied == 0)
        return text;
    out += QStringView(text).sliced(copied);
    return out;
}

PayloadText::PayloadText(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setFrameShape(NoFrame);
    setFont(fixedFont());
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTabChangesFocus(true);
    document()->setDocumentMargin(10);
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &PayloadText::insertMore);
}

void PayloadText::setPayloadText(const QString &text)
{
    m_text = folded(text, kFoldAt);
    m_at = 0;
    clear();
    insertMore();
    verticalScrollBar()->setValue(0);
    if (!isComplete())
        m_next.start();
}

void PayloadText::insertMore()
{
    QElapsedTimer clock;
    clock.start();
    // A cursor of its own: the operator's selection and place stay as they are.
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    while (!isComplete() && std::chrono::nanoseconds(clock.nsecsElapsed()) < kTurn) {
        qsizetype size = std::min(kPiece, m_text.size() - m_at);
        if (m_at + size < m_text.size() && m_text[m_at + size].isLowSurrogate())
            --size;
        end.insertText(m_text.sliced(m_at, size));
        m_at += size;
    }
    if (isComplete()) {
        m_next.stop();
        m_text.clear();
        m_at = 0;
    }
}

void PayloadText::setEmptyWords(const QString &title, const QString &hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void PayloadText::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (document()->isEmpty()) {
        QPainter painter(viewport());
        paintEmptyWords(&painter, viewport()->rect(), palette(), textFont(), m_emptyTitle,
                        m_emptyHint);
    }
}

} // namespace pushdeck
