// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pushdeck {

namespace {

/// Looks at a curve within a column of pixels.
constexpr int kLooks = 4;
/// A steep line is as wide as a flat one, but not where it turns back at once.
constexpr double kMostSteep = 12;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// On and off of a dash, in widths of the line.
constexpr double kDash[] = {4, 2.5};
constexpr double kDots[] = {1.3, 1.7};

bool isDrawn(Stroke stroke, double x, double width)
{
    if (stroke == Stroke::Solid)
        return true;
    const auto &[on, off] = stroke == Stroke::Dashed ? kDash : kDots;
    return std::fmod(x, (on + off) * width) < on * width;
}

} // namespace

CurvePainter::CurvePainter(QImage &image)
    : m_image(image), m_bits(image.bits()), m_cover(static_cast<std::size_t>(image.height()), 0.0F)
{
    Q_ASSERT(image.format() == QImage::Format_ARGB32_Premultiplied);
}

CurvePainter::Sample CurvePainter::at(const Curve &curve, double x, double dot) const
{
    const auto last = static_cast<double>(curve.size() - 1);
    const double perPixel = last / std::max(m_image.width(), 1);
    const double place = std::clamp(x * perPixel, 0.0, last);
    const double nearest = std::round(place);
    const double here = curve[static_cast<std::size_t>(nearest)];
    const auto from = static_cast<std::size_t>(std::floor(place));
    const std::size_t to = std::min(from + 1, curve.size() - 1);
    const double rise = curve[to] - curve[from];
    if (std::isnan(rise)) {
        // The end of a stretch, as round as a dot is.
        const bool near = std::abs(place - nearest) <= dot * perPixel;
        return {near ? here : kUnknown, 0};
    }
    // No peak between two looks is missed.
    const bool atPoint = std::abs(place - nearest) * kLooks <= perPixel / 2;
    const double y = atPoint ? here : curve[from] + rise * (place - static_cast<double>(from));
    return {y, rise * perPixel};
}

void CurvePainter::cover(double top, double bottom)
{
    const double height = m_image.height();
    top = std::clamp(top, 0.0, height);
    bottom = std::clamp(bottom, 0.0, height);
    if (!(bottom > top))
        return;
    const int first = static_cast<int>(top);
    const int last = std::min(static_cast<int>(bottom), m_image.height() - 1);
    for (int row = first; row <= last; ++row) {
        const double part = std::min(bottom, row + 1.0) - std::max(top, static_cast<double>(row));
        m_cover[static_cast<std::size_t>(row)] += static_cast<float>(part / kLooks);
    }
    m_first = m_last < 0 ? first : std::min(m_first, first);
    m_last = std::max(m_last, last);
}

void CurvePainter::blendColumn(int x, const QColor &colour)
{
    const QRgb rgb = colour.rgba();
    for (int row = m_first; row <= m_last; ++row) {
        float &covered = m_cover[static_cast<std::size_t>(row)];
        const auto alpha =
            static_cast<unsigned>(std::lround(std::min(covered, 1.0F) * qAlpha(rgb)));
        covered = 0;
        if (alpha == 0)
            continue;
        auto *pixel = reinterpret_cast<QRgb *>(m_bits + row * m_image.bytesPerLine()) + x;
        const unsigned rest = 255 - alpha;
        const auto mix = [alpha, rest](int above, int below) {
            return static_cast<int>(
                (static_cast<unsigned>(above) * alpha + static_cast<unsigned>(below) * rest + 127) /
                255);
        };
        *pixel = qRgba(mix(qRed(rgb), qRed(*pixel)), mix(qGreen(rgb), qGreen(*pixel)),
                       mix(qBlue(rgb), qBlue(*pixel)), mix(255, qAlpha(*pixel)));
    }
    m_last = -1;
}

void CurvePainter::fill(const Curve &upper, const Curve *lower, const QColor &colour)
{
    if (upper.empty() || (lower && lower->size() != upper.size()))
        return;
    for (int x = 0; x < m_image.width(); ++x) {
        for (int look = 0; look < kLooks; ++look) {
            const double place = x + (look + 0.5) / kLooks;
            const double top = at(upper, place, 0).y;
            const double bottom = lower ? at(*lower, place, 0).y : m_image.height();
            if (!std::isnan(top) && !std::isnan(bottom))
                cover(top, bottom);
        }
        if (m_last >= 0)
            blendColumn(x, colour);
    }
}

void CurvePainter::stroke(const Curve &curve, double width, Stroke stroke, const QColor &colour)
{
    if (curve.empty())
        return;
    for (int x = 0; x < m_image.width(); ++x) {
        for (int look = 0; look < kLooks; ++look) {
            const double place = x + (look + 0.5) / kLooks;
            if (!isDrawn(stroke, place, width))
                continue;
            const Sample sample = at(curve, place, width);
            if (std::isnan(sample.y))
                continue;
            const double steep = std::min(std::hypot(1, sample.slope), kMostSteep);
            // A line at the very bottom or top is whole, not cut in half.
            const double middle = std::clamp(sample.y, width / 2, m_image.height() - width / 2);
            cover(middle - width / 2 * steep, middle + width / 2 * steep);
        }
        if (m_last >= 0)
            blendColumn(x, colour);
    }
}

} // namespace pushdeck
