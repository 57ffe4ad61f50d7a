// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/exportjob.h"

#include "ui/traffic/trafficmodel.h"

#include <QElapsedTimer>
#include <QSaveFile>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Copying for so long a turn leaves the window its 60 pictures a second.
constexpr qint64 kTurnMs = 4;
constexpr std::size_t kCopiedAtOnce = 500;
constexpr qsizetype kFlushBytes = 256 * 1024;

} // namespace

struct ExportJob::Shared
{
    ExportRequest request;
    std::vector<TrafficEvent> events;
    ExportOutcome outcome;
};

QString ExportOutcome::why() const
{
    return rowsGone ? ExportJob::tr("its rows were closed before they were copied") : words;
}

ExportJob::ExportJob(const TrafficModel &model, ExportRequest request, QObject *parent)
    : QObject(parent),
      m_request(std::move(request)),
      m_model(&model),
      m_shared(std::make_shared<Shared>())
{
    m_shared->request = m_request;
    connect(&m_turn, &QTimer::timeout, this, &ExportJob::collect);
    connect(&m_background, &Background::progressed, this, &ExportJob::progressed);
    connect(&m_background, &Background::finished, this,
            [this] { emit finished(m_shared->outcome); });
}

ExportJob::~ExportJob() = default;

void ExportJob::start()
{
    m_first = m_next = m_model->firstHeld();
    m_until = m_next + m_model->held();
    m_shared->events.reserve(m_model->held());
    m_turn.start(0);
}

void ExportJob::cancel()
{
    m_background.stop();
}

void ExportJob::collect()
{
    QElapsedTimer clock;
    clock.start();
    const bool gone = !m_model;
    std::vector<TrafficEvent> &events = m_shared->events;
    while (!gone && !m_background.isStopped() && m_next < m_until && clock.elapsed() < kTurnMs)
        m_next = m_model->copyHeld(m_next, m_until, kCopiedAtOnce, events);
    if (!gone && !m_background.isStopped() && m_next < m_until)
        return;
    m_turn.stop();
    if (gone)
        m_shared->outcome.rowsGone = true;
    else
        m_shared->outcome.lost = m_until - m_first - events.size();
    // Also when there is nothing to write: so many events are freed over there, not here.
    m_background.start([shared = m_shared](Background::Progress &progress) {
        run(*shared, progress);
        shared->events = {};
    });
}

void ExportJob::run(Shared &shared, Background::Progress &progress)
{
    ExportOutcome &outcome = shared.outcome;
    if (outcome.rowsGone)
        return;
    const TrafficFilter &filter = shared.request.filter;
    if (!filter.isEmpty()) {
        std::erase_if(shared.events, [&](const TrafficEvent &event) {
            return progress.stop || !filter.matches(event);
        });
    }
    outcome.rows = shared.events.size();
    progress.total = shared.events.size();
    write(shared, progress);
    if (progress.stop && outcome.kind != ExportOutcome::Kind::Written)
        outcome.kind = ExportOutcome::Kind::Cancelled;
}

void ExportJob::write(Shared &shared, Background::Progress &progress)
{
    ExportOutcome &outcome = shared.outcome;
    if (progress.stop)
        return;
    // Not committed, it takes what it has written away with it.
    QSaveFile file(shared.request.path);
    if (!file.open(QIODevice::WriteOnly)) {
        outcome.words = file.errorString();
        return;
    }
    const auto writer =
        makeTrafficWriter(shared.request.format, shared.events, shared.request.baseUrl);
    QByteArray buffer;
    const auto flush = [&] {
        const bool written = file.write(buffer) == buffer.size() && file.flush();
        outcome.bytes += static_cast<std::uint64_t>(buffer.size());
        buffer.resize(0);
        if (!written)
            outcome.words = file.errorString();
        return written;
    };
    while (writer->writeNext(buffer)) {
        if (progress.stop)
            return;
        if (buffer.size() < kFlushBytes)
            continue;
        progress.done = writer->done();
        if (!flush())
            return;
    }
    if (!flush() || progress.stop)
        return;
    if (file.commit())
        outcome.kind = ExportOutcome::Kind::Written;
    else
        outcome.words = file.errorString();
}

} // namespace pushdeck
