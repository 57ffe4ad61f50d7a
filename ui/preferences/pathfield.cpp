// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/pathfield.h"

#include "ui/theme/fonts.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

PathField::PathField(Kind kind, const QString &title, QWidget *parent)
    : QWidget(parent), m_kind(kind), m_title(title), m_edit(new QLineEdit(this))
{
    m_edit->setObjectName(u"path"_s);
    m_edit->setFont(fixedFont());
    m_edit->setPlaceholderText(tr("None"));
    setFocusProxy(m_edit);
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setObjectName(u"choose"_s);
    choose->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_edit, 1);
    layout->addWidget(choose);
    connect(m_edit, &QLineEdit::textChanged, this, &PathField::edited);
    connect(choose, &QPushButton::clicked, this, &PathField::choose);
}

QString PathField::path() const
{
    return m_edit->text();
}

void PathField::setPath(const QString &path)
{
    m_edit->setText(path);
}

void PathField::choose()
{
    auto *dialog = new QFileDialog(this, m_title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_kind == Kind::Folder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else if (m_kind == Kind::ExistingFile) {
        dialog->setFileMode(QFileDialog::ExistingFile);
    } else {
        // A file that is there is gone on with, not written over.
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
    }
    if (!path().isEmpty())
        dialog->selectFile(path());
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::setPath);
    dialog->open();
}

} // namespace pushdeck
