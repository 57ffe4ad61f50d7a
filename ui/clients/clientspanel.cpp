// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientspanel.h"

#include "ui/clients/clientdelegate.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/closebar.h"
#include "ui/clients/connecthint.h"
#include "ui/panelheader.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Below this, numbers make room for who it is and what for.
constexpr int kLeastName = 118;

} // namespace

ClientsPanel::ClientsPanel(QWidget *parent)
    : QWidget(parent),
      m_model(new ClientModel(this)),
      m_delegate(new ClientDelegate(this)),
      m_header(new PanelHeader(tr("Clients"), this)),
      m_filter(new QLineEdit(this)),
      m_closeBar(new CloseBar(this)),
      m_pages(new QStackedWidget(this)),
      m_view(new QTableView(this)),
      m_hint(new ConnectHint(this))
{
    setObjectName(u"clientsPanel"_s);
    makeActions();
    m_filter->setObjectName(u"clientFilter"_s);
    m_filter->setPlaceholderText(tr("Filter clients"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Client filter"));
    m_filter->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilterText(text);
        refresh();
    });
    m_header->addWidget(m_filter, 1);
    m_header->addButton(m_cardsAction);

    buildView();
    // Scrolls where there is no room, rather than taking it from the rest of the window.
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_hint);
    m_pages->addWidget(scroll);
    m_pages->addWidget(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_closeBar);
    layout->addWidget(m_pages, 1);

    connect(m_closeBar, &CloseBar::closeAsked, this, &ClientsPanel::closeAsked);
    m_view->viewport()->installEventFilter(this);
    setCards(true);
    refresh();
}

void ClientsPanel::buildView()
{
    m_view->setObjectName(u"clientView"_s);
    m_view->setAccessibleName(tr("Clients"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
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
        emit selectionChanged();
    });
    connect(m_view, &QTableView::doubleClicked, this, [this] { m_messageAction->trigger(); });
}

