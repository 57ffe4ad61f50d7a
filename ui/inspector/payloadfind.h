// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/find/findquery.h"

#include <QObject>

#include <vector>

namespace pushdeck {

class FindBar;
class HexView;
class LatestWork;
class PayloadText;

/// Searching within the payload that the inspector shows: the bar, the search on another thread,
/// and the way from one match to the next.
class PayloadFind final : public QObject
{
    Q_OBJECT

public:
    /// Matches beyond this are not told apart: nobody steps through them.
    static constexpr std::size_t kMostHits = 100'000;

    explicit PayloadFind(QWidget *parent);
    ~PayloadFind() override;

    [[nodiscard]] FindBar *bar() const { return m_bar; }
    void open();
    void step(int by);

    /// What is searched from now on; one of them, or neither.
    void useText(PayloadText *view);
    void useBytes(HexView *view);

signals:
    void closed();

private:
    void search();
    void take(std::vector<FindHit> hits);
    void clearMarks();
    void showCount();

    FindBar *m_bar;
    LatestWork *m_work;
    PayloadText *m_text = nullptr;
    HexView *m_hex = nullptr;
    std::vector<FindHit> m_hits;
    std::size_t m_hit = 0;
    int m_wrapped = 0;
};

} // namespace pushdeck
