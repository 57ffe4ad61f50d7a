// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientfacts.h"
#include "ui/clients/clientrates.h"
#include "ui/clients/clientrow.h"

#include <QWidget>

#include <vector>

class QAction;
class QGridLayout;
class QLabel;
class QHBoxLayout;
class QScrollArea;
class QStackedWidget;

namespace pushdeck {

class ClientMark;
class ElidedLabel;
class RateChart;
class VisitStrip;

/// The pane below the client table: what is known of the chosen clients. One: its rates, its stays
/// and every fact; several: what they have together.
class ClientDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit ClientDetails(QWidget *parent = nullptr);

    void addButton(QAction *action);

    /// The rows need to live only during the call.
    void showClients(const std::vector<const ClientRow *> &rows, const ClientRates &rates,
                     std::int64_t nowMs);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildPage();
    void showTitle(const std::vector<const ClientRow *> &rows, std::int64_t nowMs);
    void showRates(const std::vector<const ClientRow *> &rows, const ClientRates &rates);
    void showStays(const ClientRow &row, std::int64_t nowMs);
    void showStayWords();
    void showFacts(const std::vector<ClientFact> &facts);

    ClientMark *m_mark;
    ElidedLabel *m_title;
    ElidedLabel *m_state;
    QHBoxLayout *m_head;
    QStackedWidget *m_pages;
    QLabel *m_none;
    QScrollArea *m_scroll;
    RateChart *m_in;
    RateChart *m_out;
    VisitStrip *m_strip;
    QLabel *m_stayWords;
    QGridLayout *m_grid;
    struct FactLine
    {
        QLabel *name;
        QLabel *value;
    };
    std::vector<FactLine> m_lines;
    std::vector<ClientFact> m_facts;
    std::uint64_t m_shownId = 0;
};

} // namespace pushdeck
