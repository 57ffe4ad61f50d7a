// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/background.h"
#include "ui/export/trafficwriter.h"
#include "ui/traffic/trafficfilter.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace pushdeck {

class TrafficModel;

/// What to write where.
struct ExportRequest
{
    QString path;
    ExportFormat format = ExportFormat::Jsonl;
    TrafficFilter filter; ///< empty: every row
    QString baseUrl;      ///< as in ServerAddress::url, for HAR
};

/// How it went.
struct ExportOutcome
{
    enum class Kind { Written, Cancelled, Failed };
    Kind kind = Kind::Failed;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t lost = 0; ///< dropped by the log's bounds before they were copied
    bool rowsGone = false;  ///< failed: the rows were closed before they were copied
    QString words;          ///< else what the system says to why it failed

    /// Why it failed, in words for a person.
    [[nodiscard]] QString why() const;
};

/// Writes what a model holds at the moment of `start` into a file. The rows are copied on the GUI
/// thread a few milliseconds a turn (a copy shares the payload); filtering, formatting and writing
/// happen on another thread. The file appears whole or not at all: a file that was there stays as
/// it was until the new one is complete.
class ExportJob final : public QObject
{
    Q_OBJECT

public:
    ExportJob(const TrafficModel &model, ExportRequest request, QObject *parent = nullptr);
    ~ExportJob() override;

    void start();
    void cancel();
    [[nodiscard]] const ExportRequest &request() const { return m_request; }

signals:
    void progressed(quint64 done, quint64 total);
    void finished(const pushdeck::ExportOutcome &outcome);

private:
    struct Shared;

    void collect();
    static void run(Shared &shared, Background::Progress &progress);
    static void write(Shared &shared, Background::Progress &progress);

    const ExportRequest m_request;
    QPointer<const TrafficModel> m_model;
    QTimer m_turn;
    std::uint64_t m_first = 0; // the rows to write are [m_first, m_until)
    std::uint64_t m_next = 0;
    std::uint64_t m_until = 0;
    std::shared_ptr<Shared> m_shared; // the worker's once it runs, ours again when it has finished
    Background m_background;
};

} // namespace pushdeck

Q_DECLARE_METATYPE(pushdeck::ExportOutcome)
