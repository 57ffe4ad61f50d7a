// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/savedform.h"

#include "ui/text/visible.h"
#include "ui/theme/deckstyle.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/tones.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

SavedForm::SavedForm(QWidget *parent)
    : QWidget(parent),
      m_name(new QLineEdit(this)),
      m_folder(new QComboBox(this)),
      m_key(new QComboBox(this)),
      m_words(new ElidedLabel(this)),
      m_save(new QPushButton(tr("Save"), this))
{
    setObjectName(u"savedForm"_s);
    m_name->setObjectName(u"savedName"_s);
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the message"));
    m_name->setMaxLength(static_cast<int>(ProjectLimits::kNameChars));
    m_name->setFixedWidth(190);
    m_folder->setObjectName(u"savedFolder"_s);
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->lineEdit()->setPlaceholderText(tr("No folder"));
    m_folder->lineEdit()->setMaxLength(static_cast<int>(ProjectLimits::kNameChars));
    m_folder->setFixedWidth(150);
    m_key->setObjectName(u"savedKey"_s);
    m_key->setAccessibleName(tr("Key that sends it"));
    m_key->setFixedWidth(92);
    m_words->setObjectName(u"savedWords"_s);
    m_save->setObjectName(u"savedSave"_s);
    m_save->setProperty("role", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kFlatPadding, 0, kFlatPadding, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_folder);
    layout->addWidget(m_key);
    layout->addWidget(m_save);
    layout->addWidget(cancel);
    layout->addWidget(m_words, 1);

    connect(m_name, &QLineEdit::textChanged, this, &SavedForm::validate);
    connect(m_folder, &QComboBox::editTextChanged, this, &SavedForm::validate);
    connect(m_key, &QComboBox::currentIndexChanged, this, &SavedForm::validate);
    connect(m_name, &QLineEdit::returnPressed, this, &SavedForm::accept);
    connect(m_folder->lineEdit(), &QLineEdit::returnPressed, this, &SavedForm::accept);
    connect(m_save, &QPushButton::clicked, this, &SavedForm::accept);
    connect(cancel, &QPushButton::clicked, this, &SavedForm::left);
}

void SavedForm::ask(const Project &project, const SavedMessage &message,
                    std::optional<std::size_t> replaced)
{
    m_project = project;
    m_message = message;
    m_replaced = replaced;
    m_name->setText(message.name);
    m_folder->clear();
    m_folder->addItems(foldersOf(project));
    m_folder->setEditText(message.folder);
    m_key->clear();
    m_key->addItem(tr("No key"), 0);
    for (int key = 1; key <= 12; ++key) {
        if (isFreeKey(key))
            m_key->addItem(u"F%1"_s.arg(key), key);
    }
    m_key->setCurrentIndex(m_key->findData(message.key));
    m_save->setText(replaced ? tr("Change") : tr("Save"));
    validate();
    m_name->selectAll();
    m_name->setFocus(Qt::OtherFocusReason);
}

SavedMessage SavedForm::filled() const
{
    SavedMessage message = m_message;
    message.name = m_name->text().trimmed();
    message.folder = m_folder->currentText().trimmed();
    message.key = m_key->currentData().toInt();
    return message;
}

void SavedForm::validate()
{
    const SavedMessage message = filled();
    QString problem = nameProblem(message.name);
    if (problem.isEmpty() && !message.folder.isEmpty())
        problem = nameProblem(message.folder);
    // An empty field says by itself what it needs.
    QString words = message.name.isEmpty() ? QString() : problem;
    if (problem.isEmpty()) {
        const auto same = findMessage(m_project, message.folder, message.name);
        const auto holder = findKey(m_project, message.key);
        if (same && same != m_replaced)
            words = tr("Replaces the message of this name");
        else if (holder && holder != m_replaced)
            words =
                tr("%1 is taken from “%2”")
                    .arg(m_key->currentText(), visibleText(m_project.messages[*holder].name, 40));
    }
    QPalette colours = palette();
    const Tones &tones = tonesFor(palette());
    colours.setColor(QPalette::WindowText, problem.isEmpty() ? tones.warn : tones.error);
    m_words->setPalette(colours);
    m_words->setText(words);
    m_save->setEnabled(problem.isEmpty());
}

void SavedForm::accept()
{
    if (m_save->isEnabled())
        emit accepted(filled(), m_replaced);
}

void SavedForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit left();
    else
        QWidget::keyPressEvent(event);
}

} // namespace pushdeck
