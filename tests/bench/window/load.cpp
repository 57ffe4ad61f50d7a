// SPDX-License-Identifier: GPL-3.0-or-later
#include "load.h"

#include "failure.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace pushdeck::bench {

using namespace Qt::StringLiterals;

LoadResult runLoad(const QStringList &arguments)
{
    QProcess process;
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    process.start(QCoreApplication::applicationDirPath() + u"/pushdeck-bench"_s,
                  arguments + QStringList{u"--json"_s});
    loop.exec();
    if (process.error() == QProcess::FailedToStart)
        throw Failure("pushdeck-bench cannot be started: build it first");
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw Failure(process.readAllStandardError().trimmed().toStdString());
    const QJsonObject result = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const QJsonObject latency = result.value("latency_ms"_L1).toObject();
    return {static_cast<std::uint64_t>(result.value("deliveries"_L1).toInteger()),
            result.value("publish_s"_L1).toDouble(), result.value("deliveries_per_s"_L1).toDouble(),
            latency.value("p50"_L1).toDouble(), latency.value("p99"_L1).toDouble()};
}

} // namespace pushdeck::bench
