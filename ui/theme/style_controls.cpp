// Buttons, inputs and what is inside them.
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QToolButton>

namespace hookbench::theme {

namespace {

constexpr int kIcon = 16;
constexpr int kGap = 8;

struct Look
{
    QColor fill;
    QColor border;
    QColor text;
    Tint tint;
};

Look lookOf(const Tokens &t, Role role, QStyle::State state, bool flat)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool hover = enabled && (state & QStyle::State_MouseOver);
    const bool down = enabled && (state & QStyle::State_Sunken);
    const bool on = state & QStyle::State_On;
    const QColor none = Qt::transparent;
    if (!enabled)
        return { flat || role == Role::Link ? none : t.toolbar, flat || role == Role::Link ? none : t.border,
            t.disabled, Tint::Auto };
    if (role == Role::Primary)
        return { hover || down ? t.accentHover : t.accent, none, t.onAccent, Tint::OnAccent };
    if (role == Role::Link)
        return { hover || down ? t.hover : none, none, t.accentText, Tint::Accent };
    if (on)
        return { t.sel, flat ? none : t.selBorder, t.accentText, Tint::Accent };
    if (flat)
        return { hover || down ? t.hover : none, none, t.text, hover ? Tint::Text : Tint::Muted };
    return { down ? t.hover : hover ? t.alt : t.base, t.control, t.text, Tint::Muted };
}

bool showsFocus(const QStyleOption *option)
{
    return (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_Enabled);
}

} // namespace

void Style::drawFrame(
    QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, bool focus, qreal radius) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(border.alpha() ? QPen(border, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    painter->drawRoundedRect(border.alpha() ? frame : QRectF(rect), radius, radius);
    if (focus) {
        // Inside the frame, so that no layout has to leave room for it; two colours, so that it shows on any fill.
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(tokens().accentText, 2));
        painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
        if (fill == tokens().accent || fill == tokens().accentHover) {
            painter->setPen(QPen(tokens().base, 1));
            painter->drawRoundedRect(QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5), radius - 1, radius - 1);
        }
    }
    painter->restore();
}

void Style::drawInput(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state & State_Enabled;
    const auto *line = qobject_cast<const QLineEdit *>(widget);
    const bool readOnly = line && line->isReadOnly();
    const QColor border = isInvalid(widget) ? t.error : enabled ? t.control : t.border;
    drawFrame(painter, option->rect, enabled && !readOnly ? t.base : t.toolbar, border,
        (option->state & State_HasFocus) && enabled);
}

void Style::drawPushButton(const QStyleOptionButton *option, QPainter *painter, const QWidget *widget) const
{
    const Role role = roleOf(widget);
    const bool flat = option->features & QStyleOptionButton::Flat;
    const Look look = lookOf(tokens(), role, option->state, flat);
    drawFrame(painter, option->rect, look.fill, look.border, showsFocus(option));
    if (option->features & QStyleOptionButton::HasMenu) {
        const QRect arrow(option->rect.right() - 20, option->rect.top(), 14, option->rect.height());
        paintIcon(painter, visualRect(option->direction, option->rect, arrow), "chevron-down",
            option->state & State_Enabled ? iconColor("chevron-down", look.tint) : tokens().control);
    }
}

void Style::drawPushButtonLabel(const QStyleOptionButton *option, QPainter *painter, const QWidget *widget) const
{
    const Look look = lookOf(tokens(), roleOf(widget), option->state, option->features & QStyleOptionButton::Flat);
    QRect rect = option->rect.adjusted(8, 0, -8, 0);
    if (option->features & QStyleOptionButton::HasMenu)
        rect = visualRect(option->direction, option->rect, option->rect.adjusted(8, 0, -22, 0));
    const int iconSize = option->icon.isNull() ? 0 : std::min(kIcon, option->iconSize.width());
    const QFontMetrics metrics(painter->font());
    const int textWidth = metrics.size(Qt::TextShowMnemonic, option->text).width();
    const int gap = iconSize && !option->text.isEmpty() ? kGap : 0;
    const int width = std::min(rect.width(), iconSize + gap + textWidth);
    QRect inner(rect.x() + (rect.width() - width) / 2, rect.y(), width, rect.height());
    if (roleOf(widget) == Role::Leading)
        inner = visualRect(option->direction, rect, QRect(rect.x() + 5, rect.y(), width, rect.height()));
    if (iconSize) {
        const QRect box = visualRect(
            option->direction, inner, QRect(inner.x(), inner.center().y() - iconSize / 2 + 1, iconSize, iconSize));
        const QIcon::Mode mode = !(option->state & State_Enabled) ? QIcon::Disabled
            : option->state & State_MouseOver                     ? QIcon::Active
                                                                  : QIcon::Normal;
        option->icon.paint(painter, box, Qt::AlignCenter, mode, option->state & State_On ? QIcon::On : QIcon::Off);
    }
    const QRect textRect = visualRect(option->direction, inner, inner.adjusted(iconSize + gap, 0, 0, 0));
    painter->setPen(look.text);
    paintText(painter, textRect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
        metrics.elidedText(option->text, Qt::ElideRight, textRect.width(), Qt::TextShowMnemonic));
}

