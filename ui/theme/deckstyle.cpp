// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/deckstyle.h"

#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kControlHeight = 28;
constexpr int kTabHeight = 39; // as high as a panel's header, so that the mark is on its line

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

bool isPrimary(const QWidget *widget)
{
    return widget && widget->property("role").toString() == u"primary";
}

bool isDanger(const QWidget *widget)
{
    return widget && widget->property("role").toString() == u"danger";
}

} // namespace

DeckStyle::DeckStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

void DeckStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                              QPainter *painter, const QWidget *widget) const
{
    const Tones &tones = tonesFor(option->palette);
    switch (element) {
        case PE_PanelButtonCommand:
            paintButton(painter, *option, isPrimary(widget));
            return;
        case PE_PanelButtonTool:
            paintToolButton(painter, *option);
            return;
        case PE_FrameFocusRect:
            // Rows of views show their focus by the selection; everything else by a ring.
            if (!qobject_cast<const QAbstractItemView *>(widget))
                paintFocusRing(painter, QRectF(option->rect), tones);
            return;
        case PE_PanelLineEdit:
            if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
                frame && frame->lineWidth > 0) {
                paintField(painter, *option, option->palette.color(QPalette::Base));
            } else {
                painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            }
            return;
        case PE_FrameLineEdit:
            return;
        case PE_PanelScrollAreaCorner:
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        case PE_Frame:
            paintField(painter, *option, option->palette.color(QPalette::Base));
            return;
        case PE_IndicatorCheckBox:
            paintCheckBox(painter, *option);
            return;
        case PE_IndicatorRadioButton:
            paintRadioButton(painter, *option);
            return;
        case PE_FrameTabWidget:
        case PE_FrameStatusBarItem:
        case PE_FrameTabBarBase:
        case PE_IndicatorToolBarSeparator:
            return;
        // The bar and not what stands in it: that begins a few pixels from the window's edge.
        case PE_PanelStatusBar:
            painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)),
                              tones.line);
            return;
        case PE_FrameMenu:
        case PE_PanelTipLabel:
            painter->save();
            painter->setPen(tones.line);
            painter->setBrush(element == PE_FrameMenu
                                  ? QBrush(Qt::NoBrush)
                                  : option->palette.brush(QPalette::ToolTipBase));
            painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
            painter->restore();
            return;
        case PE_PanelMenu:
            painter->fillRect(option->rect, tones.raised);
            return;
        case PE_IndicatorArrowDown:
        case PE_IndicatorArrowUp:
        case PE_IndicatorArrowLeft:
        case PE_IndicatorArrowRight:
            paintChevron(painter, option->rect,
                         element == PE_IndicatorArrowUp      ? Qt::UpArrow
                         : element == PE_IndicatorArrowLeft  ? Qt::LeftArrow
                         : element == PE_IndicatorArrowRight ? Qt::RightArrow
                                                             : Qt::DownArrow,
                         has(option, State_Enabled) ? tones.muted : tones.disabled);
            return;
        case PE_IndicatorHeaderArrow:
            if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
                paintChevron(painter, option->rect,
                             header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::DownArrow
                                                                                 : Qt::UpArrow,
                             tones.accent);
            }
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void DeckStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const Tones &tones = tonesFor(option->palette);
    switch (element) {
        case CE_HeaderSection:
        case CE_HeaderEmptyArea:
            painter->fillRect(option->rect, option->palette.brush(QPalette::Window));
            painter->fillRect(
                QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                tones.line);
            return;
        case CE_HeaderLabel:
            if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
                QStyleOptionHeader quiet(*header);
                quiet.palette.setColor(QPalette::ButtonText, tones.muted);
                // The first column starts where the panel's title does.
                if (header->orientation == Qt::Horizontal &&
                    (header->position == QStyleOptionHeader::Beginning ||
                     header->position == QStyleOptionHeader::OnlyOneSection))
                    quiet.rect.adjust(kFirstColumnIndent, 0, 0, 0);
                QProxyStyle::drawControl(element, &quiet, painter, widget);
            }
            return;
        case CE_TabBarTabShape:
            if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
                paintTab(painter, *tab);
            return;
        case CE_TabBarTabLabel:
            if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
                QStyleOptionTab quiet(*tab);
                if (!has(option, State_Selected))
                    quiet.palette.setColor(QPalette::WindowText, tones.muted);
                quiet.state &= ~State_HasFocus;
                QProxyStyle::drawControl(element, &quiet, painter, widget);
                if (has(option, State_HasFocus) && has(option, State_KeyboardFocusChange))
                    paintFocusRing(painter, QRectF(option->rect).adjusted(3, 3, -3, -5), tones);
            }
            return;
        case CE_Splitter:
            painter->fillRect(option->rect,
                              has(option, State_MouseOver) ? tones.accent : tones.line);
            return;
        case CE_ToolBar:
            painter->fillRect(option->rect, option->palette.brush(QPalette::Window));
            painter->fillRect(
                QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                tones.line);
            return;
        case CE_ToolButtonLabel:
            if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
                button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
                paintToolButtonLabel(painter, *button);
                return;
            }
            break;
        case CE_PushButtonLabel:
            if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
                QStyleOptionButton tinted(*button);
                if (isPrimary(widget) && has(option, State_Enabled))
                    tinted.palette.setColor(QPalette::ButtonText, tones.accentText);
                else if (isDanger(widget) && has(option, State_Enabled))
                    tinted.palette.setColor(QPalette::ButtonText, tones.error);
                QProxyStyle::drawControl(element, &tinted, painter, widget);
            }
            return;
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void DeckStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    const Tones &tones = tonesFor(option->palette);
    switch (control) {
        case CC_ComboBox:
            if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
                paintField(painter, *option,
                           combo->editable ? option->palette.color(QPalette::Base) : tones.raised);
                const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
                paintChevron(painter, arrow, Qt::DownArrow,
                             has(option, State_Enabled) ? tones.muted : tones.disabled);
                return;
            }
            break;
        case CC_SpinBox:
            if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
                paintField(painter, *option, option->palette.color(QPalette::Base));
                if (spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
                    paintChevron(painter, subControlRect(control, option, SC_SpinBoxUp, widget),
                                 Qt::UpArrow, tones.muted);
                    paintChevron(painter, subControlRect(control, option, SC_SpinBoxDown, widget),
                                 Qt::DownArrow, tones.muted);
                }
                return;
            }
            break;
        case CC_ScrollBar:
            if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
                const QRect handle = subControlRect(control, option, SC_ScrollBarSlider, widget);
                paintScrollBar(painter, *slider, handle);
                return;
            }
            break;
        default:
            break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int DeckStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                           const QWidget *widget) const
{
    switch (metric) {
        case PM_ScrollBarExtent:
            return 12;
        case PM_ScrollBarSliderMin:
            return 32;
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
        case PM_TabBarTabShiftVertical:
        case PM_TabBarTabShiftHorizontal:
        case PM_TabBarBaseHeight:
        case PM_TabBarTabOverlap:
            return 0;
        case PM_TabBarTabHSpace:
            return 22;
        case PM_TabBarTabVSpace:
            return 10;
        case PM_HeaderMargin:
            return 6;
        case PM_HeaderMarkSize:
            return 9;
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
            return 16;
        case PM_ToolBarItemSpacing:
            return 6;
        case PM_ToolBarItemMargin:
            return 0;
        case PM_ToolBarFrameWidth:
            return 0;
        // Not every desktop draws a shadow.
        case PM_MenuPanelWidth:
            return 1;
        case PM_MenuHMargin:
        case PM_MenuVMargin:
            return 4;
        case PM_DefaultFrameWidth:
            // Text editors keep clear of their round corners.
            return qobject_cast<const QPlainTextEdit *>(widget)
                       ? 4
                       : (qobject_cast<const QLineEdit *>(widget) ? 2 : 1);
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return 16;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize DeckStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                  const QSize &contents, const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
        case CT_PushButton:
            return QSize(std::max(contents.width() + 24, 36),
                         std::max(size.height(), kControlHeight));
        case CT_ToolButton:
            if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
                button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
                return QSize(toolButtonLabelWidth(*button) + 2 * kFlatPadding, kControlHeight);
            return QSize(std::max(size.width(), kControlHeight), kControlHeight);
        case CT_TabBarTab:
            return QSize(size.width(), kTabHeight);
        case CT_LineEdit:
        case CT_ComboBox:
            return QSize(size.width(), std::max(size.height(), kControlHeight));
        case CT_SpinBox:
            return QSize(size.width() + 4, kControlHeight);
        case CT_HeaderSection:
            return QSize(size.width(), std::max(size.height(), 26));
        case CT_MenuItem:
            if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
                item && item->menuItemType == QStyleOptionMenuItem::Separator)
                return size;
            return QSize(size.width() + 8, std::max(size.height() + 4, 26));
        case CT_ItemViewItem:
            return QSize(size.width(), std::max(size.height(), 24));
        default:
            return size;
    }
}

