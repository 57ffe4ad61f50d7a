// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/tokenchoice.h"

#include "ui/theme/actions.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QMenu>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr TokenChoice::Which kAll[] = {TokenChoice::Which::None, TokenChoice::Which::Subscribe,
                                       TokenChoice::Which::Publish};

QString wordsFor(TokenChoice::Which which)
{
    switch (which) {
        case TokenChoice::Which::Subscribe:
            return TokenChoice::tr("With the token to subscribe");
        case TokenChoice::Which::Publish:
            return TokenChoice::tr("With the token to publish");
        case TokenChoice::Which::None:
            break;
    }
    return TokenChoice::tr("Without a token");
}

QString shortWordsFor(TokenChoice::Which which)
{
    switch (which) {
        case TokenChoice::Which::Subscribe:
            return TokenChoice::tr("With subscribe token");
        case TokenChoice::Which::Publish:
            return TokenChoice::tr("With publish token");
        case TokenChoice::Which::None:
            break;
    }
    return TokenChoice::tr("Without token");
}

} // namespace

TokenChoice::TokenChoice(QWidget *parent)
    : QToolButton(parent),
      m_menu(new QMenu(this)),
      m_next(makeAction(this, u"key"_s, tr("Hand the address out with a token, or without"),
                        u"Ctrl+Alt+U"_s))
{
    setObjectName(u"tokenChoice"_s);
    setIcon(themedIcon(u"key"_s));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    // Not its menu by setMenu(): that draws a second sign over the words.
    connect(this, &QToolButton::clicked, this,
            [this] { m_menu->popup(mapToGlobal(QPoint(0, height()))); });
    auto *group = new QActionGroup(this);
    for (const Which which : kAll) {
        QAction *action = m_menu->addAction(wordsFor(which));
        action->setCheckable(true);
        action->setData(static_cast<int>(which));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, which] { choose(which); });
    }
    connect(m_next, &QAction::triggered, this, &TokenChoice::chooseNext);
    showChoice();
}

const QString &TokenChoice::tokenOf(Which which) const
{
    static const QString none;
    switch (which) {
        case Which::Subscribe:
            return m_subscribe;
        case Which::Publish:
            return m_publish;
        case Which::None:
            break;
    }
    return none;
}

TokenChoice::Which TokenChoice::which() const
{
    return tokenOf(m_wanted).isEmpty() ? Which::None : m_wanted;
}

QString TokenChoice::token() const
{
    return tokenOf(m_wanted);
}

HandedTokens TokenChoice::handed() const
{
    const bool toSubscribe = m_others || !m_subscribe.isEmpty();
    const bool toPublish = m_others || !m_publish.isEmpty();
    const Which chosen = which();
    // Shown only once the operator chose to hand out any: before, his window may be on a wall.
    const auto known = [chosen](const QString &token, const char16_t *placeholder) {
        return chosen == Which::None || token.isEmpty() ? QString::fromUtf16(placeholder) : token;
    };
    HandedTokens tokens;
    tokens.address = token();
    if (toPublish)
        tokens.publish = known(m_publish, kPublishPlaceholder);
    // The token to publish subscribes as well: it does where there is no other.
    if (toSubscribe)
        tokens.subscribe = chosen == Which::Publish && m_subscribe.isEmpty()
                               ? m_publish
                               : known(m_subscribe, kSubscribePlaceholder);
    // Who was handed the token to subscribe gets code that works with it: it only listens.
    tokens.bothPublish = !toPublish || chosen != Which::Subscribe;
    tokens.both = toPublish && tokens.bothPublish ? tokens.publish : tokens.subscribe;
    return tokens;
}

void TokenChoice::setTokens(const QString &subscribe, const QString &publish, bool others)
{
    if (subscribe == m_subscribe && publish == m_publish && others == m_others)
        return;
    m_subscribe = subscribe;
    m_publish = publish;
    m_others = others;
    showChoice();
    emit changed();
}

void TokenChoice::choose(Which which)
{
    m_wanted = which;
    showChoice();
    emit changed();
}

void TokenChoice::chooseNext()
{
    auto next = static_cast<int>(which());
    do {
        next = (next + 1) % static_cast<int>(std::size(kAll));
    } while (next != 0 && tokenOf(kAll[next]).isEmpty());
    choose(kAll[next]);
}

void TokenChoice::showChoice()
{
    const bool any = !m_subscribe.isEmpty() || !m_publish.isEmpty();
    setVisible(any);
    m_next->setVisible(any);
    m_next->setEnabled(any);
    const auto actions = m_menu->actions();
    for (QAction *action : actions) {
        const auto which = static_cast<Which>(action->data().toInt());
        action->setVisible(which == Which::None || !tokenOf(which).isEmpty());
        action->setChecked(which == this->which());
    }
    setText(shortWordsFor(which()));
    setToolTip(tr("%1: the copied address, the QR code and the snippets (Ctrl+Alt+U)")
                   .arg(wordsFor(which())));
    setAccessibleName(wordsFor(which()));
}

void TokenChoice::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showChoice();
}

} // namespace pushdeck