void Style::drawToolButton(const QStyleOptionToolButton *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const Role role = roleOf(widget);
    const bool split = option->features & QStyleOptionToolButton::MenuButtonPopup;
    const bool flat = (option->state & State_AutoRaise) || role == Role::Quiet;
    const QRect all = option->rect;
    const QRect main = split ? subControlRect(CC_ToolButton, option, SC_ToolButton, widget) : all;
    const auto part = [&](SubControl control) {
        State state = option->state & ~(State_Sunken | State_MouseOver);
        if (option->activeSubControls & control)
            state |= option->state & (State_Sunken | State_MouseOver);
        if (control == SC_ToolButton && !split)
            state |= option->state & (State_Sunken | State_MouseOver);
        return lookOf(t, role, state, flat);
    };
    const Look look = part(SC_ToolButton);

    if (role == Role::Segment) {
        const bool on = option->state & State_On;
        const bool hover = option->state & State_MouseOver && option->state & State_Enabled;
        if (on || hover)
            painter->fillRect(all, on ? t.sel : t.alt);
        if (showsFocus(option))
            drawFrame(painter, all, Qt::transparent, Qt::transparent, true, 3);
    } else if (split) {
        const QRect menu = subControlRect(CC_ToolButton, option, SC_ToolButtonMenu, widget);
        const Look menuLook = part(SC_ToolButtonMenu);
        painter->save();
        painter->setClipRect(main);
        drawFrame(painter, all, look.fill, look.border, false);
        painter->setClipRect(menu);
        drawFrame(painter, all, role == Role::Primary && option->state & State_Enabled ? t.accentHover : menuLook.fill,
            menuLook.border, false);
        painter->setClipping(false);
        const QColor seam = role == Role::Primary && option->state & State_Enabled ? t.base : look.border;
        const int x = option->direction == Qt::RightToLeft ? menu.right() : menu.left();
        painter->fillRect(x, all.top(), 1, all.height(), seam);
        painter->restore();
        if (showsFocus(option))
            drawFrame(painter, main, Qt::transparent, Qt::transparent, true);
        QRect arrow(0, 0, 14, 14);
        arrow.moveCenter(menu.center());
        paintIcon(painter, arrow, "chevron-down",
            option->state & State_Enabled ? iconColor("chevron-down", look.tint) : t.control);
    } else {
        drawFrame(painter, all, look.fill, look.border, showsFocus(option));
    }

    // label
    const bool hasMenuArrow = !split && (option->features & QStyleOptionToolButton::HasMenu)
        && option->toolButtonStyle != Qt::ToolButtonIconOnly;
    QRect rect = main.adjusted(6, 0, hasMenuArrow ? -18 : -6, 0);
    if (option->direction == Qt::RightToLeft)
        rect = visualRect(option->direction, main, rect);
    const bool showsText = option->toolButtonStyle != Qt::ToolButtonIconOnly && !option->text.isEmpty();
    const int iconSize = option->icon.isNull() || option->toolButtonStyle == Qt::ToolButtonTextOnly
        ? 0
        : std::min(option->iconSize.width(), kIcon);
    const QFontMetrics metrics(option->font);
    const int textWidth = showsText ? metrics.size(Qt::TextShowMnemonic, option->text).width() : 0;
    const int gap = iconSize && showsText ? 6 : 0;
    const int width = std::min(rect.width(), iconSize + gap + textWidth);
    const QRect inner(rect.x() + (rect.width() - width) / 2, rect.y(), width, rect.height());
    if (iconSize) {
        const QRect box = visualRect(
            option->direction, inner, QRect(inner.x(), inner.center().y() - iconSize / 2 + 1, iconSize, iconSize));
        const QIcon::Mode mode = !(option->state & State_Enabled) ? QIcon::Disabled
            : option->state & (State_MouseOver | State_HasFocus)  ? QIcon::Active
                                                                  : QIcon::Normal;
        option->icon.paint(painter, box, Qt::AlignCenter, mode, option->state & State_On ? QIcon::On : QIcon::Off);
    }
    if (option->features & QStyleOptionToolButton::Arrow && option->arrowType != Qt::NoArrow) {
        static constexpr const char *names[] = { "", "chevron-up", "chevron-down", "chevron-left", "chevron-right" };
        paintIcon(painter, QRect(main.center() - QPoint(7, 7), QSize(14, 14)), names[option->arrowType], t.muted);
    }
    if (showsText) {
        painter->save();
        painter->setFont(option->font);
        QColor color = look.text;
        if (role == Role::Segment)
            color = !(option->state & State_Enabled) ? t.disabled : option->state & State_On ? t.accentText : t.muted;
        painter->setPen(color);
        const QRect textRect = visualRect(option->direction, inner, inner.adjusted(iconSize + gap, 0, 0, 0));
        paintText(painter, textRect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option->text);
        painter->restore();
    }
    if (hasMenuArrow) {
        const QRect arrow(main.right() - 18, main.top(), 14, main.height());
        paintIcon(painter, visualRect(option->direction, main, arrow), "chevron-down",
            option->state & State_Enabled ? iconColor("chevron-down", look.tint) : t.control);
    }
}

