#include "ui/theme/style.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace hookbench::theme {

namespace {

constexpr auto kRoleProperty = "hookbenchRole";
constexpr auto kInvalidProperty = "hookbenchInvalid";

QStyle *fusion()
{
    return QStyleFactory::create(QStringLiteral("Fusion"));
}

int inputHeight(const QWidget *widget)
{
    return roleOf(widget) == Role::Small ? metric::kSmallInput : metric::kInput;
}

} // namespace

void setRole(QWidget *widget, Role role)
{
    widget->setProperty(kRoleProperty, static_cast<int>(role));
    if (role == Role::Small)
        widget->setFont(font(Text::Small));
    widget->updateGeometry();
    widget->update();
}

Role roleOf(const QWidget *widget)
{
    return widget ? static_cast<Role>(widget->property(kRoleProperty).toInt()) : Role::None;
}

void setInvalid(QWidget *input, const QString &reason)
{
    if (isInvalid(input) == !reason.isEmpty() && (reason.isEmpty() || input->toolTip() == reason))
        return;
    input->setProperty(kInvalidProperty, !reason.isEmpty());
    input->setToolTip(reason);
    input->setAccessibleDescription(reason);
    input->update();
}

bool isInvalid(const QWidget *input)
{
    return input && input->property(kInvalidProperty).toBool();
}

Style::Style(const Tokens &tokens)
    : QProxyStyle(fusion())
    , m_tokens(&tokens)
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QScrollBar *>(widget)
        || qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget) || qobject_cast<QLineEdit *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // Tool tips tell what came from elsewhere: Qt would read HTML in it, and fetch its pictures.
    if (widget->inherits("QTipLabel"))
        static_cast<QLabel *>(widget)->setTextFormat(Qt::PlainText);
}

