// SPDX-License-Identifier: GPL-3.0-or-later
#include "load.h"

#include "failure.h"

#include <QCoreApplication>
#include <QDir>
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
            result.value("publish_s"_L1).toDouble(),
            result.value("deliveries_per_s"_L1).toDouble(),
            latency.value("p50"_L1).toDouble(),
            latency.value("p99"_L1).toDouble(),
            result.value("cpu_us_per_delivery"_L1).toDouble()};
}

HeadlessServer::HeadlessServer()
{
    m_process.start(QCoreApplication::applicationDirPath() + u"/pushdeck"_s,
                    {u"--headless"_s, u"--port"_s, u"0"_s, u"--bind"_s, u"127.0.0.1"_s});
    QByteArray said;
    while (!said.contains('\n') && m_process.waitForReadyRead(10'000))
        said += m_process.readAllStandardOutput();
    const QByteArray saidBefore = "listening on ";
    if (!said.startsWith(saidBefore))
        throw Failure("the server without a window did not start");
    m_url = QString::fromLatin1(said.mid(saidBefore.size()).trimmed());
}

HeadlessServer::~HeadlessServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5'000))
        m_process.kill();
    m_process.waitForFinished(1'000);
}

std::int64_t threadCpuNs(const QByteArray &name)
{
    const QDir tasks(u"/proc/self/task"_s);
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto read = [&](const QString &what) {
            QFile file(tasks.filePath(task + u'/' + what));
            return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
        };
        if (read(u"comm"_s) == name)
            return read(u"schedstat"_s).split(' ').value(0).toLongLong();
    }
    return 0;
}

} // namespace pushdeck::bench
