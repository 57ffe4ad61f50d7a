// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/rowmarks.h"

#include "ui/theme/actions.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QMenu>

namespace pushdeck {

using namespace Qt::StringLiterals;

RowMarks::RowMarks(TrafficView &view, QObject *parent) : QObject(parent), m_view(view)
{
    m_toggle = makeAction(this, {}, tr("Set or remove a bookmark"), u"Ctrl+Shift+B"_s);
    m_next = makeAction(this, u"down"_s, tr("Go to the next bookmark"), u"Ctrl+PgDown"_s);
    m_previous = makeAction(this, u"up"_s, tr("Go to the previous bookmark"), u"Ctrl+PgUp"_s);
    m_first = makeAction(this, {}, tr("Go to the first row"), u"Ctrl+Alt+Home"_s);
    m_last = makeAction(this, {}, tr("Go to the last row"), u"Ctrl+Alt+End"_s);
    m_relative = makeAction(this, {}, tr("Times since the row before"), u"Ctrl+Alt+R"_s);
    m_relative->setCheckable(true);
    connect(m_toggle, &QAction::triggered, this, &RowMarks::toggle);
    connect(m_next, &QAction::triggered, this, [this] { goToMark(1); });
    connect(m_previous, &QAction::triggered, this, [this] { goToMark(-1); });
    connect(m_first, &QAction::triggered, this, [this] { goTo(0); });
    connect(m_last, &QAction::triggered, this, [this] { goTo(model().rowCount() - 1); });
    connect(m_relative, &QAction::toggled, this, &RowMarks::apply);
}

QList<QAction *> RowMarks::actions() const
{
    return {m_toggle, m_next, m_previous, m_first, m_last, m_relative};
}

void RowMarks::addTo(QMenu &menu) const
{
    menu.addAction(m_toggle);
    menu.addAction(m_relative);
    menu.addSeparator();
}

void RowMarks::setRelativeTimes(bool relative)
{
    m_relative->setChecked(relative);
}

bool RowMarks::hasRelativeTimes() const
{
    return m_relative->isChecked();
}

void RowMarks::apply()
{
    model().setRelativeTimes(hasRelativeTimes());
}

TrafficModel &RowMarks::model() const
{
    return *static_cast<TrafficModel *>(m_view.model());
}

void RowMarks::toggle()
{
    if (const QModelIndex current = m_view.currentIndex(); current.isValid())
        model().setMarked(current.row(), !model().isMarked(current.row()));
}

void RowMarks::goTo(int row)
{
    if (row < 0 || row >= model().rowCount())
        return;
    const QModelIndex index = model().index(row, TrafficModel::TimeColumn);
    m_view.choose(index);
    m_view.scrollTo(index);
}

void RowMarks::goToMark(int step)
{
    const QModelIndex current = m_view.currentIndex();
    goTo(model().nextMarked(current.isValid() ? current.row() : (step > 0 ? -1 : 0), step));
}

} // namespace pushdeck
