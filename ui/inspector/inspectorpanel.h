// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QTabBar;
class QStackedWidget;
class QTreeWidget;

namespace pushdeck {

class ElidedLabel;
class HexView;
class JsonColours;
class PayloadText;

/// One event of the log in full: pretty, raw, hexadecimal, and every field. It keeps its own copy
/// (the bytes are shared), so the log may drop the event while it is looked at.
class InspectorPanel final : public QWidget
{
    Q_OBJECT

public:
    enum Tab { PrettyTab, RawTab, HexTab, DetailsTab };

    /// Bytes that are shown without being asked for.
    static constexpr qsizetype kPreviewBytes = 256 * 1024;

    explicit InspectorPanel(QWidget *parent = nullptr);

    void inspect(const TrafficEvent &event);
    void clearEvent();
    [[nodiscard]] bool hasEvent() const { return m_event.has_value(); }

    [[nodiscard]] int tab() const;
    void setTab(int tab);
    void focusTabs();
    [[nodiscard]] QList<QAction *> panelActions() const;
    void setBaseUrl(const QString &url) { m_baseUrl = url; }

signals:
    void problemFound(const QString &words);
    /// By a shortcut or the palette, perhaps while the inspector is out of sight.
    void tabAsked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeActions();
    void refresh();
    void fillPretty(QByteArrayView shown, bool cut);
    void fillRaw(QByteArrayView shown);
    void fillDetails();
    void fillTitle();
    void save();

    ElidedLabel *m_title;
    QTabBar *m_tabs;
    QWidget *m_notice;
    QLabel *m_noticeWords;
    QPushButton *m_loadAll;
    QStackedWidget *m_pages;
    PayloadText *m_pretty;
    JsonColours *m_colours;
    PayloadText *m_raw;
    HexView *m_hex;
    QTreeWidget *m_details;
    QAction *m_copy = nullptr;
    QAction *m_save = nullptr;
    QList<QAction *> m_tabActions;
    std::optional<TrafficEvent> m_event;
    bool m_all = false;   ///< the whole payload was asked for
    int m_filledTabs = 0; ///< a bit a tab: filled for this event
    int m_chosenTab = PrettyTab;
    QString m_baseUrl;
};

} // namespace pushdeck
