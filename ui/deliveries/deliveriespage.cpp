// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliveriespage.h"

#include "ui/deliveries/deliverysummary.h"
#include "ui/deliveries/deliverytext.h"
#include "ui/deliveries/deliveryview.h"
#include "ui/text/format.h"
#include "ui/theme/actions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Of the time between two questions the server spends at most about this part answering.
constexpr int kAnswerShare = 10;

} // namespace

DeliveriesPage::DeliveriesPage(QWidget *parent)
    : QWidget(parent),
      m_model(new DeliveryModel(this)),
      m_summary(new DeliverySummary(this)),
      m_view(new DeliveryView(this))
{
    setObjectName(u"deliveriesPage"_s);
    m_summary->setObjectName(u"deliverySummary"_s);
    m_view->setObjectName(u"deliveryView"_s);
    m_view->setAccessibleName(tr("Who got this message"));
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(DeliveryModel::StateColumn, Qt::AscendingOrder);
    setFocusProxy(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_summary);
    layout->addWidget(m_view, 1);
    makeActions();
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &DeliveriesPage::ask);
    connect(m_view, &DeliveryView::clientChosen, this, &DeliveriesPage::chooseClient);
    connect(m_view, &DeliveryView::left, this, &DeliveriesPage::left);
    showMessage(std::nullopt);
}

void DeliveriesPage::makeActions()
{
    const auto add = [this](const QString &icon, const QString &text, const QKeySequence &keys) {
        QAction *action = makeAction(this, icon, text, keys.toString());
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_view->addAction(action);
        return action;
    };
    QAction *choose = add(u"clients"_s, tr("Show in the list of clients"), {});
    connect(choose, &QAction::triggered, this, &DeliveriesPage::chooseClient);
    QAction *rows = add(u"copy"_s, tr("Copy the chosen rows"), QKeySequence(QKeySequence::Copy));
    connect(rows, &QAction::triggered, this, [this] { copy(false); });
    QAction *all = add({}, tr("Copy all rows"), {});
    connect(all, &QAction::triggered, this, [this] { copy(true); });
    m_again = add(u"again"_s, tr("Ask again"), QKeySequence(u"Alt+R"_s));
    connect(m_again, &QAction::triggered, this, &DeliveriesPage::ask);
}

void DeliveriesPage::showMessage(const std::optional<TrafficEvent> &event)
{
    m_next.stop();
    const bool message = event && event->kind == TrafficKind::Message;
    const bool recorded = m_recorded && m_recorded();
    m_event = event;
    const QString before = m_messageId;
    m_messageId = message && !recorded ? event->messageId : QString();
    m_again->setEnabled(!m_messageId.isEmpty());
    m_summary->setNote(publishedTo());
    if (!m_messageId.isEmpty()) {
        if (m_messageId != before || !m_model->report()) {
            m_model->clear();
            showWords(tr("Asking the server…"),
                      tr("Who got the message is worked out when asked."));
        }
        ask();
        return;
    }
    m_model->clear();
    if (!event)
        showWords(tr("Nothing chosen"),
                  tr("Choose a message of the traffic log to see who got it."));
    else if (!message)
        showWords(tr("No message"), tr("This event is told by the server; it went to nobody."));
    else if (recorded)
        showWords(
            tr("Recorded: %1").arg(formatClients(event->fanOut)),
            tr("A session file holds the number. Who they were only the server knew, while it "
               "remembered the message."));
    else
        showWords(tr("Not relayed"), tr("The message was shown here and sent to nobody."));
}

void DeliveriesPage::showWords(const QString &title, const QString &hint)
{
    m_view->setEmptyWords(title, hint);
    m_summary->showWords(title);
}

void DeliveriesPage::ask()
{
    m_next.stop();
    // One at a time: whoever runs through the log with the arrow keys asks for what he stops at.
    if (m_messageId.isEmpty() || !m_outstanding.isEmpty() || !isVisible())
        return;
    m_outstanding = m_messageId;
    m_sinceAsked.start();
    emit asked(m_messageId);
}

void DeliveriesPage::showReport(const DeliveryReportPtr &report)
{
    if (report->messageId != m_outstanding)
        return; // somebody else's question
    m_outstanding.clear();
    if (report->messageId != m_messageId) {
        ask();
        return;
    }
    if (report->memory != DeliveryReport::Memory::Remembered) {
        m_model->clear();
        showAbsence(report->memory);
        return;
    }
    const QModelIndex current = m_view->currentIndex();
    const bool hasCurrent = current.isValid();
    const std::uint64_t chosen = hasCurrent ? m_model->client(current.row()).clientId : 0;
    const int scrolled = m_view->verticalScrollBar()->value();
    m_model->setReport(report);
    if (hasCurrent && !m_view->currentIndex().isValid()) {
        if (const int row = m_model->rowOf(chosen); row >= 0)
            m_view->selectionModel()->setCurrentIndex(
                m_model->index(row, 0),
                QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_view->verticalScrollBar()->setValue(scrolled);
    }
    sayReport(*report);
    askAgainSoon(*report);
}

void DeliveriesPage::sayReport(const DeliveryReport &report)
{
    m_summary->showReport(report);
    const QString unlisted = unlistedText(report);
    m_summary->setNote(unlisted.isEmpty() ? publishedTo() : unlisted);
    m_view->setEmptyWords(
        tr("Nobody was there to get it"),
        tr("No client was subscribed. Whoever asks for it later is replayed it, as "
           "long as it is remembered."));
}

QString DeliveriesPage::publishedTo() const
{
    return m_event && m_event->kind == TrafficKind::Message
               ? tr("%1 as it was published").arg(formatClients(m_event->fanOut))
               : QString();
}

void DeliveriesPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    if (m_model->report())
        sayReport(*m_model->report());
    else
        showMessage(m_event);
}

void DeliveriesPage::showAbsence(DeliveryReport::Memory memory)
{
    if (memory == DeliveryReport::Memory::Evicted)
        showWords(tr("No longer known"),
                  tr("The history has let the message go to make room, and with it who got it."));
    else
        showWords(tr("Not known"),
                  tr("The server that runs now did not publish this message: it was restarted."));
}

void DeliveriesPage::askAgainSoon(const DeliveryReport &report)
{
    const bool queued = report.count(DeliveryState::Queued) > 0;
    if (!isVisible() || (!queued && report.count(DeliveryState::Pending) == 0))
        return;
    const auto slow = static_cast<int>(m_sinceAsked.elapsed()) * kAnswerShare;
    m_next.start(std::max(queued ? kQueuedMs : kPendingMs, slow));
}

void DeliveriesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask();
}

void DeliveriesPage::hideEvent(QHideEvent *event)
{
    m_next.stop();
    QWidget::hideEvent(event);
}

QString DeliveriesPage::summary() const
{
    return m_summary->text();
}

void DeliveriesPage::chooseClient()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid())
        emit clientChosen(m_model->client(current.row()).clientId);
}

void DeliveriesPage::copy(bool all)
{
    QStringList lines;
    if (all) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            lines << m_model->rowText(row);
    } else {
        QModelIndexList rows = m_view->selectionModel()->selectedRows();
        std::sort(rows.begin(), rows.end());
        for (const QModelIndex &row : rows)
            lines << m_model->rowText(row.row());
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace pushdeck
