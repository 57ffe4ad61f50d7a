// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/rates.h"

#include <QWidget>

namespace pushdeck {

/// A small chart of the last two minutes: a name, the newest value, an area below a line. A click,
/// Enter or space on it asks for the large ones.
class Sparkline final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString name MEMBER m_name)

public:
    enum class Hue { In, Out, Clients };

    Sparkline(const QString &name, Hue hue, QWidget *parent = nullptr);

    void add(double value, const QString &shown);

    [[nodiscard]] QSize sizeHint() const override { return {150, 58}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {90, 58}; }

signals:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_name;
    QString m_shown;
    Hue m_hue;
    Series m_series;
};

} // namespace pushdeck