void Style::drawComboBox(const QStyleOptionComboBox *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state & State_Enabled;
    const bool hover = enabled && option->state & State_MouseOver;
    const bool quiet = roleOf(widget) == Role::Quiet || !option->frame;
    const QColor border = isInvalid(widget) ? t.error
        : quiet                             ? QColor(Qt::transparent)
        : enabled                           ? t.control
                                            : t.border;
    QColor fill = enabled ? t.base : t.toolbar;
    if (quiet)
        fill = hover ? t.hover : QColor(Qt::transparent);
    else if (hover && !option->editable)
        fill = t.alt;
    drawFrame(painter, option->rect, fill, border, showsFocus(option));
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    paintIcon(
        painter, QRect(arrow.center() - QPoint(6, 6), QSize(14, 14)), "chevron-down", enabled ? t.muted : t.control);
}

void Style::drawSpinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state & State_Enabled;
    drawFrame(painter, option->rect, enabled ? t.base : t.toolbar,
        isInvalid(widget) ? t.error
            : enabled     ? t.control
                          : t.border,
        (option->state & State_HasFocus) && enabled);
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const QRect up = subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget);
    const QRect down = subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget);
    const int x = option->direction == Qt::RightToLeft ? up.right() : up.left();
    painter->fillRect(x, option->rect.top() + 2, 1, option->rect.height() - 4, t.line);
    const auto arrow
        = [&](const QRect &rect, const char *name, SubControl part, QAbstractSpinBox::StepEnabledFlag flag, int shift) {
              const bool can = enabled && option->stepEnabled & flag;
              const bool hot = can && option->state & State_MouseOver && option->activeSubControls & part;
              paintIcon(painter, QRect(rect.center().x() - 4, rect.center().y() - 5 + shift, 10, 10), name,
                  !can      ? t.control
                      : hot ? t.text
                            : t.muted);
          };
    arrow(up, "chevron-up", SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, 2);
    arrow(down, "chevron-down", SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, -1);
}

void Style::drawCheck(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & (State_On | State_NoChange);
    QRect box(0, 0, 15, 15);
    box.moveCenter(option->rect.center());
    QColor fill = on ? t.accent : t.base;
    if (!enabled)
        fill = t.toolbar;
    drawFrame(painter, box, fill, on && enabled ? t.accent : t.control, false, 3);
    if (on)
        paintIcon(painter, box.adjusted(1, 1, -1, -1), option->state & State_NoChange ? "minus" : "check",
            enabled ? t.onAccent : t.disabled);
    if (showsFocus(option))
        drawFrame(painter, box.adjusted(-2, -2, 2, 2), Qt::transparent, Qt::transparent, true, 4);
}

void Style::drawRadio(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    QRectF box(0, 0, 14, 14);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on && enabled ? t.accentText : t.control, 1.4));
    painter->setBrush(enabled ? t.base : t.toolbar);
    painter->drawEllipse(box);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? t.accentText : t.disabled);
        painter->drawEllipse(box.adjusted(3.5, 3.5, -3.5, -3.5));
    }
    painter->restore();
}

void Style::drawProgress(const QStyleOptionProgressBar *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    drawFrame(painter, option->rect, t.base, t.control, false, 3);
    const qreal range = option->maximum - option->minimum;
    if (range <= 0)
        return;
    const qreal part = (option->progress - option->minimum) / range;
    QRectF bar = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const qreal width = bar.width() * std::clamp(part, 0.0, 1.0);
    bar = option->direction == Qt::RightToLeft ? QRectF(bar.right() - width, bar.top(), width, bar.height())
                                               : QRectF(bar.left(), bar.top(), width, bar.height());
    painter->fillRect(bar, t.accent);
}

} // namespace hookbench::theme
