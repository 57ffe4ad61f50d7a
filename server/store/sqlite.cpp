// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite.h"

#include <QFile>

#include <sqlite3.h>

namespace pushdeck::sqlite {

bool isDamage(Code code)
{
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_FORMAT;
}

bool isInUse(Code code)
{
    const int primary = code & 0xff;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

QString wordsFor(Code code)
{
    return QString::fromUtf8(sqlite3_errstr(code));
}

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement &Statement::bind(int index, std::int64_t value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement.get(), index, value);
    return *this;
}

Statement &Statement::bind(int index, const QByteArray &value)
{
    // The data pointer of a null byte array is not null: an empty value, never SQL's NULL.
    if (m_statement)
        sqlite3_bind_blob64(m_statement.get(), index, value.constData(),
                            static_cast<sqlite3_uint64>(value.size()), SQLITE_STATIC);
    return *this;
}

Code Statement::run()
{
    if (!m_statement)
        return SQLITE_MISUSE;
    sqlite3_step(m_statement.get());
    m_code = sqlite3_reset(m_statement.get());
    return m_code;
}

bool Statement::next()
{
    if (!m_statement) {
        m_code = SQLITE_MISUSE;
        return false;
    }
    const int stepped = sqlite3_step(m_statement.get());
    if (stepped == SQLITE_ROW)
        return true;
    m_code = sqlite3_reset(m_statement.get());
    return false;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArray Statement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(data), sqlite3_column_bytes(m_statement.get(), column)};
}

void Database::Closer::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database);
}

std::pair<std::unique_ptr<Database>, Code> Database::open(const QString &fileName)
{
    // Made here, so that nobody else can read what clients said to each other.
    QFile file(fileName);
    const bool isNew = !file.exists();
    if (isNew && file.open(QIODevice::WriteOnly)) {
        file.close();
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    sqlite3 *handle = nullptr;
    const int code =
        sqlite3_open_v2(QFile::encodeName(fileName).constData(), &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    auto database = std::make_unique<Database>();
    database->m_database.reset(handle);
    if (code != SQLITE_OK)
        return {nullptr, code};
    sqlite3_extended_result_codes(handle, 1);
    return {std::move(database), SQLITE_OK};
}

Code Database::execute(const char *sql)
{
    m_code = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    return m_code;
}

Statement Database::prepare(const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    m_code = sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                                nullptr);
    return Statement(statement);
}

std::int64_t Database::integer(const char *sql)
{
    Statement statement = prepare(sql);
    const std::int64_t value = statement.next() ? statement.integer(0) : 0;
    if (m_code == SQLITE_OK)
        m_code = statement.code();
    return value;
}

QString Database::words() const
{
    return QString::fromUtf8(sqlite3_errmsg(m_database.get()));
}

} // namespace pushdeck::sqlite
