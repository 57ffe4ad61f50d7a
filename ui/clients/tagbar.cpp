// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/tagbar.h"

#include "ui/clients/clientbook.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// More would not fit; writing them always works.
constexpr qsizetype kSuggestions = 4;
constexpr int kSuggestionWidth = 56;
constexpr int kTextCharacters = 2 * ClientBook::kTagsEach * (ClientBook::kTagCharacters + 2);

} // namespace

TagBar::TagBar(QWidget *parent)
    : QWidget(parent),
      m_who(new QLabel(this)),
      m_text(new QLineEdit(this)),
      m_problem(new QLabel(this)),
      m_save(new QPushButton(tr("Tag"), this)),
      m_suggestions(new QWidget(this)),
      m_chips(new QHBoxLayout(m_suggestions))
{
    setObjectName(u"tagBar"_s);
    m_who->setTextFormat(Qt::PlainText);
    m_who->setFont(strong(font()));
    m_text->setObjectName(u"tagText"_s);
    m_text->setPlaceholderText(tr("Tags, with commas between them"));
    m_text->setAccessibleName(tr("Tags"));
    m_text->setMaxLength(kTextCharacters);
    m_chips->setContentsMargins(0, 0, 0, 0);
    m_chips->setSpacing(4);
    m_problem->setObjectName(u"tagProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_save->setObjectName(u"tagNow"_s);
    m_save->setProperty("role", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 9);
    layout->setSpacing(6);
    layout->addWidget(m_who);
    layout->addWidget(m_text);
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_suggestions, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    layout->addLayout(buttons);
    connect(m_text, &QLineEdit::returnPressed, this, &TagBar::accept);
    connect(m_text, &QLineEdit::textChanged, this, &TagBar::showKnown);
    connect(m_text, &QLineEdit::textChanged, this, &TagBar::validate);
    connect(m_save, &QPushButton::clicked, this, &TagBar::accept);
    connect(cancel, &QPushButton::clicked, this, &TagBar::leave);
    hide();
}

void TagBar::ask(const std::vector<std::uint64_t> &ids, const QString &who,
                 const QStringList &common, const QStringList &known)
{
    m_ids = ids;
    m_common = common;
    m_known = known.mid(0, kSuggestions);
    m_name = who;
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &tag : m_known) {
        auto *button = new QToolButton(m_suggestions);
        const QString shown = visibleText(tag, ClientBook::kTagCharacters);
        button->setText(fontMetrics().elidedText(shown, Qt::ElideRight, kSuggestionWidth));
        button->setToolTip(plainToolTip(tag));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, [this, tag] { toggle(tag); });
        m_chips->addWidget(button);
    }
    m_chips->addStretch(1);
    sayWho();
    m_text->setText(common.join(u", "_s) + (common.isEmpty() ? QString() : u", "_s));
    show();
    showKnown();
    validate();
    m_text->setFocus(Qt::OtherFocusReason);
}

void TagBar::sayWho()
{
    m_who->setText(tr("Tags of %1").arg(m_name));
    m_text->setToolTip(tr("At most %1 tags of %2 characters")
                           .arg(ClientBook::kTagsEach)
                           .arg(ClientBook::kTagCharacters));
    for (qsizetype i = 0; i < m_known.size(); ++i)
        m_chips->itemAt(static_cast<int>(i))
            ->widget()
            ->setAccessibleName(
                tr("Tag %1").arg(visibleText(m_known[i], ClientBook::kTagCharacters)));
    validate();
}

void TagBar::validate()
{
    QString problem;
    const QStringList all = tagsIn(m_text->text(), kTextCharacters);
    if (std::ssize(m_ids) > ClientBook::kMost)
        problem = tr("Tags are kept for %1 clients; these are more. Choose fewer.")
                      .arg(formatCount(static_cast<std::uint64_t>(ClientBook::kMost)));
    else if (all.size() > ClientBook::kTagsEach)
        problem = tr("A client has at most %1 tags.").arg(ClientBook::kTagsEach);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_save->setEnabled(problem.isEmpty());
}

void TagBar::showKnown()
{
    const QStringList tags = tagsIn(m_text->text());
    const QList<QToolButton *> buttons = m_suggestions->findChildren<QToolButton *>();
    for (qsizetype i = 0; i < std::min(buttons.size(), m_known.size()); ++i)
        buttons[i]->setChecked(tags.contains(m_known[i], Qt::CaseInsensitive));
}

void TagBar::toggle(const QString &tag)
{
    QStringList tags = tagsIn(m_text->text());
    if (tags.removeIf(
            [&tag](const QString &one) { return one.compare(tag, Qt::CaseInsensitive) == 0; }) == 0)
        tags << tag;
    m_text->setText(tags.join(u", "_s));
}

void TagBar::accept()
{
    if (!m_save->isEnabled())
        return;
    const QStringList wanted = tagsIn(m_text->text());
    const auto without = [](const QStringList &all, const QStringList &some) {
        QStringList rest;
        for (const QString &tag : all) {
            if (!some.contains(tag, Qt::CaseInsensitive))
                rest << tag;
        }
        return rest;
    };
    emit tagsAsked(m_ids, without(m_common, wanted), without(wanted, m_common));
    leave();
}

void TagBar::leave()
{
    hide();
    emit left();
}

void TagBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QWidget::keyPressEvent(event);
}

void TagBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), tones.accent, 0.06));
    painter.fillRect(QRect(0, height() - 1, width(), 1), tones.line);
}

void TagBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && !isHidden())
        sayWho();
}

} // namespace pushdeck
