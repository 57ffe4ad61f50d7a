// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/sessionfiles.h"

#include "ui/export/jsonlreader.h"
#include "ui/messagebar.h"
#include "ui/text/format.h"
#include "ui/text/regularfile.h"
#include "ui/text/visible.h"
#include "ui/theme/actions.h"
#include "ui/traffic/droppedstrip.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"

#include <QAction>
#include <QDateTime>
#include <QDesktopServices>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const QString &path)
{
    return visibleText(QFileInfo(path).fileName(), 80);
}

/// The one .jsonl of a drag; empty if it is anything else.
QString droppedSession(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls[0].isLocalFile())
        return {};
    const QString path = urls[0].toLocalFile();
    return exportFormatOf(path) == ExportFormat::Jsonl ? path : QString();
}

} // namespace

SessionFiles::SessionFiles(TrafficPanel &panel, MessageArea &messages, QWidget *window)
    : QObject(window), m_panel(panel), m_messages(messages), m_window(window)
{
    m_export = makeAction(this, u"save"_s, tr("Export the traffic shown…"), u"Ctrl+Alt+E"_s);
    m_exportAll = makeAction(this, {}, tr("Export all traffic…"), u"Ctrl+Alt+Shift+E"_s);
    m_open = makeAction(this, u"file"_s, tr("Open session…"), u"Ctrl+Alt+O"_s);
    m_back = makeAction(this, {}, tr("Back to live traffic"), u"Ctrl+Alt+B"_s);
    connect(m_export, &QAction::triggered, this, [this] { askExport(true); });
    connect(m_exportAll, &QAction::triggered, this, [this] { askExport(false); });
    connect(m_open, &QAction::triggered, this, &SessionFiles::askOpen);
    connect(m_back, &QAction::triggered, &m_panel, &TrafficPanel::closeSession);
    connect(&m_panel, &TrafficPanel::sessionShown, m_back, &QAction::setEnabled);
    m_back->setEnabled(false);
    m_panel.addHeaderAction(m_export);
    m_panel.droppedStrip().setSaveAction(m_exportAll);
    for (QAction *action : actions())
        m_panel.addMenuAction(action);
    m_panel.setAcceptDrops(true);
    m_panel.installEventFilter(this);
}

SessionFiles::~SessionFiles() = default;

QList<QAction *> SessionFiles::actions() const
{
    return {m_export, m_exportAll, m_open, m_back};
}

