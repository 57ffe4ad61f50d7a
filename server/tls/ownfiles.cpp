// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/ownfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <unistd.h>

#include <cstdio>
#endif

namespace pushdeck {

namespace {

constexpr QFile::Permissions kOwnersFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions kOwnersFolder = kOwnersFile | QFile::ExeOwner;
constexpr qint64 kMostBytes = 1024 * 1024;

Error unavailable(const QString &words)
{
    return {ErrorKind::Unavailable, words};
}

/// On the disk, not in a cache that a power cut empties.
bool sync([[maybe_unused]] QFile &file)
{
#ifdef Q_OS_UNIX
    return file.flush() && ::fsync(file.handle()) == 0;
#else
    return file.flush();
#endif
}

/// Over what is there, in one step.
bool rename(const QString &from, const QString &to)
{
#ifdef Q_OS_UNIX
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
#else
    return (!QFile::exists(to) || QFile::remove(to)) && QFile::rename(from, to);
#endif
}

} // namespace

std::optional<Error> makePrivateFolder(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    if (!QDir().mkpath(path))
        return unavailable(QStringLiteral("The folder %1 cannot be made.").arg(shown));
#ifdef Q_OS_UNIX
    if (!QFile::setPermissions(path, kOwnersFolder))
        return unavailable(QStringLiteral("The folder %1 is another user's.").arg(shown));
#endif
    return std::nullopt;
}

std::optional<Error> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    const QString begun = path + QStringLiteral(".new");
    QFile::remove(begun); // of a run that was killed
    QFile file(begun);
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnersFile) &&
                         file.write(bytes) == bytes.size() && sync(file);
    file.close();
    if (written && rename(begun, path))
        return std::nullopt;
    QFile::remove(begun);
    return unavailable(QStringLiteral("%1 cannot be written: %2")
                           .arg(QDir::toNativeSeparators(path), file.errorString()));
}

Result<QByteArray> readSmallFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Error{ErrorKind::NotFound, QStringLiteral("There is no such file.")};
    if (QFileInfo(path).isDir())
        return unavailable(QStringLiteral("This is a folder, not a file."));
    if (!file.open(QIODevice::ReadOnly))
        return unavailable(QStringLiteral("This file cannot be read: %1").arg(file.errorString()));
    const QByteArray bytes = file.read(kMostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return unavailable(QStringLiteral("This file cannot be read: %1").arg(file.errorString()));
    if (bytes.size() > kMostBytes)
        return unavailable(QStringLiteral("This file is too large for what it should be."));
    return bytes;
}

QString keepAside(const QString &path)
{
    QString name = path + QStringLiteral(".damaged");
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = QStringLiteral("%1.damaged-%2").arg(path).arg(i);
    return QFile::rename(path, name) ? name : QString();
}

} // namespace pushdeck
