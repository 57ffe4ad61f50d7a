// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/historykeeper.h"
#include "core/past.h"
#include "core/result.h"
#include "store/sqlite.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace pushdeck {

/// The history on disk, in one SQLite file (`--history-file`).
///
/// A message is written before anybody gets it, each in a transaction of its own in SQLite's
/// write-ahead log: what a client has seen survives the end of the process, `kill -9` included. It
/// is not forced onto the disk one by one (that would cost milliseconds each), so a power cut may
/// take the last of it: then, as after any failed write, the next run begins a new epoch, and
/// cursors of the old one are told a gap.
///
/// Messages to one client are not kept: client ids end with the run.
///
/// The file is for one process at a time. One thread. It is closed well by the destructor.
class HistoryFile final : public HistoryKeeper
{
public:
    /// Opens or creates the file. One that is damaged is renamed to `FILE.damaged-<time>` (see
    /// setAside()) and a new one begun; one that is in use, of another program, of a later
    /// Pushdeck, or that cannot be opened is refused and left alone. `freshEpoch` is for a history
    /// that begins.
    static Result<std::unique_ptr<HistoryFile>> open(const QString &fileName,
                                                     const QByteArray &freshEpoch);
    ~HistoryFile() override;

    /// What the file holds; once, after opening.
    [[nodiscard]] Past takePast() { return std::move(m_past); }

    /// The name under which a damaged file was kept; empty: it was none.
    [[nodiscard]] const QString &setAside() const { return m_setAside; }

    /// Called once, with the reason, when writing fails: nothing is kept from then on.
    void onFailure(std::function<void(const QString &words)> failed)
    {
        m_onFailure = std::move(failed);
    }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

    void added(const QByteArray &name, const Message &message) override;
    void began(const QByteArray &name, std::uint64_t forgottenThrough) override;
    void evicted(const QByteArray &name, std::uint64_t sequence) override;
    void forgotten(const QByteArray &name, std::uint64_t sequence) override;

private:
    /// What went from the memory and not yet from the file.
    struct Leaving
    {
        QByteArray name;
        std::uint64_t sequence = 0;
        bool whole = false; ///< with everything older of that name, which is gone
    };

    HistoryFile() = default;

    [[nodiscard]] sqlite::Code load(const QString &fileName, const QByteArray &freshEpoch);
    [[nodiscard]] sqlite::Code readPast();
    [[nodiscard]] sqlite::Code begin(bool isIntact, const QByteArray &freshEpoch);
    [[nodiscard]] sqlite::Code prepare();
    [[nodiscard]] sqlite::Code writeLeaving();
    void leave(Leaving leaving);
    void close();
    void check(sqlite::Code code);
    void fail(const QString &words);

    std::unique_ptr<sqlite::Database> m_database;
    sqlite::Statement m_insert;
    sqlite::Statement m_count;
    sqlite::Statement m_deleteOne;
    sqlite::Statement m_noteGone;
    sqlite::Statement m_deleteAll;
    sqlite::Statement m_deleteGone;
    sqlite::Statement m_noteForgotten;
    std::vector<Leaving> m_leaving;
    QString m_runningMark; ///< the file that says which boot of the machine we run in
    QString m_setAside;
    Past m_past;
    std::function<void(const QString &)> m_onFailure;
    bool m_failed = false;
};

} // namespace pushdeck
