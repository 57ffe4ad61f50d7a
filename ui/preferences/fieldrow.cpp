// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/fieldrow.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace pushdeck {

using namespace Qt::StringLiterals;

FieldRow::FieldRow(const PreferenceKey &key, const QString &label, QWidget *editor, Access access,
                   const QString &hint, QWidget *parent)
    : QWidget(parent),
      m_key(key),
      m_access(std::move(access)),
      m_editor(editor),
      m_below(new QLabel(this)),
      m_hint(hint)
{
    m_editor->setParent(this);
    m_editor->setObjectName(key);
    focused()->setAccessibleName(label);
    auto *name = new QLabel(label, this);
    name->setTextFormat(Qt::PlainText);
    name->setWordWrap(true);
    name->setFixedWidth(kLabelWidth);
    name->setMinimumHeight(28);
    m_below->setObjectName(key + u".below"_s);
    m_below->setTextFormat(Qt::PlainText);
    m_below->setWordWrap(true);
    m_below->setFont(scaled(font(), 0.92));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(2);
    grid->addWidget(name, 0, 0, Qt::AlignTop);
    if (m_editor->maximumWidth() < QWIDGETSIZE_MAX) {
        // A narrow one has its hint beside it.
        grid->addWidget(m_editor, 0, 1, Qt::AlignTop);
        grid->addWidget(m_below, 0, 2, Qt::AlignVCenter);
        grid->setColumnStretch(2, 1);
    } else {
        grid->addWidget(m_editor, 0, 1);
        grid->addWidget(m_below, 1, 1);
        grid->setColumnStretch(1, 1);
    }
    showBelow();
}

void FieldRow::setText(const QString &text)
{
    // What the operator is typing is not written over with the same.
    if (m_access.text() != text)
        m_access.setText(text);
}

void FieldRow::setProblem(const QString &words)
{
    if (m_problem == words)
        return;
    m_problem = words;
    showBelow();
}

void FieldRow::setFixed(bool fixed)
{
    m_fixed = fixed;
    m_editor->setEnabled(!fixed);
    showBelow();
}

void FieldRow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        showBelow();
    QWidget::changeEvent(event);
}

void FieldRow::showBelow()
{
    const Tones &tones = tonesFor(palette());
    const bool bad = !m_problem.isEmpty();
    QString words = bad ? m_problem : m_hint;
    if (m_fixed)
        words = tr("Set on the command line, which wins.");
    QPalette colours = m_below->palette();
    const QColor colour = bad ? tones.error : tones.muted;
    if (colours.color(QPalette::WindowText) != colour) {
        colours.setColor(QPalette::WindowText, colour);
        m_below->setPalette(colours);
    }
    // The sign, since colour alone says nothing.
    m_below->setText(bad && !m_fixed ? u"⚠ "_s + words : words);
    // Beside the editor it keeps its room; below it a page without hints is shorter.
    m_below->setVisible(!words.isEmpty() || m_editor->maximumWidth() < QWIDGETSIZE_MAX);
    // Said with the field, not beside it, for those who hear the window.
    focused()->setAccessibleDescription(words);
}

QWidget *FieldRow::focused() const
{
    return m_editor->focusProxy() ? m_editor->focusProxy() : m_editor;
}

} // namespace pushdeck
