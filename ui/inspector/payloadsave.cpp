// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadsave.h"

#include <QSaveFile>

#include <algorithm>

namespace pushdeck {

PayloadSave::~PayloadSave() = default;

void PayloadSave::save(const QByteArray &payload, const QString &path)
{
    auto error = std::make_shared<QString>(); // read only after the thread has ended
    const Background *job = m_jobs.emplace_back(std::make_unique<Background>()).get();
    connect(job, &Background::finished, this, [this, job, path, error] {
        const auto done = std::find_if(m_jobs.begin(), m_jobs.end(),
                                       [job](const auto &other) { return other.get() == job; });
        done->release()->deleteLater(); // this runs in a signal of its own
        m_jobs.erase(done);
        if (error->isEmpty())
            emit saved(path);
        else
            emit failed(path, *error);
    });
    // Not stopped halfway, whatever the flag says: what was asked to be kept is kept.
    m_jobs.back()->start([payload, path, error](Background::Progress &) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(payload) != payload.size() ||
            !file.commit())
            *error = file.errorString();
    });
}

} // namespace pushdeck
