// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"
#include "ui/i18n/wording.h"
#include "ui/inspector/payloaddocument.h"

#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QTabBar;
class QStackedWidget;
class QTreeWidget;

namespace pushdeck {

class DeliveriesPage;
class ElidedLabel;
class HexView;
class LatestWork;
class PayloadFind;
class PayloadSave;
class PayloadText;

/// One event of the log in full: pretty, raw, hexadecimal, every field, and what changed since the
/// message before it, who got it. It keeps its own copy (the bytes are shared), so the log may drop
/// the event while it is looked at. Large payloads are made ready on another thread.
class InspectorPanel final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kFoldLevels = 3; // with a key each
    enum Tab { PrettyTab, RawTab, HexTab, DeliveriesTab, ChangesTab, DetailsTab };

    /// Bytes that are shown without being asked for.
    static constexpr qsizetype kPreviewBytes = 256 * 1024;
    /// Bytes that are shown when asked for; more can be saved.
    static constexpr qsizetype kMostBytes = 32 * 1024 * 1024;

    /// The message that an event is compared with, where there is one.
    using Previous = std::function<std::optional<TrafficEvent>(const TrafficEvent &)>;

    explicit InspectorPanel(QWidget *parent = nullptr);
    ~InspectorPanel() override;

    void setPrevious(Previous previous) { m_previousOf = std::move(previous); }

    /// Who got the message; what it asks is answered by the window.
    [[nodiscard]] DeliveriesPage &deliveries() { return *m_deliveries; }

    void inspect(const TrafficEvent &event);
    /// Shows who got the message, and leaves the keyboard there.
    void showDeliveries();
    void clearEvent();
    [[nodiscard]] bool hasEvent() const { return m_event.has_value(); }

    [[nodiscard]] int tab() const;
    void setTab(int tab);
    void focusTabs();
    [[nodiscard]] QList<QAction *> panelActions() const;
    void setBaseUrl(const QString &url) { m_baseUrl = url; }

signals:
    void problemFound(const pushdeck::Wording &words);
    /// By a shortcut or the palette, perhaps while the inspector is out of sight.
    void tabAsked();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    using Make = std::function<SharedDocument(const StopFlag &)>;

    void makeActions();
    void makeFoldActions();
    void buildNotice();
    void buildPages();
    void refresh();
    void useFind();
    void find();
    [[nodiscard]] bool findKey(const QKeyEvent &key) const;
    void fill(int tab);
    void show(PayloadText *view, LatestWork *work, qsizetype bytes, Make make);
    void fillChanges();
    void fillDetails();
    void fillTitle();
    void sayAgain();
    void save();

    ElidedLabel *m_title;
    QTabBar *m_tabs;
    QWidget *m_notice;
    QLabel *m_noticeWords;
    QPushButton *m_loadAll;
    QStackedWidget *m_pages;
    PayloadText *m_pretty;
    PayloadText *m_raw;
    HexView *m_hex;
    DeliveriesPage *m_deliveries;
    PayloadText *m_changes;
    QTreeWidget *m_details;
    PayloadFind *m_find;
    LatestWork *m_prettyWork;
    LatestWork *m_rawWork;
    LatestWork *m_changesWork;
    PayloadSave *m_files;
    QAction *m_copy = nullptr;
    QAction *m_save = nullptr;
    QAction *m_findAction = nullptr;
    QList<QAction *> m_tabActions;
    QList<QAction *> m_foldActions;
    Previous m_previousOf;
    std::optional<TrafficEvent> m_event;
    std::optional<TrafficEvent> m_before; ///< what it is compared with
    bool m_all = false;                   ///< the whole payload was asked for
    int m_filledTabs = 0;                 ///< a bit a tab: filled for this event
    int m_chosenTab = PrettyTab;
    QString m_baseUrl;
};

} // namespace pushdeck
