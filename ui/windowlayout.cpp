// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/addressbar.h"
#include "ui/address/tokenchoice.h"
#include "ui/charts/chartspanel.h"
#include "ui/charts/sparkline.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/clientspanel.h"
#include "ui/commandpalette.h"
#include "ui/composer/composerpanel.h"
#include "ui/deliveries/deliveriespage.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/project/projectactions.h"
#include "ui/project/projectkeeper.h"
#include "ui/shortcuts/shortcutsview.h"
#include "ui/statusline.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"
#include "ui/traffic/rowmarks.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableView>
#include <QToolBar>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Raised when columns change their meaning: older column widths are then not read back.
constexpr int kLayoutVersion = 1;
constexpr QSize kUsualSize(1440, 900);
constexpr int kClientsPercent = 40; ///< of the window's width
constexpr int kMostClientsPercent = 46;

QSplitter *makeSplitter(Qt::Orientation orientation)
{
    auto *splitter = new QSplitter(orientation);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

} // namespace

// Where the parts of the window stand, and how that is remembered; what they do is in
// mainwindow.cpp.
void MainWindow::build()
{
    m_project = new ProjectKeeper(this);
    m_projectActions = new ProjectActions(*m_project, this);
    m_address = new AddressBar(this);
    m_messages = new MessageArea(this);
    auto *bar = new QToolBar(tr("Address"), this);
    bar->setObjectName(u"addressToolBar"_s);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addWidget(m_address);
    m_address->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    addToolBar(bar);
    setContextMenuPolicy(Qt::NoContextMenu);

    m_traffic = new TrafficPanel(m_control.log(), this);
    m_inspector = new InspectorPanel(this);
    m_composer = new ComposerPanel(*m_project, *m_projectActions, this);
    m_right = makeSplitter(Qt::Vertical);
    m_across = makeSplitter(Qt::Horizontal);
    m_down = makeSplitter(Qt::Vertical);
    m_across->addWidget(buildLeft());
    m_right->addWidget(m_traffic);
    m_charts = new ChartsPanel(this);
    m_detail = new QStackedWidget(this);
    m_detail->addWidget(m_inspector);
    m_detail->addWidget(m_charts);
    m_right->addWidget(m_detail);
    m_across->addWidget(m_right);
    // What a wider window has more belongs to the traffic, whose lines are long.
    m_across->setStretchFactor(0, 1);
    m_across->setStretchFactor(1, 4);
    m_right->setStretchFactor(0, 3);
    m_right->setStretchFactor(1, 2);
    m_down->addWidget(m_across);
    m_down->addWidget(m_composer);
    m_down->setStretchFactor(0, 1);
    m_down->setStretchFactor(1, 0);

    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_down, 1);
    setCentralWidget(centre);

    m_status = new StatusLine(this);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setFixedHeight(28);
    m_palette = new CommandPalette(this);
    m_shortcuts = new ShortcutsView(this);
    m_preferences = new PreferencesKeeper(m_settings, this);
    m_tokens = new TokenChoice(m_address);
    setMinimumSize(900, 560);
}

QWidget *MainWindow::buildLeft()
{
    auto *left = new QWidget(this);
    m_clients = new ClientsPanel(left);
    m_inChart = new Sparkline(tr("↓ in/s"), Sparkline::Hue::In, left);
    m_outChart = new Sparkline(tr("↑ out/s"), Sparkline::Hue::Out, left);
    m_clientsChart = new Sparkline(tr("Clients"), Sparkline::Hue::Clients, left);
    auto *charts = new QHBoxLayout;
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(0);
    for (Sparkline *chart : {m_inChart, m_outChart, m_clientsChart})
        charts->addWidget(chart);
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_clients, 1);
    layout->addLayout(charts);
    left->setMinimumWidth(300);
    return left;
}

// The charts stand in the inspector's place: what is looked up in either belongs to the log above.
void MainWindow::wireCharts()
{
    QAction *show = m_charts->showAction();
    connect(show, &QAction::toggled, this, [this](bool charts) {
        m_detail->setCurrentWidget(charts ? static_cast<QWidget *>(m_charts) : m_inspector);
    });
    // Asked for by the operator, and not by what was remembered: there the keyboard goes on.
    connect(show, &QAction::triggered, this, [this](bool charts) {
        charts ? m_charts->setFocus(Qt::ShortcutFocusReason) : m_inspector->focusTabs();
    });
    connect(m_inspector, &InspectorPanel::tabAsked, show, [show] { show->setChecked(false); });
    for (Sparkline *summary : {m_inChart, m_outChart, m_clientsChart})
        connect(summary, &Sparkline::activated, show, [show] {
            if (!show->isChecked())
                show->trigger();
        });
}

// Who got the message in the inspector: asked of the server, named as in the list of clients.
void MainWindow::wireDeliveries()
{
    DeliveriesPage &page = m_inspector->deliveries();
    page.setLabel([this](std::uint64_t id) {
        const ClientRow *row = m_clients->model().find(id);
        return row ? row->label : QString();
    });
    page.setRecorded([this] { return m_traffic->hasSession(); });
    connect(&page, &DeliveriesPage::asked, this,
            [this](const QString &messageId) { m_control.askDeliveries(messageId); });
    // Queued where the control lives on the server's thread.
    connect(&m_control, &ServerControl::deliveriesTold, &page, &DeliveriesPage::showReport);
    connect(&page, &DeliveriesPage::clientChosen, m_clients, &ClientsPanel::choose);
    connect(&page, &DeliveriesPage::left, this,
            [this] { m_traffic->view().setFocus(Qt::OtherFocusReason); });
    connect(m_traffic, &TrafficPanel::deliveriesAsked, m_inspector,
            &InspectorPanel::showDeliveries);
}

