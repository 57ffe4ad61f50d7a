// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>

class QLabel;
class QPushButton;

namespace pushdeck {

class ElidedLabel;

/// Says, for as long as it is so, that the traffic shown comes from a file and not from the server.
class SessionBar final : public QWidget
{
    Q_OBJECT

public:
    explicit SessionBar(QWidget *parent = nullptr);

    /// `name` is the file's, plain text.
    void showSession(const QString &name, std::uint64_t rows);
    /// Rows that came in the meantime; nothing is said of none.
    void setNew(std::uint64_t rows);

signals:
    void backAsked();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    std::uint64_t m_rows = 0;
    ElidedLabel *m_words;
    QLabel *m_new;
    QPushButton *m_back;
};

} // namespace pushdeck
