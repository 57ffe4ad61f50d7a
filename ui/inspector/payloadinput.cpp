// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadtext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace pushdeck {

namespace {

// Copying more would freeze the window and whoever takes it.
constexpr qsizetype kMostCopied = 64 * 1024 * 1024;

bool isWordSign(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isMark() || c.isSurrogate();
}

} // namespace

// What keys and mouse do to the text; how it is shown is in payloadtext.cpp.
bool PayloadText::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Ctrl+End and others are the window's, but not where there is a caret.
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto plain = key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
        switch (key->key()) {
            case Qt::Key_Home:
            case Qt::Key_End:
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_A:
            case Qt::Key_C:
                if (plain == Qt::ControlModifier && (key->modifiers() & Qt::ShiftModifier) == 0)
                    event->accept();
                break;
            default:
                break;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool PayloadText::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        viewport()->update();
    return QAbstractScrollArea::viewportEvent(event);
}

// --- the caret
// ------------------------------------------------------------------------------------

void PayloadText::moveCaret(qsizetype to, bool keepAnchor)
{
    m_caret = std::clamp<qsizetype>(to, 0, m_document->text.size());
    if (!keepAnchor)
        m_anchor = m_caret;
    m_hasHit = false;
    showCaret();
    viewport()->update();
    emit caretMoved();
}

void PayloadText::showCaret()
{
    const auto row = static_cast<int>(rowOf(m_caret));
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value())
        bar->setValue(row);
    else if (row >= bar->value() + bar->pageStep())
        bar->setValue(row - bar->pageStep() + 1);
    viewport()->update();
}

qsizetype PayloadText::rowsAway(int rows)
{
    const qreal x = m_wantedX < 0 ? caretX() : m_wantedX;
    const auto row = std::clamp<qsizetype>(static_cast<qsizetype>(rowOf(m_caret)) + rows, 0,
                                           static_cast<qsizetype>(m_rows.size()) - 1);
    const qsizetype to = positionIn(static_cast<std::size_t>(row), x);
    m_wantedX = x;
    return to;
}

// The position a character or a word away; what is folded is stepped over.
qsizetype PayloadText::beside(int step, bool words) const
{
    const QString &text = m_document->text;
    const std::size_t row = rowOf(m_caret);
    const qsizetype start = m_rows[row].start;
    const qsizetype end = start + m_rows[row].length;
    if (step > 0 && m_caret >= end)
        return row + 1 < m_rows.size() ? m_rows[row + 1].start : end;
    if (step < 0 && m_caret <= start)
        return row > 0 ? m_rows[row - 1].start + m_rows[row - 1].length : start;
    qsizetype at = m_caret;
    if (step > 0) {
        at += text[at].isHighSurrogate() && at + 1 < end ? 2 : 1;
        while (at < end &&
               (text[at].isMark() || (words && isWordSign(text[at - 1]) && isWordSign(text[at]))))
            ++at;
    } else {
        --at;
        while (at > start && (text[at].isLowSurrogate() || text[at].isMark() ||
                              (words && isWordSign(text[at]) && isWordSign(text[at - 1]))))
            --at;
    }
    return at;
}

std::optional<qsizetype> PayloadText::target(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const int page = std::max(1, verticalScrollBar()->pageStep() - 1);
    const TextRow &row = m_rows[rowOf(m_caret)];
    const qreal x = std::exchange(m_wantedX, -1);
    switch (event->key()) {
        case Qt::Key_Left:
            return beside(-1, control);
        case Qt::Key_Right:
            return beside(1, control);
        case Qt::Key_Home:
            return control ? 0 : row.start;
        case Qt::Key_End:
            return control ? m_rows.back().start + m_rows.back().length : row.start + row.length;
        case Qt::Key_Up:
        case Qt::Key_Down:
            m_wantedX = x;
            return rowsAway(event->key() == Qt::Key_Up ? -1 : 1);
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            if (control)
                return std::nullopt;
            m_wantedX = x;
            return rowsAway(event->key() == Qt::Key_PageUp ? -page : page);
        default:
            return std::nullopt;
    }
}

bool PayloadText::foldKey(int key)
{
    if (!canFold())
        return false;
    auto line = static_cast<std::size_t>(m_rows[rowOf(m_caret)].line);
    // On a line that opens nothing: what it is in.
    while (line > 0 && m_document->lines[line].foldEnd < 0) {
        const std::int32_t level = m_document->lines[line].level;
        const auto inside = static_cast<std::int32_t>(line);
        do
            --line;
        while (line > 0 &&
               (m_document->lines[line].foldEnd < inside || m_document->lines[line].level > level));
    }
    if (m_document->lines[line].foldEnd < 0)
        return false;
    const bool fold = key == Qt::Key_Minus || (key != Qt::Key_Plus && !m_folded[line]);
    setFolded(line, fold);
    if (fold && m_caret > m_document->lines[line].start + m_document->lines[line].length)
        moveCaret(m_document->lines[line].start + m_document->lines[line].indent, false);
    showCaret();
    return true;
}

