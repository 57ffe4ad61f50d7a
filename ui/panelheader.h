// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QAction;

namespace pushdeck {

/// The line at the top of a panel: a title, a number beside it, and what the panel puts there.
class PanelHeader final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kHeight = 40;

    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);

    void setCount(const QString &count);
    void addWidget(QWidget *widget, int stretch = 0);
    QToolButton *addButton(QAction *action);
    void addStretch();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_layout;
    QLabel *m_count;
    bool m_focused = false; ///< the keyboard is in this panel
};

} // namespace pushdeck
