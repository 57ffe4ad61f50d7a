// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakeservercontrol.h"
#include "heartbeat.h"

#include "ui/mainwindow.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QDateTime>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <ctime>

namespace pushdeck {

/// A window over a server that only keeps books, and the hands to work it with.
class WindowFixture
{
public:
    explicit WindowFixture(TrafficLogLimits limits = {200'000, 256 << 20}) : control(limits)
    {
        control.snapshot.timeMs = QDateTime::currentMSecsSinceEpoch();
        window = std::make_unique<MainWindow>(control, settings);
        window->resize(1440, 900); // whatever the screen has room for
        window->show();
        [[maybe_unused]] const bool shown = QTest::qWaitForWindowExposed(window.get());
    }

    template <typename T>
    T *get(const char *name)
    {
        T *widget = window->findChild<T *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    QAction *action(const char *keys)
    {
        for (QAction *candidate : window->actions()) {
            if (candidate->shortcuts().contains(QKeySequence(QString::fromLatin1(keys))))
                return candidate;
        }
        qFatal("no action with %s", keys);
    }
    TrafficView *log() { return window->findChild<TrafficView *>(); }
    TrafficPanel *panel() { return window->findChild<TrafficPanel *>(); }
    TrafficModel &model() { return panel()->shownModel(); }

    void pull()
    {
        for (int i = 0; i < 400; ++i) {
            window->tick();
            if (control.log().newest() == model().firstHeld() + model().held() - 1 &&
                !model().isFiltering())
                break;
        }
        QCoreApplication::processEvents();
    }
    void message(const QByteArray &payload, const char *topic = "/chat", const char *event = "",
                 bool binary = false)
    {
        TrafficEvent sent;
        sent.kind = TrafficKind::Message;
        sent.direction = Direction::In;
        sent.transport = Transport::WebSocket;
        sent.clientId = 7;
        sent.client = QStringLiteral("192.168.1.27:51007");
        sent.timeMs = control.snapshot.timeMs += 10;
        sent.topic = QString::fromUtf8(topic);
        sent.event = QString::fromUtf8(event);
        sent.payload = payload;
        sent.binary = binary;
        control.writableLog().append(sent);
    }
    void choose(int row)
    {
        const QModelIndex index = log()->model()->index(row, 0);
        log()->scrollTo(index);
        QTest::mouseClick(log()->viewport(), Qt::LeftButton, {}, log()->visualRect(index).center());
    }
    QString chosen()
    {
        const QModelIndex index = log()->currentIndex();
        return index.siblingAtColumn(TrafficModel::ContentColumn).data().toString();
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    FakeServerControl control;
    std::unique_ptr<MainWindow> window;
};

} // namespace pushdeck
