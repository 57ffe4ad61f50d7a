// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/i18n/wording.h"

#include <QFrame>

#include <functional>
#include <utility>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace pushdeck {

/// One inline message with what can be done about it. Never modal, never markup.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    MessageBar(Kind kind, Wording words, QWidget *parent = nullptr);

    /// The bar goes when the button is pressed. `text` is a single tr(), with nothing filled in.
    void addButton(const QString &text, const std::function<void()> &act);
    void addButton(Wording words, const std::function<void()> &act);
    [[nodiscard]] QString text() const;

    /// Turns the bar into one that says how far something is; `share` from 0 to 1.
    void setProgress(double share);
    /// Whether it can be dismissed; it can unless told otherwise.
    void setClosable(bool closable);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void say();

    Kind m_kind;
    Wording m_words;
    std::vector<std::pair<QPushButton *, Wording>> m_composed; ///< buttons with something filled in
    QLabel *m_text;
    QHBoxLayout *m_layout;
    QToolButton *m_close;
    int m_buttonsAt;
    double m_share = -1; ///< below 0: no progress to show
};

/// Where message bars stand, one below the other. A bar with the same topic replaces the older.
class MessageArea final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageArea(QWidget *parent = nullptr);

    MessageBar *show(const QString &topic, MessageBar::Kind kind, Wording words);
    void dismiss(const QString &topic);
    [[nodiscard]] MessageBar *find(const QString &topic) const; ///< null if there is none

private:
    QVBoxLayout *m_layout;
};

} // namespace pushdeck
