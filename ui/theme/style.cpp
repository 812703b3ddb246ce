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
