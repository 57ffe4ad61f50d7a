// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/droppedstrip.h"

#include "monitor/trafficlog.h"
#include "ui/text/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

DroppedStrip::DroppedStrip(QWidget *parent)
    : QWidget(parent), m_words(new QLabel(this)), m_save(new QToolButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_words->setObjectName(u"droppedStrip"_s);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_save->setObjectName(u"droppedSave"_s);
    m_save->setText(tr("Save session…"));
    m_save->setAccessibleName(m_save->text());
    m_save->setAutoRaise(true);
    m_save->setFocusPolicy(Qt::TabFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addStretch(1);
    layout->addWidget(m_words);
    layout->addWidget(m_save);
    layout->addStretch(1);
    hide();
}

void DroppedStrip::setSaveAction(QAction *action)
{
    m_save->setToolTip(action->toolTip());
    connect(m_save, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, m_save, [this, action] {
        m_save->setEnabled(action->isEnabled());
        m_save->setToolTip(action->toolTip());
    });
}

void DroppedStrip::show(std::uint64_t dropped, const TrafficLogLimits &limits)
{
    setVisible(dropped > 0);
    if (dropped > 0)
        m_words->setText(
            tr("%1 older dropped (cap %2 or %3 rows)")
                .arg(formatCount(dropped), formatBytes(limits.bytes), formatCount(limits.events)));
}

} // namespace pushdeck
