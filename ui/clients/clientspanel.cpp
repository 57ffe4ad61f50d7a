// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientspanel.h"

#include "ui/clients/clientdelegate.h"
#include "ui/clients/clientdetails.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientview.h"
#include "ui/clients/closebar.h"
#include "ui/clients/connecthint.h"
#include "ui/clients/tagbar.h"
#include "ui/panelheader.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Chosen clients that a change of the groups looks for again.
constexpr std::size_t kMostSought = 200;

} // namespace

ClientsPanel::ClientsPanel(QWidget *parent)
    : QWidget(parent),
      m_model(new ClientModel(this)),
      m_delegate(new ClientDelegate(this)),
      m_header(new PanelHeader(tr("Clients"), this)),
      m_filter(new QLineEdit(this)),
      m_closeBar(new CloseBar(this)),
      m_tagBar(new TagBar(this)),
      m_pages(new QStackedWidget(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_view(new ClientView(*m_model, this)),
      m_details(new ClientDetails(this)),
      m_hint(new ConnectHint(this))
{
    setObjectName(u"clientsPanel"_s);
    makeActions();
    m_filter->setObjectName(u"clientFilter"_s);
    m_filter->setPlaceholderText(tr("Filter: words, tag:vip, topic:/news"));
    m_filter->setToolTip(
        tr("Words, or tag: topic: via: state: name: address: with a word behind; a minus before "
           "leaves out"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Client filter"));
    m_filter->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilterText(text);
        refresh();
    });
    m_header->addWidget(m_filter, 1);
    auto *groups = new QToolButton(this);
    groups->setObjectName(u"clientGroups"_s);
    groups->setIcon(themedIcon(u"group"_s));
    groups->setAutoRaise(true);
    groups->setFocusPolicy(Qt::TabFocus);
    groups->setToolTip(tr("Group the clients"));
    groups->setAccessibleName(tr("Group the clients"));
    auto *menu = new QMenu(groups);
    menu->addActions(m_groupings->actions());
    menu->addSeparator();
    menu->addActions({m_foldAll, m_unfoldAll});
    connect(groups, &QToolButton::clicked, menu,
            [groups, menu] { menu->popup(groups->mapToGlobal(QPoint(0, groups->height()))); });
    m_header->addWidget(groups);
    m_header->addButton(m_cardsAction);
    m_header->addButton(m_detailsAction);

    buildView();
    buildDetails();
    // Scrolls where there is no room, rather than taking it from the rest of the window.
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_hint);
    m_pages->addWidget(scroll);
    m_pages->addWidget(m_splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_closeBar);
    layout->addWidget(m_tagBar);
    layout->addWidget(m_pages, 1);

    connect(m_closeBar, &CloseBar::closeAsked, this, &ClientsPanel::closeAsked);
    connect(m_tagBar, &TagBar::tagsAsked, this, &ClientsPanel::setTags);
    connect(m_tagBar, &TagBar::left, this, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    m_view->viewport()->installEventFilter(this);
    setCards(true);
    refresh();
}

void ClientsPanel::buildView()
{
    m_view->setObjectName(u"clientView"_s);
    m_view->setAccessibleName(tr("Clients"));
    m_view->setItemDelegate(m_delegate);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setCornerButtonEnabled(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setMinimumSectionSize(ClientDelegate::kLineHeight);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setMinimumSectionSize(30);
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSortIndicatorClearable(true);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ClientsPanel::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        refresh();
        noteSelection();
    });
    connect(m_view, &ClientView::renameAsked, this, &ClientsPanel::rename);
    connect(m_view, &ClientView::detailsAsked, this, [this] { setDetailsShown(true); });
    connect(m_view, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (!m_model->isGroup(index.row()))
            m_messageAction->trigger();
    });
}

void ClientsPanel::buildDetails()
{
    for (QAction *action :
         {m_messageAction, m_renameAction, m_tagAction, m_copyCommand, m_filterLog, m_closeAction})
        m_details->addButton(action);
    m_details->hide();
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
}

