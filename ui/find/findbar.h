// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/find/findquery.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace pushdeck {

/// A slim line to search with: what for, whether the case matters, where one is, and the ways to
/// the next and the previous. It finds nothing itself.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    /// `name` names the bar and, with a suffix, its parts; `what` is said to a screen reader.
    FindBar(const QString &name, const QString &what, QWidget *parent = nullptr);

    /// Shows the bar, with the focus in its field and its text selected.
    void open();
    void close();
    [[nodiscard]] const FindQuery &query() const { return m_query; }

    /// "3 of 128"; nothing found is told by `found` too.
    void showCount(const QString &words, bool found);

signals:
    void queryChanged(const pushdeck::FindQuery &query);
    void stepAsked(int by); ///< 1: next, -1: previous
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void take();

    QLineEdit *m_field;
    QToolButton *m_case;
    QLabel *m_count;
    FindQuery m_query;
};

/// Behind what was found, and behind the one that is looked at.
[[nodiscard]] QColor findGround(const QPalette &palette, bool current);

} // namespace pushdeck
