// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/historyfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace pushdeck {

namespace {

using sqlite::Code;

constexpr Code kOk = 0;

/// "PDHF": says in the file's header that it is ours (sqlite.org/fileformat, 1.3.17).
constexpr std::int64_t kApplicationId = 0x50444846;
/// Of the tables below.
constexpr std::int64_t kSchema = 1;

/// What went from the memory leaves the file in batches of this many, in one transaction.
constexpr std::size_t kLeavingBatch = 256;

constexpr char kTables[] = R"(
  CREATE TABLE state(
    key TEXT PRIMARY KEY,  -- epoch, clean, sequence, forgotten
    value
  ) WITHOUT ROWID;
  CREATE TABLE messages(
    sequence INTEGER PRIMARY KEY,
    name BLOB NOT NULL,    -- the topic or shelf it stands under
    topic BLOB NOT NULL,
    event BLOB NOT NULL,
    content_type BLOB NOT NULL,
    data BLOB NOT NULL,
    utf8 INTEGER NOT NULL,
    binary INTEGER NOT NULL,
    time INTEGER NOT NULL, -- milliseconds since 1970, UTC
    publisher INTEGER NOT NULL,
    origin BLOB NOT NULL
  );
  CREATE TABLE gone(name BLOB PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE epochs(epoch BLOB PRIMARY KEY, last INTEGER NOT NULL);
)";

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::HistoryFile", text);
}

Error unavailable(const QString &words)
{
    return {ErrorKind::Unavailable, words};
}

bool isKept(const QByteArray &name)
{
    return !name.startsWith('@'); // shelves of clients
}

/// Renames the file and what SQLite keeps beside it. Empty where that fails.
QString moveAside(const QString &fileName)
{
    const QString stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString aside = QStringLiteral("%1.damaged-%2").arg(fileName, stamp);
    for (int i = 2; QFile::exists(aside); ++i)
        aside = QStringLiteral("%1.damaged-%2-%3").arg(fileName, stamp).arg(i);
    if (!QFile::rename(fileName, aside))
        return {};
    // A log that does not belong to the new file would be taken for its own.
    if (QFile::exists(fileName + QLatin1String("-wal")))
        QFile::rename(fileName + QLatin1String("-wal"), aside + QLatin1String("-wal"));
    return aside;
}

QByteArray contentOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.read(256) : QByteArray();
}

} // namespace

Result<std::unique_ptr<HistoryFile>> HistoryFile::open(const QString &fileName,
                                                       const QByteArray &freshEpoch)
{
    std::unique_ptr<HistoryFile> file(new HistoryFile);
    QString setAside;
    Code code = file->load(fileName, freshEpoch);
    if (sqlite::isDamage(code)) {
        file->m_database.reset();
        setAside = moveAside(fileName);
        if (setAside.isEmpty())
            return unavailable(
                tr("The history file %1 is damaged and cannot be renamed.").arg(fileName));
        file.reset(new HistoryFile);
        code = file->load(fileName, freshEpoch);
    }
    if (sqlite::isInUse(code))
        return unavailable(tr("The history file %1 is in use by another program.").arg(fileName));
    if (code != kOk)
        return unavailable(
            tr("The history file %1 cannot be used: %2.").arg(fileName, sqlite::wordsFor(code)));
    if (!file->m_database)
        return unavailable(
            tr("%1 is no history file of this version of Pushdeck; it was left as it is.")
                .arg(fileName));
    file->m_setAside = setAside;
    return file;
}

/// Without an error and without a database: the file is not for us.
Code HistoryFile::load(const QString &fileName, const QByteArray &freshEpoch)
{
    Code code = kOk;
    std::tie(m_database, code) = sqlite::Database::open(fileName);
    if (code != kOk)
        return code;
    // Exclusive: a second program is refused, and SQLite needs no shared memory beside the file.
    if ((code = m_database->execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                                    "BEGIN EXCLUSIVE; COMMIT;")) != kOk)
        return code;
    const std::int64_t application = m_database->integer("PRAGMA application_id");
    const std::int64_t tables = m_database->integer("SELECT count(*) FROM sqlite_schema");
    if (m_database->code() != kOk)
        return m_database->code();
    const bool isNew = application == 0 && tables == 0;
    if (isNew) {
        const QByteArray header =
            "BEGIN; PRAGMA application_id=" + QByteArray::number(qlonglong(kApplicationId)) +
            "; PRAGMA user_version=" + QByteArray::number(qlonglong(kSchema)) + ';' + kTables +
            "COMMIT;";
        if ((code = m_database->execute(header.constData())) != kOk)
            return code;
    } else if (application != kApplicationId ||
               m_database->integer("PRAGMA user_version") != kSchema) {
        m_database.reset();
        return kOk;
    } else if (m_database->integer("SELECT quick_check <> 'ok' FROM pragma_quick_check(1)") != 0) {
        return 11; // SQLITE_CORRUPT
    }
    if (m_database->code() != kOk)
        return m_database->code();

    m_runningMark = fileName + QLatin1String("-running");
    const bool isClean = m_database->integer("SELECT value FROM state WHERE key='clean'") != 0;
    const bool sameBoot =
        !QSysInfo::bootUniqueId().isEmpty() && contentOf(m_runningMark) == QSysInfo::bootUniqueId();
    if ((code = readPast()) != kOk)
        return code;
    if ((code = begin(isNew || isClean || sameBoot, freshEpoch)) != kOk)
        return code;
    return prepare();
}

