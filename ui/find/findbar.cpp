// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/find/findbar.h"

#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeight = 36;
constexpr int kMostField = 360;
constexpr int kMostQuery = 1'000;

} // namespace

FindBar::FindBar(const QString &name, const QString &what, QWidget *parent)
    : QWidget(parent),
      m_field(new QLineEdit(this)),
      m_case(new QToolButton(this)),
      m_count(new QLabel(this))
{
    setObjectName(name);
    setFixedHeight(kHeight);
    setAutoFillBackground(true);
    m_field->setObjectName(name + u"Field"_s);
    m_field->setAccessibleName(what);
    m_field->setPlaceholderText(tr("Find: text or /expression/"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(kMostQuery);
    m_field->setMaximumWidth(kMostField);
    m_field->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_case->setObjectName(name + u"Case"_s);
    m_case->setText(u"Aa"_s);
    m_case->setCheckable(true);
    m_case->setAutoRaise(true);
    m_case->setFocusPolicy(Qt::TabFocus);
    m_case->setToolTip(tr("Match the case (Alt+C)"));
    m_case->setAccessibleName(tr("Match the case"));
    m_count->setObjectName(name + u"Count"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(fixedFont());
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setMinimumWidth(1);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 3, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_field, 3);
    layout->addWidget(m_case);
    const auto addButton = [&](const QString &icon, const QString &words, const QString &keys,
                               const QString &part) {
        auto *button = new QToolButton(this);
        button->setObjectName(name + part);
        button->setIcon(themedIcon(icon));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(u"%1 (%2)"_s.arg(words, keys));
        button->setAccessibleName(words);
        layout->addWidget(button);
        return button;
    };
    const auto *previous =
        addButton(u"up"_s, tr("Find the previous"), u"Shift+F3"_s, u"Previous"_s);
    const auto *next = addButton(u"down"_s, tr("Find the next"), u"F3"_s, u"Next"_s);
    layout->addSpacing(6);
    layout->addWidget(m_count, 2);
    const auto *shut = addButton(u"close"_s, tr("Close"), u"Esc"_s, u"Close"_s);
    connect(previous, &QToolButton::clicked, this, [this] { emit stepAsked(-1); });
    connect(next, &QToolButton::clicked, this, [this] { emit stepAsked(1); });
    connect(shut, &QToolButton::clicked, this, &FindBar::close);
    connect(m_case, &QToolButton::toggled, this, &FindBar::take);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::take);
    hide();
}

void FindBar::open()
{
    const bool wasShut = isHidden();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    if (wasShut && !m_query.isEmpty())
        emit queryChanged(m_query);
}

void FindBar::close()
{
    if (isHidden())
        return;
    hide();
    emit closed();
}

void FindBar::take()
{
    const auto parsed = FindQuery::parse(m_field->text(), m_case->isChecked());
    if (const auto *words = std::get_if<QString>(&parsed)) {
        m_query = {};
        emit queryChanged(m_query);
        showCount(*words, false);
        return;
    }
    m_query = std::get<FindQuery>(parsed);
    emit queryChanged(m_query);
}

void FindBar::showCount(const QString &words, bool found)
{
    m_count->setText(words);
    m_count->setToolTip(plainToolTip(words));
    QPalette colours;
    colours.setColor(QPalette::PlaceholderText,
                     found ? tonesFor(palette()).muted : tonesFor(palette()).error);
    m_count->setPalette(colours);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            emit stepAsked(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            return true;
        }
        // A field takes letters with Alt for text.
        if (key->key() == Qt::Key_C && key->modifiers() == Qt::AltModifier) {
            m_case->toggle();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_C && event->modifiers() == Qt::AltModifier)
        m_case->toggle();
    else
        QWidget::keyPressEvent(event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tonesFor(palette()).line);
}

QColor findGround(const QPalette &palette, bool current)
{
    const Tones &tones = tonesFor(palette);
    const double share = isDark(palette) ? (current ? 0.55 : 0.28) : (current ? 0.50 : 0.24);
    return mixed(palette.color(QPalette::Base), tones.warn, share);
}

} // namespace pushdeck
