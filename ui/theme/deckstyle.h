// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace pushdeck {

/// Between a flat button's edge and what it says. Such buttons stand out by it, so that their words
/// line up with fields above and below.
inline constexpr int kFlatPadding = 8;

/// Fusion, flattened: quiet surfaces, hairline borders, one accent, a focus ring that is always
/// visible. Draws from the palette and its tones only, so both themes share every line of it.
///
/// Widgets may set two dynamic properties: `role` = "primary" (a push button filled with the
/// accent) or "danger" (red text), and `quiet` = true (a tool button without a frame until
/// hovered, which is the default for auto-raised ones).
class DeckStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    DeckStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl subControl, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
};

} // namespace pushdeck