void ClientsPanel::setBaseUrl(const QString &url, const QString &token)
{
    m_token = token;
    if (!url.isEmpty())
        m_baseUrl = url;
}

QTableView &ClientsPanel::view()
{
    return *m_view;
}

std::vector<std::uint64_t> ClientsPanel::chosenIds() const
{
    std::vector<std::uint64_t> ids;
    // Range by range: asking for the selected rows one by one is slow for thousands.
    for (const QItemSelectionRange &range : m_view->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const std::uint64_t id = m_model->idAt(row))
                ids.push_back(id);
        }
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<std::uint64_t> ClientsPanel::selectedIds() const
{
    std::vector<std::uint64_t> ids = chosenIds();
    std::erase_if(ids, [this](std::uint64_t id) {
        const ClientRow *row = m_model->find(id);
        return !row || row->gone;
    });
    return ids;
}

void ClientsPanel::select(const std::vector<std::uint64_t> &ids)
{
    for (const std::uint64_t id : ids) {
        m_model->reveal(id);
        if (const int row = m_model->rowOf(id); row >= 0)
            m_view->selectionModel()->select(
                m_model->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

bool ClientsPanel::choose(std::uint64_t id)
{
    m_model->reveal(id);
    const int row = m_model->rowOf(id);
    if (row < 0)
        return false;
    const QModelIndex index = m_model->index(row, ClientModel::NameColumn);
    m_view->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
    return true;
}

void ClientsPanel::setGrouping(ClientGrouping grouping)
{
    const std::vector<std::uint64_t> before = chosenIds();
    m_model->setGrouping(grouping);
    for (QAction *action : m_groupings->actions()) {
        if (action->data().toInt() == static_cast<int>(grouping))
            action->setChecked(true);
    }
    // What a folded group would hide of the chosen ones is shown; of thousands it is not sought.
    const std::vector<std::uint64_t> after = chosenIds();
    std::vector<std::uint64_t> lost;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(lost));
    lost.resize(std::min(lost.size(), kMostSought));
    select(lost);
    if (m_view->currentIndex().isValid())
        m_view->scrollTo(m_view->currentIndex());
    refresh();
    noteSelection();
}

bool ClientsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

void ClientsPanel::showSnapshot(const Snapshot &snapshot, std::int64_t nowMs)
{
    m_rates.take(snapshot);
    m_model->update(snapshot.clients, nowMs);
    refresh();
    noteSelection();
}

void ClientsPanel::refresh()
{
    const auto connected = static_cast<std::uint64_t>(m_model->connectedCount());
    m_header->setCount(
        m_model->isFiltered()
            ? tr("%1 of %2")
                  .arg(formatCount(static_cast<std::uint64_t>(m_model->matchingCount())),
                       formatCount(static_cast<std::uint64_t>(m_model->totalCount())))
            : formatCount(connected));
    m_pages->setCurrentIndex(m_model->totalCount() == 0 ? 0 : 1);
    const bool any = m_view->selectionModel()->hasSelection();
    for (QAction *action : {m_messageAction, m_renameAction, m_tagAction, m_closeAction,
                            m_copyAddress, m_copyCommand, m_filterLog})
        action->setEnabled(any);
    const bool grouped = m_model->grouping() != ClientGrouping::None;
    for (QAction *action : {m_foldAll, m_unfoldAll, m_selectGroup})
        action->setEnabled(grouped);
    refreshDetails();
}

void ClientsPanel::refreshDetails()
{
    if (m_details->isHidden())
        return;
    std::vector<const ClientRow *> rows;
    for (const std::uint64_t id : chosenIds()) {
        if (const ClientRow *row = m_model->find(id))
            rows.push_back(row);
    }
    m_details->showClients(rows, m_rates, m_model->nowMs());
}

void ClientsPanel::noteSelection()
{
    std::vector<std::uint64_t> ids = selectedIds();
    if (ids == m_told)
        return;
    m_told = std::move(ids);
    emit selectionChanged();
}

} // namespace pushdeck
