// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/broadcastpopup.h"

#include "ui/i18n/serverwords.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/tones.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 360;
constexpr int kFrame = 24; // no desktop's is wider; titles are up to twice as high
// The composer counts from one; the two never meet.
constexpr std::uint64_t kFirstRef = 1ull << 62;
constexpr int kMostCharacters = 10'000;
constexpr qsizetype kWordsCharacters = 200;

} // namespace

BroadcastPopup::BroadcastPopup(QWidget *parent)
    : QWidget(parent, Qt::Tool | Qt::WindowStaysOnTopHint),
      m_line(new QLineEdit(this)),
      m_result(new QLabel(this)),
      m_lastRef(kFirstRef)
{
    setObjectName(u"broadcast"_s);
    setWindowTitle(tr("Broadcast"));
    // Not the program's last window, even if it is the only one shown.
    setAttribute(Qt::WA_QuitOnClose, false);
    m_line->setObjectName(u"broadcastLine"_s);
    m_line->setAccessibleName(tr("Message for every client"));
    m_line->setPlaceholderText(tr("Message for every client"));
    m_line->setMaxLength(kMostCharacters);
    m_result->setObjectName(u"broadcastResult"_s);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_line);
    layout->addWidget(m_result);
    setFixedWidth(kWidth);
    connect(m_line, &QLineEdit::returnPressed, this, &BroadcastPopup::send);
}

void BroadcastPopup::popUp(const QPoint &at)
{
    say(tr("Enter sends it, Escape closes."), true);
    adjustSize();
    const QScreen *screen = QGuiApplication::screenAt(at);
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    // Where it stands includes a frame that is not there before it is shown.
    const QRect room =
        screen->availableGeometry().adjusted(0, 0, -width() - kFrame, -height() - 2 * kFrame);
    move(std::clamp(at.x() - width() / 2, room.left(), std::max(room.left(), room.right())),
         std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom())));
    show();
    raise();
    activateWindow();
    m_line->selectAll();
    m_line->setFocus(Qt::PopupFocusReason);
}

void BroadcastPopup::send()
{
    if (m_line->text().isEmpty())
        return;
    SendRequest request;
    request.ref = ++m_lastRef;
    request.target.kind = SendTarget::Kind::All;
    request.data = m_line->text().toUtf8();
    say(tr("Sending…"), true);
    emit sendAsked(request);
}

void BroadcastPopup::showOutcome(const SendOutcome &outcome)
{
    if (outcome.ref != m_lastRef || m_lastRef == kFirstRef)
        return;
    if (!outcome.ok) {
        say(visibleText(serverWords(outcome.words), kWordsCharacters), false);
        return;
    }
    const QString delivered = formatClients(outcome.delivered);
    say(outcome.queued > 0
            ? tr("Delivered to %1 · queued for %2").arg(delivered, formatClients(outcome.queued))
            : tr("Delivered to %1").arg(delivered),
        true);
    m_line->clear();
}

void BroadcastPopup::say(const QString &words, bool good)
{
    const Tones &tones = tonesFor(palette());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, good ? tones.muted : tones.error);
    m_result->setPalette(colours);
    m_result->setText(good ? words : u"⚠ "_s + words);
}

void BroadcastPopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace pushdeck
