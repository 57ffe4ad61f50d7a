// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadtext.h"

#include "ui/inspector/payloadaccessible.h"
#include "ui/text/format.h"
#include "ui/theme/fonts.h"

#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLeastDigits = 3;
constexpr int kMany = 2; // for a plural form

const SharedDocument &emptyDocument()
{
    static const SharedDocument empty = [] {
        auto document = std::make_shared<PayloadDocument>();
        document->lines.emplace_back();
        return document;
    }();
    return empty;
}

} // namespace

PayloadText::PayloadText(QWidget *parent)
    : QAbstractScrollArea(parent),
      m_document(emptyDocument()),
      m_folded(1, false),
      m_widths(fixedFont())
{
    setFrameShape(NoFrame);
    setFont(fixedFont());
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    m_clickTimer.setSingleShot(true);
    connect(&m_clickTimer, &QTimer::timeout, this, [this] { m_clicks = 0; });
    m_dragTimer.setInterval(40);
    connect(&m_dragTimer, &QTimer::timeout, this,
            [this] { moveCaret(positionAt(m_dragPoint), true); });
    setDocument(nullptr);
    PayloadAccessible::serve(this);
}

void PayloadText::setDocument(SharedDocument document)
{
    m_loading = false;
    m_document = document ? std::move(document) : emptyDocument();
    m_folded.assign(m_document->lines.size(), false);
    m_hits.clear();
    m_hasHit = false;
    m_caret = m_anchor = 0;
    m_wantedX = -1;
    m_rows.clear();
    rewrap();
    verticalScrollBar()->setValue(0);
    emit documentChanged();
}

void PayloadText::setLoading()
{
    setDocument(nullptr);
    m_loading = true;
    m_loadingSince.start();
    // What is ready at once does not flicker.
    QTimer::singleShot(kPatience, this, [this] { viewport()->update(); });
}

void PayloadText::setEmptyWords(const QString &title, const QString &hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void PayloadText::rewrap()
{
    const qsizetype top = m_rows.empty() ? 0 : m_rows[topRow()].start;
    const int width = viewport()->width() - textLeft() - kMargin;
    m_rows = wrapRows(*m_document, m_folded, std::max(width, 1), m_widths);
    const int page = std::max(1, (viewport()->height() - kMargin) / rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.size()) - page));
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setValue(static_cast<int>(rowOf(top)));
    viewport()->update();
}

void PayloadText::resizeEvent(QResizeEvent *)
{
    rewrap();
}

void PayloadText::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_widths = CharWidths(font());
        rewrap();
    }
}

// --- folding
// --------------------------------------------------------------------------------------

void PayloadText::setFolded(std::size_t line, bool folded)
{
    if (line >= m_folded.size() || m_document->lines[line].foldEnd < 0 || m_folded[line] == folded)
        return;
    m_folded[line] = folded;
    rewrap();
}

void PayloadText::foldWhere(const std::function<bool(const TextLine &)> &wanted)
{
    for (std::size_t i = 0; i < m_folded.size(); ++i)
        m_folded[i] = m_document->lines[i].foldEnd >= 0 && wanted(m_document->lines[i]);
    rewrap();
    showCaret();
}

void PayloadText::foldAll()
{
    foldWhere([](const TextLine &) { return true; });
}

void PayloadText::unfoldAll()
{
    foldWhere([](const TextLine &) { return false; });
}

void PayloadText::foldToLevel(int level)
{
    foldWhere([level](const TextLine &line) { return line.level >= level; });
}

QString PayloadText::summary(std::size_t at) const
{
    const TextLine &line = m_document->lines[at];
    const bool object = m_document->lineText(at).endsWith(u'{');
    const QString count = QString::number(line.children) + (line.open ? u"+"_s : QString());
    // Of what is cut off nobody knows the number: it is taken for many.
    const int plural = line.open ? kMany : pluralOf(static_cast<std::uint64_t>(line.children));
    const QString words = object ? tr("%1 key(s)", nullptr, plural).arg(count)
                                 : tr("%1 item(s)", nullptr, plural).arg(count);
    const bool comma =
        !line.open && m_document->lineText(static_cast<std::size_t>(line.foldEnd)).endsWith(u',');
    return u"…"_s + (object ? u'}' : u']') + (comma ? u","_s : QString()) + u"  "_s + words;
}

