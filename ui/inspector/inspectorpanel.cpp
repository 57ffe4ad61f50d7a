// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspectorpanel.h"

#include "ui/inspector/eventfields.h"
#include "ui/inspector/hexview.h"
#include "ui/inspector/payloadtext.h"
#include "ui/panelheader.h"
#include "ui/text/format.h"
#include "ui/text/json.h"
#include "ui/text/visible.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/traffic/traffictext.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

InspectorPanel::InspectorPanel(QWidget *parent)
    : QWidget(parent),
      m_title(new ElidedLabel(this)),
      m_tabs(new QTabBar(this)),
      m_notice(new QWidget(this)),
      m_noticeWords(new QLabel(m_notice)),
      m_loadAll(new QPushButton(tr("Load all"), m_notice)),
      m_pages(new QStackedWidget(this)),
      m_pretty(new PayloadText(this)),
      m_colours(new JsonColours(m_pretty->document())),
      m_raw(new PayloadText(this)),
      m_hex(new HexView(this)),
      m_details(new QTreeWidget(this))
{
    setObjectName(u"inspectorPanel"_s);
    makeActions();
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_tabs->setObjectName(u"inspectorTabs"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Inspector"));
    for (const QString &name : {tr("Pretty"), tr("Raw"), tr("Hex"), tr("Details")})
        m_tabs->addTab(name);
    auto *header = new PanelHeader(tr("Inspector"), this);
    header->addWidget(m_tabs);
    header->addWidget(m_title, 1);
    header->addButton(m_copy);
    header->addButton(m_save);

    auto *noticeLayout = new QHBoxLayout(m_notice);
    noticeLayout->setContentsMargins(12, 4, 8, 4);
    m_noticeWords->setTextFormat(Qt::PlainText);
    auto *saveAll = new QPushButton(tr("Save…"), m_notice);
    noticeLayout->addWidget(m_noticeWords, 1);
    noticeLayout->addWidget(m_loadAll);
    noticeLayout->addWidget(saveAll);
    m_loadAll->setObjectName(u"loadAll"_s);
    m_notice->setAutoFillBackground(true);
    m_notice->setBackgroundRole(QPalette::AlternateBase);
    m_notice->hide();

    m_details->setHeaderHidden(true);
    m_details->setColumnCount(2);
    m_details->setRootIsDecorated(false);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setUniformRowHeights(true);
    m_details->setAccessibleName(tr("Every field of the event"));
    m_pretty->setObjectName(u"prettyText"_s);
    m_raw->setObjectName(u"rawText"_s);
    m_pretty->setAccessibleName(tr("Payload, indented"));
    m_raw->setAccessibleName(tr("Payload, as it is"));
    m_hex->setAccessibleName(tr("Payload, in hexadecimal"));
    auto *details = new QWidget(this);
    details->setAutoFillBackground(true);
    details->setBackgroundRole(QPalette::Base);
    auto *detailsLayout = new QVBoxLayout(details);
    detailsLayout->setContentsMargins(8, 4, 0, 0);
    detailsLayout->addWidget(m_details);
    for (QWidget *page : {static_cast<QWidget *>(m_pretty), static_cast<QWidget *>(m_raw),
                          static_cast<QWidget *>(m_hex), details})
        m_pages->addWidget(page);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &InspectorPanel::refresh);
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) { m_chosenTab = tab; });
    connect(m_loadAll, &QPushButton::clicked, this, [this] {
        m_all = true;
        m_filledTabs = 0;
        refresh();
    });
    connect(saveAll, &QPushButton::clicked, m_save, &QAction::trigger);
    clearEvent();
}

void InspectorPanel::makeActions()
{
    m_copy = new QAction(themedIcon(u"copy"_s), tr("Copy the payload"), this);
    m_copy->setShortcut(QKeySequence(u"Ctrl+Shift+P"_s));
    connect(m_copy, &QAction::triggered, this, [this] {
        if (!m_event)
            return;
        const QByteArray bytes =
            m_event->kind == TrafficKind::Message ? m_event->payload : m_event->text.toUtf8();
        QGuiApplication::clipboard()->setText(
            m_event->binary ? QString::fromLatin1(bytes.toHex(' ')) : QString::fromUtf8(bytes));
    });
    m_save = new QAction(themedIcon(u"save"_s), tr("Save the payload…"), this);
    m_save->setShortcut(QKeySequence(u"Ctrl+Alt+P"_s));
    connect(m_save, &QAction::triggered, this, &InspectorPanel::save);
    const QStringList names = {tr("Show pretty"), tr("Show raw"), tr("Show hexadecimal"),
                               tr("Show details")};
    for (int i = 0; i < names.size(); ++i) {
        auto *action = new QAction(names[i], this);
        action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(i + 1)));
        connect(action, &QAction::triggered, this, [this, i] {
            m_chosenTab = i;
            m_tabs->setCurrentIndex(i);
            emit tabAsked();
        });
        m_tabActions << action;
    }
}

