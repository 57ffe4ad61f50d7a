// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/fieldrow.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace pushdeck {

struct NumberField;

/// A page of the preferences: rows one below the other, in groups. What stands in it is decided in
/// pages/*.cpp.
class PreferencesPage final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString title MEMBER m_title)

public:
    /// `name` is for tests and pictures, `title` for the list at the side.
    PreferencesPage(const QString &name, const QString &title, QWidget *parent = nullptr);

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] const QList<FieldRow *> &rows() const { return m_rows; }

    /// A group's name, and a sentence on it.
    void addHeading(const QString &text, const QString &words = {});
    void addEnd();

    FieldRow *addText(const char16_t *key, const QString &label, const QString &hint, int width);
    FieldRow *addToken(const char16_t *key, const QString &label, const QString &whenEmpty,
                       const QString &hint);
    /// The words of a choice, and what it is stored as.
    struct Choice
    {
        QString words;
        QString text;
    };
    FieldRow *addChoice(const char16_t *key, const QString &label, const QList<Choice> &choices,
                        const QString &hint);
    FieldRow *addCheck(const char16_t *key, const QString &label, const QString &words,
                       const QString &hint);
    FieldRow *addLines(const char16_t *key, const QString &label, const QString &placeholder,
                       const QString &hint);
    enum class PathKind { Folder, File, ExistingFile };
    FieldRow *addPath(const char16_t *key, const QString &label, PathKind kind,
                      const QString &hint);
    FieldRow *addNumber(const NumberField &field);
    /// A number that is only shown.
    void addShownNumber(const NumberField &field, const QString &value);
    FieldRow *addRow(FieldRow *row);
    /// Something that is no preference.
    void addWidget(QWidget *widget);

    /// Tokens are dots again.
    void maskSecrets();

signals:
    void edited();

private:
    QString m_title;
    QVBoxLayout *m_layout;
    QList<FieldRow *> m_rows;
};

} // namespace pushdeck
