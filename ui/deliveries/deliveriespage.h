// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"
#include "ui/deliveries/deliverymodel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QAction;

namespace pushdeck {

class DeliverySummary;
class DeliveryView;

/// Who got one message: a line that sums up, and a row a client. Asks when it is in sight, and
/// again while something waits, with never more than one question under way. Of a message that was
/// read from a file it shows what was recorded: the number.
class DeliveriesPage final : public QWidget
{
    Q_OBJECT

public:
    /// Between an answer and the next question while something is queued. Longer where answers take
    /// long: the server has better to do.
    static constexpr int kQueuedMs = 500;
    /// The same while only long-poll clients have yet to come.
    static constexpr int kPendingMs = 2'000;

    explicit DeliveriesPage(QWidget *parent = nullptr);

    void setLabel(DeliveryModel::Label label) { m_model->setLabel(std::move(label)); }
    /// Whether what is shown comes from a file.
    void setRecorded(std::function<bool()> recorded) { m_recorded = std::move(recorded); }

    /// Nothing: no event is chosen.
    void showMessage(const std::optional<TrafficEvent> &event);
    void showReport(const pushdeck::DeliveryReportPtr &report);

    [[nodiscard]] DeliveryModel &model() { return *m_model; }
    [[nodiscard]] QString summary() const;

signals:
    /// showReport() is expected to follow.
    void asked(const QString &messageId);
    void clientChosen(quint64 id);
    void left(); ///< with Escape

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeActions();
    void ask();
    void askAgainSoon(const DeliveryReport &report);
    void showWords(const QString &title, const QString &hint);
    void sayReport(const DeliveryReport &report);
    [[nodiscard]] QString publishedTo() const;
    void showAbsence(DeliveryReport::Memory memory);
    void chooseClient();
    void copy(bool all);

    DeliveryModel *m_model;
    DeliverySummary *m_summary;
    DeliveryView *m_view;
    QAction *m_again = nullptr;
    std::function<bool()> m_recorded;
    QString m_messageId;   ///< shown, or asked for; empty: none that could be asked for
    QString m_outstanding; ///< under way; empty: none
    std::optional<TrafficEvent> m_event; ///< what was chosen
    QElapsedTimer m_sinceAsked;
    QTimer m_next;
};

} // namespace pushdeck
