// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"

#include <QWidget>

#include <functional>

class QLabel;

namespace pushdeck {

/// One preference in a page: its name, what it is edited with, and below or beside it a hint, or
/// why what was entered cannot be taken. The row knows text only; see PreferenceField.
class FieldRow final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString hint MEMBER m_hint)

public:
    /// How wide the column of names is, in every page.
    static constexpr int kLabelWidth = 190;

    struct Access
    {
        std::function<QString()> text;
        std::function<void(const QString &)> setText;
    };

    /// Takes `editor`, which gets the key as its object name and `label` as its accessible name.
    /// Whoever makes it connects its change to edited().
    FieldRow(const PreferenceKey &key, const QString &label, QWidget *editor, Access access,
             const QString &hint, QWidget *parent = nullptr);

    [[nodiscard]] const PreferenceKey &key() const { return m_key; }
    [[nodiscard]] QString text() const { return m_access.text(); }
    [[nodiscard]] QWidget *editor() const { return m_editor; }
    void setText(const QString &text);
    /// Empty: there is none.
    void setProblem(const QString &words);
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// The command line decides: shown, not editable.
    void setFixed(bool fixed);

signals:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showBelow();
    /// What of the editor has the keyboard.
    [[nodiscard]] QWidget *focused() const;

    PreferenceKey m_key;
    Access m_access;
    QWidget *m_editor;
    QLabel *m_below;
    QString m_hint;
    QString m_problem;
    bool m_fixed = false;
};

} // namespace pushdeck
