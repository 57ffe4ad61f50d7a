// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/encryptioninfo.h"

#include <QWidget>

#include <memory>

class QFormLayout;
class QLabel;
class QPushButton;

namespace pushdeck {

class QrView;

/// What clients are shown when they ask for TLS: the certificate that holds, and how a device comes
/// to trust it; or one button that makes one.
class EncryptionPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit EncryptionPanel(QWidget *parent = nullptr);

    /// `info` is the running server's, null where it is stopped; `url` its address.
    void showInfo(const std::shared_ptr<const EncryptionInfo> &info, const QString &url);

    /// A certificate may be made: none was chosen, and the choice is not the command line's.
    void setMayTurnOn(bool may);

signals:
    /// The operator wants a certificate of Pushdeck's own, at once.
    void turnOnAsked();
    void reloadAsked();

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *addLine(QFormLayout *form, const QString &name, const QString &objectName);
    void build();
    void showState();
    void showCertificate(const EncryptionInfo &info);
    void showTrust(const EncryptionInfo &info);
    void saveAuthority();

    std::shared_ptr<const EncryptionInfo> m_info;
    QString m_url;
    bool m_mayTurnOn = true;
    QLabel *m_mark;
    QLabel *m_state;
    QLabel *m_problem;
    QPushButton *m_turnOn;
    QPushButton *m_reload;
    QWidget *m_facts;
    QLabel *m_names = nullptr;
    QLabel *m_until = nullptr;
    QLabel *m_fingerprint = nullptr;
    QWidget *m_trust;
    QrView *m_code;
    QLabel *m_page;
    QLabel *m_authority;
};

/// Where the page about trusting stands; plain http, since it is opened before it is trusted.
[[nodiscard]] QString trustPageUrl(const QString &url);

} // namespace pushdeck
