// SPDX-License-Identifier: GPL-3.0-or-later
#include "operator.h"

#include "failure.h"
#include "procstat.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QCoreApplication>
#include <QEvent>
#include <QTest>

#include <random>

namespace pushdeck::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLeastMs = 350;
constexpr int kMostMs = 650;

/// Pressed at a moment, by the other thread.
class Press final : public QEvent
{
public:
    explicit Press(std::int64_t atNs) : QEvent(kType), ns(atNs) {}
    static constexpr auto kType = QEvent::Type(QEvent::User + 7);
    std::int64_t ns;
};

} // namespace

Operator::Operator(MainWindow &window) : m_window(window)
{
    auto *traffic = window.findChild<TrafficPanel *>();
    QWidget *rows = traffic->view().viewport();
    QWidget *panel = traffic;
    const auto key = [&window](Qt::Key which, Qt::KeyboardModifiers modifiers) {
        return [&window, which, modifiers] { QTest::keyClick(&window, which, modifiers); };
    };
    m_steps = {
        {"a click on a row",
         [rows] {
             QTest::mouseClick(rows, Qt::LeftButton, {}, {rows->width() / 2, rows->height() / 3});
         },
         [traffic] { return traffic->view().currentIndex().isValid() && !traffic->isFollowing(); },
         rows},
        {"Ctrl+End", key(Qt::Key_End, Qt::ControlModifier),
         [traffic] { return traffic->isFollowing(); }, rows},
        {"Ctrl+P to pause", key(Qt::Key_P, Qt::ControlModifier),
         [traffic] { return traffic->isPaused(); }, panel},
        {"Ctrl+P to go on", key(Qt::Key_P, Qt::ControlModifier),
         [traffic] { return !traffic->isPaused(); }, panel},
    };
    rows->installEventFilter(this);
    panel->installEventFilter(this);
}

Operator::~Operator()
{
    m_ended = true;
    if (m_thread.joinable())
        m_thread.join();
}

void Operator::start()
{
    m_ended = false;
    m_thread = std::thread([this] { press(); });
}

void Operator::stop()
{
    m_ended = true;
    m_thread.join();
    QCoreApplication::sendPostedEvents(this, Press::kType);
    const auto idle = [this] { return m_current == nullptr; };
    if (!QTest::qWaitFor(idle, 5'000))
        m_failure = std::string(m_current->name) + " was never painted";
    // Not measured: leaves the log followed.
    while (m_next != 0 && m_failure.empty()) {
        m_steps[m_next].press();
        m_next = (m_next + 1) % m_steps.size();
    }
}

void Operator::press()
{
    std::minstd_rand random(7);
    std::uniform_int_distribution<int> pause(kLeastMs, kMostMs);
    while (!m_ended) {
        std::this_thread::sleep_for(std::chrono::milliseconds(pause(random)));
        if (!m_ended)
            QCoreApplication::postEvent(this, new Press(nowNs()));
    }
}

bool Operator::event(QEvent *event)
{
    if (event->type() != Press::kType)
        return QObject::event(event);
    act(static_cast<Press *>(event)->ns);
    return true;
}

void Operator::act(std::int64_t pressedNs)
{
    if (m_current || !m_failure.empty())
        return; // the one before is not painted yet; its time goes on
    m_current = &m_steps[m_next];
    m_next = (m_next + 1) % m_steps.size();
    m_pressedNs = pressedNs;
    m_painted = false;
    m_current->press();
    if (!m_current->done()) {
        m_failure = std::string(m_current->name) + " did nothing";
        m_current = nullptr;
    } else {
        // What is to be seen may have been painted before: then this paints it once more.
        m_current->painted->update();
    }
}

bool Operator::eventFilter(QObject *watched, QEvent *event)
{
    if (m_current && !m_painted && event->type() == QEvent::Paint &&
        watched == m_current->painted) {
        m_painted = true;
        // Queued: the painting begins now.
        QMetaObject::invokeMethod(this, &Operator::finish, Qt::QueuedConnection);
    }
    return false;
}

void Operator::finish()
{
    m_times.add(nowNs() - m_pressedNs);
    m_current = nullptr;
}

Operator::Actions Operator::actions() const
{
    if (!m_failure.empty())
        throw Failure(m_failure);
    return {m_times.total(), m_times.largest(), m_times.percentile(50)};
}

} // namespace pushdeck::bench
