// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/payloadtext.h"

#include "ui/find/findbar.h"
#include "ui/text/format.h"
#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 150ms;
constexpr int kMargin = 8;
constexpr int kLeading = 3;
constexpr int kFoldColumn = 16;
constexpr int kLeastDigits = 3;
constexpr int kMany = 2;            // for a plural form
constexpr int kUnbounded = 1 << 24; // wider than any row

const SharedDocument &emptyDocument()
{
    static const SharedDocument empty = [] {
        auto document = std::make_shared<PayloadDocument>();
        document->lines.emplace_back();
        return document;
    }();
    return empty;
}

QColor colourOf(TextTone tone, const Tones &tones, const QColor &plain)
{
    switch (tone) {
        case TextTone::Key:
            return tones.jsonKey;
        case TextTone::String:
            return tones.jsonString;
        case TextTone::Number:
            return tones.jsonNumber;
        case TextTone::Word:
            return tones.jsonWord;
        case TextTone::Quiet:
            return tones.muted;
        case TextTone::Added:
            return tones.ok;
        case TextTone::Removed:
            return tones.error;
        case TextTone::Changed:
            return tones.warn;
        case TextTone::Plain:
            break;
    }
    return plain;
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

qreal PayloadText::caretX() const
{
    const std::size_t row = rowOf(m_caret);
    QTextLayout layout;
    layOut(layout, row);
    return layout.lineAt(0).cursorToX(
        static_cast<int>(std::min<qsizetype>(m_caret - m_rows[row].start, m_rows[row].length)));
}

// --- painting
// -------------------------------------------------------------------------------------

void PayloadText::layOut(QTextLayout &layout, std::size_t row, const Formats &formats) const
{
    QTextOption option(Qt::AlignLeft);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(4 * m_widths.cell());
    layout.setFont(font());
    layout.setTextOption(option);
    layout.setText(rowText(row));
    layout.setFormats(formats); // before the layout: setting them undoes it
    layout.setCacheEnabled(true);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(kUnbounded);
    layout.endLayout();
}

PayloadText::Formats PayloadText::colours(std::size_t row) const
{
    const Tones &tones = tonesFor(palette());
    const QColor plain = palette().color(QPalette::Text);
    const TextRow &shown = m_rows[row];
    Formats ranges;
    const auto add = [&](qsizetype start, qsizetype length, const QTextCharFormat &format) {
        const qsizetype from = std::max(start - shown.start, qsizetype(0));
        const qsizetype to = std::min<qsizetype>(start + length - shown.start, shown.length);
        if (to > from)
            ranges << QTextLayout::FormatRange{static_cast<int>(from), static_cast<int>(to - from),
                                               format};
    };
    for (const TextSpan &span : m_document->spansOf(static_cast<std::size_t>(shown.line))) {
        QTextCharFormat format;
        format.setForeground(colourOf(span.tone, tones, plain));
        add(span.start, span.length, format);
    }
    if (endsFolded(row)) {
        QTextCharFormat format;
        format.setForeground(tones.muted);
        ranges << QTextLayout::FormatRange{
            shown.length, static_cast<int>(rowText(row).size()) - shown.length, format};
    }
    const auto first = std::lower_bound(
        m_hits.begin(), m_hits.end(), shown.start,
        [](const FindHit &hit, qsizetype start) { return hit.start + hit.length <= start; });
    for (auto hit = first; hit != m_hits.end() && hit->start < shown.start + shown.length; ++hit) {
        QTextCharFormat format;
        const bool current = m_hasHit && static_cast<std::size_t>(hit - m_hits.begin()) == m_hit;
        format.setBackground(findGround(palette(), current));
        add(hit->start, hit->length, format);
    }
    if (m_caret != m_anchor && !(m_hasHit && m_hit < m_hits.size() &&
                                 m_hits[m_hit].start == std::min(m_caret, m_anchor))) {
        QTextCharFormat format;
        format.setBackground(palette().brush(QPalette::Highlight));
        const qsizetype from = std::min(m_caret, m_anchor);
        add(from, std::max(m_caret, m_anchor) - from, format);
    }
    return ranges;
}

void PayloadText::paintGutter(QPainter &painter, std::size_t row, int y) const
{
    const auto at = static_cast<std::size_t>(m_rows[row].line);
    const TextLine &line = m_document->lines[at];
    if (!m_document->numbered || m_rows[row].start != line.start)
        return;
    const Tones &tones = tonesFor(palette());
    const int right = gutterWidth() - (m_document->json ? kFoldColumn : kMargin);
    painter.setPen(tones.faint);
    painter.drawText(QRect(0, y, right, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(at + 1));
    if (line.foldEnd >= 0) {
        const QRect sign(gutterWidth() - kFoldColumn, y, kFoldColumn, rowHeight());
        const bool hovered =
            sign.contains(viewport()->mapFromGlobal(QCursor::pos())) || m_folded[at];
        paintChevron(&painter, sign, m_folded[at] ? Qt::RightArrow : Qt::DownArrow,
                     hovered ? tones.accent : tones.muted);
    }
}

void PayloadText::paintRow(QPainter &painter, std::size_t row, int y) const
{
    const TextLine &line = m_document->lines[static_cast<std::size_t>(m_rows[row].line)];
    if (line.tone == TextTone::Added || line.tone == TextTone::Removed) {
        const Tones &tones = tonesFor(palette());
        painter.fillRect(QRect(0, y, viewport()->width(), rowHeight()),
                         mixed(palette().color(QPalette::Base),
                               line.tone == TextTone::Added ? tones.ok : tones.error, 0.12));
    }
    paintGutter(painter, row, y);
    QTextLayout layout;
    layOut(layout, row, colours(row));
    painter.setPen(palette().color(QPalette::Text));
    // On the line of the fixed font, whatever other fonts the row needs.
    const QPointF at(textLeft(),
                     y + kLeading / 2.0 + fontMetrics().ascent() - layout.lineAt(0).ascent());
    layout.draw(&painter, at);
    if (hasFocus() && rowOf(m_caret) == row)
        layout.drawCursor(
            &painter, at,
            static_cast<int>(std::min<qsizetype>(m_caret - m_rows[row].start, m_rows[row].length)));
}

void PayloadText::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (m_loading && std::chrono::milliseconds(m_loadingSince.elapsed()) < kPatience)
        return;
    if (m_document->text.isEmpty()) {
        paintEmptyWords(&painter, viewport()->rect(), palette(), textFont(),
                        m_loading ? tr("Reading…") : m_emptyTitle,
                        m_loading ? QString() : m_emptyHint);
        return;
    }
    painter.setFont(font());
    int y = kMargin;
    for (std::size_t row = topRow(); row < m_rows.size() && y < viewport()->height(); ++row) {
        paintRow(painter, row, y);
        y += rowHeight();
    }
}

} // namespace pushdeck
