// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shortcuts/shortcutlist.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QTreeWidget;

namespace pushdeck {

/// Every key of the window, in groups, over the window; Ctrl+/. What is typed narrows it, Enter
/// does what is chosen, Escape closes it.
class ShortcutsView final : public QFrame
{
    Q_OBJECT

public:
    explicit ShortcutsView(QWidget *window);

    void open(const QList<ShortcutGroup> &groups);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fill();
    void place();
    void leave();
    void run();
    bool steer(int key);

    QLineEdit *m_query;
    QTreeWidget *m_list;
    QLabel *m_none;
    QList<ShortcutGroup> m_groups;
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace pushdeck
