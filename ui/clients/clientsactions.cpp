// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientcommand.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/clients/clientview.h"
#include "ui/clients/closebar.h"
#include "ui/clients/tagbar.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

// What can be done to the clients; how the panel is built is in clientspanel.cpp.

namespace {

/// Earlier stays of a client that a filter of the log looks for too; more would not be read.
constexpr std::ptrdiff_t kStaysFiltered = 4;

} // namespace

QAction *ClientsPanel::addAction(const QString &icon, const QString &text, const QString &keys,
                                 void (ClientsPanel::*slot)())
{
    QAction *action = makeAction(this, icon, text, keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void ClientsPanel::makeActions()
{
    m_messageAction =
        addAction(u"message"_s, tr("Message this client"), u"Ctrl+M"_s, &ClientsPanel::message);
    m_closeAction = addAction(u"disconnect"_s, tr("Close this client…"), u"Ctrl+Shift+X"_s,
                              &ClientsPanel::askClose);
    m_copyAddress = addAction(u"copy"_s, tr("Copy the client's address"), u"Ctrl+Shift+A"_s,
                              &ClientsPanel::copyAddress);
    m_copyCommand = addAction(u"terminal"_s, tr("Copy a command that connects like this client"),
                              u"Ctrl+Shift+U"_s, &ClientsPanel::copyCommand);
    m_filterLog = addAction(u"filter"_s, tr("Filter the log to this client"), u"Ctrl+Shift+F"_s,
                            &ClientsPanel::filterLog);
    m_focusFilter = addAction(u"search"_s, tr("Filter the clients"), u"Ctrl+Shift+K"_s,
                              &ClientsPanel::focusFilter);
    m_cardsAction = makeAction(this, u"rows"_s, tr("One line a client"), u"Ctrl+Shift+L"_s);
    m_cardsAction->setCheckable(true);
    connect(m_cardsAction, &QAction::toggled, this, [this](bool lines) { setCards(!lines); });
    m_detailsAction = makeAction(this, u"info"_s, tr("Client details"), u"Ctrl+I"_s);
    m_detailsAction->setCheckable(true);
    connect(m_detailsAction, &QAction::toggled, this, &ClientsPanel::setDetailsShown);
    makeNoteActions();
    makeGroupActions();
}

void ClientsPanel::makeNoteActions()
{
    // F2 too, in the table; elsewhere it may send a saved message.
    m_renameAction =
        addAction(u"edit"_s, tr("Name this client"), u"Ctrl+Shift+N"_s, &ClientsPanel::rename);
    m_tagAction =
        addAction(u"tag"_s, tr("Tag this client…"), u"Ctrl+Shift+G"_s, &ClientsPanel::askTags);
}

void ClientsPanel::makeGroupActions()
{
    // Two keys one after the other: the single ones are taken by what is done more often.
    m_groupings = new QActionGroup(this);
    const struct
    {
        ClientGrouping grouping;
        QString text;
        QString keys;
    } kinds[] = {
        {ClientGrouping::None, tr("Do not group the clients"), u"Ctrl+J, N"_s},
        {ClientGrouping::Topic, tr("Group the clients by topic"), u"Ctrl+J, T"_s},
        {ClientGrouping::Transport, tr("Group the clients by transport"), u"Ctrl+J, V"_s},
        {ClientGrouping::Tag, tr("Group the clients by tag"), u"Ctrl+J, G"_s},
    };
    for (const auto &kind : kinds) {
        QAction *action = makeAction(this, {}, kind.text, kind.keys);
        action->setCheckable(true);
        action->setData(static_cast<int>(kind.grouping));
        action->setActionGroup(m_groupings);
        action->setChecked(kind.grouping == ClientGrouping::None);
    }
    connect(m_groupings, &QActionGroup::triggered, this, [this](const QAction *action) {
        setGrouping(static_cast<ClientGrouping>(action->data().toInt()));
    });
    m_foldAll =
        addAction({}, tr("Fold all groups of clients"), u"Ctrl+J, F"_s, &ClientsPanel::foldAll);
    m_unfoldAll =
        addAction({}, tr("Unfold all groups of clients"), u"Ctrl+J, U"_s, &ClientsPanel::unfoldAll);
    m_selectGroup = addAction({}, tr("Choose every client of this group"), u"Ctrl+J, A"_s,
                              &ClientsPanel::selectGroup);
}

QList<QAction *> ClientsPanel::panelActions() const
{
    return QList<QAction *>{m_focusFilter, m_messageAction, m_renameAction, m_tagAction,
                            m_closeAction, m_copyAddress,   m_copyCommand,  m_filterLog,
                            m_cardsAction, m_detailsAction} +
           m_groupings->actions() + QList<QAction *>{m_foldAll, m_unfoldAll, m_selectGroup};
}

void ClientsPanel::message()
{
    emit messageAsked(selectedIds());
}

void ClientsPanel::rename()
{
    const std::vector<std::uint64_t> ids = chosenIds();
    if (ids.empty())
        return;
    // Of several the one where the cursor is.
    const QModelIndex current = m_view->currentIndex();
    const std::uint64_t id = current.isValid() ? m_model->idAt(current.row()) : 0;
    const bool isChosen = std::find(ids.begin(), ids.end(), id) != ids.end();
    const int row = isChosen ? current.row() : m_model->rowOf(ids.front());
    if (row < 0)
        return;
    const QModelIndex cell = m_model->index(row, ClientModel::NameColumn);
    m_view->scrollTo(cell);
    m_view->edit(cell);
}

void ClientsPanel::askTags()
{
    const std::vector<std::uint64_t> ids = chosenIds();
    if (ids.empty())
        return;
    QStringList common;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const ClientRow *row = m_model->find(ids[i]);
        if (!row)
            continue;
        if (i == 0)
            common = row->tags;
        common.removeIf(
            [row](const QString &tag) { return !row->tags.contains(tag, Qt::CaseInsensitive); });
    }
    m_closeBar->hide();
    m_tagBar->ask(ids, nameOf(ids), common, m_model->book().knownTags());
}

void ClientsPanel::setTags(const std::vector<std::uint64_t> &ids, const QStringList &removed,
                           const QStringList &added)
{
    if (removed.isEmpty() && added.isEmpty())
        return;
    QHash<QString, QStringList> changed;
    for (const std::uint64_t id : ids) {
        const ClientRow *row = m_model->find(id);
        if (!row)
            continue;
        QStringList tags = row->tags;
        tags.removeIf(
            [&removed](const QString &tag) { return removed.contains(tag, Qt::CaseInsensitive); });
        changed.insert(row->info.identity, tags + added);
    }
    m_model->book().setTags(changed);
}

void ClientsPanel::copyAddress()
{
    QStringList lines;
    for (const std::uint64_t id : chosenIds()) {
        if (const ClientRow *row = m_model->find(id))
            lines << row->info.address;
    }
    lines.removeDuplicates();
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ClientsPanel::copyCommand()
{
    QStringList lines;
    for (const std::uint64_t id : chosenIds()) {
        if (const ClientRow *row = m_model->find(id))
            lines << clientCommand(row->info, m_baseUrl, m_token);
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ClientsPanel::filterLog()
{
    QStringList ids;
    for (const std::uint64_t id : chosenIds()) {
        ids << u"#%1"_s.arg(id);
        const ClientRow *row = m_model->find(id);
        if (!row || !row->info.earlier)
            continue;
        // In its last stays it had other numbers.
        const ClientVisits &earlier = *row->info.earlier;
        const auto most = std::min<std::ptrdiff_t>(kStaysFiltered, std::ssize(earlier));
        std::for_each(earlier.rbegin(), earlier.rbegin() + most,
                      [&ids](const ClientVisit &visit) { ids << u"#%1"_s.arg(visit.clientId); });
    }
    if (!ids.isEmpty())
        emit logFilterAsked(u"client:"_s + ids.join(u','));
}

void ClientsPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ClientsPanel::askClose()
{
    const std::vector<std::uint64_t> ids = selectedIds();
    if (ids.empty())
        return;
    m_tagBar->hide();
    m_closeBar->ask(ids, nameOf(ids));
}

QString ClientsPanel::nameOf(const std::vector<std::uint64_t> &ids) const
{
    const ClientRow *first = m_model->find(ids.front());
    return ids.size() == 1 && first ? tr("%1 (#%2)").arg(first->label).arg(ids.front())
                                    : formatClients(ids.size());
}

void ClientsPanel::foldAll()
{
    m_model->setAllFolded(true);
}

void ClientsPanel::unfoldAll()
{
    m_model->setAllFolded(false);
}

void ClientsPanel::selectGroup()
{
    const int header = m_model->groupRow(m_view->currentIndex().row());
    if (header < 0)
        return;
    m_model->setFolded(header, false);
    int last = header;
    while (last + 1 < m_model->rowCount() && !m_model->isGroup(last + 1))
        ++last;
    m_view->selectionModel()->select(
        QItemSelection(m_model->index(header + 1, 0), m_model->index(last, 0)),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ClientsPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_model->isGroup(index.row())) {
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        refresh();
        menu->addActions({m_selectGroup, m_foldAll, m_unfoldAll});
    } else {
        menu->addActions({m_messageAction, m_renameAction, m_tagAction, m_detailsAction});
        menu->addSeparator();
        menu->addActions({m_filterLog, m_copyCommand, m_copyAddress});
        menu->addSeparator();
        menu->addAction(m_closeAction);
    }
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace pushdeck
