// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commandpalette.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 560;
constexpr int kRowHeight = 32;
constexpr int kMostRows = 11;

// Name on the left, keys on the right.
class CommandDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {kWidth, kRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tones &tones = tonesFor(option.palette);
        const auto *action = index.data(Qt::UserRole).value<QAction *>();
        if (!action)
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.palette.brush(QPalette::Highlight));
            painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5);
        }
        const QRect rect = option.rect.adjusted(14, 0, -14, 0);
        if (!action->icon().isNull())
            action->icon().paint(painter, QRect(rect.left(), rect.center().y() - 7, 16, 16));
        const bool enabled = action->isEnabled();
        painter->setPen(enabled ? option.palette.color(QPalette::Text) : tones.disabled);
        painter->drawText(rect.adjusted(28, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                          index.data().toString());
        painter->setFont(fixedFont());
        painter->setPen(tones.faint);
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight,
                          action->shortcut().toString(QKeySequence::NativeText));
        painter->restore();
    }
};

} // namespace

int paletteScore(const QString &query, const QString &text)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype previous = -2;
    for (const QChar wanted : query) {
        if (wanted.isSpace())
            continue;
        qsizetype best = -1;
        // A start of a word before a letter inside one.
        for (qsizetype i = at; i < text.size(); ++i) {
            if (text[i].toCaseFolded() != wanted.toCaseFolded())
                continue;
            if (best < 0)
                best = i;
            if (i == previous + 1 || i == 0 || text[i - 1].isSpace()) {
                best = i;
                break;
            }
        }
        if (best < 0)
            return -1;
        if (best == previous + 1)
            score += 3;
        if (best == 0 || text[best - 1].isSpace())
            score += 2;
        previous = best;
        at = best + 1;
    }
    return score;
}

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window), m_query(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setObjectName(u"commandPalette"_s);
    m_query->setObjectName(u"paletteQuery"_s);
    m_query->setPlaceholderText(tr("What do you want to do?"));
    m_query->setAccessibleName(tr("Command"));
    m_query->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Commands"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(9, 9, 9, 9);
    layout->setSpacing(6);
    layout->addWidget(m_query);
    layout->addWidget(m_list);
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    m_query->installEventFilter(this);
    hide();
}

void CommandPalette::open(const QList<QAction *> &actions)
{
    m_actions = actions;
    m_query->clear();
    fill();
    show();
    raise();
    m_query->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::fill()
{
    const QString query = m_query->text();
    std::vector<std::pair<int, QAction *>> found;
    for (QAction *action : std::as_const(m_actions)) {
        const int score = paletteScore(query, action->text());
        if (score >= 0)
            found.emplace_back(score, action);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    m_list->clear();
    for (const auto &[score, action] : found) {
        auto *item = new QListWidgetItem(action->text(), m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(action));
    }
    m_list->setCurrentRow(0);
    const int rows = std::clamp(m_list->count(), 1, kMostRows);
    const int width = std::min(kWidth, parentWidget()->width() - 40);
    setGeometry((parentWidget()->width() - width) / 2, 56, width,
                rows * kRowHeight + m_query->sizeHint().height() + 26);
}

void CommandPalette::run()
{
    const QListWidgetItem *item = m_list->currentItem();
    const QPointer<QAction> action = item ? item->data(Qt::UserRole).value<QAction *>() : nullptr;
    hide();
    if (action && action->isEnabled())
        action->trigger();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_query && event->type() == QEvent::FocusOut) {
        hide();
    } else if (watched == m_query && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int rows = m_list->count();
        switch (key) {
            case Qt::Key_Escape:
                hide();
                parentWidget()->setFocus();
                return true;
            case Qt::Key_Return:
            case Qt::Key_Enter:
                run();
                return true;
            case Qt::Key_Down:
            case Qt::Key_Up:
                if (rows > 0) {
                    const int step = key == Qt::Key_Down ? 1 : rows - 1;
                    m_list->setCurrentRow((m_list->currentRow() + step) % rows);
                }
                return true;
            default:
                break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    painter.setPen(QPen(mixed(tones.line, tones.muted, 0.5), 1));
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
}

} // namespace pushdeck
