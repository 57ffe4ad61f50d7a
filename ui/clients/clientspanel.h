// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QWidget>

#include <vector>

class QAction;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace pushdeck {

class ClientDelegate;
class ClientModel;
class CloseBar;
class ConnectHint;
class PanelHeader;

/// The clients: table, filter, and what can be done to one.
class ClientsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ClientsPanel(QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot, std::int64_t nowMs);

    [[nodiscard]] ClientModel &model() { return *m_model; }
    [[nodiscard]] QTableView &view() { return *m_view; }
    [[nodiscard]] ConnectHint &hint() { return *m_hint; }
    [[nodiscard]] QList<QAction *> panelActions() const;
    [[nodiscard]] std::vector<std::uint64_t> selectedIds() const;

    [[nodiscard]] bool hasCards() const { return m_cards; }
    void setCards(bool cards);
    void applyDefaultColumns();
    /// Cards: leaves out what matters least while name and topics have no room.
    void fitColumns();

signals:
    void selectionChanged();
    void messageAsked(const std::vector<std::uint64_t> &ids);
    void closeAsked(const std::vector<std::uint64_t> &ids, quint16 code, const QString &reason);
    void logFilterAsked(const QString &term);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void buildView();
    void showMenu(const QPoint &position);
    void refresh();
    void askClose();

    ClientModel *m_model;
    ClientDelegate *m_delegate;
    PanelHeader *m_header;
    QLineEdit *m_filter;
    CloseBar *m_closeBar;
    QStackedWidget *m_pages;
    QTableView *m_view;
    ConnectHint *m_hint;
    QAction *m_messageAction = nullptr;
    QAction *m_closeAction = nullptr;
    QAction *m_copyAddress = nullptr;
    QAction *m_filterLog = nullptr;
    QAction *m_focusFilter = nullptr;
    QAction *m_cardsAction = nullptr;
    bool m_cards = true;
};

} // namespace pushdeck
