// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/visible.h"
#include "ui/traffic/filterfield.h"
#include "ui/traffic/filterterm.h"
#include "ui/traffic/rowactions.h"
#include "ui/traffic/rowmarks.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QMenu>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// `&` would be taken as the mark of a shortcut.
QString menuText(const QString &term)
{
    return visibleText(term, 60).replace(u'&', u"&&"_s);
}

} // namespace

// What a right click on a row offers; the rest of the panel is in trafficpanel.cpp.
void TrafficPanel::addFilterTerm(const QString &term)
{
    setFilterText(withFilterTerm(m_filter->text(), term));
}

void TrafficPanel::addFilterActions(QMenu &menu, const TrafficEvent &event, int column)
{
    if (const QString term = filterTermFor(event, column); !term.isEmpty()) {
        const QString shown = menuText(term);
        menu.addAction(tr("Show only %1").arg(shown), this, [this, term] { addFilterTerm(term); });
        menu.addAction(tr("Leave out %1").arg(shown), this,
                       [this, term] { addFilterTerm(u'-' + term); });
    }
    for (const QString &range : filterRangesFor(event, column))
        menu.addAction(tr("Show only %1").arg(menuText(range)), this,
                       [this, range] { addFilterTerm(range); });
    const QString client = filterTermFor(event, TrafficModel::ClientColumn);
    if (!client.isEmpty() && column != TrafficModel::ClientColumn)
        menu.addAction(tr("Show only %1").arg(menuText(client)), this,
                       [this, client] { addFilterTerm(client); });
    if (!m_filter->text().isEmpty())
        menu.addAction(tr("Clear the filter"), this, [this] { setFilterText({}); });
}

void TrafficPanel::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex index = m_view->indexAt(position);
    if (index.isValid()) {
        const TrafficEvent event = shownModel().event(index.row());
        if (event.kind == TrafficKind::Message) {
            menu->addAction(tr("Who got this message") + u'\t' +
                                QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText),
                            this, &TrafficPanel::askDeliveries);
            menu->addSeparator();
        }
        m_rows->addTo(*menu, event);
        m_marks->addTo(*menu);
        addFilterActions(*menu, event, index.column());
        menu->addSeparator();
    }
    menu->addAction(m_pauseAction);
    menu->addAction(m_clearAction);
    menu->addSeparator();
    menu->addActions(m_menuActions);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace pushdeck
