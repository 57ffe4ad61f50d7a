// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

namespace pushdeck {

namespace {

constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                       QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

/// The window's own state and the longest lists come to a tenth of it.
constexpr qint64 kMostBytes = 4 * 1024 * 1024;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::SettingsFile)
};

QString usualPath()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    constexpr auto kFormat = QSettings::NativeFormat; // the same text, under the usual name
#else
    constexpr auto kFormat = QSettings::IniFormat;
#endif
    // Asked for a neighbour that there is not: QSettings opens the file it is asked for, and that
    // may be anything before it was looked at.
    const QFileInfo neighbour(QSettings(kFormat, QSettings::UserScope, QStringLiteral("pushdeck"),
                                        QStringLiteral("place"))
                                  .fileName());
    return neighbour.dir().filePath(QStringLiteral("Pushdeck.") + neighbour.suffix());
}

bool isDamaged(const QString &path)
{
    QFile file(path);
    // A pipe would be waited for, a device has no end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray bytes = file.read(kMostBytes + 1);
    // QSettings writes text only; it reads a file with NULs as far as it understands it.
    if (bytes.size() > kMostBytes || bytes.contains('\0'))
        return true;
    const QSettings settings(path, QSettings::IniFormat);
    // Sections are read when they are asked for, and only then found to be broken.
    (void)settings.allKeys();
    return settings.status() == QSettings::FormatError;
}

QString asideName(const QString &path)
{
    QString name = path + QStringLiteral(".damaged");
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = QStringLiteral("%1.damaged-%2").arg(path).arg(i);
    return name;
}

/// Where there is none, so that it never is what others may read.
void makeEmpty(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    // Not written over, should another program have been quicker.
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly))
        file.close();
}

} // namespace

SettingsFile prepareSettingsFile(const QString &path)
{
    SettingsFile result{path.isEmpty() ? usualPath() : path, {}};
    const QString shown = QDir::toNativeSeparators(result.path);
    if (QFileInfo::exists(result.path) && isDamaged(result.path)) {
        const QString aside = asideName(result.path);
        if (QFile::rename(result.path, aside)) {
            QFile::setPermissions(aside, kOwnerOnly);
            result.problem = [kept = QDir::toNativeSeparators(aside)] {
                return Words::tr(
                           "The settings could not be read. They were kept as %1, and new "
                           "ones begun.")
                    .arg(kept);
            };
        } else {
            result.problem = [shown] {
                return Words::tr("The settings in %1 could not be read, nor kept aside.")
                    .arg(shown);
            };
        }
    }
    if (!QFileInfo::exists(result.path))
        makeEmpty(result.path);
#ifdef Q_OS_UNIX
    const QFile::Permissions now = QFile::permissions(result.path);
    if (QFileInfo::exists(result.path) && (now & kOthers) &&
        !QFile::setPermissions(result.path, kOwnerOnly) && !result.problem)
        result.problem = [shown] {
            return Words::tr("Others on this machine may read %1, and with it the tokens.")
                .arg(shown);
        };
#endif
    return result;
}

} // namespace pushdeck
