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

    void setUrl(const QString &url, const QString &interface);

private:
    QrView *m_code;
    QLabel *m_url;
    QLabel *m_hint;
};

} // namespace pushdeck
