// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/background.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <vector>

namespace pushdeck {

/// Writes payloads into files, each on a thread of its own: a large one, or a slow disk, does not
/// hold the window up. A file is there whole or not at all. Lives on the GUI thread; destroying it
/// waits for what is being written.
class PayloadSave final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~PayloadSave() override;

    /// What stands at `path` is replaced once all is written.
    void save(const QByteArray &payload, const QString &path);
    [[nodiscard]] bool isBusy() const { return !m_jobs.empty(); }

signals:
    void saved(const QString &path);
    void failed(const QString &path, const QString &why);

private:
    std::vector<std::unique_ptr<Background>> m_jobs;
};

} // namespace pushdeck