void SessionFiles::askExport(bool filtered)
{
    auto *dialog = new QFileDialog(m_window, tr("Export the traffic"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters = {
        tr("JSON Lines, can be opened again (*.jsonl)"),
        tr("Table for spreadsheets (*.csv)"),
        tr("HTTP archive for browsers (*.har)"),
    };
    dialog->setNameFilters(filters);
    const auto useSuffix = [dialog, filters](const QString &chosen) {
        const auto format = static_cast<ExportFormat>(std::max(0, int(filters.indexOf(chosen))));
        dialog->setDefaultSuffix(exportSuffix(format));
    };
    useSuffix(filters[0]);
    connect(dialog, &QFileDialog::filterSelected, this, useSuffix);
    dialog->selectFile(
        u"traffic-%1.jsonl"_s.arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmm")));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, filtered](const QString &path) { exportTo(path, filtered); });
    dialog->open();
}

void SessionFiles::askOpen()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a session"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Exported traffic (*.jsonl)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SessionFiles::open);
    dialog->open();
}

void SessionFiles::exportTo(const QString &path, bool filtered)
{
    if (m_job)
        return;
    ExportRequest request;
    request.path = path;
    request.format = exportFormatOf(path).value_or(ExportFormat::Jsonl);
    request.baseUrl = m_panel.baseUrl();
    if (filtered)
        request.filter = m_panel.shownModel().filter();
    m_filtered = filtered;
    m_messages.dismiss(u"export"_s);
    m_job = std::make_unique<ExportJob>(m_panel.shownModel(), request);
    m_export->setEnabled(false);
    m_exportAll->setEnabled(false);
    connect(m_job.get(), &ExportJob::progressed, this, [this, path](quint64 done, quint64 total) {
        const auto words = [path] { return tr("Exporting to %1").arg(nameOf(path)); };
        showProgress(u"export"_s, words, done, total, [this] {
            if (m_job)
                m_job->cancel();
        });
    });
    // Queued: the job is deleted there, which must not happen inside its own signal.
    connect(m_job.get(), &ExportJob::finished, this, &SessionFiles::showExported,
            Qt::QueuedConnection);
    m_job->start();
}

void SessionFiles::showProgress(const QString &topic, const Wording &words, quint64 done,
                                quint64 total, const std::function<void()> &cancel)
{
    MessageBar *bar = m_messages.find(topic);
    if (!bar) {
        bar = m_messages.show(topic, MessageBar::Kind::Info, words);
        bar->setClosable(false);
        bar->addButton(tr("Cancel"), cancel);
    }
    const double share = total ? static_cast<double>(done) / static_cast<double>(total) : 0;
    bar->setProgress(share);
}

void SessionFiles::showExported(const ExportOutcome &outcome)
{
    const QString path = m_job->request().path;
    m_job.reset();
    m_export->setEnabled(true);
    m_exportAll->setEnabled(true);
    m_messages.dismiss(u"export"_s);
    if (outcome.kind == ExportOutcome::Kind::Cancelled)
        return;
    if (outcome.kind == ExportOutcome::Kind::Failed) {
        const bool filtered = m_filtered;
        MessageBar *bar = m_messages.show(u"export"_s, MessageBar::Kind::Error, [path, outcome] {
            return tr("%1 could not be written: %2").arg(nameOf(path), outcome.why());
        });
        bar->addButton(tr("Retry"), [this, path, filtered] { exportTo(path, filtered); });
        bar->addButton(tr("Choose…"), [this, filtered] { askExport(filtered); });
        return;
    }
    const auto words = [path, outcome] {
        const QString rows =
            tr("%1 row(s)", nullptr, pluralOf(outcome.rows)).arg(formatCount(outcome.rows));
        QString said =
            tr("Exported %1 to %2, %3.").arg(rows, nameOf(path), formatBytes(outcome.bytes));
        if (outcome.lost > 0)
            said += u' ' + tr("%1 older were dropped before they could be written.", nullptr,
                              pluralOf(outcome.lost))
                               .arg(formatCount(outcome.lost));
        return said;
    };
    MessageBar *bar = m_messages.show(
        u"export"_s, outcome.lost ? MessageBar::Kind::Warning : MessageBar::Kind::Info, words);
    bar->addButton(tr("Show the folder"), [path] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
    });
}

void SessionFiles::open(const QString &path)
{
    if (m_opening)
        return;
    m_messages.dismiss(u"session"_s);
    m_open->setEnabled(false);
    m_opening = std::make_unique<Background>();
    const auto session = std::make_shared<OpenedSession>();
    connect(m_opening.get(), &Background::progressed, this,
            [this, path](quint64 done, quint64 total) {
                const auto words = [path] { return tr("Opening %1").arg(nameOf(path)); };
                showProgress(u"session"_s, words, done, total, [this] {
                    if (m_opening)
                        m_opening->stop();
                });
            });
    // Queued: the thread's owner is deleted there, which must not happen inside its own signal.
    connect(
        m_opening.get(), &Background::finished, this,
        [this, path, session] {
            const bool stopped = m_opening->isStopped();
            m_opening.reset();
            m_open->setEnabled(true);
            m_messages.dismiss(u"session"_s);
            if (!stopped)
                showOpened(path, *session);
        },
        Qt::QueuedConnection);
    m_opening->start([path, session](Background::Progress &progress) {
        QFile file(path);
        session->problem = openRegularFile(file);
        if (!session->problem.isEmpty())
            return;
        progress.total = static_cast<std::uint64_t>(file.size());
        *session = readSession(file, {}, [&progress](std::uint64_t read) {
            progress.done = read;
            return !progress.stop;
        });
    });
}

void SessionFiles::showOpened(const QString &path, const OpenedSession &session)
{
    const QString name = nameOf(path);
    // Without the log: a bar is no owner of that.
    const auto first = [lines = session.damagedLines, damaged = session.damaged] {
        QStringList said;
        for (const OpenedSession::DamagedLine &line : lines)
            said << tr("line %1: %2").arg(formatCount(line.line), line.words());
        if (damaged > lines.size())
            said << tr("and so on");
        return said.join(u"; "_s);
    };
    if (!session.problem.isEmpty() || (session.rows == 0 && session.damaged > 0)) {
        MessageBar *bar = m_messages.show(
            u"session"_s, MessageBar::Kind::Error, [name, first, why = session.problem] {
                return why.isEmpty()
                           ? tr("%1 holds no traffic that could be read (%2).").arg(name, first())
                           : tr("%1 could not be read: %2").arg(name, why);
            });
        bar->addButton(tr("Choose…"), [this] { askOpen(); });
        return;
    }
    m_panel.showSession(QFileInfo(path).fileName(), session.log);
    if (session.damaged == 0 && !session.cutShort)
        return;
    m_messages.show(
        u"session"_s, MessageBar::Kind::Warning,
        [name, first, damaged = session.damaged, rows = session.rows, cut = session.cutShort] {
            QStringList words;
            if (damaged > 0)
                words << tr("%1 line(s) of %2 could not be read (%3).", nullptr, pluralOf(damaged))
                             .arg(formatCount(damaged), name, first());
            if (cut)
                words << tr("Only the first %1 rows of %2 are shown: a session holds at most %3 "
                            "rows and %4.")
                             .arg(formatCount(rows), name, formatCount(SessionLimits{}.rows),
                                  formatBytes(SessionLimits{}.bytes));
            return words.join(u' ');
        });
}

bool SessionFiles::eventFilter(QObject *watched, QEvent *event)
{
    // A drag of anything else is left to the window.
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        const QString path = droppedSession(drop->mimeData());
        if (!path.isEmpty()) {
            drop->acceptProposedAction();
            if (event->type() == QEvent::Drop)
                open(path);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace pushdeck
