// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;

namespace pushdeck {

/// A secret: typed or generated, shown while it is new, else as dots until it is revealed.
class TokenField final : public QWidget
{
    Q_OBJECT

public:
    /// `whenEmpty` says what holds without a token.
    explicit TokenField(const QString &whenEmpty, QWidget *parent = nullptr);

    [[nodiscard]] QString token() const;
    /// One that is stored: dots.
    void setToken(const QString &token);
    /// Back to dots, as when the window is closed.
    void mask();

signals:
    void edited();

private:
    [[nodiscard]] QToolButton *addButton(const QString &icon, const QString &words,
                                         const QString &name);
    void generate();
    void copy();
    void reveal(bool revealed);
    void showButtons();

    QLineEdit *m_edit;
    QToolButton *m_reveal;
    QToolButton *m_copy;
    QToolButton *m_remove;
};

} // namespace pushdeck
