// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/charthistory.h"

#include <QWidget>

class QAction;
class QLabel;
class QTabBar;

namespace pushdeck {

class ChartBoard;
class PanelHeader;

/// The charts with their range. Stands in the inspector's place while its action is checked: the
/// log stays in sight above, and a moment under the crosshair can be looked up there.
///
/// It remembers whether it is shown or not; the window only feeds it.
class ChartsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ChartsPanel(QWidget *parent = nullptr);

    /// The window's clock: takes the newest snapshot, and draws what is new once a second.
    void tick(const Snapshot &snapshot, std::int64_t nowMs);

    [[nodiscard]] ChartBoard &board() { return *m_board; }
    [[nodiscard]] const ChartHistory &history() const { return m_history; }
    [[nodiscard]] QList<QAction *> panelActions() const;

    /// Checked while the charts are shown; whoever lays out the window follows it.
    [[nodiscard]] QAction *showAction() const { return m_show; }

    [[nodiscard]] ChartRange range() const;
    void setRange(ChartRange range);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showTime();

    ChartHistory m_history;
    PanelHeader *m_header;
    QTabBar *m_ranges;
    QLabel *m_time; ///< of the crosshair
    ChartBoard *m_board;
    QAction *m_show;
    QAction *m_minute;
    QAction *m_hour;
    std::int64_t m_drawnSecond = 0;
    std::int64_t m_nowMs = 0;
};

} // namespace pushdeck
