// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/savedchip.h"

#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPad = 9;
constexpr int kGap = 7;
constexpr int kMostName = 150;
constexpr qreal kRadius = 5;

} // namespace

SavedChip::SavedChip(const QString &name, int key, QWidget *parent)
    : QAbstractButton(parent), m_key(key == 0 ? QString() : u"F%1"_s.arg(key))
{
    setText(visibleText(name));
    setAccessibleName(m_key.isEmpty() ? text() : u"%1, %2"_s.arg(text(), m_key));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QFont SavedChip::keyFont() const
{
    return scaled(fixedFont(), 0.92);
}

QSize SavedChip::sizeHint() const
{
    const int name = std::min(kMostName, fontMetrics().horizontalAdvance(text()) + 1);
    const int key = m_key.isEmpty() ? 0 : kGap + QFontMetrics(keyFont()).horizontalAdvance(m_key);
    return {2 * kPad + name + key, kHeight};
}

void SavedChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    painter.setPen(tones.line);
    painter.setBrush(isDown() || underMouse() ? tones.hover : tones.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    QRect inside = rect().adjusted(kPad, 0, -kPad, 0);
    if (!m_key.isEmpty()) {
        painter.setFont(keyFont());
        painter.setPen(tones.muted);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignRight, m_key);
        inside.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(m_key) - kGap, 0);
    }
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::ButtonText));
    painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideRight, inside.width() + 1));
    if (hasFocus())
        paintFocusRing(&painter, QRectF(rect()), tones);
}

} // namespace pushdeck
