// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferencespage.h"

#include "ui/preferences/numberfields.h"
#include "ui/preferences/pathfield.h"
#include "ui/preferences/tokenfield.h"
#include "ui/theme/fonts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNumberWidth = 120;
constexpr int kChoiceWidth = 200;
constexpr int kLinesHeight = 84;

/// As wide as it is told, at the left of its column.
QWidget *atLeft(QWidget *editor, int width)
{
    editor->setFixedWidth(width);
    return editor;
}

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

} // namespace

PreferencesPage::PreferencesPage(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent), m_title(title), m_layout(new QVBoxLayout(this))
{
    setObjectName(name);
    m_layout->setContentsMargins(24, 18, 24, 18);
    m_layout->setSpacing(12);
}

void PreferencesPage::addHeading(const QString &text, const QString &words)
{
    if (m_layout->count() > 0)
        m_layout->addSpacing(10);
    QLabel *title = plainLabel(text, this);
    title->setFont(strong(scaled(font(), 1.08)));
    m_layout->addWidget(title);
    if (words.isEmpty())
        return;
    QLabel *below = plainLabel(words, this);
    below->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addWidget(below);
}

void PreferencesPage::addWidget(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void PreferencesPage::addEnd()
{
    m_layout->addStretch(1);
}

FieldRow *PreferencesPage::addRow(FieldRow *row)
{
    m_rows << row;
    m_layout->addWidget(row);
    connect(row, &FieldRow::edited, this, &PreferencesPage::edited);
    return row;
}

FieldRow *PreferencesPage::addText(const char16_t *key, const QString &label, const QString &hint,
                                   int width)
{
    auto *edit = new QLineEdit(this);
    edit->setFont(fixedFont());
    auto *row = new FieldRow(
        keyOf(key), label, atLeft(edit, width),
        {[edit] { return edit->text(); }, [edit](const QString &text) { edit->setText(text); }},
        hint, this);
    connect(edit, &QLineEdit::textChanged, row, &FieldRow::edited);
    return addRow(row);
}

FieldRow *PreferencesPage::addNumber(const NumberField &field)
{
    return addText(field.key, numberWords(field.label), numberWords(field.hint), kNumberWidth);
}

void PreferencesPage::addShownNumber(const NumberField &field, const QString &value)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    QLabel *name = plainLabel(numberWords(field.label), line);
    name->setFixedWidth(FieldRow::kLabelWidth);
    QLabel *number = plainLabel(value, line);
    number->setObjectName(keyOf(field.key));
    number->setFont(fixedFont());
    number->setFixedWidth(kNumberWidth);
    QLabel *hint = plainLabel(numberWords(field.hint), line);
    hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(name);
    layout->addWidget(number);
    layout->addWidget(hint, 1);
    m_layout->addWidget(line);
}

FieldRow *PreferencesPage::addToken(const char16_t *key, const QString &label,
                                    const QString &whenEmpty, const QString &hint)
{
    auto *field = new TokenField(whenEmpty, this);
    auto *row = new FieldRow(keyOf(key), label, field,
                             {[field] { return field->token(); },
                              [field](const QString &text) { field->setToken(text); }},
                             hint, this);
    connect(field, &TokenField::edited, row, &FieldRow::edited);
    return addRow(row);
}

FieldRow *PreferencesPage::addChoice(const char16_t *key, const QString &label,
                                     const QList<Choice> &choices, const QString &hint)
{
    auto *box = new QComboBox(this);
    for (const Choice &choice : choices)
        box->addItem(choice.words, choice.text);
    auto *row = new FieldRow(
        keyOf(key), label, atLeft(box, kChoiceWidth),
        {[box] { return box->currentData().toString(); },
         [box](const QString &text) { box->setCurrentIndex(std::max(box->findData(text), 0)); }},
        hint, this);
    connect(box, &QComboBox::currentIndexChanged, row, &FieldRow::edited);
    return addRow(row);
}

FieldRow *PreferencesPage::addCheck(const char16_t *key, const QString &label, const QString &words,
                                    const QString &hint)
{
    auto *box = new QCheckBox(words, this);
    auto *row = new FieldRow(keyOf(key), label, box,
                             {[box] { return box->isChecked() ? u"yes"_s : u"no"_s; },
                              [box](const QString &text) { box->setChecked(text == u"yes"); }},
                             hint, this);
    connect(box, &QCheckBox::toggled, row, &FieldRow::edited);
    return addRow(row);
}

FieldRow *PreferencesPage::addLines(const char16_t *key, const QString &label,
                                    const QString &placeholder, const QString &hint)
{
    auto *edit = new QPlainTextEdit(this);
    edit->setFont(fixedFont());
    edit->setPlaceholderText(placeholder);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(kLinesHeight);
    auto *row = new FieldRow(keyOf(key), label, edit,
                             {[edit] { return edit->toPlainText(); },
                              [edit](const QString &text) { edit->setPlainText(text); }},
                             hint, this);
    connect(edit, &QPlainTextEdit::textChanged, row, &FieldRow::edited);
    return addRow(row);
}

FieldRow *PreferencesPage::addPath(const char16_t *key, const QString &label, PathKind kind,
                                   const QString &hint)
{
    auto *field = new PathField(kind == PathKind::Folder ? PathField::Kind::Folder
                                : kind == PathKind::File ? PathField::Kind::NewFile
                                                         : PathField::Kind::ExistingFile,
                                label, this);
    auto *row = new FieldRow(
        keyOf(key), label, field,
        {[field] { return field->path(); }, [field](const QString &text) { field->setPath(text); }},
        hint, this);
    connect(field, &PathField::edited, row, &FieldRow::edited);
    return addRow(row);
}

void PreferencesPage::maskSecrets()
{
    const auto fields = findChildren<TokenField *>();
    for (TokenField *field : fields)
        field->mask();
}

} // namespace pushdeck
