// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "ui/clients/clientgroups.h"
#include "ui/clients/clientrates.h"

#include <QWidget>

#include <vector>

class QAction;
class QActionGroup;
class QLineEdit;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace pushdeck {

class ClientDelegate;
class ClientDetails;
class ClientModel;
class ClientView;
class CloseBar;
class ConnectHint;
class PanelHeader;
class TagBar;

/// The clients: table, filter, groups, what can be done to one, and a pane with the details of the
/// chosen ones.
class ClientsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ClientsPanel(QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot, std::int64_t nowMs);

    [[nodiscard]] ClientModel &model() { return *m_model; }
    [[nodiscard]] QTableView &view();
    [[nodiscard]] ConnectHint &hint() { return *m_hint; }
    [[nodiscard]] QList<QAction *> panelActions() const;
    /// Those of the chosen that are connected, by rising id.
    [[nodiscard]] std::vector<std::uint64_t> selectedIds() const;

    /// Chooses one client and brings it into sight; false where the list does not show it.
    bool choose(std::uint64_t id);

    /// What copied commands connect to; empty, of a server that stopped, leaves the last one.
    /// `token` is what they need to subscribe.
    void setBaseUrl(const QString &url, const QString &token);

    [[nodiscard]] bool hasCards() const { return m_cards; }
    void setCards(bool cards);
    void applyDefaultColumns();
    /// Cards: leaves out what matters least while name and topics have no room.
    void fitColumns();

    void setGrouping(ClientGrouping grouping);
    void setDetailsShown(bool shown);
    void resetLayout();
    /// Pixels in which a card has all its numbers and a name as browsers have them.
    [[nodiscard]] int roomyWidth() const;

    /// Names, tags, groups and the details pane.
    void restore(const QSettings &settings);
    /// Cards or lines, and how wide what is: only of the same layout version.
    void restoreColumns(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void selectionChanged();
    void messageAsked(const std::vector<std::uint64_t> &ids);
    void closeAsked(const std::vector<std::uint64_t> &ids, quint16 code, const QString &reason);
    void logFilterAsked(const QString &term);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void makeNoteActions();
    void makeGroupActions();
    QAction *addAction(const QString &icon, const QString &text, const QString &keys,
                       void (ClientsPanel::*slot)());
    void buildView();
    void buildDetails();
    void showMenu(const QPoint &position);
    void refresh();
    void refreshDetails();
    void sayAgain();
    [[nodiscard]] int rttWidth() const;
    [[nodiscard]] int roomyName() const;
    /// Tells when other clients are chosen than before, or the chosen ones left or came back.
    void noteSelection();
    /// All that are chosen, the gone ones too, each once.
    [[nodiscard]] std::vector<std::uint64_t> chosenIds() const;
    [[nodiscard]] QString nameOf(const std::vector<std::uint64_t> &ids) const;
    void select(const std::vector<std::uint64_t> &ids);

    void message();
    void rename();
    void askTags();
    void setTags(const std::vector<std::uint64_t> &ids, const QStringList &removed,
                 const QStringList &added);
    void copyAddress();
    void copyCommand();
    void filterLog();
    void focusFilter();
    void askClose();
    void foldAll();
    void unfoldAll();
    void selectGroup();

    ClientModel *m_model;
    ClientDelegate *m_delegate;
    PanelHeader *m_header;
    QLineEdit *m_filter;
    CloseBar *m_closeBar;
    TagBar *m_tagBar;
    QStackedWidget *m_pages;
    QSplitter *m_splitter;
    ClientView *m_view;
    ClientDetails *m_details;
    ConnectHint *m_hint;
    QAction *m_messageAction = nullptr;
    QAction *m_renameAction = nullptr;
    QAction *m_tagAction = nullptr;
    QAction *m_closeAction = nullptr;
    QAction *m_copyAddress = nullptr;
    QAction *m_copyCommand = nullptr;
    QAction *m_filterLog = nullptr;
    QAction *m_focusFilter = nullptr;
    QAction *m_cardsAction = nullptr;
    QAction *m_detailsAction = nullptr;
    QAction *m_foldAll = nullptr;
    QAction *m_unfoldAll = nullptr;
    QAction *m_selectGroup = nullptr;
    QActionGroup *m_groupings = nullptr;
    int m_topicsGiven = 0; ///< pixels the topics' column was given here and not by the operator
    ClientRates m_rates;
    QString m_baseUrl;
    QString m_token;
    std::vector<std::uint64_t> m_told; ///< the selection as it was last told
    bool m_cards = true;
};

} // namespace pushdeck