void MainWindow::resetLayout()
{
    m_charts->showAction()->setChecked(false);
    m_charts->setRange(ChartRange::Minute);
    m_clients->resetLayout();
    // A small window still shows who is there: the names take from the traffic, up to a bound.
    const int left =
        std::max(width() * kClientsPercent / 100,
                 std::min(m_clients->roomyWidth(), width() * kMostClientsPercent / 100));
    m_across->setSizes({left, width() - left});
    m_right->setSizes({height() * 42 / 100, height() * 27 / 100});
    m_down->setSizes({height() - 296, 212});
    m_traffic->applyDefaultColumns();
}

void MainWindow::restore()
{
    resize(kUsualSize.boundedTo(screen()->availableSize()));
    if (m_settings.contains(u"window/geometry"_s))
        restoreGeometry(m_settings.value(u"window/geometry"_s).toByteArray());
    resetLayout();
    m_clients->restore(m_settings);
    m_project->restore(m_settings);
    m_composer->restore(m_settings);
    m_traffic->setFilterText(m_settings.value(u"traffic/filter"_s).toString());
    m_traffic->setFollowing(m_settings.value(u"traffic/follow"_s, true).toBool());
    m_traffic->marks().setRelativeTimes(m_settings.value(u"traffic/relative"_s).toBool());
    m_inspector->setTab(m_settings.value(u"inspector/tab"_s, 0).toInt());
    m_charts->setRange(m_settings.value(u"charts/hour"_s).toBool() ? ChartRange::Hour
                                                                   : ChartRange::Minute);
    m_charts->showAction()->setChecked(m_settings.value(u"charts/shown"_s).toBool());
    if (m_settings.value(u"window/version"_s).toInt() != kLayoutVersion)
        return;
    m_across->restoreState(m_settings.value(u"window/across"_s).toByteArray());
    m_right->restoreState(m_settings.value(u"window/right"_s).toByteArray());
    m_down->restoreState(m_settings.value(u"window/down"_s).toByteArray());
    m_clients->restoreColumns(m_settings);
    m_traffic->view().horizontalHeader()->restoreState(
        m_settings.value(u"traffic/columns"_s).toByteArray());
}

void MainWindow::save()
{
    m_settings.setValue(u"window/version"_s, kLayoutVersion);
    m_settings.setValue(u"window/geometry"_s, saveGeometry());
    m_settings.setValue(u"window/across"_s, m_across->saveState());
    m_settings.setValue(u"window/right"_s, m_right->saveState());
    m_settings.setValue(u"window/down"_s, m_down->saveState());
    m_clients->save(m_settings);
    m_settings.setValue(u"traffic/columns"_s, m_traffic->view().horizontalHeader()->saveState());
    m_settings.setValue(u"traffic/filter"_s, m_traffic->filterText());
    m_settings.setValue(u"traffic/follow"_s, m_traffic->isFollowing());
    m_settings.setValue(u"traffic/relative"_s, m_traffic->marks().hasRelativeTimes());
    m_settings.setValue(u"inspector/tab"_s, m_inspector->tab());
    m_settings.setValue(u"charts/shown"_s, m_charts->showAction()->isChecked());
    m_settings.setValue(u"charts/hour"_s, m_charts->range() == ChartRange::Hour);
    m_project->save(m_settings);
    m_composer->save(m_settings);
}

void MainWindow::setTheme(ThemeChoice choice)
{
    m_theme = choice;
    applyTheme(choice);
    if (m_preferences->preferences().theme != choice) {
        Preferences preferences = m_preferences->preferences();
        preferences.theme = choice;
        m_preferences->apply(preferences);
    }
    const bool dark = isDark(QApplication::palette());
    m_themeAction->setIcon(themedIcon(dark ? u"sun"_s : u"moon"_s));
}

void MainWindow::toggleTheme()
{
    setTheme(isDark(QApplication::palette()) ? ThemeChoice::Light : ThemeChoice::Dark);
}

void MainWindow::followDesktopTheme()
{
    setTheme(ThemeChoice::Desktop);
}

void MainWindow::focusNextPanel()
{
    const QList<QWidget *> panels = {m_clients, m_traffic, m_detail, m_composer};
    int current = -1;
    for (int i = 0; i < panels.size(); ++i) {
        if (QWidget *focus = QApplication::focusWidget(); focus && panels[i]->isAncestorOf(focus))
            current = i;
    }
    switch ((current + 1) % panels.size()) {
        case 0:
            m_clients->view().setFocus(Qt::ShortcutFocusReason);
            break;
        case 1:
            m_traffic->view().setFocus(Qt::ShortcutFocusReason);
            break;
        case 2:
            if (m_charts->showAction()->isChecked())
                m_charts->setFocus(Qt::ShortcutFocusReason);
            else
                m_inspector->focusTabs();
            break;
        default:
            m_composer->focusEditor();
    }
}

} // namespace pushdeck
