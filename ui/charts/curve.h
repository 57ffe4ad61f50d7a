// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"

#include <QImage>

#include <vector>

namespace pushdeck {

/// Heights at equal distances over the width of an image: pixels from its top, NaN where nothing
/// is known. A single known one among unknown is a dot.
using Curve = std::vector<double>;

/// Draws curves of charts, antialiased, column by column. QPainter's antialiasing looks through
/// all edges of a scanline for each edge it adds, and fills with a pool of threads: an hour of
/// noise in six charts took it 100 ms, at 200 % 340. Here the cost is the columns' alone.
///
/// The image is QImage::Format_ARGB32_Premultiplied; its device pixel ratio is not looked at.
class CurvePainter final
{
public:
    explicit CurvePainter(QImage &image);

    /// Between a curve and one below it, or the image's bottom. `colour` may be translucent.
    void fill(const Curve &upper, const Curve *lower, const QColor &colour);

    /// `width` in pixels of the image. Dashes count along the width, so that they stay legible in
    /// what goes up and down.
    void stroke(const Curve &curve, double width, Stroke stroke, const QColor &colour);

private:
    struct Sample
    {
        double y;
        double slope; ///< pixels down a pixel to the right
    };

    [[nodiscard]] Sample at(const Curve &curve, double x, double dot) const;
    void cover(double top, double bottom);
    void blendColumn(int x, const QColor &colour);

    QImage &m_image;
    uchar *m_bits;
    std::vector<float> m_cover; ///< of one column, by row: 0 to 1
    int m_first = 0;            ///< rows that are covered at all
    int m_last = -1;
};

} // namespace pushdeck
