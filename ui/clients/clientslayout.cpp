// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientdelegate.h"
#include "ui/clients/clientdetails.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/clients/clientview.h"
#include "ui/text/format.h"
#include "ui/theme/fonts.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

// How the panel's parts stand, and how that is remembered; what they do is in clientspanel.cpp.

namespace {

// Below this, numbers make room for who it is and what for.
constexpr int kLeastName = 140;
constexpr int kCellPadding = 14;
constexpr int kTopics = 124;
constexpr int kTransport = 48;
constexpr int kCountChars = 6; ///< "12.4k"
// Heights of table and details, in proportion.
constexpr int kTableShare = 260;
constexpr int kDetailsShare = 280;

int chars(int count)
{
    return QFontMetrics(fixedFont()).horizontalAdvance(u'0') * count + kCellPadding;
}

} // namespace

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

int ClientsPanel::rttWidth() const
{
    // A card has its backlog there too, with a word before it.
    const QString widest = m_cards ? ClientModel::tr("q %1").arg(u"9.9 MB") : u"999 ms"_s;
    return QFontMetrics(fixedFont()).horizontalAdvance(widest) + kCellPadding;
}

int ClientsPanel::roomyName() const
{
    // The name with the number, and below it where it is and what it is.
    const QString name = u"Chrome · Windows"_s;
    const QString below = u"192.168.1.100 · Chrome · Windows"_s;
    return ClientDelegate::kBesideName +
           std::max(QFontMetrics(strong(m_view->font())).horizontalAdvance(name),
                    QFontMetrics(ClientDelegate::lowerFont()).horizontalAdvance(below));
}

void ClientsPanel::applyDefaultColumns()
{
    constexpr std::int64_t kWideSpanMs = (22 * 60 + 55) * 60'000; // hours with their minutes
    const int sinceWidth =
        std::max(chars(7), QFontMetrics(m_view->font()).horizontalAdvance(formatSpan(kWideSpanMs)) +
                               kCellPadding);
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < ClientModel::ColumnCount; ++column)
        header->setSectionResizeMode(column, QHeaderView::Interactive);
    const bool cards = m_cards;
    m_view->setColumnWidth(ClientModel::NameColumn, cards ? 190 : 170);
    // With room for the lock: in a card it stands below.
    m_view->setColumnWidth(ClientModel::TransportColumn, cards ? kTransport : 60);
    m_topicsGiven = kTopics;
    m_view->setColumnWidth(ClientModel::TopicsColumn, kTopics);
    m_view->setColumnWidth(ClientModel::AddressColumn, 120);
    m_view->setColumnWidth(ClientModel::AgentColumn, 130);
    m_view->setColumnWidth(ClientModel::SinceColumn, sinceWidth);
    m_view->setColumnWidth(ClientModel::InColumn, chars(kCountChars));
    m_view->setColumnWidth(ClientModel::OutColumn, chars(kCountChars));
    m_view->setColumnWidth(ClientModel::BytesInColumn, chars(7));
    m_view->setColumnWidth(ClientModel::BytesOutColumn, chars(7));
    m_view->setColumnWidth(ClientModel::BacklogColumn, chars(7));
    m_view->setColumnWidth(ClientModel::RttColumn, rttWidth());
    if (cards) {
        // Below the name stand address and agent: they need what room there is.
        header->setSectionResizeMode(ClientModel::NameColumn, QHeaderView::Stretch);
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
        if (room >= kLeastName + kTopics)
            break;
        room += header->sectionSize(column);
        m_view->setColumnHidden(column, true);
    }
    // What is more than names need they share with the topics, unless the operator gave these a
    // width.
    if (header->sectionSize(ClientModel::TopicsColumn) == m_topicsGiven) {
        m_topicsGiven = kTopics + std::max(0, (room - kTopics - roomyName()) / 2);
        m_view->setColumnWidth(ClientModel::TopicsColumn, m_topicsGiven);
    }
}

int ClientsPanel::roomyWidth() const
{
    // Not asked of the columns: a hidden one has no width.
    return roomyName() + kTransport + kTopics + 2 * chars(kCountChars) + rttWidth() +
           m_view->verticalScrollBar()->sizeHint().width();
}

void ClientsPanel::setDetailsShown(bool shown)
{
    m_details->setVisible(shown);
    m_detailsAction->setChecked(shown);
    refreshDetails();
    // Queued: the table has its new height when the layout was done.
    if (shown)
        QMetaObject::invokeMethod(
            m_view, [this] { m_view->scrollTo(m_view->currentIndex()); }, Qt::QueuedConnection);
}

void ClientsPanel::resetLayout()
{
    setCards(true);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setGrouping(ClientGrouping::None);
    setDetailsShown(false);
    m_splitter->setSizes({kTableShare, kDetailsShare});
}

void ClientsPanel::restore(const QSettings &settings)
{
    m_model->book().restore(settings);
    m_model->restoreFolded(settings.value(u"clients/folded"_s).toStringList());
    setGrouping(groupingFromName(settings.value(u"clients/grouping"_s).toString()));
    setDetailsShown(settings.value(u"clients/details"_s).toBool());
    m_splitter->restoreState(settings.value(u"clients/splitter"_s).toByteArray());
}

void ClientsPanel::restoreColumns(const QSettings &settings)
{
    setCards(settings.value(u"clients/cards"_s, true).toBool());
    m_view->horizontalHeader()->restoreState(settings.value(u"clients/columns"_s).toByteArray());
    m_topicsGiven = settings.value(u"clients/topics"_s, kTopics).toInt();
}

void ClientsPanel::save(QSettings &settings) const
{
    settings.setValue(u"clients/cards"_s, m_cards);
    settings.setValue(u"clients/columns"_s, m_view->horizontalHeader()->saveState());
    m_model->book().save(settings);
    settings.setValue(u"clients/folded"_s, m_model->folded());
    settings.setValue(u"clients/grouping"_s, groupingName(m_model->grouping()));
    settings.setValue(u"clients/details"_s, m_detailsAction->isChecked());
    settings.setValue(u"clients/topics"_s, m_topicsGiven);
    settings.setValue(u"clients/splitter"_s, m_splitter->saveState());
}

void ClientsPanel::sayAgain()
{
    m_model->sayGroups();
    // Columns that the operator made wider stay so.
    m_view->setColumnWidth(ClientModel::RttColumn,
                           std::max(m_view->columnWidth(ClientModel::RttColumn), rttWidth()));
    fitColumns();
    refresh();
}

void ClientsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        sayAgain();
}

} // namespace pushdeck
