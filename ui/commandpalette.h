// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAction;
class QLineEdit;
class QListWidget;

namespace pushdeck {

/// How well `query` finds `text`: letters in order, better at the start of words and side by side.
/// Negative: not at all.
[[nodiscard]] int paletteScore(const QString &query, const QString &text);

/// Every action of the window by name, over the window's top; Ctrl+K.
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    void open(const QList<QAction *> &actions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fill();
    void run();

    QLineEdit *m_query;
    QListWidget *m_list;
    QList<QAction *> m_actions;
};

} // namespace pushdeck
