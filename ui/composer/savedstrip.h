// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/project/project.h"

#include <QList>
#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace pushdeck {

class ProjectActions;
class ProjectKeeper;
class SavedChip;

/// The saved messages in one line: as many as fit, those with keys first; all of them, by folder,
/// in the menu on the left. `keeper` and `files` must outlive it.
class SavedStrip final : public QWidget
{
    Q_OBJECT

public:
    SavedStrip(ProjectKeeper &keeper, ProjectActions &files, QWidget *parent = nullptr);

    /// "Save this message…", the menu, and one action a key.
    [[nodiscard]] QList<QAction *> stripActions() const;

signals:
    void fillAsked(const pushdeck::SavedMessage &message);
    void sendAsked(const pushdeck::SavedMessage &message);
    /// Save what is written as a new message.
    void saveAsked();
    /// Write what is written into `index`.
    void replaceAsked(std::size_t index);
    void editAsked(std::size_t index);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    void place();
    void fillMenu();
    void openMenu(QToolButton *button);
    void addEntry(QMenu *menu, std::size_t index);
    void showChipMenu(std::size_t index, const QPoint &at);
    void remove(std::size_t index);
    [[nodiscard]] const SavedMessage *message(std::size_t index) const;

    ProjectKeeper &m_keeper;
    ProjectActions &m_files;
    QMenu *m_menu;
    QToolButton *m_all;
    QToolButton *m_more;
    QToolButton *m_save;
    QLabel *m_hint;
    QAction *m_saveAction;
    QAction *m_menuAction;
    std::vector<QAction *> m_keys; // by key - 1
    std::vector<SavedChip *> m_chips;
};

} // namespace pushdeck
