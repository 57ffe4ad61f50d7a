// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace pushdeck {

/// One inline message with what can be done about it. Never modal, never markup.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    MessageBar(Kind kind, const QString &text, QWidget *parent = nullptr);

    /// The bar goes when the button is pressed.
    void addButton(const QString &text, const std::function<void()> &act);
    [[nodiscard]] QString text() const;

    /// Turns the bar into one that says how far something is; `share` from 0 to 1.
    void setProgress(const QString &words, double share);
    /// Whether it can be dismissed; it can unless told otherwise.
    void setClosable(bool closable);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
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

    MessageBar *show(const QString &topic, MessageBar::Kind kind, const QString &text);
    void dismiss(const QString &topic);
    [[nodiscard]] MessageBar *find(const QString &topic) const; ///< null if there is none

private:
    QVBoxLayout *m_layout;
};

} // namespace pushdeck
