// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/tokenfield.h"

#include "ui/preferences/textchecks.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kWidth = 262; // a generated token fits
constexpr auto kCopiedShown = 1500ms;
// One more than is allowed, so that too long a token is told and not cut.
constexpr int kMostCharacters = 257;

} // namespace

TokenField::TokenField(const QString &whenEmpty, QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this))
{
    m_edit->setObjectName(u"token"_s);
    m_edit->setFont(fixedFont());
    m_edit->setPlaceholderText(whenEmpty);
    m_edit->setMaxLength(kMostCharacters);
    m_edit->setMinimumWidth(kWidth);
    setFocusProxy(m_edit);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    m_reveal = addButton(u"eye"_s, tr("Show the token"), u"reveal"_s);
    m_reveal->setCheckable(true);
    m_copy = addButton(u"copy"_s, tr("Copy the token"), u"copy"_s);
    m_remove = addButton(u"close"_s, tr("Remove the token"), u"remove"_s);
    auto *make = new QPushButton(tr("Generate"), this);
    make->setObjectName(u"generate"_s);
    make->setAutoDefault(false);
    layout->addWidget(make);

    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        showButtons();
        emit edited();
    });
    connect(m_reveal, &QToolButton::toggled, this, &TokenField::reveal);
    connect(m_copy, &QToolButton::clicked, this, &TokenField::copy);
    connect(m_remove, &QToolButton::clicked, m_edit, &QLineEdit::clear);
    connect(make, &QPushButton::clicked, this, &TokenField::generate);
    mask();
    showButtons();
}

QToolButton *TokenField::addButton(const QString &icon, const QString &words, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(words);
    button->setAccessibleName(words);
    layout()->addWidget(button);
    return button;
}

QString TokenField::token() const
{
    return m_edit->text();
}

void TokenField::setToken(const QString &token)
{
    m_edit->setText(token);
    mask();
}

void TokenField::mask()
{
    m_reveal->setChecked(false);
    reveal(false);
}

void TokenField::reveal(bool revealed)
{
    m_edit->setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
}

void TokenField::generate()
{
    m_edit->setText(newToken());
    // Once, to be written down; from the next time the window is opened it is dots.
    m_reveal->setChecked(true);
    m_edit->setCursorPosition(0);
}

void TokenField::copy()
{
    QGuiApplication::clipboard()->setText(m_edit->text());
    m_copy->setIcon(themedIcon(u"check"_s));
    QTimer::singleShot(kCopiedShown, m_copy, [this] { m_copy->setIcon(themedIcon(u"copy"_s)); });
}

void TokenField::showButtons()
{
    const bool any = !m_edit->text().isEmpty();
    for (QToolButton *button : {m_reveal, m_copy, m_remove})
        button->setEnabled(any);
}

} // namespace pushdeck
