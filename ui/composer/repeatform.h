// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/composer/repeater.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QSettings;
class QSpinBox;

namespace pushdeck {

/// How a message is to be repeated, in the place of the strip. Enter starts, Escape leaves.
class RepeatForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RepeatForm(QWidget *parent = nullptr);

    void ask();
    /// `why` not, for a person; empty: it can start.
    void setProblem(const QString &why);
    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

signals:
    void accepted(const pushdeck::RepeatPlan &plan);
    void left();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void sayMost();
    void useUnit();
    [[nodiscard]] RepeatPlan plan() const;

    QSpinBox *m_every;
    QComboBox *m_unit;
    QSpinBox *m_times;
    QSpinBox *m_atOnce;
    QPushButton *m_start;
};

} // namespace pushdeck
