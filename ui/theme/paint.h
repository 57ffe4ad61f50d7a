// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QRectF>
#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionSlider;
class QStyleOptionTab;
class QStyleOptionToolButton;

namespace pushdeck {

struct Tones;

/// How much further in than other cells the first column of a table starts.
constexpr int kFirstColumnIndent = 6;

/// The shapes the style and the delegates are made of. Each leaves the painter as it was.

void paintButton(QPainter *painter, const QStyleOption &option, bool primary);
void paintToolButton(QPainter *painter, const QStyleOption &option);
/// Icon and text side by side in the middle of the button.
void paintToolButtonLabel(QPainter *painter, const QStyleOptionToolButton &option);
[[nodiscard]] int toolButtonLabelWidth(const QStyleOptionToolButton &option);

void paintField(QPainter *painter, const QStyleOption &option, const QColor &fill);
void paintFocusRing(QPainter *painter, const QRectF &rect, const Tones &tones);
void paintCheckBox(QPainter *painter, const QStyleOption &option);
void paintRadioButton(QPainter *painter, const QStyleOption &option);
void paintTab(QPainter *painter, const QStyleOptionTab &option);
void paintChevron(QPainter *painter, const QRect &rect, Qt::ArrowType direction,
                  const QColor &colour);
void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option, const QRect &handle);
[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part,
                                  int minimumHandle);

/// A word in a small rounded frame of its own colour; centred on the left edge of `rect`.
/// Returns the width it took.
int paintBadge(QPainter *painter, const QRect &rect, const QString &word, const QColor &colour,
               bool faded);

/// "WS", "SSE", "LP", or "HTTP" where no client is concerned.
[[nodiscard]] QString transportWord(Transport transport);
[[nodiscard]] QColor transportColour(Transport transport, const Tones &tones);

/// The state of a client as a shape: filled circle, half circle, ring, warning triangle.
enum class StateShape { Filled, Half, Ring, Warning };
void paintStateShape(QPainter *painter, const QRectF &rect, StateShape shape, const QColor &colour);

} // namespace pushdeck
