// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientdelegate.h"

#include "ui/clients/clientmark.h"
#include "ui/clients/clientmodel.h"
#include "ui/clients/tagchips.h"
#include "ui/text/fitted.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QLineEdit>
#include <QPainter>
#include <QTableView>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// Every client is told so when the server stops: nothing is wrong with any.
constexpr int kServerStopped = 1012;

constexpr int kPadding = 6;
constexpr int kLockSize = 13;
constexpr int kShape = 9;
constexpr int kShapeColumn = 26;
// What a name keeps of its cell beside tags.
constexpr int kLeastText = 40;
constexpr int kBehindName = 7;
constexpr int kEditorHeight = 24;
constexpr double kHeaderShade = 0.4;

// The value that a card shows below a column's own.
QString secondLine(const ClientModel &model, const ClientRow &row, int column)
{
    const ClientInfo &info = row.info;
    switch (column) {
        case ClientModel::TopicsColumn: {
            const ClientState state = stateOf(row);
            if (state == ClientState::Gone || state == ClientState::Slow ||
                state == ClientState::Idle)
                return stateWords(row, model.nowMs());
            const QString since = formatSpan(model.nowMs() - info.connectedAtMs);
            return state == ClientState::Waiting ? since + u" · "_s + stateWords(row, model.nowMs())
                                                 : ClientModel::tr("for %1").arg(since);
        }
        case ClientModel::InColumn:
            return formatBytes(info.bytesIn);
        case ClientModel::OutColumn:
            return formatBytes(info.bytesOut);
        case ClientModel::RttColumn:
            return info.backlogBytes ? ClientModel::tr("q %1").arg(formatBytes(info.backlogBytes))
                                     : ClientModel::tr("q 0");
        default:
            return {};
    }
}

QString groupSecondLine(const ClientGroup &group, int column)
{
    switch (column) {
        case ClientModel::InColumn:
            return formatBytes(group.summary.bytesIn);
        case ClientModel::OutColumn:
            return formatBytes(group.summary.bytesOut);
        case ClientModel::RttColumn:
            return ClientModel::tr("q %1").arg(
                group.summary.backlogBytes == 0 ? u"0"_s : formatBytes(group.summary.backlogBytes));
        default:
            return {};
    }
}

QString addressLine(const ClientRow &row)
{
    const QString address = visibleText(row.info.address, 64);
    // Where the client has a name of its own the first line does not say what it is.
    const bool isNamed = !row.info.name.isEmpty() || !row.given.isEmpty();
    return !isNamed || row.agent.isEmpty() ? address : address + u" · "_s + row.agent;
}

} // namespace

QFont ClientDelegate::lowerFont()
{
    return scaled(textFont(), 0.9);
}

ClientDelegate::ClientDelegate(QObject *parent)
    : QStyledItemDelegate(parent),
      m_fixed(fixedFont()),
      m_small(lowerFont()),
      m_smallFixed(scaled(fixedFont(), 0.9))
{
}

void ClientDelegate::paintLines(QPainter *painter, const QRect &rect, const QString &first,
                                const QString &second, const QFont &font, Qt::Alignment alignment,
                                const QColor &colour, const QColor &secondColour) const
{
    const int flags = static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine;
    const bool fixed = font.family() == m_fixed.family();
    QRect line = rect;
    if (m_cards)
        line = QRect(rect.left(), rect.top() + 4, rect.width(), rect.height() / 2 - 3);
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(line, flags,
                      painter->fontMetrics().elidedText(first, Qt::ElideRight, line.width()));
    if (!m_cards || second.isEmpty())
        return;
    line.translate(0, line.height() - 1);
    painter->setFont(fixed ? m_smallFixed : m_small);
    painter->setPen(secondColour);
    painter->drawText(line, flags, fittedWords(second, painter->fontMetrics(), line.width()));
}

