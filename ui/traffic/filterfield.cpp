// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterfield.h"

#include "ui/text/visible.h"
#include "ui/theme/icons.h"

#include <QKeyEvent>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

FilterField::FilterField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("Filter: words, topic:/news, via:ws, size>1k, /regex/"));
    setToolTip(plainToolTip(
        tr("Words are looked for in payload, topic, event and client.\n"
           "dir:in,out,server   via:ws,sse,poll,http   client:#7   topic:/orders/**   event:tick\n"
           "kind:message,connect,close,gap,refused,notice   size>1k   status>=400   "
           "/expression/i\n"
           "- before a term leaves out what it finds.")));
    setClearButtonEnabled(true);
    setAccessibleName(tr("Traffic filter"));
    addAction(themedIcon(u"filter"_s), LeadingPosition);
    m_delay.setSingleShot(true);
    m_delay.setInterval(150ms);
    connect(&m_delay, &QTimer::timeout, this, &FilterField::takeNow);
    connect(this, &QLineEdit::textChanged, this, [this] { m_delay.start(); });
    connect(this, &QLineEdit::returnPressed, this, &FilterField::takeNow);
}

void FilterField::setFilterText(const QString &text)
{
    setText(text);
    takeNow();
}

void FilterField::takeNow()
{
    m_delay.stop();
    const QString wanted = text().trimmed();
    const auto parsed = parseTrafficFilter(wanted);
    if (const auto *problem = std::get_if<FilterProblem>(&parsed)) {
        emit problemChanged(problem->words);
        return;
    }
    emit problemChanged({});
    if (wanted == m_taken)
        return;
    m_taken = wanted;
    emit filterChanged(std::get<TrafficFilter>(parsed), wanted);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        setFilterText({});
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace pushdeck
