// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliverysummary.h"

#include "ui/deliveries/deliverytext.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QPainter>

#include <algorithm>

namespace pushdeck {

namespace {

constexpr int kHeight = 30;
constexpr int kBar = 3;
constexpr double kLeastShare = 3;
constexpr int kMargin = 12;
constexpr int kIcon = 14;
constexpr int kBehindIcon = 5;
constexpr int kBetween = 16;

// In the order of the bar and of reading.
constexpr DeliveryState kOrder[] = {DeliveryState::Delivered, DeliveryState::Queued,
                                    DeliveryState::Pending, DeliveryState::Missed};

} // namespace

DeliverySummary::DeliverySummary(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DeliverySummary::showReport(const DeliveryReport &report)
{
    m_counts = report.counts;
    m_words = report.total() == 0 ? tr("Nobody was there to get it") : QString();
    setAccessibleName(text());
    update();
}

void DeliverySummary::showWords(const QString &words)
{
    m_counts = {};
    m_words = words;
    setAccessibleName(text());
    update();
}

void DeliverySummary::setNote(const QString &note)
{
    m_note = note;
    // Whole also where the line has no room for it.
    setToolTip(note);
    setAccessibleDescription(note);
    update();
}

QString DeliverySummary::text() const
{
    if (!m_words.isEmpty())
        return m_words;
    DeliveryReport report;
    report.counts = m_counts;
    return summaryText(report);
}

QSize DeliverySummary::sizeHint() const
{
    return {200, kHeight};
}

void DeliverySummary::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(rect(), palette().brush(QPalette::AlternateBase));
    const QRect line(kMargin, 0, width() - 2 * kMargin, kHeight - kBar);
    std::uint64_t total = 0;
    for (const std::uint64_t count : m_counts)
        total += count;
    int left = line.left();
    if (total == 0) {
        painter.setPen(tones.muted);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_words);
        left += fontMetrics().horizontalAdvance(m_words);
    }
    const auto states = std::count_if(m_counts.begin(), m_counts.end(),
                                      [](std::uint64_t count) { return count > 0; });
    const double room = width() - kLeastShare * double(states);
    double at = 0;
    for (const DeliveryState state : kOrder) {
        const std::uint64_t count = m_counts[static_cast<std::size_t>(state)];
        if (count == 0)
            continue;
        const QColor colour = stateColour(state, tones);
        const QRect icon(left, line.center().y() - kIcon / 2 + 1, kIcon, kIcon);
        tintedIcon(stateIcon(state), colour).paint(&painter, icon);
        const QString words = stateCount(state, count);
        painter.setFont(state == DeliveryState::Delivered ? font() : strong(font()));
        painter.setPen(palette().color(QPalette::Text));
        const int wordsWidth = painter.fontMetrics().horizontalAdvance(words);
        painter.drawText(QRect(icon.right() + kBehindIcon, 0, wordsWidth + 2, line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, words);
        left = icon.right() + kBehindIcon + wordsWidth + kBetween;
        // At least a few pixels: one of thousands that missed it must be seen.
        const double share = kLeastShare + room * double(count) / double(total);
        painter.fillRect(QRectF(at, kHeight - kBar, share, kBar), colour);
        at += share;
    }
    painter.setFont(font());
    painter.setPen(tones.faint);
    const QRect rest(left, 0, line.right() - left, line.height());
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_note, Qt::ElideRight, rest.width()));
    if (total == 0)
        painter.fillRect(QRect(0, height() - 1, width(), 1), tones.lineSoft);
}

} // namespace pushdeck
