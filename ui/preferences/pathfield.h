// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace pushdeck {

/// A folder or a file, typed or chosen.
class PathField final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString title MEMBER m_title)

public:
    enum class Kind { Folder, NewFile, ExistingFile };

    /// `title` is the dialog's.
    PathField(Kind kind, const QString &title, QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString &path);

signals:
    void edited();

private:
    void choose();

    Kind m_kind;
    QString m_title;
    QLineEdit *m_edit;
};

} // namespace pushdeck
