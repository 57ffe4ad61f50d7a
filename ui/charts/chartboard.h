// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/charthistory.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace pushdeck {

class ChartView;

/// The charts side by side, with one crosshair through all of them: where the pointer is, or where
/// a click or the arrow keys put it. That one stays on its moment while time goes on, until it
/// leaves at the left, or Escape.
class ChartBoard final : public QWidget
{
    Q_OBJECT

public:
    explicit ChartBoard(const ChartHistory &history, QWidget *parent = nullptr);

    /// Draws anew, with `nowMs` (UTC) at the right edge or near it.
    void advance(std::int64_t nowMs);

    [[nodiscard]] ChartRange range() const { return m_range; }
    void setRange(ChartRange range);

    /// The slot of the crosshair that is shown, if any.
    [[nodiscard]] std::optional<std::int64_t> crosshair() const;
    /// Of the crosshair, or the span that is shown: "12:04:15", "12:04:10 – 12:04:20: mean, …".
    [[nodiscard]] QString timeWords() const;
    /// Nothing is known of all that is in sight.
    [[nodiscard]] bool isBlank() const;

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void sayAgain();
    void refresh();
    void point(std::int64_t slot);
    void pin(std::optional<std::int64_t> slot);
    [[nodiscard]] std::int64_t edge() const;

    const ChartHistory &m_history;
    std::vector<ChartView *> m_views;
    ChartRange m_range = ChartRange::Minute;
    std::int64_t m_nowMs = 0;
    std::optional<std::int64_t> m_fromEdge; ///< slots between the pointer and the right edge
    std::optional<std::int64_t> m_pinned;
};

} // namespace pushdeck
