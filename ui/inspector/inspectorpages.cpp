// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliveriespage.h"
#include "ui/inspector/changes.h"
#include "ui/inspector/eventfields.h"
#include "ui/inspector/hexview.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/inspector/latestwork.h"
#include "ui/inspector/payloadfind.h"
#include "ui/inspector/payloadtext.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/actions.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/fonts.h"
#include "ui/traffic/traffictext.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeWidget>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Up to here another thread would only cost a flicker.
constexpr qsizetype kAtOnceBytes = 48 * 1024;

} // namespace

// What the tabs show; how the panel is put together is in inspectorpanel.cpp.
void InspectorPanel::refresh()
{
    const int tab = m_tabs->currentIndex();
    m_pages->setCurrentIndex(tab);
    m_copy->setEnabled(hasEvent());
    m_save->setEnabled(hasEvent() && !m_event->payload.isEmpty());
    fillTitle();
    const QString hint = hasEvent() ? tr("This event carries no payload; Details has its fields.")
                                    : tr("Choose a row of the traffic log to look into it.");
    const QString title = hasEvent() ? tr("No payload") : tr("Nothing chosen");
    m_pretty->setEmptyWords(title, hint);
    m_raw->setEmptyWords(title, hint);
    m_hex->setEmptyWords(title, hint);
    m_changes->setEmptyWords(title, hint);

    const qsizetype size = hasEvent() ? m_event->payload.size() : 0;
    const qsizetype most = m_all ? kMostBytes : kPreviewBytes;
    const bool cut = size > most;
    m_notice->setVisible(cut && (tab == PrettyTab || tab == RawTab));
    m_loadAll->setVisible(!m_all);
    if (cut) {
        m_noticeWords->setText(tr("The first %1 of %2")
                                   .arg(formatBytes(static_cast<std::uint64_t>(most)),
                                        formatBytes(static_cast<std::uint64_t>(size))));
    }
    if (!(m_filledTabs & (1 << tab))) {
        m_filledTabs |= 1 << tab;
        fill(tab);
    }
    useFind();
}

void InspectorPanel::fill(int tab)
{
    const QByteArray payload = hasEvent() ? m_event->payload : QByteArray();
    const qsizetype most = m_all ? kMostBytes : kPreviewBytes;
    switch (tab) {
        case PrettyTab:
            show(m_pretty, m_prettyWork, payload.size(), [payload, most](const StopFlag &stop) {
                return prettyDocument(payload, most, stop);
            });
            break;
        case RawTab:
            show(m_raw, m_rawWork, payload.size(), [payload, most](const StopFlag &stop) {
                return rawDocument(payload, most, stop);
            });
            break;
        case HexTab:
            m_hex->setBytes(payload);
            break;
        case ChangesTab:
            fillChanges();
            break;
        case DetailsTab:
            fillDetails();
            break;
        default:
            break;
    }
}

void InspectorPanel::show(PayloadText *view, LatestWork *work, qsizetype bytes, Make make)
{
    static const StopFlag never = false;
    if (bytes <= kAtOnceBytes) {
        work->cancel();
        view->setDocument(make(never));
        return;
    }
    view->setLoading();
    work->run([view, make = std::move(make)](const StopFlag &stop) {
        return LatestWork::Done([view, document = make(stop)] { view->setDocument(document); });
    });
}

void InspectorPanel::fillChanges()
{
    if (!m_event || !m_before) {
        m_changesWork->cancel();
        m_changes->setDocument(nullptr);
        const bool message = m_event && m_event->kind == TrafficKind::Message;
        if (message)
            m_changes->setEmptyWords(
                tr("Nothing to compare with"),
                tr("No earlier message with this topic and event is in the log."));
        return;
    }
    const qsizetype bytes = m_event->payload.size() + m_before->payload.size();
    show(m_changes, m_changesWork, bytes,
         [before = *m_before, after = *m_event](const StopFlag &stop) {
             return changesBetween(before, after, stop);
         });
}

void InspectorPanel::useFind()
{
    switch (m_tabs->currentIndex()) {
        case PrettyTab:
            m_find->useText(m_pretty);
            break;
        case RawTab:
            m_find->useText(m_raw);
            break;
        case ChangesTab:
            m_find->useText(m_changes);
            break;
        case HexTab:
            m_find->useBytes(m_hex);
            break;
        default:
            m_find->useText(nullptr);
            break;
    }
}

void InspectorPanel::fillDetails()
{
    m_details->clear();
    if (!m_event)
        return;
    for (const EventField &field : eventFields(*m_event)) {
        auto *item = new QTreeWidgetItem(m_details, {field.name, field.value});
        item->setFont(1, fixedFont());
        item->setForeground(0, palette().brush(QPalette::PlaceholderText));
        item->setToolTip(1, plainToolTip(field.value));
    }
    m_details->resizeColumnToContents(0);
}

// In another language. Payloads stay as they are, with their folds and where they are scrolled to.
void InspectorPanel::sayAgain()
{
    for (int level = 1; level <= kFoldLevels; ++level) {
        QAction *action = m_foldActions[level];
        action->setText(tr("Fold the payload to level %1").arg(level));
        action->setToolTip(describedWithKeys(*action));
    }
    m_filledTabs &= ~(1 << ChangesTab | 1 << DetailsTab);
    m_deliveries->showMessage(m_event);
    refresh();
}

void InspectorPanel::fillTitle()
{
    if (!m_event) {
        m_title->clear();
        return;
    }
    QStringList parts;
    parts << (m_event->kind == TrafficKind::Message ? topicText(*m_event)
                                                    : kindWords(m_event->kind));
    parts << eventText(*m_event) << sizeText(*m_event) << visibleText(m_event->contentType, 60);
    parts.removeAll(QString());
    m_title->setText(parts.join(u" · "_s) + u' ');
}

} // namespace pushdeck
