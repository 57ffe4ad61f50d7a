// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/messageeditor.h"

#include "ui/theme/fonts.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>

namespace pushdeck {

MessageEditor::MessageEditor(QWidget *parent) : QPlainTextEdit(parent)
{
    setFont(fixedFont());
    setTabChangesFocus(true);
    setMinimumHeight(44);
    document()->setDocumentMargin(8);
    setPlaceholderText(
        tr("Message text. Ctrl+Enter sends, ↑ brings back what was sent. "
           "{{now}}, {{seq}}, {{uuid}} and {{random 1 6}} are filled in."));
    setAccessibleName(tr("Message text"));
}

bool MessageEditor::walk(int key)
{
    std::optional<QString> text;
    if (key == Qt::Key_Up && (document()->isEmpty() || m_sent.isWalking())) {
        text = m_sent.older(toPlainText());
        if (!text)
            return m_sent.isWalking();
    } else if (key == Qt::Key_Down && m_sent.isWalking()) {
        text = m_sent.newer();
    } else {
        return false;
    }
    if (text) {
        setPlainText(*text);
        moveCursor(QTextCursor::End);
    }
    return true;
}

void MessageEditor::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (plain && walk(event->key()))
        return;
    if (!event->text().isEmpty())
        m_sent.leave();
    QPlainTextEdit::keyPressEvent(event);
}

void MessageEditor::dragEnterEvent(QDragEnterEvent *event)
{
    // A file is the window's affair; its path would only be in the way of the text.
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QPlainTextEdit::dragEnterEvent(event);
}

} // namespace pushdeck