QPalette Style::standardPalette() const
{
    return baseStyle()->standardPalette();
}

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

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            drawInput(option, painter, widget);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_FrameFocusRect: {
        // Item views draw their current cell; everything else that is framed draws its own ring.
        const bool inView = widget && qobject_cast<const QAbstractItemView *>(widget);
        if (inView && !(option->state & State_KeyboardFocusChange) && !(option->state & State_HasFocus))
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(t.accentText, inView ? 1 : 2));
        painter->setBrush(Qt::NoBrush);
        const qreal inset = inView ? 0.5 : 1;
        painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), 3, 3);
        painter->restore();
        return;
    }
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadio(option, painter);
        return;
    case PE_PanelButtonTool:
        return;
    case PE_Frame:
        painter->save();
        painter->setPen(t.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameGroupBox:
    case PE_FrameWindow:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameTabWidget:
    case PE_FrameTabBarBase:
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, t.track);
        return;
    case PE_FrameMenu:
        painter->save();
        painter->setPen(t.control);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, t.base);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, t.tooltip);
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, t.window);
        painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)), t.border);
        return;
    case PE_IndicatorDockWidgetResizeHandle: {
        painter->fillRect(option->rect, t.window);
        const QRect &r = option->rect;
        if (r.width() > r.height())
            painter->fillRect(r.left(), r.bottom(), r.width(), 1, t.border);
        else
            painter->fillRect(r.center().x(), r.top(), 1, r.height(), t.border);
        return;
    }
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            const char *name = option->state & State_Open ? "chevron-down"
                : option->direction == Qt::RightToLeft    ? "chevron-left"
                                                          : "chevron-right";
            QRect box(0, 0, 14, 14);
            box.moveCenter(option->rect.center());
            paintIcon(painter, box, name, t.muted);
        }
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
            header && header->sortIndicator != QStyleOptionHeader::None)
            paintIcon(painter, option->rect,
                header->sortIndicator == QStyleOptionHeader::SortUp ? "chevron-down" : "chevron-up",
                t.muted); // up: grows
        return;
    case PE_IndicatorArrowDown:
        paintIcon(painter, option->rect, "chevron-down", t.muted);
        return;
    case PE_IndicatorArrowUp:
        paintIcon(painter, option->rect, "chevron-up", t.muted);
        return;
    case PE_IndicatorArrowLeft:
        paintIcon(painter, option->rect, "chevron-left", t.muted);
        return;
    case PE_IndicatorArrowRight:
        paintIcon(painter, option->rect, "chevron-right", t.muted);
        return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option))
            drawItemRow(item, painter, widget);
        return;
    case PE_IndicatorItemViewItemDrop:
        painter->save();
        painter->setPen(QPen(t.accentText, 2));
        if (option->rect.height() <= 1)
            painter->drawLine(option->rect.topLeft(), option->rect.topRight());
        else
            painter->drawRect(option->rect.adjusted(1, 1, -1, -1));
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return drawPushButton(button, painter, widget);
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return drawPushButtonLabel(button, painter, widget);
        break;
    case CE_Header:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            drawControl(CE_HeaderSection, header, painter, widget);
            // A QStyleOptionHeaderV2 where Qt gives one.
            const auto *wide = qstyleoption_cast<const QStyleOptionHeaderV2 *>(option);
            QStyleOptionHeaderV2 part;
            if (wide)
                part = *wide;
            else
                part.QStyleOptionHeader::operator=(*header);
            part.rect = subElementRect(SE_HeaderLabel, header, widget);
            if (part.rect.isValid())
                drawControl(CE_HeaderLabel, &part, painter, widget);
            if (header->sortIndicator != QStyleOptionHeader::None) {
                part.rect = subElementRect(SE_HeaderArrow, header, widget); // Qt asks the style below this one
                drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
            }
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return drawHeaderSection(header, painter, widget);
        painter->fillRect(option->rect, tokens().alt);
        painter->fillRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1, tokens().border);
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader copy(*header);
            copy.palette.setColor(QPalette::ButtonText, tokens().muted);
            // The margin is meant for the sides; above and below, a low header has no room for it and would cut the
            // text.
            if (header->orientation == Qt::Horizontal)
                copy.rect.adjust(0, -metric::kCellPadding, 0, metric::kCellPadding);
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option); box && !box->editable) {
            QStyleOptionComboBox copy = *box;
            const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width()
                - (box->currentIcon.isNull() ? 0 : box->iconSize.width() + 4) - 2;
            copy.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room);
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return drawTab(tab, painter);
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return drawTabLabel(tab, painter);
        break;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return drawMenuItem(item, painter, widget);
        break;
    case CE_MenuEmptyArea:
        painter->fillRect(option->rect, tokens().base);
        return;
    case CE_Splitter: {
        const QRect &r = option->rect;
        painter->fillRect(r, tokens().border);
        return;
    }
    case CE_ProgressBarGroove:
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            return drawProgress(bar, painter);
        break;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            const QRect &r = frame->rect;
            if (frame->frameShape == QFrame::HLine)
                painter->fillRect(r.left(), r.center().y(), r.width(), 1, tokens().border);
            else
                painter->fillRect(r.center().x(), r.top(), 1, r.height(), tokens().border);
            return;
        }
        break;
    case CE_SizeGrip:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return drawToolButton(button, painter, widget);
        break;
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return drawComboBox(combo, painter, widget);
        break;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return drawSpinBox(spin, painter, widget);
        break;
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return drawScrollBar(bar, painter, widget);
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawItemText(QPainter *painter, const QRect &rect, int flags, const QPalette &palette, bool enabled,
    const QString &text, QPalette::ColorRole role) const
{
    if (text.isEmpty())
        return;
    const QPen pen = painter->pen();
    if (role != QPalette::NoRole)
        painter->setPen(
            QPen(palette.brush(enabled ? palette.currentColorGroup() : QPalette::Disabled, role), pen.widthF()));
    paintText(painter, rect, flags, text);
    painter->setPen(pen);
}

QIcon Style::standardIcon(StandardPixmap pixmap, const QStyleOption *option, const QWidget *widget) const
{
    switch (pixmap) {
    case SP_LineEditClearButton:
        return icon("close");
    case SP_MessageBoxWarning:
        return icon("warn");
    case SP_MessageBoxCritical:
        return icon("fail");
    case SP_MessageBoxInformation:
    case SP_MessageBoxQuestion:
        return icon("info");
    case SP_ToolBarHorizontalExtensionButton:
        return icon("chevron-right");
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace hookbench::theme
