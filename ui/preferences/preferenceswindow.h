// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace pushdeck {

class PreferencesKeeper;
class PreferencesPage;
struct EncryptionInfo;

/// The preferences, a page for each matter. Not modal: the demo goes on beside it. What was entered
/// and not applied is there again when it is opened the next time.
class PreferencesWindow final : public QDialog
{
    Q_OBJECT

public:
    /// `keeper` must outlive it.
    explicit PreferencesWindow(PreferencesKeeper &keeper, QWidget *parent = nullptr);

    /// Shows it in front; the page stays the one it was.
    void present();
    void showPage(int page);
    /// What the running server's clients are shown; null where it is stopped.
    void showEncryption(const std::shared_ptr<const EncryptionInfo> &info, const QString &url);

signals:
    void reloadCertificatesAsked();

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addPage(PreferencesPage *page);
    void build();
    /// Fields show what holds. What was entered is gone.
    void revert();
    /// Fields that were not touched follow a change made elsewhere.
    void follow(const Preferences &before);
    void judge();
    void apply();
    void turnEncryptionOn();
    void offerEncryption();
    void showSummary(bool changed);

    PreferencesKeeper &m_keeper;
    Machine m_machine;
    QList<PreferencesPage *> m_pages;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QLabel *m_summary;
    QPushButton *m_revert;
    QPushButton *m_apply;
    ReadPreferences m_read; ///< what the fields say
    bool m_filling = false;
};

} // namespace pushdeck
