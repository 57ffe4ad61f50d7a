// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectactions.h"

#include "ui/project/projectkeeper.h"
#include "ui/text/visible.h"
#include "ui/theme/actions.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>

#include <memory>

namespace pushdeck {

using namespace Qt::StringLiterals;

ProjectActions::ProjectActions(ProjectKeeper &keeper, QWidget *window)
    : QObject(window),
      m_keeper(keeper),
      m_window(window),
      m_new(makeAction(this, {}, tr("New project"), u"Ctrl+N"_s)),
      m_open(makeAction(this, u"file"_s, tr("Open a project…"), u"Ctrl+O"_s)),
      m_save(makeAction(this, u"save"_s, tr("Save the project"), u"Ctrl+S"_s)),
      m_saveAs(makeAction(this, {}, tr("Save the project as…"), u"Ctrl+Shift+S"_s))
{
    connect(m_new, &QAction::triggered, this, &ProjectActions::startNew);
    connect(m_open, &QAction::triggered, this, &ProjectActions::chooseFile);
    connect(m_save, &QAction::triggered, this, &ProjectActions::save);
    connect(m_saveAs, &QAction::triggered, this, &ProjectActions::saveAs);
    for (int i = 0; i < ProjectKeeper::kMostRecent; ++i) {
        QAction *recent =
            makeAction(this, {}, tr("Open a recent project"), u"Ctrl+Alt+%1"_s.arg(i + 1));
        connect(recent, &QAction::triggered, this, [this, recent] {
            // Not the reference: opening changes the list.
            const QString path = recent->data().toString();
            open(path);
        });
        m_recent << recent;
    }
    connect(&m_keeper, &ProjectKeeper::changed, this, &ProjectActions::showRecent);
    showRecent();
}

QList<QAction *> ProjectActions::actions() const
{
    return QList<QAction *>{m_new, m_open, m_save, m_saveAs} + m_recent;
}

void ProjectActions::addTo(QMenu *menu) const
{
    menu->addActions({m_new, m_open});
    QMenu *recent = menu->addMenu(tr("Recent projects"));
    recent->addActions(m_recent);
    recent->setEnabled(!m_keeper.recent().isEmpty());
    menu->addActions({m_save, m_saveAs});
}

void ProjectActions::showRecent()
{
    const QStringList &paths = m_keeper.recent();
    for (int i = 0; i < m_recent.size(); ++i) {
        QAction *action = m_recent[i];
        action->setVisible(i < paths.size());
        if (i >= paths.size())
            continue;
        const QFileInfo file(paths[i]);
        action->setData(paths[i]);
        action->setText(
            tr("Open %1 again").arg(visibleText(file.fileName(), 60).replace(u'&', u"&&"_s)));
        action->setToolTip(plainToolTip(paths[i]));
    }
}

void ProjectActions::startNew()
{
    if (mayLeave())
        m_keeper.startNew();
}

void ProjectActions::open(const QString &path)
{
    if (mayLeave())
        m_keeper.open(path);
}

void ProjectActions::chooseFile()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a project"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pushdeck projects (*.pushdeck.json *.json)"), tr("All files (*)")});
    if (!m_keeper.path().isEmpty())
        dialog->setDirectory(QFileInfo(m_keeper.path()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectActions::open);
    dialog->open();
}

void ProjectActions::save()
{
    if (m_keeper.path().isEmpty())
        saveAs();
    else
        m_keeper.saveTo(m_keeper.path());
}

QFileDialog *ProjectActions::saveDialog() const
{
    auto *dialog = new QFileDialog(m_window, tr("Save the project"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Pushdeck projects (*.pushdeck.json)"));
    dialog->setDefaultSuffix(u"pushdeck.json"_s);
    dialog->selectFile(m_keeper.path().isEmpty() ? u"demo.pushdeck.json"_s : m_keeper.path());
    return dialog;
}

void ProjectActions::saveAs()
{
    QFileDialog *dialog = saveDialog();
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_keeper, &ProjectKeeper::saveTo);
    dialog->open();
}

bool ProjectActions::mayLeave()
{
    if (!m_keeper.isDirty())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Unsaved messages"),
                    tr("Save the changes to the saved messages?"),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setObjectName(u"askUnsaved"_s);
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
        case QMessageBox::Discard:
            return true;
        case QMessageBox::Save:
            break;
        default:
            return false;
    }
    if (!m_keeper.path().isEmpty())
        return m_keeper.saveTo(m_keeper.path());
    const std::unique_ptr<QFileDialog> dialog(saveDialog());
    return dialog->exec() == QDialog::Accepted && m_keeper.saveTo(dialog->selectedFiles().value(0));
}

QString ProjectActions::projectIn(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QString path = urls.first().toLocalFile();
    return path.endsWith(u".json", Qt::CaseInsensitive) ? path : QString();
}

} // namespace pushdeck
