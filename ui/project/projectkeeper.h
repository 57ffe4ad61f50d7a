// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/i18n/wording.h"
#include "ui/project/project.h"

#include <QObject>

class QSettings;

namespace pushdeck {

/// The project that is open, and its file. No widgets.
///
/// A file that cannot be read is never written over: opening it fails, the project that was open
/// stays, and a save onto it later first keeps it aside as "<name>.damaged".
class ProjectKeeper final : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMostRecent = 5;

    explicit ProjectKeeper(QObject *parent = nullptr);

    [[nodiscard]] const Project &project() const { return m_project; }
    [[nodiscard]] const QString &path() const { return m_path; } ///< empty: never saved
    [[nodiscard]] bool isDirty() const { return m_project != m_written; }
    [[nodiscard]] const QStringList &recent() const { return m_recent; } ///< the latest first
    /// "demo", from demo.pushdeck.json; empty without a file and without messages.
    [[nodiscard]] QString title() const;

    /// The operator's change; unsaved until it is saved.
    void change(const Project &project);

    void startNew();
    /// False: `problemFound` tells why, nothing has changed.
    bool open(const QString &path);
    bool saveTo(const QString &path);

    void save(QSettings &settings) const;
    /// The recent files, and the project of the last time.
    void restore(const QSettings &settings);

signals:
    void changed();
    void problemFound(const pushdeck::Wording &words);
    void noted(const pushdeck::Wording &words);

private:
    void remember(const QString &path);

    Project m_project;
    Project m_written; ///< as it is in the file
    QString m_path;
    QStringList m_recent;
};

} // namespace pushdeck
