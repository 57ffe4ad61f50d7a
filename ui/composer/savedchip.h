// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace pushdeck {

/// A saved message in the strip: its name, and its key beside it.
class SavedChip final : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int kHeight = 26;

    SavedChip(const QString &name, int key, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont keyFont() const;

    QString m_key;
};

} // namespace pushdeck
