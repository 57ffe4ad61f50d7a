// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace pushdeck::sqlite {

/// What SQLite answers with; see <https://sqlite.org/rescode.html>. 0 is success.
using Code = int;

/// True for a file that is no database, or one that is broken.
[[nodiscard]] bool isDamage(Code code);

/// True where another process has the file open.
[[nodiscard]] bool isInUse(Code code);

/// A prepared statement, used once and again. One thread; dies before its database.
class Statement final
{
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}

    /// Values are counted from 1, and must live until run() or the last next().
    Statement &bind(int index, std::int64_t value);
    Statement &bind(int index, const QByteArray &value);

    /// Executes a statement without rows.
    Code run();
    /// Steps to the next row; false at the end or at an error, which is then in code().
    bool next();
    [[nodiscard]] Code code() const { return m_code; }

    /// Of the current row, counted from 0.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    Code m_code = 0;
};

/// An open database file. One thread.
class Database final
{
public:
    /// Creates the file where there is none, readable by its owner only. The database is null where
    /// the code is not 0.
    static std::pair<std::unique_ptr<Database>, Code> open(const QString &fileName);

    Code execute(const char *sql);
    [[nodiscard]] Statement prepare(const char *sql);
    /// The first column of the first row; 0 where there is none.
    [[nodiscard]] std::int64_t integer(const char *sql);

    [[nodiscard]] Code code() const { return m_code; }
    /// The last error in SQLite's words.
    [[nodiscard]] QString words() const;

private:
    struct Closer
    {
        void operator()(sqlite3 *database) const;
    };
    std::unique_ptr<sqlite3, Closer> m_database;
    Code m_code = 0;
};

/// SQLite's words for a code.
[[nodiscard]] QString wordsFor(Code code);

} // namespace pushdeck::sqlite