bool PayloadText::endsFolded(std::size_t row) const
{
    const auto line = static_cast<std::size_t>(m_rows[row].line);
    return m_folded[line] && (row + 1 == m_rows.size() || m_rows[row + 1].line != m_rows[row].line);
}

QString PayloadText::rowText(std::size_t row) const
{
    const TextRow &shown = m_rows[row];
    QString text = m_document->text.sliced(shown.start, shown.length);
    if (endsFolded(row))
        text += summary(static_cast<std::size_t>(shown.line));
    return text;
}

QStringList PayloadText::shownRows() const
{
    QStringList rows;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        rows << rowText(row);
    return rows;
}

QRect PayloadText::foldSign(std::size_t line) const
{
    const std::size_t row = rowOf(m_document->lines[line].start);
    if (m_document->lines[line].foldEnd < 0 || m_rows[row].line != static_cast<int>(line) ||
        row < topRow())
        return {};
    const int y = kMargin + static_cast<int>(row - topRow()) * rowHeight();
    const QRect sign(gutterWidth() - kFoldColumn, y, kFoldColumn, rowHeight());
    return sign.intersects(viewport()->rect()) ? sign : QRect();
}

// --- geometry
// -------------------------------------------------------------------------------------

int PayloadText::rowHeight() const
{
    return fontMetrics().height() + kLeading;
}

int PayloadText::gutterWidth() const
{
    int width = kMargin;
    if (m_document->numbered) {
        const auto digits = QString::number(m_document->lines.size()).size();
        width += static_cast<int>(m_widths.cell() *
                                  static_cast<qreal>(std::max<qsizetype>(kLeastDigits, digits)));
        width += m_document->json ? kFoldColumn : kMargin;
    }
    return width;
}

int PayloadText::textLeft() const
{
    return gutterWidth() + (m_document->numbered ? kMargin / 2 : 2);
}

std::size_t PayloadText::topRow() const
{
    return std::min(static_cast<std::size_t>(verticalScrollBar()->value()), m_rows.size() - 1);
}

std::size_t PayloadText::rowOf(qsizetype position) const
{
    const auto after =
        std::upper_bound(m_rows.begin(), m_rows.end(), position,
                         [](qsizetype at, const TextRow &row) { return at < row.start; });
    return after == m_rows.begin() ? 0 : static_cast<std::size_t>(after - m_rows.begin()) - 1;
}

std::size_t PayloadText::rowAt(const QPoint &point) const
{
    const int down = (point.y() - kMargin) / rowHeight() - (point.y() < kMargin ? 1 : 0);
    const auto row = static_cast<qsizetype>(topRow()) + down;
    return static_cast<std::size_t>(
        std::clamp<qsizetype>(row, 0, static_cast<qsizetype>(m_rows.size()) - 1));
}

qsizetype PayloadText::positionIn(std::size_t row, qreal x) const
{
    QTextLayout layout;
    layOut(layout, row);
    const int in = layout.lineAt(0).xToCursor(x);
    return m_rows[row].start + std::min<qsizetype>(in, m_rows[row].length);
}

qsizetype PayloadText::positionAt(const QPoint &point) const
{
    return positionIn(rowAt(point), point.x() - textLeft());
}

QRect PayloadText::characterRect(qsizetype position) const
{
    const std::size_t row = rowOf(position);
    if (row < topRow())
        return {};
    QTextLayout layout;
    layOut(layout, row);
    const qsizetype in = std::min<qsizetype>(position - m_rows[row].start, m_rows[row].length);
    const qreal left = layout.lineAt(0).cursorToX(static_cast<int>(in));
    const qreal right = layout.lineAt(0).cursorToX(static_cast<int>(in) + 1);
    const int y = kMargin + static_cast<int>(row - topRow()) * rowHeight();
    const QRect rect(textLeft() + static_cast<int>(left), y,
                     std::max(1, static_cast<int>(right - left)), rowHeight());
    return rect.intersects(viewport()->rect()) ? rect : QRect();
}

qreal PayloadText::caretX() const
{
    const std::size_t row = rowOf(m_caret);
    QTextLayout layout;
    layOut(layout, row);
    return layout.lineAt(0).cursorToX(
        static_cast<int>(std::min<qsizetype>(m_caret - m_rows[row].start, m_rows[row].length)));
}

} // namespace pushdeck
