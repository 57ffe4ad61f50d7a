// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"

#include <QString>
#include <QWidget>

#include <array>
#include <vector>

namespace pushdeck {

/// One line over the table: how many are in which state, each with its icon, and the shares as a
/// bar below. Says so to screen readers as its accessible name.
class DeliverySummary final : public QWidget
{
    Q_OBJECT

public:
    explicit DeliverySummary(QWidget *parent = nullptr);

    void showReport(const DeliveryReport &report);
    /// Words instead of counts; plain text.
    void showWords(const QString &words);
    /// At the right end: what was counted as it was published.
    void setNote(const QString &note);

    /// As it is read.
    [[nodiscard]] QString text() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::array<std::uint64_t, kDeliveryStates> m_counts{};
    QString m_words;
    QString m_note;
};

} // namespace pushdeck
