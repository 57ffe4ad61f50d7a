// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/filtercompletion.h"

#include <QFrame>

class QListWidget;

namespace pushdeck {

/// The list of choices below a field. A child of the field's window that never takes the focus: the
/// field goes on being typed into and hands over the keys that choose.
class CompletionPopup final : public QFrame
{
    Q_OBJECT

public:
    /// `field`'s window becomes the parent.
    explicit CompletionPopup(QWidget *field);

    /// Below the point `left` of the field's own coordinates; the first choice is the current one.
    void open(const std::vector<FilterChoice> &choices, int left);
    /// Down for 1, up for -1, going round.
    void step(int by);
    [[nodiscard]] int current() const;
    [[nodiscard]] QString currentWords() const; ///< for a screen reader

signals:
    void chosen(int choice); ///< with the mouse

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_field;
    QListWidget *m_list;
};

} // namespace pushdeck
