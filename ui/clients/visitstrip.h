// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/visits.h"

#include <QWidget>

#include <vector>

namespace pushdeck {

/// One client's stays as bars from left to right, in the colour and with the name of their
/// transport, and the times it was away as gaps between them. Longer is wider, but not in
/// proportion: a gap of seconds is to be seen beside a stay of hours. Left and Right walk through
/// the stays.
class VisitStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit VisitStrip(QWidget *parent = nullptr);

    void setStays(std::vector<Stay> stays);
    [[nodiscard]] const std::vector<Stay> &stays() const { return m_stays; }

    /// The chosen stay, -1: none.
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int stay);

    [[nodiscard]] QSize sizeHint() const override { return {240, 46}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 46}; }

signals:
    void currentChanged(int stay);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int stayAt(const QPointF &position) const;

    std::vector<Stay> m_stays;
    int m_current = -1;
};

/// Where the bars stand in a strip of `width`, in the order of the stays. None is narrower than a
/// few pixels as long as there is room for all.
struct StripBar
{
    double left = 0;
    double width = 0;
};
[[nodiscard]] std::vector<StripBar> stripBars(const std::vector<Stay> &stays, double width);

} // namespace pushdeck
