// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"

#include <QFont>
#include <QImage>
#include <QWidget>

#include <optional>

namespace pushdeck {

/// One chart: its name, the newest values (or those under the crosshair), and lines over time. The
/// history must outlive it. What it shows is set from outside; it only says where the pointer is.
class ChartView final : public QWidget
{
    Q_OBJECT

public:
    ChartView(ChartSpec spec, const ChartHistory &history, QWidget *parent = nullptr);

    /// `edge` is the slot at the right, `second` the second whose values are the newest; the
    /// crosshair stands on a slot in sight, if on any.
    void show(ChartRange range, std::int64_t edge, std::int64_t second,
              std::optional<std::int64_t> crosshair);

    [[nodiscard]] const ChartSpec &spec() const { return m_spec; }
    /// The same chart in other words.
    void setSpec(ChartSpec spec);
    /// "in 12,431/s, out 3/s", of the crosshair's slot or the newest; for a screen reader.
    [[nodiscard]] QString spokenValues() const;
    /// What the box beside the crosshair says, a line a series; empty without a crosshair.
    [[nodiscard]] QStringList readingLines() const;
    /// Where values are drawn.
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] double xOf(std::int64_t slot) const;

    [[nodiscard]] QSize sizeHint() const override { return {290, 130}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 92}; }

signals:
    void pointed(qint64 slot);
    void left();
    void clicked(qint64 slot);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] std::int64_t firstSlot() const;
    [[nodiscard]] std::int64_t slotAt(double x) const;
    [[nodiscard]] ChartPoint at(std::int64_t slot, Metric metric) const;
    [[nodiscard]] double largest() const;
    /// Where a series' line runs: on top of those below it, if they are stacked.
    [[nodiscard]] double heightOf(std::int64_t slot, std::size_t series) const;
    [[nodiscard]] bool isMinute() const { return m_range == ChartRange::Minute; }
    [[nodiscard]] bool isStacked() const { return m_spec.total.has_value(); }
    /// Of the crosshair, or the newest.
    [[nodiscard]] ChartPoint chosen(Metric metric) const;

    void measure();
    void paintHead(QPainter &painter, const Tones &tones) const;
    void paintGrid(QPainter &painter, const Tones &tones, const ValueAxis &axis) const;
    void paintGaps(QPainter &painter, const Tones &tones) const;
    void paintCurves(QPainter &painter, const Tones &tones, const ValueAxis &axis);
    void paintCrosshair(QPainter &painter, const Tones &tones, const ValueAxis &axis) const;
    void paintReading(QPainter &painter, const Tones &tones, double x) const;

    ChartSpec m_spec;
    const ChartHistory &m_history;
    ChartRange m_range = ChartRange::Minute;
    std::int64_t m_edge = 0;
    std::int64_t m_second = 0;
    std::optional<std::int64_t> m_crosshair;
    QImage m_plot; ///< reused from paint to paint
    QFont m_small;
    QFont m_digits;
    int m_gutter = 0; ///< at the left, for the values of the axis
    int m_head = 0;   ///< height of name and values
    int m_foot = 0;   ///< height of the times
};

} // namespace pushdeck
