// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/filtercompletion.h"
#include "ui/traffic/trafficfilter.h"

#include <QLineEdit>
#include <QTimer>

#include <functional>
#include <optional>

namespace pushdeck {

class CompletionPopup;

/// The field a traffic filter is typed into. It waits for a pause in the typing, offers what could
/// stand at the cursor, and says what is wrong, underlining it, instead of filtering by half a
/// term.
class FilterField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

    /// Sets the text and takes it at once.
    void setFilterText(const QString &text);
    void takeNow();

    /// Asked whenever choices are to be shown.
    void setSources(std::function<FilterSources()> sources) { m_sources = std::move(sources); }
    [[nodiscard]] bool isCompleting() const;

signals:
    void filterChanged(const pushdeck::TrafficFilter &filter, const QString &text);
    void problemChanged(const QString &words); ///< empty: none

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void sayHelp();
    bool completionKey(int key);
    void complete(bool asked);
    void accept(int choice);
    void closeCompletion();
    void announce();
    [[nodiscard]] int xOf(qsizetype position) const;

    QTimer m_delay;
    QString m_taken;
    std::optional<FilterProblem> m_problem;
    std::function<FilterSources()> m_sources;
    FilterCompletion m_completion;
    CompletionPopup *m_popup = nullptr; ///< made when first needed: its parent is the window
    bool m_accepting = false;
};

} // namespace pushdeck