void ClientDelegate::paintName(QPainter *painter, const QStyleOptionViewItem &option,
                               const ClientRow &row, const Tones &tones) const
{
    const ClientState state = stateOf(row);
    const int y = m_cards ? option.rect.top() + 13 : option.rect.center().y() + 1;
    paintStateShape(painter, QRectF(option.rect.left() + 11, y - kShape / 2.0, kShape, kShape),
                    stateShape(state), stateColour(state, tones));
    const QRect rect = option.rect.adjusted(kShapeColumn, 0, -kPadding, 0);
    const QColor text = option.palette.color(QPalette::Text);
    const QColor muted = row.gone ? tones.faint : tones.muted;
    QFont font = option.font;
    if (!row.gone && m_cards)
        font.setWeight(QFont::Medium);
    paintLines(painter, rect, row.label, {}, font, Qt::AlignLeft, row.gone ? tones.faint : text,
               muted);
    // The id at the end of the line, where there is room for it.
    const QString id = u"#%1"_s.arg(row.info.id);
    int used = QFontMetrics(font).horizontalAdvance(row.label) + kBehindName;
    const int width = QFontMetrics(m_smallFixed).horizontalAdvance(id);
    const QRect line =
        m_cards ? QRect(rect.left(), rect.top() + 4, rect.width(), rect.height() / 2 - 3) : rect;
    // On one line tags come first: they are what the operator wrote.
    const bool hasRoom = used + width + 1 <= rect.width() && (m_cards || row.tags.isEmpty());
    if (row.label != id && hasRoom) {
        painter->setFont(m_smallFixed);
        painter->setPen(tones.faint);
        painter->drawText(line.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, id);
        used += width + kBehindName;
    }
    if (!m_cards) {
        paintTagChips(painter, line.adjusted(used, 0, 0, 0), row.tags, tones, row.gone);
        return;
    }
    const QRect below = line.translated(0, line.height() - 1);
    const int chips =
        paintTagChips(painter, below.adjusted(0, 0, -kLeastText, 0), row.tags, tones, row.gone);
    painter->setFont(m_small);
    painter->setPen(muted);
    painter->drawText(below.adjusted(chips, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      fittedWords(addressLine(row), painter->fontMetrics(), below.width() - chips));
}

/// A header's title runs over the columns up to the numbers: every cell of it draws the whole and
/// shows its own part.
void ClientDelegate::paintGroup(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const ClientGroup &group,
                                const Tones &tones) const
{
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    const bool isCurrent = view && view->hasFocus() && view->currentIndex().row() == index.row();
    painter->fillRect(option.rect,
                      mixed(option.palette.color(QPalette::Base), tones.line, kHeaderShade));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      tones.line);
    QRect whole = option.rect;
    if (view) {
        whole.setLeft(view->columnViewportPosition(ClientModel::NameColumn));
        int right = whole.left();
        for (int column = 0; column < ClientModel::ColumnCount; ++column)
            right += view->columnWidth(column);
        whole.setWidth(right - whole.left());
    }
    if (index.column() >= ClientModel::InColumn) {
        const auto *model = qobject_cast<const ClientModel *>(index.model());
        paintLines(painter, option.rect.adjusted(kPadding, 0, -kPadding, 0),
                   index.data(Qt::DisplayRole).toString(),
                   m_cards && model ? groupSecondLine(group, index.column()) : QString(), m_fixed,
                   Qt::AlignRight, tones.muted, tones.faint);
    } else {
        int right = whole.left();
        for (int column = 0; view && column < ClientModel::InColumn; ++column)
            right += view->columnWidth(column);
        paintGroupTitle(painter,
                        QRect(whole.left(), whole.top(), right - whole.left(), whole.height()),
                        option, group, tones);
    }
    if (isCurrent)
        paintFocusRing(painter, QRectF(whole).adjusted(0, 0, 0, -1), tones);
}

void ClientDelegate::paintGroupTitle(QPainter *painter, const QRect &rect,
                                     const QStyleOptionViewItem &option, const ClientGroup &group,
                                     const Tones &tones) const
{
    const QString count = formatCount(group.summary.members);
    const QFont font = strong(option.font);
    const int line = m_cards ? rect.height() / 2 - 3 : rect.height();
    const int top = m_cards ? rect.top() + 4 : rect.top();
    paintChevron(painter, QRect(rect.left() + 9, top, 14, line),
                 group.folded ? Qt::RightArrow : Qt::DownArrow, tones.muted);
    const QRect first(rect.left() + kShapeColumn, top, rect.width() - kShapeColumn - kPadding,
                      line);
    const int countWidth = QFontMetrics(m_fixed).horizontalAdvance(count);
    painter->setFont(font);
    painter->setPen(option.palette.color(QPalette::Text));
    const QString title = painter->fontMetrics().elidedText(
        group.title, Qt::ElideMiddle, first.width() - countWidth - kBehindName);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    int used = painter->fontMetrics().horizontalAdvance(title) + kBehindName;
    painter->setFont(m_fixed);
    painter->setPen(tones.muted);
    painter->drawText(first.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, count);
    used += countWidth + 2 * kBehindName;
    const QRect words = m_cards ? first.translated(0, line - 1) : first.adjusted(used, 0, 0, 0);
    painter->setFont(m_small);
    painter->setPen(group.summary.slow > 0 ? tones.warn : tones.muted);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(summaryWords(group.summary), Qt::ElideRight,
                                                        words.width()));
}

void ClientDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const auto *model = qobject_cast<const ClientModel *>(index.model());
    if (!model)
        return;
    const Tones &tones = tonesFor(option.palette);
    painter->save();
    painter->setClipRect(option.rect);
    if (model->isGroup(index.row())) {
        paintGroup(painter, option, index, model->group(index.row()), tones);
        painter->restore();
        return;
    }
    const ClientRow &row = model->row(index.row());
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    if (m_cards) {
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          tones.lineSoft);
    }

    const QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const QColor text = row.gone ? tones.faint : option.palette.color(QPalette::Text);
    const QColor muted = row.gone ? tones.faint : tones.muted;
    const QString own = index.data(Qt::DisplayRole).toString();
    const QString second = secondLine(*model, row, index.column());
    const auto alignment =
        Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    switch (index.column()) {
        case ClientModel::NameColumn:
            paintName(painter, option, row, tones);
            break;
        case ClientModel::TransportColumn: {
            const QRect badge =
                m_cards ? QRect(rect.left(), rect.top() + 3, rect.width(), 20) : rect;
            const int width = paintBadge(
                painter, badge.adjusted(-2, 0, 0, 0), own,
                row.gone ? tones.faint : transportColour(row.info.transport, tones), row.gone);
            if (row.info.isEncrypted()) {
                const QPoint at =
                    m_cards ? QPoint(badge.left(), badge.bottom() + 2)
                            : QPoint(badge.left() + width + 1, badge.center().y() - kLockSize / 2);
                tintedIcon(u"lock"_s, muted).paint(painter, QRect(at, QSize(kLockSize, kLockSize)));
            }
            break;
        }
        case ClientModel::TopicsColumn: {
            const ClientState state = stateOf(row);
            const QColor under =
                state == ClientState::Slow
                    ? tones.warn
                    : (row.gone && row.closeCode > 1001 && row.closeCode != kServerStopped
                           ? tones.error
                           : muted);
            paintLines(painter, rect, own, second, option.font, alignment, text, under);
            break;
        }
        case ClientModel::AddressColumn:
        case ClientModel::AgentColumn:
            paintLines(painter, rect, own, second, option.font, alignment, muted, muted);
            break;
        case ClientModel::RttColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment,
                       row.info.rttMs ? text : tones.faint,
                       row.info.slow ? tones.warn : (row.info.backlogBytes ? muted : tones.faint));
            break;
        case ClientModel::BacklogColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment,
                       row.info.slow ? tones.warn : (row.info.backlogBytes ? text : tones.faint),
                       muted);
            break;
        case ClientModel::BytesInColumn:
        case ClientModel::BytesOutColumn:
        case ClientModel::SinceColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment, muted, muted);
            break;
        default:
            paintLines(painter, rect, own, second, m_fixed, alignment, text, muted);
            break;
    }
    painter->restore();
}

QWidget *ClientDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                      const QModelIndex &index) const
{
    const auto *model = qobject_cast<const ClientModel *>(index.model());
    auto *editor = new QLineEdit(parent);
    editor->setObjectName(u"clientName"_s);
    editor->setAccessibleName(tr("Name of the client"));
    editor->setMaxLength(ClientBook::kNameCharacters);
    // Empty gives it back the name it would have without one.
    if (model && !model->isGroup(index.row()))
        editor->setPlaceholderText(model->row(index.row()).label);
    return editor;
}

void ClientDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    // Every snapshot is a change of every row: not of what is just being written.
    auto *line = qobject_cast<QLineEdit *>(editor);
    if (!line || line->property("filled").toBool())
        return;
    line->setProperty("filled", true);
    line->setText(index.data(Qt::EditRole).toString());
    line->selectAll();
}

void ClientDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const
{
    if (const auto *line = qobject_cast<const QLineEdit *>(editor))
        model->setData(index, line->text(), Qt::EditRole);
}

void ClientDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    const int height = std::min(option.rect.height(), kEditorHeight);
    const int top = m_cards ? option.rect.top() + 1 : option.rect.center().y() - height / 2;
    editor->setGeometry(option.rect.left() + kShapeColumn - 4, top,
                        option.rect.width() - kShapeColumn + 4, height);
}

} // namespace pushdeck
