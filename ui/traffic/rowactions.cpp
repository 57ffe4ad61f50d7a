// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/rowactions.h"

#include "ui/theme/actions.h"
#include "ui/theme/icons.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/traffictext.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Copying more than this would freeze the window rather than help anybody.
constexpr qsizetype kMostRows = 10'000;
constexpr qsizetype kMostChars = 32 * 1024 * 1024;

} // namespace

RowActions::RowActions(TrafficView &view, QObject *parent) : QObject(parent), m_view(view)
{
    m_copyText = makeAction(this, u"copy"_s, tr("Copy row as text"), u"Ctrl+Shift+C"_s);
    m_copyJson = makeAction(this, {}, tr("Copy row as JSON"), u"Ctrl+Shift+J"_s);
    m_copyCurl = makeAction(this, {}, tr("Copy row as curl"), u"Ctrl+Shift+H"_s);
    m_sendAgain = makeAction(this, u"again"_s, tr("Send this message again"), u"Ctrl+Shift+R"_s);
    m_edit = makeAction(this, {}, tr("Edit this message and send…"), u"Ctrl+Shift+D"_s);
    connect(m_copyText, &QAction::triggered, this, [this] { copySelected(eventAsText); });
    connect(m_copyJson, &QAction::triggered, this, [this] { copySelected(eventAsJson); });
    connect(m_copyCurl, &QAction::triggered, this, [this] {
        if (const TrafficEvent *event = current())
            QGuiApplication::clipboard()->setText(eventAsCurl(*event, m_baseUrl, m_token));
    });
    connect(m_sendAgain, &QAction::triggered, this, [this] {
        const TrafficEvent *event = current();
        if (event && event->kind == TrafficKind::Message)
            emit sendAgainAsked(*event);
    });
    connect(m_edit, &QAction::triggered, this, [this] {
        const TrafficEvent *event = current();
        if (event && event->kind == TrafficKind::Message)
            emit editAsked(*event);
    });
}

QList<QAction *> RowActions::actions() const
{
    return {m_copyText, m_copyJson, m_copyCurl, m_sendAgain, m_edit};
}

void RowActions::addTo(QMenu &menu, const TrafficEvent &event) const
{
    menu.addAction(m_copyText);
    menu.addAction(m_copyJson);
    if (event.kind == TrafficKind::Message) {
        menu.addAction(m_copyCurl);
        menu.addSeparator();
        menu.addAction(m_sendAgain);
        menu.addAction(m_edit);
    }
    menu.addSeparator();
}

const TrafficModel &RowActions::model() const
{
    return *static_cast<const TrafficModel *>(m_view.model());
}

const TrafficEvent *RowActions::current() const
{
    const QModelIndex index = m_view.currentIndex();
    return index.isValid() ? &model().event(index.row()) : nullptr;
}

void RowActions::copySelected(QString (*asText)(const TrafficEvent &))
{
    QModelIndexList rows = m_view.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    rows.resize(std::min(rows.size(), kMostRows));
    QString text;
    for (const QModelIndex &row : rows) {
        if (!text.isEmpty())
            text += u'\n';
        text += asText(model().event(row.row()));
        if (text.size() > kMostChars)
            break;
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace pushdeck
