// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/composer/draft.h"

#include <QPlainTextEdit>

namespace pushdeck {

/// The text of a message. In an empty one the up arrow brings back what was sent, the down arrow
/// goes the other way; once something is typed the arrows are the cursor's again.
class MessageEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit MessageEditor(QWidget *parent = nullptr);

    void remember(const QString &text) { m_sent.add(text); }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    bool walk(int key);

    SentTexts m_sent;
};

} // namespace pushdeck
