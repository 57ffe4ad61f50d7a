// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QFileDialog;
class QMenu;
class QMimeData;
class QWidget;

namespace pushdeck {

class ProjectKeeper;

/// New, open, save, save as and the recent files, as actions of `window`. Both must outlive it.
class ProjectActions final : public QObject
{
    Q_OBJECT

public:
    ProjectActions(ProjectKeeper &keeper, QWidget *window);

    [[nodiscard]] QList<QAction *> actions() const;
    void addTo(QMenu *menu) const;
    /// The recent files, in the language of now.
    void showRecent();

    /// Asks first where something is unsaved.
    void open(const QString &path);

    /// Whether what is open may go: nothing is unsaved, or the operator saved it or gave it up.
    /// Asks in a dialog of its own event loop.
    [[nodiscard]] bool mayLeave();

    /// The one file in a drop that may be a project; empty otherwise.
    [[nodiscard]] static QString projectIn(const QMimeData *data);

private:
    void startNew();
    void chooseFile();
    void save();
    void saveAs();
    [[nodiscard]] QFileDialog *saveDialog() const;

    ProjectKeeper &m_keeper;
    QWidget *m_window;
    QAction *m_new;
    QAction *m_open;
    QAction *m_save;
    QAction *m_saveAs;
    QList<QAction *> m_recent;
};

} // namespace pushdeck
