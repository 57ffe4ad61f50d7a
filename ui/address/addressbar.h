// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace pushdeck {

class StateDot;

/// The line at the top: start and stop, the state, and the addresses clients are told, or, while
/// stopped, where to listen.
class AddressBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

    void showState(ServerState state, const std::vector<ServerAddress> &addresses);
    void setRequest(const ListenRequest &request);
    [[nodiscard]] ListenRequest request() const;
    void focusPort();

    [[nodiscard]] QString url() const;
    [[nodiscard]] QString interface() const;
    [[nodiscard]] ServerState state() const { return m_state; }

    /// At the right end, in the order given.
    void addButton(QAction *action);
    void setStartStopAction(QAction *action);
    /// Beside the address, after the actions.
    void addAddressWidget(QWidget *widget);
    /// Those that need an address: disabled without one.
    void addAddressAction(QAction *action);

signals:
    void urlChanged(const QString &url);

protected:
    void changeEvent(QEvent *event) override;

private:
    void sayAddresses();
    void showAddresses(const std::vector<ServerAddress> &addresses);
    [[nodiscard]] QToolButton *makeButton(QAction *action);

    QPushButton *m_startStop;
    StateDot *m_dot;
    QLabel *m_stateWords;
    QStackedWidget *m_pages;
    std::vector<ServerAddress> m_shown; ///< in `m_addresses`, in its order
    QComboBox *m_addresses;
    QComboBox *m_bind;
    QSpinBox *m_port;
    QWidget *m_addressButtons;
    QWidget *m_endButtons;
    QList<QAction *> m_addressActions;
    ServerState m_state = ServerState::Stopped;
    QString m_chosen; ///< the address the operator picked; kept while it exists
};

/// What the picker shows for an address: "192.168.1.14:8080  wlan0".
[[nodiscard]] QString addressNote(const ServerAddress &address);

} // namespace pushdeck
