// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectkeeper.h"

#include "ui/text/regularfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// What is in a file. An error: what the system says, there is nothing to be read.
std::variant<QByteArray, QString> readFile(const QString &path)
{
    QFile file(path);
    if (const QString why = openRegularFile(file); !why.isEmpty())
        return why;
    // Not all files tell their size; a bounded read does not trust it.
    return file.read(ProjectLimits::kFileBytes + 1);
}

bool isProject(const QString &path)
{
    const auto bytes = readFile(path);
    return std::holds_alternative<QByteArray>(bytes) &&
           std::holds_alternative<ReadProject>(parseProject(std::get<QByteArray>(bytes)));
}

QString asideName(const QString &path)
{
    QString name = path + u".damaged"_s;
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = u"%1.damaged-%2"_s.arg(path).arg(i);
    return name;
}

} // namespace

ProjectKeeper::ProjectKeeper(QObject *parent) : QObject(parent)
{
    setObjectName(u"projectKeeper"_s);
}

QString ProjectKeeper::title() const
{
    if (m_path.isEmpty())
        return m_project.messages.empty() ? QString() : tr("Untitled");
    const QString name = QFileInfo(m_path).fileName();
    for (const QString &end : {u".pushdeck.json"_s, u".json"_s}) {
        if (name.endsWith(end, Qt::CaseInsensitive) && name.size() > end.size())
            return name.chopped(end.size());
    }
    return name;
}

void ProjectKeeper::change(const Project &project)
{
    m_project = project;
    emit changed();
}

void ProjectKeeper::startNew()
{
    m_project = {};
    m_written = {};
    m_path.clear();
    emit changed();
}

bool ProjectKeeper::open(const QString &path)
{
    const auto bytes = readFile(path);
    // Read once more for its words in another language: there are few ways for a file to be right,
    // and many for it to be wrong.
    const auto parsed = [bytes]() -> std::variant<ReadProject, QString> {
        if (const auto *why = std::get_if<QString>(&bytes))
            return *why;
        return parseProject(std::get<QByteArray>(bytes));
    };
    auto read = parsed();
    if (std::holds_alternative<QString>(read)) {
        m_recent.removeAll(QFileInfo(path).absoluteFilePath());
        emit changed();
        emit problemFound([parsed, shown = QDir::toNativeSeparators(path)] {
            return tr("%1 could not be opened and was left as it is. %2")
                .arg(shown, std::get<QString>(parsed()));
        });
        return false;
    }
    auto &[project, notes] = std::get<ReadProject>(read);
    m_project = project;
    m_written = std::move(project);
    remember(path);
    emit changed();
    if (!notes.isEmpty())
        emit noted([parsed, title = title()] {
            return u"%1: %2"_s.arg(title, std::get<ReadProject>(parsed()).notes.join(u"; "_s));
        });
    return true;
}

bool ProjectKeeper::saveTo(const QString &path)
{
    const bool strange = QFileInfo::exists(path) && !isProject(path);
    const QString shown = QDir::toNativeSeparators(path);
    const QString aside = strange ? asideName(path) : QString();
    if (strange && !QFile::copy(path, aside)) {
        emit problemFound([shown] {
            return tr("%1 is not a project and could not be kept aside; nothing was saved.")
                .arg(shown);
        });
        return false;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(writeProject(m_project)) < 0 ||
        !file.commit()) {
        emit problemFound([shown, why = file.errorString()] {
            return tr("%1 could not be saved: %2").arg(shown, why);
        });
        return false;
    }
    m_written = m_project;
    remember(path);
    emit changed();
    if (strange)
        emit noted([name = QFileInfo(aside).fileName()] {
            return tr("What was in the file before is kept as %1.").arg(name);
        });
    return true;
}

void ProjectKeeper::remember(const QString &path)
{
    m_path = QFileInfo(path).absoluteFilePath();
    m_recent.removeAll(m_path);
    m_recent.prepend(m_path);
    m_recent = m_recent.mid(0, kMostRecent);
}

void ProjectKeeper::save(QSettings &settings) const
{
    settings.setValue(u"project/recent"_s, m_recent);
    settings.setValue(u"project/open"_s, m_path);
}

void ProjectKeeper::restore(const QSettings &settings)
{
    m_recent = settings.value(u"project/recent"_s).toStringList().mid(0, kMostRecent);
    const QString path = settings.value(u"project/open"_s).toString();
    if (!path.isEmpty())
        open(path);
}

} // namespace pushdeck
