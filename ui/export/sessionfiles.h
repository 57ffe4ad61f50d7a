// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/exportjob.h"
#include "ui/i18n/wording.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

class QAction;
class QWidget;

namespace pushdeck {

class Background;
class MessageArea;
class MessageBar;
class TrafficPanel;
struct OpenedSession;

/// The traffic log and files: writes it, and opens what was written. Asks for the path, shows how
/// far it is with a way to stop, and says how it went; all in the window's message bars. A .jsonl
/// dropped onto the traffic panel is opened too. One export and one opening at a time.
class SessionFiles final : public QObject
{
    Q_OBJECT

public:
    SessionFiles(TrafficPanel &panel, MessageArea &messages, QWidget *window);
    ~SessionFiles() override;

    [[nodiscard]] QList<QAction *> actions() const;

    /// The format goes by the path's extension, JSONL if it tells none. `filtered`: only the rows
    /// that the filter lets through.
    void exportTo(const QString &path, bool filtered);
    void open(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askExport(bool filtered);
    void askOpen();
    void showProgress(const QString &topic, const Wording &words, quint64 done, quint64 total,
                      const std::function<void()> &cancel);
    void showExported(const ExportOutcome &outcome);
    void showOpened(const QString &path, const OpenedSession &session);

    TrafficPanel &m_panel;
    MessageArea &m_messages;
    QWidget *m_window;
    QAction *m_export;
    QAction *m_exportAll;
    QAction *m_open;
    QAction *m_back;
    bool m_filtered = false; // what the export under way was asked for
    std::unique_ptr<ExportJob> m_job;
    std::unique_ptr<Background> m_opening;
};

} // namespace pushdeck
