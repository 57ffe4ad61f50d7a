// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;

namespace pushdeck {

class QrView;

/// The address as a QR code that can be scanned across a table. Not modal.
class QrDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit QrDialog(QWidget *parent = nullptr);

    /// The code carries `token`, where it is not empty; it is not shown in words.
    void setUrl(const QString &url, const QString &interface, const QString &token);

private:
    QrView *m_code;
    QString m_coded;
    QLabel *m_url;
    QLabel *m_hint;
};

} // namespace pushdeck