QList<QAction *> InspectorPanel::panelActions() const
{
    return QList<QAction *>{m_copy, m_save} + m_tabActions;
}

int InspectorPanel::tab() const
{
    return m_chosenTab;
}

void InspectorPanel::setTab(int tab)
{
    m_chosenTab = std::clamp(tab, 0, m_tabs->count() - 1);
    m_tabs->setCurrentIndex(m_chosenTab);
}

void InspectorPanel::focusTabs()
{
    m_tabs->setFocus(Qt::ShortcutFocusReason);
}

void InspectorPanel::inspect(const TrafficEvent &event)
{
    m_event = event;
    m_all = false;
    m_filledTabs = 0;
    // Binary has nothing pretty about it; the operator's own choice of tab comes back after it.
    const int tab = event.kind != TrafficKind::Message          ? int(DetailsTab)
                    : event.binary && m_chosenTab != DetailsTab ? int(HexTab)
                                                                : m_chosenTab;
    {
        const QSignalBlocker blocker(m_tabs);
        m_tabs->setCurrentIndex(tab);
    }
    refresh();
}

void InspectorPanel::clearEvent()
{
    m_event.reset();
    m_filledTabs = 0;
    refresh();
}

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

    const QByteArray payload = hasEvent() ? m_event->payload : QByteArray();
    const bool cut = !m_all && payload.size() > kPreviewBytes;
    const QByteArrayView shown = cut ? utf8Prefix(payload, kPreviewBytes) : QByteArrayView(payload);
    m_notice->setVisible(cut && (tab == PrettyTab || tab == RawTab));
    if (cut) {
        m_noticeWords->setText(tr("The first %1 of %2")
                                   .arg(formatBytes(static_cast<std::uint64_t>(kPreviewBytes)),
                                        formatBytes(static_cast<std::uint64_t>(payload.size()))));
    }
    if (m_filledTabs & (1 << tab))
        return;
    m_filledTabs |= 1 << tab;
    switch (tab) {
        case PrettyTab:
            fillPretty(shown, cut);
            break;
        case RawTab:
            fillRaw(shown);
            break;
        case HexTab:
            m_hex->setBytes(payload);
            break;
        case DetailsTab:
            fillDetails();
            break;
        default:
            break;
    }
}

void InspectorPanel::fillPretty(QByteArrayView shown, bool cut)
{
    // A text cut in the middle is no JSON: indent the whole when it is not large, else show it raw.
    const bool tryAll = cut && m_event && m_event->payload.size() <= 8 * kPreviewBytes;
    const QByteArrayView text = tryAll ? QByteArrayView(m_event->payload) : shown;
    if (looksLikeJson(text)) {
        if (auto pretty = prettyJson(text)) {
            m_colours->setEnabled(true);
            m_pretty->setPayloadText(visibleLines(QString::fromUtf8(
                cut ? utf8Prefix(*pretty, kPreviewBytes) : QByteArrayView(*pretty))));
            return;
        }
    }
    m_colours->setEnabled(false);
    m_pretty->setPayloadText(visibleLines(QString::fromUtf8(shown)));
}

void InspectorPanel::fillRaw(QByteArrayView shown)
{
    m_raw->setPayloadText(visibleLines(QString::fromUtf8(shown)));
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

void InspectorPanel::save()
{
    if (!m_event || m_event->payload.isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the payload"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(u"message-%1.%2"_s.arg(m_event->number)
                           .arg(m_event->binary                   ? u"bin"_s
                                : looksLikeJson(m_event->payload) ? u"json"_s
                                                                  : u"txt"_s));
    const QByteArray payload = m_event->payload;
    connect(dialog, &QFileDialog::fileSelected, this, [this, payload](const QString &path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(payload) != payload.size() ||
            !file.commit())
            emit problemFound(tr("%1 could not be written: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

void InspectorPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The colours of the highlighter are stored in the document: make them anew.
    if (event->type() == QEvent::PaletteChange && m_filledTabs != 0) {
        m_filledTabs = 0;
        refresh();
    }
}

} // namespace pushdeck