Code HistoryFile::readPast()
{
    sqlite::Statement epoch = m_database->prepare("SELECT value FROM state WHERE key='epoch'");
    if (epoch.next())
        m_past.epoch = epoch.bytes(0);
    m_past.sequence = static_cast<std::uint64_t>(
        m_database->integer("SELECT value FROM state WHERE key='sequence'"));
    m_past.forgotten = static_cast<std::uint64_t>(
        m_database->integer("SELECT value FROM state WHERE key='forgotten'"));
    m_past.sequence = std::max(m_past.sequence, m_past.forgotten);

    sqlite::Statement rows = m_database->prepare(
        "SELECT sequence, name, topic, event, content_type, data, utf8, binary, time, publisher,"
        " origin FROM messages ORDER BY sequence");
    while (rows.next()) {
        Past::Remembered one;
        one.fields.sequence = static_cast<std::uint64_t>(rows.integer(0));
        one.name = rows.bytes(1);
        one.fields.topic = rows.bytes(2);
        one.fields.event = rows.bytes(3);
        one.fields.contentType = rows.bytes(4);
        one.fields.data = rows.bytes(5);
        one.fields.utf8 = rows.integer(6) != 0;
        one.fields.binary = rows.integer(7) != 0;
        one.fields.timeMs = rows.integer(8);
        one.fields.publisher =
            static_cast<Publisher>(std::clamp<std::int64_t>(rows.integer(9), 0, 2));
        one.fields.origin = rows.bytes(10);
        m_past.sequence = std::max(m_past.sequence, one.fields.sequence);
        m_past.messages.push_back(std::move(one));
    }
    if (rows.code() != kOk)
        return rows.code();

    sqlite::Statement gone = m_database->prepare("SELECT name, sequence FROM gone");
    while (gone.next()) {
        m_past.gone.push_back({gone.bytes(0), static_cast<std::uint64_t>(gone.integer(1))});
        m_past.sequence = std::max(m_past.sequence, m_past.gone.back().sequence);
    }
    sqlite::Statement epochs = m_database->prepare("SELECT epoch, last FROM epochs ORDER BY rowid");
    while (epochs.next())
        m_past.earlier.push_back({epochs.bytes(0), static_cast<std::uint64_t>(epochs.integer(1))});
    return std::max({epoch.code(), gone.code(), epochs.code(), m_database->code()});
}

Code HistoryFile::begin(bool isIntact, const QByteArray &freshEpoch)
{
    const bool isFresh = m_past.epoch.isEmpty() || !isIntact;
    Code code = m_database->execute("BEGIN");
    if (code != kOk)
        return code;
    if (isFresh && !m_past.epoch.isEmpty()) {
        m_past.earlier.push_back({m_past.epoch, m_past.sequence});
        code = m_database->prepare("INSERT OR REPLACE INTO epochs VALUES(?, ?)")
                   .bind(1, m_past.epoch)
                   .bind(2, static_cast<std::int64_t>(m_past.sequence))
                   .run();
    }
    if (isFresh) {
        const auto isKnown = [this](const QByteArray &epoch) {
            return std::any_of(m_past.earlier.begin(), m_past.earlier.end(),
                               [&epoch](const auto &earlier) { return earlier.epoch == epoch; });
        };
        m_past.epoch = freshEpoch;
        while (isKnown(m_past.epoch))
            m_past.epoch += 'x';
    }
    if (code == kOk)
        code = m_database->prepare("INSERT OR REPLACE INTO state VALUES('epoch', ?)")
                   .bind(1, m_past.epoch)
                   .run();
    if (code == kOk)
        code = m_database->execute(
            "INSERT OR REPLACE INTO state VALUES('clean', 0);"
            "INSERT OR IGNORE INTO state VALUES('sequence', 0);"
            "INSERT OR IGNORE INTO state VALUES('forgotten', 0);");
    // Forced onto the disk, unlike all that follows: after a power cut the file must not look as
    // if it had been closed well before.
    return code == kOk ? m_database->execute("COMMIT; PRAGMA synchronous=NORMAL") : code;
}