void ClientsPanel::makeActions()
{
    m_messageAction = makeAction(this, u"message"_s, tr("Message this client"), u"Ctrl+M"_s);
    connect(m_messageAction, &QAction::triggered, this,
            [this] { emit messageAsked(selectedIds()); });
    m_closeAction = makeAction(this, u"disconnect"_s, tr("Close this client…"), u"Ctrl+Shift+X"_s);
    connect(m_closeAction, &QAction::triggered, this, &ClientsPanel::askClose);
    m_copyAddress = makeAction(this, u"copy"_s, tr("Copy the client's address"), u"Ctrl+Shift+A"_s);
    connect(m_copyAddress, &QAction::triggered, this, [this] {
        QStringList lines;
        for (const std::uint64_t id : selectedIds()) {
            if (const ClientRow *row = m_model->find(id))
                lines << row->info.address;
        }
        lines.removeDuplicates();
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
    m_filterLog =
        makeAction(this, u"filter"_s, tr("Filter the log to this client"), u"Ctrl+Shift+F"_s);
    connect(m_filterLog, &QAction::triggered, this, [this] {
        QStringList ids;
        for (const std::uint64_t id : selectedIds())
            ids << u"#%1"_s.arg(id);
        if (!ids.isEmpty())
            emit logFilterAsked(u"client:"_s + ids.join(u','));
    });
    m_focusFilter = makeAction(this, u"search"_s, tr("Filter the clients"), u"Ctrl+Shift+K"_s);
    connect(m_focusFilter, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    m_cardsAction = makeAction(this, u"rows"_s, tr("One line a client"), u"Ctrl+Shift+L"_s);
    m_cardsAction->setCheckable(true);
    connect(m_cardsAction, &QAction::toggled, this, [this](bool lines) { setCards(!lines); });
}

QList<QAction *> ClientsPanel::panelActions() const
{
    return {m_focusFilter, m_messageAction, m_closeAction,
            m_copyAddress, m_filterLog,     m_cardsAction};
}

std::vector<std::uint64_t> ClientsPanel::selectedIds() const
{
    std::vector<std::uint64_t> ids;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    ids.reserve(static_cast<std::size_t>(rows.size()));
    for (const QModelIndex &row : rows) {
        if (!m_model->row(row.row()).gone)
            ids.push_back(m_model->idAt(row.row()));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

void ClientsPanel::setCards(bool cards)
{
    m_cards = cards;
    m_cardsAction->setChecked(!cards);
    m_delegate->setCards(cards);
    m_view->verticalHeader()->setDefaultSectionSize(cards ? ClientDelegate::kCardHeight
                                                          : ClientDelegate::kLineHeight);
    m_view->verticalScrollBar()->setSingleStep(m_view->verticalHeader()->defaultSectionSize());
    for (const int column : {ClientModel::InColumn, ClientModel::OutColumn})
        m_view->setColumnHidden(column, false);
    for (const int column :
         {ClientModel::AddressColumn, ClientModel::AgentColumn, ClientModel::SinceColumn,
          ClientModel::BytesInColumn, ClientModel::BytesOutColumn, ClientModel::BacklogColumn})
        m_view->setColumnHidden(column, cards);
    applyDefaultColumns();
    fitColumns();
    m_view->viewport()->update();
}

void ClientsPanel::applyDefaultColumns()
{
    const QFontMetrics fixed(fixedFont());
    const auto chars = [&fixed](int count) { return fixed.horizontalAdvance(u'0') * count + 14; };
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < ClientModel::ColumnCount; ++column)
        header->setSectionResizeMode(column, QHeaderView::Interactive);
    const bool cards = m_cards;
    m_view->setColumnWidth(ClientModel::NameColumn, cards ? 190 : 170);
    m_view->setColumnWidth(ClientModel::TransportColumn, 48);
    m_view->setColumnWidth(ClientModel::TopicsColumn, cards ? 130 : 110);
    m_view->setColumnWidth(ClientModel::AddressColumn, 120);
    m_view->setColumnWidth(ClientModel::AgentColumn, 130);
    m_view->setColumnWidth(ClientModel::SinceColumn, chars(7));
    m_view->setColumnWidth(ClientModel::InColumn, chars(6));
    m_view->setColumnWidth(ClientModel::OutColumn, chars(6));
    m_view->setColumnWidth(ClientModel::BytesInColumn, chars(7));
    m_view->setColumnWidth(ClientModel::BytesOutColumn, chars(7));
    m_view->setColumnWidth(ClientModel::BacklogColumn, chars(7));
    m_view->setColumnWidth(ClientModel::RttColumn, chars(cards ? 8 : 7));
    if (cards) {
        header->setSectionResizeMode(ClientModel::NameColumn, QHeaderView::Stretch);
        header->setSectionResizeMode(ClientModel::TopicsColumn, QHeaderView::Stretch);
    }
}

void ClientsPanel::fitColumns()
{
    if (!m_cards)
        return;
    const QHeaderView *header = m_view->horizontalHeader();
    constexpr int kOptional[] = {ClientModel::InColumn, ClientModel::OutColumn};
    for (const int column : kOptional)
        m_view->setColumnHidden(column, false);
    int room = m_view->viewport()->width() - header->sectionSize(ClientModel::TransportColumn) -
               header->sectionSize(ClientModel::RttColumn);
    for (const int column : kOptional)
        room -= header->sectionSize(column);
    for (const int column : kOptional) {
        if (room >= 2 * kLeastName)
            break;
        room += header->sectionSize(column);
        m_view->setColumnHidden(column, true);
    }
}

bool ClientsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

void ClientsPanel::showSnapshot(const Snapshot &snapshot, std::int64_t nowMs)
{
    m_model->update(snapshot.clients, nowMs);
    refresh();
}

void ClientsPanel::refresh()
{
    const int rows = m_model->rowCount();
    const auto connected = static_cast<std::uint64_t>(m_model->connectedCount());
    m_header->setCount(
        m_model->isFiltered()
            ? tr("%1 of %2")
                  .arg(formatCount(static_cast<std::uint64_t>(rows)),
                       formatCount(static_cast<std::uint64_t>(m_model->totalCount())))
            : formatCount(connected));
    m_pages->setCurrentIndex(m_model->totalCount() == 0 ? 0 : 1);
    const bool any = m_view->selectionModel()->hasSelection();
    for (QAction *action : {m_messageAction, m_closeAction, m_copyAddress, m_filterLog})
        action->setEnabled(any);
}

void ClientsPanel::askClose()
{
    const std::vector<std::uint64_t> ids = selectedIds();
    if (ids.empty())
        return;
    const ClientRow *first = m_model->find(ids.front());
    m_closeBar->ask(ids, ids.size() == 1 && first
                             ? tr("%1 (#%2)").arg(first->label).arg(ids.front())
                             : formatClients(ids.size()));
}

void ClientsPanel::showMenu(const QPoint &position)
{
    if (!m_view->indexAt(position).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_messageAction);
    menu->addAction(m_filterLog);
    menu->addAction(m_copyAddress);
    menu->addSeparator();
    menu->addAction(m_closeAction);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace pushdeck
