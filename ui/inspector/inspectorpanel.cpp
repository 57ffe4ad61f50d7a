// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspectorpanel.h"

#include "ui/deliveries/deliveriespage.h"
#include "ui/find/findbar.h"
#include "ui/inspector/hexview.h"
#include "ui/inspector/latestwork.h"
#include "ui/inspector/payloadfind.h"
#include "ui/inspector/payloadsave.h"
#include "ui/inspector/payloadtext.h"
#include "ui/panelheader.h"
#include "ui/text/json.h"
#include "ui/theme/actions.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
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
      m_raw(new PayloadText(this)),
      m_hex(new HexView(this)),
      m_deliveries(new DeliveriesPage(this)),
      m_changes(new PayloadText(this)),
      m_details(new QTreeWidget(this)),
      m_find(new PayloadFind(this)),
      m_prettyWork(new LatestWork(this)),
      m_rawWork(new LatestWork(this)),
      m_changesWork(new LatestWork(this)),
      m_files(new PayloadSave(this))
{
    setObjectName(u"inspectorPanel"_s);
    makeActions();
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_tabs->setObjectName(u"inspectorTabs"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Inspector"));
    for (const QString &name :
         {tr("Pretty"), tr("Raw"), tr("Hex"), tr("Deliveries"), tr("Changes"), tr("Details")})
        m_tabs->addTab(name);
    auto *header = new PanelHeader(tr("Inspector"), this);
    header->addWidget(m_tabs);
    header->addWidget(m_title, 1);
    header->addButton(m_copy);
    header->addButton(m_save);

    buildNotice();
    buildPages();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_notice);
    layout->addWidget(m_find->bar());
    layout->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &InspectorPanel::refresh);
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) { m_chosenTab = tab; });
    connect(m_loadAll, &QPushButton::clicked, this, [this] {
        m_all = true;
        m_filledTabs = 0;
        refresh();
    });
    connect(m_files, &PayloadSave::failed, this, [this](const QString &path, const QString &why) {
        emit problemFound([path, why] { return tr("%1 could not be written: %2").arg(path, why); });
    });
    connect(m_find, &PayloadFind::closed, this,
            [this] { m_pages->currentWidget()->setFocus(Qt::OtherFocusReason); });
    clearEvent();
}

InspectorPanel::~InspectorPanel() = default;

void InspectorPanel::buildNotice()
{
    auto *layout = new QHBoxLayout(m_notice);
    layout->setContentsMargins(12, 4, 8, 4);
    m_noticeWords->setTextFormat(Qt::PlainText);
    auto *saveAll = new QPushButton(tr("Save…"), m_notice);
    layout->addWidget(m_noticeWords, 1);
    layout->addWidget(m_loadAll);
    layout->addWidget(saveAll);
    m_noticeWords->setObjectName(u"previewNotice"_s);
    m_loadAll->setObjectName(u"loadAll"_s);
    m_notice->setAutoFillBackground(true);
    m_notice->setBackgroundRole(QPalette::AlternateBase);
    m_notice->hide();
    connect(saveAll, &QPushButton::clicked, m_save, &QAction::trigger);
}

void InspectorPanel::buildPages()
{
    m_details->setHeaderHidden(true);
    m_details->setColumnCount(2);
    m_details->setRootIsDecorated(false);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setUniformRowHeights(true);
    m_details->setAccessibleName(tr("Every field of the event"));
    m_pretty->setObjectName(u"prettyText"_s);
    m_raw->setObjectName(u"rawText"_s);
    m_changes->setObjectName(u"changesText"_s);
    m_pretty->setAccessibleName(tr("Payload, indented"));
    m_raw->setAccessibleName(tr("Payload, as it is"));
    m_hex->setAccessibleName(tr("Payload, in hexadecimal"));
    m_changes->setAccessibleName(tr("Changes since the message before"));
    m_pretty->setMenuActions(m_foldActions + QList<QAction *>{m_findAction});
    for (PayloadText *view : {m_raw, m_changes})
        view->setMenuActions({m_findAction});
    auto *details = new QWidget(this);
    details->setAutoFillBackground(true);
    details->setBackgroundRole(QPalette::Base);
    details->setFocusProxy(m_details);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(8, 4, 0, 0);
    layout->addWidget(m_details);
    // In the order of the tabs.
    for (QWidget *page :
         std::initializer_list<QWidget *>{m_pretty, m_raw, m_hex, m_deliveries, m_changes, details})
        m_pages->addWidget(page);
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
    const QStringList names = {tr("Show pretty"),     tr("Show raw"),     tr("Show hexadecimal"),
                               tr("Show deliveries"), tr("Show changes"), tr("Show details")};
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
    m_findAction = makeAction(this, u"search"_s, tr("Find in the payload"), u"Ctrl+Alt+F"_s);
    connect(m_findAction, &QAction::triggered, this, &InspectorPanel::find);
    makeFoldActions();
}

