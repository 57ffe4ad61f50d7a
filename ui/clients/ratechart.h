// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace pushdeck {

/// The last minute of one number as an area below a line, with what it is now beside its name.
class RateChart final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString name MEMBER m_name)

public:
    enum class Hue { In, Out };

    RateChart(const QString &name, Hue hue, QWidget *parent = nullptr);

    /// `values` a second each, the oldest first; `now` and `beside` are what is written.
    void setValues(std::vector<float> values, const QString &now, const QString &beside);

    [[nodiscard]] QString nowText() const { return m_now; }
    [[nodiscard]] QSize sizeHint() const override { return {150, 62}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {110, 62}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    QString m_now;
    QString m_beside;
    Hue m_hue;
    std::vector<float> m_values;
};

} // namespace pushdeck
