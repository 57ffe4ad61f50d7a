// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QObject>
#include <QString>

class QAction;
class QMenu;

namespace pushdeck {

class TrafficModel;
class TrafficView;

/// What can be done with the chosen rows of the traffic log: copy them in three forms, send one
/// again.
class RowActions final : public QObject
{
    Q_OBJECT

public:
    RowActions(TrafficView &view, QObject *parent);

    [[nodiscard]] QList<QAction *> actions() const;
    /// Puts into a menu what fits `event`.
    void addTo(QMenu &menu, const TrafficEvent &event) const;

    /// For copied commands: the address that clients are told to use, and what publishing needs.
    void setBaseUrl(const QString &url, const QString &token)
    {
        m_baseUrl = url;
        m_token = token;
    }
    [[nodiscard]] const QString &baseUrl() const { return m_baseUrl; }

signals:
    void sendAgainAsked(const pushdeck::TrafficEvent &event);
    void editAsked(const pushdeck::TrafficEvent &event);

private:
    [[nodiscard]] const TrafficModel &model() const; ///< what the view shows right now
    [[nodiscard]] const TrafficEvent *current() const;
    void copySelected(QString (*asText)(const TrafficEvent &));

    TrafficView &m_view;
    QString m_baseUrl;
    QString m_token;
    QAction *m_copyText;
    QAction *m_copyJson;
    QAction *m_copyCurl;
    QAction *m_sendAgain;
    QAction *m_edit;
};

} // namespace pushdeck
