// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace pushdeck {

/// One line that goes to every client: Enter sends, and it says how many got it. Stays open for the
/// next line; Escape closes it.
class BroadcastPopup final : public QWidget
{
    Q_OBJECT

public:
    explicit BroadcastPopup(QWidget *parent = nullptr);

    /// Shows it at `at` (on the screen), wholly on that screen, ready to type.
    void popUp(const QPoint &at);
    /// Of a message of this popup; those of others are not for it.
    void showOutcome(const SendOutcome &outcome);

signals:
    void sendAsked(const pushdeck::SendRequest &request);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void send();
    void say(const QString &words, bool good);

    QLineEdit *m_line;
    QLabel *m_result;
    std::uint64_t m_lastRef = 0;
};

} // namespace pushdeck
