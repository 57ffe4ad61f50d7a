// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shortcuts/shortcutsview.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 640;
constexpr int kMargin = 32; // of the window, at least
constexpr int kRowHeight = 26;
constexpr int kTitleHeight = 34;
constexpr int kActionRole = Qt::UserRole;

// A title, or a name with its keys as key caps at the right.
class ShortcutDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {kWidth, isTitle(index) ? kTitleHeight : kRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tones &tones = tonesFor(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (isTitle(index)) {
            painter->setFont(strong(scaled(option.font, 0.92)));
            painter->setPen(tones.muted);
            painter->drawText(option.rect.adjusted(14, 0, -14, -6),
                              Qt::AlignBottom | Qt::TextSingleLine, index.data().toString());
        } else {
            paintRow(painter, option, index, tones);
        }
        painter->restore();
    }

private:
    static bool isTitle(const QModelIndex &index) { return !index.parent().isValid(); }

    static void paintRow(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index, const Tones &tones)
    {
        const auto *action = index.data(kActionRole).value<QAction *>();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.palette.brush(QPalette::Highlight));
            painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5);
        }
        int right = option.rect.right() - 14;
        painter->setFont(scaled(fixedFont(), 0.94));
        const QStringList keys = action ? actionKeys(*action) : QStringList();
        for (auto key = keys.crbegin(); key != keys.crend(); ++key) {
            const int width = painter->fontMetrics().horizontalAdvance(*key) + 12;
            const QRectF cap(right - width + 0.5, option.rect.top() + 3.5, width, kRowHeight - 7);
            painter->setPen(tones.line);
            painter->setBrush(tones.raised);
            painter->drawRoundedRect(cap, 4, 4);
            painter->setPen(option.palette.color(QPalette::Text));
            painter->drawText(cap, Qt::AlignCenter, *key);
            right -= width + 6;
        }
        painter->setFont(option.font);
        painter->setPen(action && action->isEnabled() ? option.palette.color(QPalette::Text)
                                                      : tones.disabled);
        const QRect room(option.rect.left() + 14, option.rect.top(),
                         right - option.rect.left() - 24, kRowHeight);
        painter->drawText(room, Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            room.width()));
    }
};

} // namespace

ShortcutsView::ShortcutsView(QWidget *window)
    : QFrame(window),
      m_query(new QLineEdit(this)),
      m_list(new QTreeWidget(this)),
      m_none(new QLabel(tr("No key does that."), this))
{
    setObjectName(u"shortcuts"_s);
    setAccessibleName(tr("Keyboard shortcuts"));
    m_query->setObjectName(u"shortcutsQuery"_s);
    m_query->setPlaceholderText(tr("Find a key or what it does"));
    m_query->setAccessibleName(tr("Find a shortcut"));
    m_query->setClearButtonEnabled(true);
    m_query->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_list->setObjectName(u"shortcutsList"_s);
    m_list->setAccessibleName(tr("Keyboard shortcuts"));
    m_list->setItemDelegate(new ShortcutDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setItemsExpandable(false);
    m_list->header()->hide();
    m_none->setTextFormat(Qt::PlainText);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    auto *title = new QLabel(tr("Keyboard shortcuts"), this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(strong(scaled(font(), 1.1)));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_query);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    connect(m_query, &QLineEdit::textChanged, this, &ShortcutsView::fill);
    connect(m_list, &QTreeWidget::itemClicked, this, [this](const QTreeWidgetItem *item) {
        if (item->parent())
            run();
    });
    m_query->installEventFilter(this);
    window->installEventFilter(this);
    hide();
}

void ShortcutsView::open(const QList<ShortcutGroup> &groups)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_groups = groups;
    m_query->clear();
    fill();
    place();
    show();
    raise();
    m_query->setFocus(Qt::PopupFocusReason);
}

void ShortcutsView::place()
{
    const QSize room = parentWidget()->size() - QSize(2 * kMargin, 2 * kMargin);
    const int width = std::min(kWidth, room.width());
    setGeometry((parentWidget()->width() - width) / 2, kMargin, width, room.height());
}

void ShortcutsView::fill()
{
    m_list->clear();
    QTreeWidgetItem *first = nullptr;
    for (const ShortcutGroup &group : std::as_const(m_groups)) {
        QTreeWidgetItem *title = nullptr;
        for (QAction *action : group.actions) {
            if (!matchesShortcut(*action, group.title, m_query->text()))
                continue;
            if (!title) {
                title = new QTreeWidgetItem(m_list, {group.title});
                title->setFlags(Qt::ItemIsEnabled);
            }
            auto *item = new QTreeWidgetItem(title, {actionName(*action)});
            item->setData(0, kActionRole, QVariant::fromValue(action));
            item->setData(0, Qt::AccessibleTextRole,
                          u"%1, %2"_s.arg(actionName(*action), actionKeys(*action).join(u", "_s)));
            if (!first)
                first = item;
        }
    }
    m_list->expandAll();
    m_list->setCurrentItem(first);
    m_list->scrollToTop();
    m_none->setVisible(!first);
    m_list->setVisible(first);
}

void ShortcutsView::leave()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    else
        parentWidget()->setFocus();
}

void ShortcutsView::run()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    const QPointer<QAction> action = item ? item->data(0, kActionRole).value<QAction *>() : nullptr;
    if (!action)
        return;
    leave();
    if (action->isEnabled())
        action->trigger();
}

bool ShortcutsView::steer(int key)
{
    QTreeWidgetItem *item = m_list->currentItem();
    const auto step = [&item, this](bool down) {
        QTreeWidgetItem *next = down ? m_list->itemBelow(item) : m_list->itemAbove(item);
        // Titles are passed over.
        if (next && !next->parent())
            next = down ? m_list->itemBelow(next) : m_list->itemAbove(next);
        if (next)
            item = next;
    };
    const int page = std::max(m_list->viewport()->height() / kRowHeight - 2, 1);
    switch (key) {
        case Qt::Key_Escape:
            leave();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: {
            const bool down = key == Qt::Key_Down || key == Qt::Key_PageDown;
            const int steps = key == Qt::Key_Up || key == Qt::Key_Down ? 1 : page;
            for (int i = 0; item && i < steps; ++i)
                step(down);
            m_list->setCurrentItem(item);
            return true;
        }
        default:
            return false;
    }
}

bool ShortcutsView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
    } else if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        // The menu of the field itself, or another program in front: it stays.
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            hide();
    } else if (event->type() == QEvent::KeyPress) {
        return steer(static_cast<QKeyEvent *>(event)->key());
    }
    return QFrame::eventFilter(watched, event);
}

void ShortcutsView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    painter.setPen(QPen(mixed(tones.line, tones.muted, 0.5), 1));
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
}

} // namespace pushdeck