QRect DeckStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        const QRect rect = option->rect;
        if (subControl == SC_ComboBoxArrow)
            return visualRect(option->direction, rect,
                              QRect(rect.right() - 22, rect.top(), 20, rect.height()));
        if (subControl == SC_ComboBoxEditField)
            return visualRect(option->direction, rect, rect.adjusted(8, 2, -24, -2));
    }
    if (control == CC_SpinBox && subControl == SC_SpinBoxEditField)
        return QProxyStyle::subControlRect(control, option, subControl, widget)
            .adjusted(5, 0, 0, 0);
    if (control == CC_ScrollBar) {
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (slider)
            return scrollBarPart(*slider, subControl,
                                 pixelMetric(PM_ScrollBarSliderMin, option, widget));
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

int DeckStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *returnData) const
{
    switch (hint) {
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_ComboBox_Popup:
            return 0;
        case SH_TabBar_Alignment:
            return Qt::AlignLeft;
        case SH_Table_GridLineColor:
            return option ? static_cast<int>(tonesFor(option->palette).lineSoft.rgb())
                          : QProxyStyle::styleHint(hint, option, widget, returnData);
        case SH_UnderlineShortcut:
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void DeckStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (widget->inherits("QSplitterHandle") || widget->inherits("QScrollBar"))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *edit = qobject_cast<QLineEdit *>(widget);
        edit && !qobject_cast<QComboBox *>(edit->parentWidget()) &&
        !qobject_cast<QAbstractSpinBox *>(edit->parentWidget()))
        edit->setTextMargins(3, 0, 3, 0);
}

} // namespace pushdeck
