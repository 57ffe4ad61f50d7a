// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace pushdeck {

class PayloadText;

/// What a screen reader asks of a PayloadText: its text, whatever is folded, caret and selection.
/// Nothing it does costs more than the line asked for, however long the text is.
class PayloadAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit PayloadAccessible(PayloadText *view);

    /// Lets screen readers see `view`, and tells them of its caret. Once for each view.
    static void serve(PayloadText *view);

    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    QString textBeforeOffset(int offset, QAccessible::TextBoundaryType boundary, int *start,
                             int *end) const override;
    QString textAfterOffset(int offset, QAccessible::TextBoundaryType boundary, int *start,
                            int *end) const override;
    QString textAtOffset(int offset, QAccessible::TextBoundaryType boundary, int *start,
                         int *end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

private:
    [[nodiscard]] PayloadText &view() const;
    /// The number of the line that holds `offset`; -1, and nothing is said, where there is none.
    [[nodiscard]] int lineOf(int offset, int *start, int *end) const;
    [[nodiscard]] QString piece(int line, int offset, QAccessible::TextBoundaryType boundary,
                                int *start, int *end) const;
};

} // namespace pushdeck
