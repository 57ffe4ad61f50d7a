// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messagebar.h"

#include "ui/text/visible.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

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

MessageBar::MessageBar(Kind kind, Wording words, QWidget *parent)
    : QFrame(parent),
      m_kind(kind),
      m_words(std::move(words)),
      m_text(new QLabel(this)),
      m_layout(new QHBoxLayout(this))
{
    setObjectName(u"messageBar"_s);
    m_layout->setContentsMargins(38, 6, 8, 7);
    m_layout->setSpacing(6);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(28);
    say();
    m_layout->addWidget(m_text, 1);
    m_buttonsAt = m_layout->count();
    m_close = new QToolButton(this);
    m_close->setIcon(themedIcon(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    connect(m_close, &QToolButton::clicked, this, &QObject::deleteLater);
    m_layout->addWidget(m_close);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::say()
{
    constexpr qsizetype kMostCharacters = 500;
    QString words = visibleText(m_words(), kMostCharacters);
    setAccessibleName(words);
    if (m_share >= 0)
        words = tr("%1 · %2 %").arg(words, QString::number(static_cast<int>(m_share * 100)));
    if (m_text->text() != words)
        m_text->setText(words);
    for (const auto &[button, name] : m_composed)
        button->setText(name());
}

void MessageBar::addButton(Wording words, const std::function<void()> &act)
{
    addButton(words(), act);
    auto *button = qobject_cast<QPushButton *>(m_layout->itemAt(m_buttonsAt - 1)->widget());
    m_composed.emplace_back(button, std::move(words));
}

void MessageBar::addButton(const QString &text, const std::function<void()> &act)
{
    auto *button = new QPushButton(text, this);
    // A click answers; whoever was writing goes on doing so.
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QPushButton::clicked, this, [this, act] {
        hide();
        deleteLater();
        act();
    });
    m_layout->insertWidget(m_buttonsAt++, button);
}

void MessageBar::setProgress(double share)
{
    m_share = std::clamp(share, 0.0, 1.0);
    say();
    update();
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        say();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const QColor colour = kindColour(m_kind, tones);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), colour, 0.13));
    painter.fillRect(QRect(0, 0, 3, height()), colour);
    painter.fillRect(QRect(0, height() - 1, width(), 1), mixed(tones.line, colour, 0.3));
    if (m_share >= 0) {
        const auto done = static_cast<int>((width() - 3) * m_share);
        painter.fillRect(QRect(3, height() - 3, width() - 3, 3), mixed(tones.line, colour, 0.2));
        painter.fillRect(QRect(3, height() - 3, done, 3), colour);
    }
    tintedIcon(kindIcon(m_kind), colour).paint(&painter, QRect(14, (height() - 16) / 2, 16, 16));
}

MessageArea::MessageArea(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

MessageBar *MessageArea::show(const QString &topic, MessageBar::Kind kind, Wording words)
{
    dismiss(topic);
    auto *bar = new MessageBar(kind, std::move(words), this);
    bar->setProperty("topic", topic);
    m_layout->addWidget(bar);
    return bar;
}

MessageBar *MessageArea::find(const QString &topic) const
{
    const auto bars = findChildren<MessageBar *>(Qt::FindDirectChildrenOnly);
    const auto found = std::find_if(bars.begin(), bars.end(), [&topic](const MessageBar *bar) {
        return bar->property("topic") == topic;
    });
    return found == bars.end() ? nullptr : *found;
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
