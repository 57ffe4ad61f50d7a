// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;
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

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
    QLabel *m_text;
    QHBoxLayout *m_layout;
    int m_buttonsAt;
};

/// Where message bars stand, one below the other. A bar with the same topic replaces the older.
class MessageArea final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageArea(QWidget *parent = nullptr);

    MessageBar *show(const QString &topic, MessageBar::Kind kind, const QString &text);
    void dismiss(const QString &topic);

private:
    QVBoxLayout *m_layout;
};

} // namespace pushdeck