void PayloadText::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
        case Qt::Key_Plus:
        case Qt::Key_Minus:
            if (!control && foldKey(event->key()))
                return;
            break;
        default:
            break;
    }
    if (const std::optional<qsizetype> to = target(event)) {
        const qreal wanted = m_wantedX;
        moveCaret(*to, event->modifiers().testFlag(Qt::ShiftModifier));
        m_wantedX = wanted;
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void PayloadText::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PayloadText::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

// --- selecting
// ------------------------------------------------------------------------------------

void PayloadText::select(qsizetype from, qsizetype to)
{
    m_anchor = std::clamp<qsizetype>(from, 0, m_document->text.size());
    moveCaret(to, true);
}

void PayloadText::selectWord(qsizetype at)
{
    const QString &text = m_document->text;
    qsizetype from = at;
    qsizetype to = at;
    while (from > 0 && isWordSign(text[from - 1]))
        --from;
    while (to < text.size() && isWordSign(text[to]))
        ++to;
    select(from, to);
}

void PayloadText::selectAll()
{
    m_anchor = 0;
    m_caret = m_document->text.size();
    m_hasHit = false;
    viewport()->update();
    emit caretMoved();
}

QString PayloadText::selectedText() const
{
    const qsizetype from = std::min(m_caret, m_anchor);
    const qsizetype to = std::max(m_caret, m_anchor);
    return m_document->text.sliced(from, std::min(to - from, kMostCopied));
}

void PayloadText::copy() const
{
    if (m_caret != m_anchor)
        QGuiApplication::clipboard()->setText(selectedText());
}

// --- the mouse
// ------------------------------------------------------------------------------------

void PayloadText::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_document->text.isEmpty())
        return;
    const QPoint point = event->position().toPoint();
    const std::size_t row = rowAt(point);
    const auto line = static_cast<std::size_t>(m_rows[row].line);
    // The sign in the margin, or the summary that stands for what is folded.
    const bool onSign = point.x() < gutterWidth() && canFold();
    const bool onSummary = endsFolded(row) && point.x() > textLeft() &&
                           positionAt(point) >= m_rows[row].start + m_rows[row].length &&
                           m_clicks == 0;
    if ((onSign || onSummary) && m_document->lines[line].foldEnd >= 0) {
        setFolded(line, onSign ? !m_folded[line] : false);
        return;
    }
    m_wantedX = -1;
    const qsizetype at = positionAt(point);
    if (m_clicks == 2) {
        const TextLine &whole = m_document->lines[line];
        select(whole.start, whole.start + whole.length);
        return;
    }
    moveCaret(at, event->modifiers().testFlag(Qt::ShiftModifier));
    m_dragPoint = point;
}

void PayloadText::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const bool overGutter = point.x() < gutterWidth();
    viewport()->setCursor(overGutter ? Qt::ArrowCursor : Qt::IBeamCursor);
    if (overGutter && canFold())
        viewport()->update(0, 0, gutterWidth(), viewport()->height());
    if (!(event->buttons() & Qt::LeftButton) || m_clicks > 0)
        return;
    m_dragPoint = point;
    moveCaret(positionAt(point), true);
    if (!viewport()->rect().contains(point))
        m_dragTimer.start();
    else
        m_dragTimer.stop();
}

void PayloadText::mouseReleaseEvent(QMouseEvent *)
{
    m_dragTimer.stop();
}

void PayloadText::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || event->position().x() < gutterWidth()) {
        mousePressEvent(event);
        return;
    }
    m_clicks = 2;
    m_clickTimer.start(QApplication::doubleClickInterval());
    selectWord(positionAt(event->position().toPoint()));
}

void PayloadText::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copied = menu->addAction(tr("Copy the selection"), this, [this] { copy(); });
    copied->setEnabled(m_caret != m_anchor);
    menu->addAction(tr("Select all"), this, [this] { selectAll(); });
    menu->addSeparator();
    menu->addActions(m_menuActions);
    menu->popup(event->globalPos());
}

// --- finding
// --------------------------------------------------------------------------------------

void PayloadText::setHits(std::vector<FindHit> hits)
{
    m_hits = std::move(hits);
    m_hasHit = false;
    viewport()->update();
}

void PayloadText::showHit(std::size_t hit)
{
    if (hit >= m_hits.size())
        return;
    const FindHit &found = m_hits[hit];
    // Whatever hides it is unfolded, outermost first.
    bool unfolded = false;
    const auto line = static_cast<std::int32_t>(m_document->lineAt(found.start));
    for (std::int32_t i = 0; i < line; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (m_folded[at] && m_document->lines[at].foldEnd >= line) {
            m_folded[at] = false;
            unfolded = true;
        }
    }
    if (unfolded)
        rewrap();
    m_anchor = found.start;
    m_caret = found.start + found.length;
    m_hit = hit;
    m_hasHit = true;
    const auto row = static_cast<int>(rowOf(found.start));
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value() || row >= bar->value() + bar->pageStep())
        bar->setValue(row - bar->pageStep() / 3);
    viewport()->update();
    emit caretMoved();
}

} // namespace pushdeck
