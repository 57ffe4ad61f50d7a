// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panelheader.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace pushdeck {

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_layout(new QHBoxLayout(this)), m_count(new QLabel(this))
{
    setFixedHeight(kHeight);
    m_layout->setContentsMargins(12, 0, 8, 1);
    m_layout->setSpacing(4);
    auto *label = new QLabel(title, this);
    label->setTextFormat(Qt::PlainText);
    label->setFont(strong(font()));
    m_layout->addWidget(label);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(fixedFont());
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addSpacing(2);
    m_layout->addWidget(m_count);
    m_layout->addSpacing(6);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        const bool focused = now && parentWidget() && parentWidget()->isAncestorOf(now);
        if (focused != m_focused) {
            m_focused = focused;
            update();
        }
    });
}

void PanelHeader::setCount(const QString &count)
{
    if (m_count->text() != count)
        m_count->setText(count);
}

void PanelHeader::addWidget(QWidget *widget, int stretch)
{
    m_layout->addWidget(widget, stretch);
}

QToolButton *PanelHeader::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    m_layout->addWidget(button);
    return button;
}

void PanelHeader::addStretch()
{
    m_layout->addStretch(1);
}

void PanelHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_focused ? tones.accent : tones.line);
}

} // namespace pushdeck
