// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerpanel.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/project/projectactions.h"
#include "ui/project/projectkeeper.h"
#include "ui/text/visible.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>

namespace pushdeck {

using namespace Qt::StringLiterals;

// The window and the project that is open in it: title, drops, the question on closing.

void MainWindow::wireProject()
{
    setAcceptDrops(true);
    connect(m_project, &ProjectKeeper::changed, this, &MainWindow::showTitle);
    connect(m_project, &ProjectKeeper::problemFound, this, [this](const Wording &words) {
        m_messages->show(u"project"_s, MessageBar::Kind::Error, words);
    });
    connect(m_project, &ProjectKeeper::noted, this, [this](const Wording &words) {
        m_messages->show(u"project"_s, MessageBar::Kind::Info, words);
    });
}

void MainWindow::showTitle()
{
    QStringList parts = {visibleText(m_project->title(), 60), m_titleUrl};
    parts.removeAll(QString());
    // The star belongs to the project: to its name, or to the program's where it has none.
    const bool named = !m_project->title().isEmpty();
    if (named)
        parts[0] = parts[0].replace(u"[*]"_s, u"[*][*]"_s) + u"[*]"_s;
    parts << (named ? tr("Pushdeck") : tr("Pushdeck") + u"[*]"_s);
    setWindowTitle(parts.join(u" – "_s));
    setWindowModified(m_project->isDirty());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!ProjectActions::projectIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = ProjectActions::projectIn(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    // Queued: the question it may ask is no business of the program that is still dragging.
    QMetaObject::invokeMethod(
        this, [this, path] { m_projectActions->open(path); }, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (hidesInsteadOfClosing()) {
        event->ignore();
        save();
        hideInTray();
        return;
    }
    if (!m_projectActions->mayLeave()) {
        event->ignore();
        return;
    }
    m_composer->stopRepeating();
    save();
    event->accept();
}

} // namespace pushdeck
