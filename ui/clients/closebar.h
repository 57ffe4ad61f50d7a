// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pushdeck {

/// Asks, inside the panel and without stopping anything else, with which code and reason clients
/// are to be closed.
class CloseBar final : public QWidget
{
    Q_OBJECT

public:
    explicit CloseBar(QWidget *parent = nullptr);

    /// Shows itself for these clients; `who` is a plain-text name for them.
    void ask(const std::vector<std::uint64_t> &ids, const QString &who);

signals:
    void closeAsked(const std::vector<std::uint64_t> &ids, quint16 code, const QString &reason);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void sayWho();
    void validate();
    void accept();

    QString m_name;
    QLabel *m_who;
    QComboBox *m_code;
    QLineEdit *m_reason;
    QPushButton *m_close;
    std::vector<std::uint64_t> m_ids;
};

/// The code at the start of a text such as "1001 going away", or 0 where it is not one that a
/// server may send (RFC 6455, 7.4: 1000, 1001, 3000 to 4999).
[[nodiscard]] std::uint16_t closeCodeOf(const QString &text);

} // namespace pushdeck
