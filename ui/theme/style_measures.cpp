// How large things are and where their parts stand; device-independent pixels of STYLE.md §4.
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QHeaderView>
#include <QStyleOption>

#include <algorithm>

namespace hookbench::theme {

namespace {

int inputHeight(const QWidget *widget)
{
    return roleOf(widget) == Role::Small ? metric::kSmallInput : metric::kInput;
}

} // namespace

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
        return 16;
    case PM_ButtonMargin:
        return 12;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 1;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 15;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_HeaderMargin: {
        // Of a vertical header it is what keeps rows from being as low as they are meant to be.
        const auto *header = qobject_cast<const QHeaderView *>(widget);
        return header && header->orientation() == Qt::Vertical ? 0 : metric::kCellPadding;
    }
    case PM_HeaderMarkSize:
        return 12;
    case PM_HeaderDefaultSectionSizeVertical:
        return metric::kTableRow;
    case PM_FocusFrameHMargin:
        return metric::kCellPadding - 1;
    case PM_TabBarTabHSpace:
        return roleOf(widget) == Role::Small ? 17 : 26;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseHeight:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_SplitterWidth:
        return 1;
    case PM_DockWidgetSeparatorExtent:
        return 4;
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleMargin:
    case PM_ToolBarFrameWidth:
    case PM_ToolBarItemMargin:
        return 0;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return metric::kPanePadding;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_TreeViewIndentation:
        return 16;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ItemView_PaintAlternatingRowColorsForEmptyArea:
    case SH_TabBar_PreferNoArrows:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
        return hint == SH_UnderlineShortcut ? 1 : 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_MiddleClickAbsolutePosition:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return hint == SH_ScrollBar_LeftClickAbsolutePosition ? 0 : 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Menu_SubMenuPopupDelay:
        return 120;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    switch (type) {
    case CT_LineEdit: {
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        size.setHeight(inputHeight(widget));
        return size;
    }
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        int width = contents.width() + 24;
        if (button && !button->icon.isNull() && !button->text.isEmpty())
            width += 4; // eight between icon and text, Qt counted four
        if (button && button->text.isEmpty())
            width = inputHeight(widget);
        if (roleOf(widget) == Role::Link)
            width -= 8;
        return { width, std::max(contents.height() + 4, inputHeight(widget)) };
    }
    case CT_ComboBox:
        return { contents.width() + 40, std::max(contents.height() + 4, inputHeight(widget)) };
    case CT_SpinBox:
        return { contents.width() + 28, inputHeight(widget) };
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool iconOnly = !button || button->toolButtonStyle == Qt::ToolButtonIconOnly || button->text.isEmpty();
        if (iconOnly)
            return { std::max(contents.width() + 8, inputHeight(widget) - 2), std::max(contents.height() + 6, 24) };
        const bool split = button->features & QStyleOptionToolButton::MenuButtonPopup;
        const bool menu = button->features & QStyleOptionToolButton::HasMenu;
        return { contents.width()
                + (split       ? 18
                        : menu ? 32
                               : 16),
            std::max(contents.height() + 6, inputHeight(widget)) };
    }
    case CT_HeaderSection: {
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        size.setHeight(std::max(size.height(), metric::kTableHeader));
        return size;
    }
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return { contents.width(), 9 };
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return { size.width() + 24, std::max(size.height(), metric::kInput) };
    }
    case CT_TabBarTab: {
        // Room for the semi-bold words of the current tab, so that tabs do not move.
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            const int strong = QFontMetrics(font(Text::Strong)).horizontalAdvance(tab->text);
            const int usual = QFontMetrics(font(Text::Body)).horizontalAdvance(tab->text);
            size.rwidth() += std::max(0, strong - usual) + (tab->icon.isNull() ? 0 : 4);
        }
        size.setHeight(metric::kTabBar);
        return size;
    }
    case CT_ItemViewItem: {
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        size.setHeight(std::max(size.height(), metric::kTableRow));
        return size;
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, contents, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        return option->rect.adjusted(6, 1, -6, -1);
    case SE_PushButtonFocusRect:
        return option->rect;
    case SE_HeaderArrow: {
        const QRect &rect = option->rect;
        return visualRect(option->direction, rect, QRect(rect.right() - 15, rect.center().y() - 5, 12, 12));
    }
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const QRect rect = option->rect;
    if (control == CC_ComboBox) {
        if (part == SC_ComboBoxArrow)
            return visualRect(option->direction, rect, QRect(rect.right() - 23, rect.top(), 24, rect.height()));
        if (part == SC_ComboBoxEditField)
            return visualRect(option->direction, rect, rect.adjusted(9, 1, -26, -1));
        if (part == SC_ComboBoxListBoxPopup)
            return QProxyStyle::subControlRect(control, option, part, widget);
        return rect;
    }
    if (control == CC_SpinBox) {
        constexpr int kButtons = 18;
        const int half = rect.height() / 2;
        QRect answer = rect;
        if (part == SC_SpinBoxUp)
            answer = QRect(rect.right() - kButtons, rect.top(), kButtons + 1, half);
        else if (part == SC_SpinBoxDown)
            answer = QRect(rect.right() - kButtons, rect.top() + half, kButtons + 1, rect.height() - half);
        else if (part == SC_SpinBoxEditField)
            answer = rect.adjusted(3, 1, -kButtons - 1, -1);
        return visualRect(option->direction, rect, answer);
    }
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return rect;
        const bool horizontal = bar->orientation == Qt::Horizontal;
        const int groove = horizontal ? rect.width() : rect.height();
        const qint64 range = qint64{ bar->maximum } - bar->minimum;
        int slider = groove;
        if (range > 0) {
            slider = static_cast<int>(qint64{ bar->pageStep } * groove / (range + bar->pageStep));
            slider = std::min(groove, std::max(slider, pixelMetric(PM_ScrollBarSliderMin, option, widget)));
        }
        const int start = sliderPositionFromValue(
            bar->minimum, bar->maximum, bar->sliderPosition, groove - slider, bar->upsideDown);
        const auto along = [&](int from, int length) {
            return horizontal ? QRect(rect.x() + from, rect.y(), length, rect.height())
                              : QRect(rect.x(), rect.y() + from, rect.width(), length);
        };
        switch (part) {
        case SC_ScrollBarSlider:
            return visualRect(horizontal ? option->direction : Qt::LeftToRight, rect, along(start, slider));
        case SC_ScrollBarSubPage:
            return visualRect(horizontal ? option->direction : Qt::LeftToRight, rect, along(0, start));
        case SC_ScrollBarAddPage:
            return visualRect(
                horizontal ? option->direction : Qt::LeftToRight, rect, along(start + slider, groove - start - slider));
        case SC_ScrollBarGroove:
            return rect;
        default:
            return {};
        }
    }
    if (control == CC_ToolButton) {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (button && (button->features & QStyleOptionToolButton::MenuButtonPopup)) {
            const int arrow = roleOf(widget) == Role::Primary ? 26 : 20;
            if (part == SC_ToolButtonMenu)
                return visualRect(
                    option->direction, rect, QRect(rect.right() - arrow + 1, rect.top(), arrow, rect.height()));
            if (part == SC_ToolButton)
                return visualRect(option->direction, rect, rect.adjusted(0, 0, -arrow, 0));
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace hookbench::theme
