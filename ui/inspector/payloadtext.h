// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/find/findquery.h"
#include "ui/inspector/payloaddocument.h"
#include "ui/inspector/textrows.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTextLayout>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

class QMenu;

namespace pushdeck {

/// A read-only text of any length with lines that fold. It lays out and paints the rows in sight
/// only, so its size costs nothing but the search for line ends, which is done before, elsewhere.
/// Long lines are wrapped; text is selected and copied whole, whatever is folded.
class PayloadText final : public QAbstractScrollArea
{
    Q_OBJECT
    Q_PROPERTY(QString emptyTitle MEMBER m_emptyTitle)
    Q_PROPERTY(QString emptyHint MEMBER m_emptyHint)

public:
    explicit PayloadText(QWidget *parent = nullptr);

    /// Unfolded, from its start. A null pointer stands for an empty document.
    void setDocument(SharedDocument document);
    [[nodiscard]] const SharedDocument &document() const { return m_document; }
    /// Says that a document is being made; until it is set, none is shown.
    void setLoading();
    [[nodiscard]] bool isComplete() const { return !m_loading; }
    void setEmptyWords(const QString &title, const QString &hint);

    [[nodiscard]] const QString &toPlainText() const { return m_document->text; }
    /// The rows as they are shown, folded ones with their summary.
    [[nodiscard]] QStringList shownRows() const;

    [[nodiscard]] bool canFold() const { return m_document->json; }
    void setFolded(std::size_t line, bool folded);
    [[nodiscard]] bool isFolded(std::size_t line) const { return m_folded[line]; }
    void foldAll();
    void unfoldAll();
    /// Shows `level` levels: what is deeper is folded.
    void foldToLevel(int level);

    /// Marks what was found. The one that is looked at is brought into sight, unfolded.
    void setHits(std::vector<FindHit> hits);
    void showHit(std::size_t hit);
    /// The caret and the other end of what is selected, in characters; alike: nothing is.
    [[nodiscard]] qsizetype caret() const { return m_caret; }
    [[nodiscard]] qsizetype anchor() const { return m_anchor; }
    [[nodiscard]] QString selectedText() const;
    /// From one end to the other, where the caret comes to stand; brought into sight.
    void select(qsizetype from, qsizetype to);
    /// Where a character is, and which is at a point: in the viewport's coordinates. Null where it
    /// is not in sight.
    [[nodiscard]] QRect characterRect(qsizetype position) const;
    [[nodiscard]] qsizetype positionAt(const QPoint &point) const;
    /// More entries for the menu of a right click.
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }
    /// Where the sign that folds a line is, in the viewport; null while the line is not in sight.
    [[nodiscard]] QRect foldSign(std::size_t line) const;

signals:
    void documentChanged();
    void caretMoved();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    static constexpr int kMargin = 8;
    static constexpr int kLeading = 3;
    static constexpr int kFoldColumn = 16;
    /// What is ready by then does not flicker.
    static constexpr auto kPatience = std::chrono::milliseconds(150);

    void rewrap();
    void foldWhere(const std::function<bool(const TextLine &)> &wanted);
    [[nodiscard]] QString summary(std::size_t line) const;
    [[nodiscard]] bool endsFolded(std::size_t row) const;
    [[nodiscard]] QString rowText(std::size_t row) const;
    using Formats = QList<QTextLayout::FormatRange>;
    void layOut(QTextLayout &layout, std::size_t row, const Formats &formats = {}) const;
    void paintRow(QPainter &painter, std::size_t row, int y) const;
    void paintGutter(QPainter &painter, std::size_t row, int y) const;
    [[nodiscard]] Formats colours(std::size_t row) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] std::size_t topRow() const;
    [[nodiscard]] std::size_t rowOf(qsizetype position) const;
    [[nodiscard]] qsizetype positionIn(std::size_t row, qreal x) const;
    [[nodiscard]] std::size_t rowAt(const QPoint &point) const;
    [[nodiscard]] qreal caretX() const;

    void moveCaret(qsizetype to, bool keepAnchor);
    [[nodiscard]] std::optional<qsizetype> target(QKeyEvent *event);
    [[nodiscard]] qsizetype rowsAway(int rows);
    [[nodiscard]] qsizetype beside(int step, bool words) const;
    bool foldKey(int key);
    void showCaret();
    void selectWord(qsizetype at);
    void copy() const;
    void selectAll();

    SharedDocument m_document;
    std::vector<bool> m_folded; // one a line
    std::vector<TextRow> m_rows;
    CharWidths m_widths;
    std::vector<FindHit> m_hits;
    std::size_t m_hit = 0;
    bool m_hasHit = false;
    qsizetype m_caret = 0;
    qsizetype m_anchor = 0;
    qreal m_wantedX = -1; // where the caret would be had the rows on its way been longer
    int m_clicks = 0;
    QTimer m_clickTimer;
    QTimer m_dragTimer;
    QPoint m_dragPoint;
    bool m_loading = false;
    QElapsedTimer m_loadingSince;
    QString m_emptyTitle;
    QString m_emptyHint;
    QList<QAction *> m_menuActions;
};

} // namespace pushdeck
