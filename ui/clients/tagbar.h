// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pushdeck {

/// Asks, inside the panel and without stopping anything else, for the tags of clients: one line to
/// write them in, and those in use as buttons.
class TagBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TagBar(QWidget *parent = nullptr);

    /// Shows itself for these clients; `who` is a plain-text name for them, `common` the tags all
    /// of them have, `known` all that are in use.
    void ask(const std::vector<std::uint64_t> &ids, const QString &who, const QStringList &common,
             const QStringList &known);

signals:
    /// What is to be taken from each and what each is to have beside its own.
    void tagsAsked(const std::vector<std::uint64_t> &ids, const QStringList &removed,
                   const QStringList &added);
    void left();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void accept();
    void leave();
    void showKnown();
    void sayWho();
    void validate();
    void toggle(const QString &tag);

    QLabel *m_who;
    QLineEdit *m_text;
    QLabel *m_problem;
    QPushButton *m_save;
    QWidget *m_suggestions;
    QHBoxLayout *m_chips;
    std::vector<std::uint64_t> m_ids;
    QString m_name;
    QStringList m_common;
    QStringList m_known;
};

} // namespace pushdeck
