// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/completionpopup.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRowHeight = 24;
constexpr int kMostRows = 10;
constexpr int kPadding = 12;
constexpr int kGap = 20;
constexpr int kFrame = 5;
constexpr int kLeastWidth = 240;
constexpr int kMostWidth = 560;
constexpr int kMostLabel = 320;
constexpr int kHintRole = Qt::UserRole;
constexpr int kLabelWidthRole = Qt::UserRole + 1;

// What is inserted on the left, what it means in a column of its own.
class ChoiceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {kLeastWidth, kRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tones &tones = tonesFor(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.palette.brush(QPalette::Highlight));
            painter->drawRoundedRect(option.rect, 4, 4);
        }
        QRect rect = option.rect.adjusted(kPadding - kFrame, 0, -kPadding + kFrame, 0);
        const auto draw = [painter, &rect](const QString &text) {
            painter->drawText(
                rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        };
        painter->setFont(fixedFont());
        painter->setPen(option.palette.color(QPalette::Text));
        draw(index.data().toString());
        rect.setLeft(rect.left() + index.data(kLabelWidthRole).toInt() + kGap);
        painter->setFont(option.font);
        painter->setPen(tones.muted);
        draw(index.data(kHintRole).toString());
        painter->restore();
    }
};

} // namespace

CompletionPopup::CompletionPopup(QWidget *field)
    : QFrame(field->window()), m_field(field), m_list(new QListWidget(this))
{
    setObjectName(u"filterCompletion"_s);
    setFocusPolicy(Qt::NoFocus);
    m_list->setObjectName(u"filterChoices"_s);
    m_list->setAccessibleName(tr("Suggestions for the filter"));
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kFrame, kFrame, kFrame, kFrame);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::itemClicked, this, [this] { emit chosen(current()); });
    hide();
}

void CompletionPopup::open(const std::vector<FilterChoice> &choices, int left)
{
    const QFontMetrics fixed(fixedFont());
    const QFontMetrics text(m_list->font());
    int labels = 0;
    int hints = 0;
    for (const FilterChoice &choice : choices) {
        labels = std::max(labels, fixed.horizontalAdvance(choice.label.left(kMostLabel / 4)));
        hints = std::max(hints, text.horizontalAdvance(choice.hint.left(kMostWidth / 4)));
    }
    const bool hinted = hints > 0;
    labels = std::min(labels, hinted ? kMostLabel : kMostWidth);
    m_list->clear();
    for (const FilterChoice &choice : choices) {
        auto *item = new QListWidgetItem(choice.label, m_list);
        item->setData(kHintRole, choice.hint);
        item->setData(kLabelWidthRole, labels);
        item->setData(Qt::AccessibleTextRole,
                      choice.hint.isEmpty() ? choice.label : choice.label + u", "_s + choice.hint);
    }
    m_list->setCurrentRow(0);
    m_list->scrollToTop();

    const int rows = std::min(kMostRows, static_cast<int>(choices.size()));
    const bool scrolls = static_cast<int>(choices.size()) > kMostRows;
    const int wanted = labels + (hinted ? kGap + hints : 0) + 2 * kPadding + 4 + (scrolls ? 14 : 0);
    const QWidget *window = parentWidget();
    const int width =
        std::min(std::clamp(wanted, kLeastWidth, kMostWidth), std::max(80, window->width() - 16));
    const QPoint below = m_field->mapTo(window, QPoint(left - kPadding, m_field->height() + 3));
    const int x = std::clamp(below.x(), 8, std::max(8, window->width() - width - 8));
    const int room = std::max(kRowHeight, window->height() - below.y() - 8 - 2 * kFrame);
    setGeometry(x, below.y(), width, std::min(rows * kRowHeight, room) + 2 * kFrame);
    show();
    raise();
}

void CompletionPopup::step(int by)
{
    if (const int rows = m_list->count(); rows > 0)
        m_list->setCurrentRow((m_list->currentRow() + by + rows) % rows);
}

int CompletionPopup::current() const
{
    return m_list->currentRow();
}

QString CompletionPopup::currentWords() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? item->data(Qt::AccessibleTextRole).toString() : QString();
}

void CompletionPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    painter.setPen(QPen(mixed(tones.line, tones.muted, 0.5), 1));
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace pushdeck
