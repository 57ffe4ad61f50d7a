// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadaccessible.h"

#include "ui/inspector/payloadtext.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace pushdeck {

namespace {

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<PayloadText *>(object);
    return view ? new PayloadAccessible(view) : nullptr;
}

QTextBoundaryFinder::BoundaryType boundaryIn(QAccessible::TextBoundaryType boundary)
{
    switch (boundary) {
        case QAccessible::WordBoundary:
            return QTextBoundaryFinder::Word;
        case QAccessible::SentenceBoundary:
            return QTextBoundaryFinder::Sentence;
        default:
            return QTextBoundaryFinder::Grapheme;
    }
}

bool isWholeLine(QAccessible::TextBoundaryType boundary)
{
    return boundary == QAccessible::LineBoundary || boundary == QAccessible::ParagraphBoundary ||
           boundary == QAccessible::NoBoundary;
}

} // namespace

void PayloadAccessible::serve(PayloadText *view)
{
    QAccessible::installFactory(make); // Qt takes the same one once only
    QObject::connect(view, &PayloadText::caretMoved, view, [view] {
        if (!QAccessible::isActive())
            return;
        QAccessibleTextCursorEvent moved(view, static_cast<int>(view->caret()));
        QAccessible::updateAccessibility(&moved);
        QAccessibleTextSelectionEvent selected(
            view, static_cast<int>(std::min(view->caret(), view->anchor())),
            static_cast<int>(std::max(view->caret(), view->anchor())));
        QAccessible::updateAccessibility(&selected);
    });
    // Not the text itself: it would be sent whole, and it may be large.
    QObject::connect(view, &PayloadText::documentChanged, view, [view] {
        QAccessibleEvent changed(view, QAccessible::VisibleDataChanged);
        QAccessible::updateAccessibility(&changed);
    });
}

PayloadAccessible::PayloadAccessible(PayloadText *view)
    : QAccessibleWidget(view, QAccessible::EditableText)
{
}

PayloadText &PayloadAccessible::view() const
{
    return *static_cast<PayloadText *>(widget());
}

QAccessible::State PayloadAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    state.busy = !view().isComplete();
    return state;
}

void *PayloadAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

// --- caret and selection, of which there is one

void PayloadAccessible::selection(int index, int *start, int *end) const
{
    const bool there = index == 0 && selectionCount() == 1;
    *start = there ? static_cast<int>(std::min(view().caret(), view().anchor())) : 0;
    *end = there ? static_cast<int>(std::max(view().caret(), view().anchor())) : 0;
}

int PayloadAccessible::selectionCount() const
{
    return view().caret() == view().anchor() ? 0 : 1;
}

void PayloadAccessible::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void PayloadAccessible::removeSelection(int index)
{
    if (index == 0)
        view().select(view().caret(), view().caret());
}

void PayloadAccessible::setSelection(int index, int start, int end)
{
    if (index == 0)
        view().select(start, end);
}

int PayloadAccessible::cursorPosition() const
{
    return static_cast<int>(view().caret());
}

void PayloadAccessible::setCursorPosition(int position)
{
    view().select(position, position);
}

void PayloadAccessible::scrollToSubstring(int start, int)
{
    view().select(start, start);
}

// --- the text

int PayloadAccessible::characterCount() const
{
    return static_cast<int>(view().toPlainText().size());
}

QString PayloadAccessible::text(int start, int end) const
{
    const QString &all = view().toPlainText();
    const auto from = std::clamp<qsizetype>(std::min(start, end), 0, all.size());
    const auto to = std::clamp<qsizetype>(std::max(start, end), 0, all.size());
    return all.sliced(from, to - from);
}

int PayloadAccessible::lineOf(int offset, int *start, int *end) const
{
    *start = *end = -1;
    if (offset < 0 || offset > characterCount())
        return -1;
    return static_cast<int>(view().document()->lineAt(offset));
}

QString PayloadAccessible::piece(int line, int offset, QAccessible::TextBoundaryType boundary,
                                 int *start, int *end) const
{
    const PayloadDocument &document = *view().document();
    const auto at = static_cast<std::size_t>(line);
    const qsizetype first = document.lines[at].start;
    // With its line end, as screen readers expect.
    const qsizetype last =
        at + 1 < document.lines.size() ? document.lines[at + 1].start : document.text.size();
    *start = static_cast<int>(first);
    *end = static_cast<int>(last);
    if (!isWholeLine(boundary)) {
        QTextBoundaryFinder finder(boundaryIn(boundary), document.text.constData() + first,
                                   last - first);
        finder.setPosition(offset - first);
        if (!finder.isAtBoundary())
            finder.toPreviousBoundary();
        const qsizetype from = std::max<qsizetype>(finder.position(), 0);
        const qsizetype to = finder.toNextBoundary();
        *start = static_cast<int>(first + from);
        *end = static_cast<int>(to < 0 ? last : first + to);
    }
    return text(*start, *end);
}

QString PayloadAccessible::textAtOffset(int offset, QAccessible::TextBoundaryType boundary,
                                        int *start, int *end) const
{
    const int line = lineOf(offset, start, end);
    return line < 0 ? QString() : piece(line, offset, boundary, start, end);
}

QString PayloadAccessible::textBeforeOffset(int offset, QAccessible::TextBoundaryType boundary,
                                            int *start, int *end) const
{
    (void)textAtOffset(offset, boundary, start, end);
    const int before = *start - 1; // -1: nothing is there
    return textAtOffset(before, boundary, start, end);
}

QString PayloadAccessible::textAfterOffset(int offset, QAccessible::TextBoundaryType boundary,
                                           int *start, int *end) const
{
    (void)textAtOffset(offset, boundary, start, end);
    const int after = *end < characterCount() ? *end : -1;
    return textAtOffset(after, boundary, start, end);
}

QRect PayloadAccessible::characterRect(int offset) const
{
    const QRect rect = view().characterRect(offset);
    return rect.isNull() ? rect
                         : QRect(view().viewport()->mapToGlobal(rect.topLeft()), rect.size());
}

int PayloadAccessible::offsetAtPoint(const QPoint &point) const
{
    const QPoint inside = view().viewport()->mapFromGlobal(point);
    return view().viewport()->rect().contains(inside) ? static_cast<int>(view().positionAt(inside))
                                                      : -1;
}

QString PayloadAccessible::attributes(int offset, int *start, int *end) const
{
    // Colours say nothing that the text does not: one run, without any.
    *start = 0;
    *end = offset >= 0 && offset <= characterCount() ? characterCount() : 0;
    return {};
}

} // namespace pushdeck
