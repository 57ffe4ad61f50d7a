// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/address/snippets.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace pushdeck {

class QrView;
class SnippetBox;

/// What the client list shows while nobody is connected: how to change that.
class ConnectHint final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectHint(QWidget *parent = nullptr);

    /// Empty: the server is stopped.
    void setUrl(const QString &url, const HandedTokens &tokens);

signals:
    void openAsked();
    void startAsked();

private:
    QBoxLayout *m_layout;
    QBoxLayout *m_beside;
    QLabel *m_title;
    QLabel *m_words;
    QrView *m_code;
    QLabel *m_url;
    QPushButton *m_open;
    QPushButton *m_start;
    SnippetBox *m_script;
    SnippetBox *m_publish;
};

/// A piece of code with a name and a button that copies it.
class SnippetBox final : public QWidget
{
    Q_OBJECT

public:
    SnippetBox(const QString &name, QWidget *parent = nullptr);
    void setCode(const QString &code);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_code;
};

} // namespace pushdeck
