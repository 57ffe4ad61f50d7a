// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/project/project.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace pushdeck {

class ElidedLabel;

/// Name, folder and key of a message that is saved, in the place of the strip. Enter saves,
/// Escape leaves.
class SavedForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SavedForm(QWidget *parent = nullptr);

    /// Asks for the place of `message` in `project`; `replaced` is the one that is changed.
    void ask(const Project &project, const SavedMessage &message,
             std::optional<std::size_t> replaced);

signals:
    void accepted(const pushdeck::SavedMessage &message, std::optional<std::size_t> replaced);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void validate();
    void accept();
    [[nodiscard]] SavedMessage filled() const;

    QLineEdit *m_name;
    QComboBox *m_folder;
    QComboBox *m_key;
    ElidedLabel *m_words;
    QPushButton *m_save;
    Project m_project;
    SavedMessage m_message;
    std::optional<std::size_t> m_replaced;
};

} // namespace pushdeck
