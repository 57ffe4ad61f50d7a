// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messagebar.h"

#include "ui/text/visible.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

QColor kindColour(MessageBar::Kind kind, const Tones &tones)
{
    switch (kind) {
        case MessageBar::Kind::Error:
            return tones.error;
        case MessageBar::Kind::Warning:
            return tones.warn;
        case MessageBar::Kind::Info:
            break;
    }
    return tones.accent;
}

QString kindIcon(MessageBar::Kind kind)
{
    switch (kind) {
        case MessageBar::Kind::Error:
            return u"error"_s;
        case MessageBar::Kind::Warning:
            return u"warning"_s;
        case MessageBar::Kind::Info:
            break;
    }
    return u"info"_s;
}

} // namespace

MessageBar::MessageBar(Kind kind, const QString &text, QWidget *parent)
    : QFrame(parent), m_kind(kind), m_text(new QLabel(this)), m_layout(new QHBoxLayout(this))
{
    setObjectName(u"messageBar"_s);
    m_layout->setContentsMargins(38, 6, 8, 7);
    m_layout->setSpacing(6);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setText(visibleText(text, 500));
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(28);
    setAccessibleName(m_text->text());
    m_layout->addWidget(m_text, 1);
    m_buttonsAt = m_layout->count();
    auto *close = new QToolButton(this);
    close->setIcon(themedIcon(u"close"_s));
    close->setAutoRaise(true);
    close->setToolTip(tr("Dismiss"));
    close->setAccessibleName(tr("Dismiss"));
    connect(close, &QToolButton::clicked, this, &QObject::deleteLater);
    m_layout->addWidget(close);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::addButton(const QString &text, const std::function<void()> &act)
{
    auto *button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [this, act] {
        hide();
        deleteLater();
        act();
    });
    m_layout->insertWidget(m_buttonsAt++, button);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const QColor colour = kindColour(m_kind, tones);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), colour, 0.13));
    painter.fillRect(QRect(0, 0, 3, height()), colour);
    painter.fillRect(QRect(0, height() - 1, width(), 1), mixed(tones.line, colour, 0.3));
    tintedIcon(kindIcon(m_kind), colour).paint(&painter, QRect(14, (height() - 16) / 2, 16, 16));
}

MessageArea::MessageArea(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

MessageBar *MessageArea::show(const QString &topic, MessageBar::Kind kind, const QString &text)
{
    dismiss(topic);
    auto *bar = new MessageBar(kind, text, this);
    bar->setProperty("topic", topic);
    m_layout->addWidget(bar);
    return bar;
}

void MessageArea::dismiss(const QString &topic)
{
    const auto bars = findChildren<MessageBar *>(Qt::FindDirectChildrenOnly);
    for (MessageBar *bar : bars) {
        if (bar->property("topic") == topic) {
            bar->setProperty("topic", QVariant());
            bar->hide();
            bar->deleteLater();
        }
    }
}

} // namespace pushdeck