Code HistoryFile::prepare()
{
    const auto prepared = [this](const char *sql) { return m_database->prepare(sql); };
    m_insert = prepared("INSERT INTO messages VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    m_count = prepared("UPDATE state SET value=?1 WHERE key='sequence' AND value<?1");
    m_deleteOne = prepared("DELETE FROM messages WHERE sequence=?");
    m_noteGone = prepared("INSERT OR REPLACE INTO gone VALUES(?, ?)");
    m_deleteAll = prepared("DELETE FROM messages WHERE name=?1 AND sequence<=?2");
    m_deleteGone = prepared("DELETE FROM gone WHERE name=?");
    m_noteForgotten = prepared("UPDATE state SET value=?1 WHERE key='forgotten' AND value<?1");
    if (m_database->code() != kOk)
        return m_database->code();

    QFile mark(m_runningMark);
    if (mark.open(QIODevice::WriteOnly))
        mark.write(QSysInfo::bootUniqueId());
    return kOk;
}

HistoryFile::~HistoryFile()
{
    // Without a mark it was never begun.
    if (m_database && !m_failed && !m_runningMark.isEmpty())
        close();
}

void HistoryFile::close()
{
    m_onFailure = {};
    check(writeLeaving());
    if (m_failed)
        return;
    check(
        m_database->execute("PRAGMA synchronous=FULL;"
                            "UPDATE state SET value=1 WHERE key='clean'"));
    if (!m_failed)
        QFile::remove(m_runningMark);
}

void HistoryFile::added(const QByteArray &name, const Message &message)
{
    if (m_failed)
        return;
    const Message::Fields &fields = message.fields();
    const auto sequence = static_cast<std::int64_t>(fields.sequence);
    if (!isKept(name)) {
        // Its number must not be given again.
        check(m_count.bind(1, sequence).run());
        return;
    }
    check(m_insert.bind(1, sequence)
              .bind(2, name)
              .bind(3, fields.topic)
              .bind(4, fields.event)
              .bind(5, fields.contentType)
              .bind(6, fields.data)
              .bind(7, fields.utf8 ? 1 : 0)
              .bind(8, fields.binary ? 1 : 0)
              .bind(9, fields.timeMs)
              .bind(10, static_cast<int>(fields.publisher))
              .bind(11, fields.origin)
              .run());
}

void HistoryFile::began(const QByteArray &name, std::uint64_t forgottenThrough)
{
    // At once: what was forgotten may have left the file already.
    if (!m_failed && isKept(name))
        check(m_noteGone.bind(1, name).bind(2, static_cast<std::int64_t>(forgottenThrough)).run());
}

void HistoryFile::evicted(const QByteArray &name, std::uint64_t sequence)
{
    leave({name, sequence, false});
}

void HistoryFile::forgotten(const QByteArray &name, std::uint64_t sequence)
{
    leave({name, sequence, true});
}

void HistoryFile::leave(Leaving leaving)
{
    if (m_failed || !isKept(leaving.name))
        return;
    m_leaving.push_back(std::move(leaving));
    if (m_leaving.size() >= kLeavingBatch)
        check(writeLeaving());
}

Code HistoryFile::writeLeaving()
{
    if (m_leaving.empty())
        return kOk;
    Code code = m_database->execute("BEGIN");
    for (const Leaving &leaving : m_leaving) {
        const auto sequence = static_cast<std::int64_t>(leaving.sequence);
        if (code == kOk)
            code = leaving.whole ? m_deleteAll.bind(1, leaving.name).bind(2, sequence).run()
                                 : m_deleteOne.bind(1, sequence).run();
        if (code == kOk)
            code = leaving.whole ? m_deleteGone.bind(1, leaving.name).run()
                                 : m_noteGone.bind(1, leaving.name).bind(2, sequence).run();
        if (code == kOk && leaving.whole)
            code = m_noteForgotten.bind(1, sequence).run();
    }
    m_leaving.clear();
    return code == kOk ? m_database->execute("COMMIT") : code;
}

void HistoryFile::check(Code code)
{
    if (code != kOk && !m_failed)
        fail(sqlite::wordsFor(code));
}

void HistoryFile::fail(const QString &words)
{
    m_failed = true;
    // Without the mark the next run knows that messages are missing. A full disk lets it go.
    QFile::remove(m_runningMark);
    if (m_onFailure)
        m_onFailure(words);
}

} // namespace pushdeck