void InspectorPanel::makeFoldActions()
{
    const auto add = [this](const QString &text, const QString &keys, auto run) {
        QAction *action = makeAction(this, {}, text, keys);
        connect(action, &QAction::triggered, this, [this, run] {
            setTab(PrettyTab);
            run(*m_pretty);
        });
        m_foldActions << action;
    };
    add(tr("Fold all of the payload"), u"Alt+Shift+0"_s, [](PayloadText &view) { view.foldAll(); });
    for (int level = 1; level <= kFoldLevels; ++level)
        add(tr("Fold the payload to level %1").arg(level), u"Alt+Shift+%1"_s.arg(level),
            [level](PayloadText &view) { view.foldToLevel(level); });
    add(tr("Unfold all of the payload"), u"Alt+Shift+9"_s,
        [](PayloadText &view) { view.unfoldAll(); });
}

QList<QAction *> InspectorPanel::panelActions() const
{
    return QList<QAction *>{m_copy, m_save, m_findAction} + m_tabActions + m_foldActions;
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
    // At once: later the log may have dropped it.
    m_before = m_previousOf ? m_previousOf(event) : std::nullopt;
    m_all = false;
    m_filledTabs = 0;
    // Binary has nothing pretty about it; the operator's own choice of tab comes back after it.
    const int tab = event.kind != TrafficKind::Message     ? int(DetailsTab)
                    : event.binary && m_chosenTab < HexTab ? int(HexTab)
                                                           : m_chosenTab;
    {
        const QSignalBlocker blocker(m_tabs);
        m_tabs->setCurrentIndex(tab);
    }
    m_deliveries->showMessage(m_event);
    refresh();
}

void InspectorPanel::showDeliveries()
{
    setTab(DeliveriesTab);
    emit tabAsked();
    m_deliveries->setFocus(Qt::ShortcutFocusReason);
}

void InspectorPanel::clearEvent()
{
    m_event.reset();
    m_before.reset();
    m_filledTabs = 0;
    m_deliveries->showMessage(m_event);
    refresh();
}

void InspectorPanel::find()
{
    // The fields are few enough to be read, and deliveries hold nothing of the payload.
    if (m_tabs->currentIndex() == DetailsTab || m_tabs->currentIndex() == DeliveriesTab)
        m_tabs->setCurrentIndex(m_event && m_event->binary ? HexTab : PrettyTab);
    m_find->open();
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
    connect(dialog, &QFileDialog::fileSelected, m_files,
            [this, payload](const QString &path) { m_files->save(payload, path); });
    dialog->open();
}

void InspectorPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        sayAgain();
    // The colours of the fields are stored in their items: make them anew.
    if (event->type() == QEvent::PaletteChange && m_filledTabs != 0) {
        m_filledTabs &= ~(1 << DetailsTab);
        refresh();
    }
}

bool InspectorPanel::findKey(const QKeyEvent &key) const
{
    const bool steps = key.key() == Qt::Key_F3 && !m_find->bar()->isHidden() &&
                       (key.modifiers() & ~Qt::ShiftModifier) == 0;
    return steps || (key.key() == Qt::Key_F && key.modifiers() == Qt::ControlModifier);
}

bool InspectorPanel::event(QEvent *event)
{
    // Ctrl+F and F3 are the log's, but not while the keyboard is in here.
    if (event->type() == QEvent::ShortcutOverride && findKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void InspectorPanel::keyPressEvent(QKeyEvent *event)
{
    if (!findKey(*event))
        QWidget::keyPressEvent(event);
    else if (event->key() == Qt::Key_F3)
        m_find->step(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    else
        find();
}

} // namespace pushdeck
