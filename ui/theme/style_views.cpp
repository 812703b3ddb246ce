// Headers, rows, tabs, menus and scroll bars.
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QPainter>
#include <QStyleOption>

namespace hookbench::theme {

void Style::drawHeaderSection(const QStyleOptionHeader *option, QPainter *painter, const QWidget *) const
{
    const Tokens &t = tokens();
    const QRect &r = option->rect;
    const bool hover = option->state & State_MouseOver && option->state & State_Enabled;
    painter->fillRect(r, hover ? t.hover : t.alt);
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, t.border);
    const bool last
        = option->position == QStyleOptionHeader::End || option->position == QStyleOptionHeader::OnlyOneSection;
    if (option->orientation == Qt::Horizontal && !last)
        painter->fillRect(
            option->direction == Qt::RightToLeft ? r.left() : r.right(), r.top(), 1, r.height(), t.border);
}

void Style::drawItemRow(const QStyleOptionViewItem *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    if (option->state & State_Selected)
        painter->fillRect(option->rect, t.sel);
    else if (option->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, option->backgroundBrush);
    else if (option->features & QStyleOptionViewItem::Alternate)
        painter->fillRect(option->rect, t.alt);
    const auto *view = qobject_cast<const QAbstractItemView *>(widget);
    if (view && view->alternatingRowColors())
        painter->fillRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1, t.line);
}

void Style::drawTab(const QStyleOptionTab *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const QRect &r = option->rect;
    const bool current = option->state & State_Selected;
    const bool hover = option->state & State_MouseOver && option->state & State_Enabled;
    painter->fillRect(r, current ? t.base : hover ? t.hover : t.window);
    if (current) {
        painter->fillRect(r.left(), r.top(), r.width(), 2, t.accentText);
        painter->fillRect(r.left(), r.top() + 2, 1, r.height() - 2, t.border);
        painter->fillRect(r.right(), r.top() + 2, 1, r.height() - 2, t.border);
    } else {
        painter->fillRect(r.left(), r.bottom(), r.width(), 1, t.border);
    }
    if (option->state & State_HasFocus)
        drawFrame(painter, r.adjusted(2, 4, -2, -2), Qt::transparent, Qt::transparent, true, 3);
}

void Style::drawTabLabel(const QStyleOptionTab *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool current = option->state & State_Selected;
    const bool enabled = option->state & State_Enabled;
    painter->save();
    painter->setFont(font(current ? Text::Strong : Text::Body));
    const int side = option->icon.isNull() ? 3 : 13; // words in the middle need no more than not to touch
    QRect r = option->rect.adjusted(side, 1, -side, 0);
    if (!option->icon.isNull()) {
        const QRect box = visualRect(option->direction, r, QRect(r.left(), r.center().y() - 7, 16, 16));
        option->icon.paint(
            painter, box, Qt::AlignCenter, enabled ? current ? QIcon::Active : QIcon::Normal : QIcon::Disabled);
        r = visualRect(option->direction, r, r.adjusted(22, 0, 0, 0));
    }
    painter->setPen(!enabled ? t.disabled : current ? t.text : t.muted);
    const Qt::Alignment place = option->icon.isNull() ? Qt::AlignHCenter : Qt::AlignLeft;
    paintText(painter, r,
        static_cast<int>(visualAlignment(option->direction, place | Qt::AlignVCenter)) | Qt::TextShowMnemonic,
        option->text);
    painter->restore();
}

void Style::drawMenuItem(const QStyleOptionMenuItem *option, QPainter *painter, const QWidget *) const
{
    const Tokens &t = tokens();
    const QRect &r = option->rect;
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(r.left() + 8, r.center().y(), r.width() - 16, 1, t.border);
        return;
    }
    const bool enabled = option->state & State_Enabled;
    const bool selected = option->state & State_Selected && enabled;
    if (selected)
        drawFrame(painter, r, t.sel, Qt::transparent, false, 3);

    const QRect mark = visualRect(option->direction, r, QRect(r.left() + 8, r.center().y() - 7, 16, 16));
    const bool checkable = option->checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable && option->checked)
        paintIcon(painter, mark, "check", enabled ? t.accentText : t.control);
    else if (!option->icon.isNull())
        option->icon.paint(painter, mark, Qt::AlignCenter,
            !enabled       ? QIcon::Disabled
                : selected ? QIcon::Active
                           : QIcon::Normal,
            selected ? QIcon::On : QIcon::Off);

    const QStringList parts = option->text.split(u'\t');
    QRect words = r.adjusted(34, 0, -10, 0);
    words = visualRect(option->direction, r, words);
    painter->save();
    painter->setFont(option->font);
    painter->setPen(enabled ? t.text : t.disabled);
    paintText(painter, words,
        static_cast<int>(visualAlignment(option->direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextShowMnemonic
            | Qt::TextSingleLine,
        parts.first());
    if (parts.size() > 1) {
        painter->setFont(font(Text::Small));
        painter->setPen(enabled ? t.muted : t.disabled);
        paintText(painter, words,
            static_cast<int>(visualAlignment(option->direction, Qt::AlignRight | Qt::AlignVCenter))
                | Qt::TextSingleLine,
            parts.at(1));
    }
    painter->restore();
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu) {
        const bool mirrored = option->direction == Qt::RightToLeft;
        const QRect arrow = visualRect(option->direction, r, QRect(r.right() - 20, r.center().y() - 6, 14, 14));
        paintIcon(painter, arrow, mirrored ? "chevron-left" : "chevron-right", enabled ? t.muted : t.control);
    }
}

void Style::drawScrollBar(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    painter->fillRect(option->rect, t.track);
    if (option->minimum >= option->maximum)
        return;
    QRectF thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    thumb.adjust(2, 2, -2, -2);
    const bool hot = option->state & State_MouseOver || option->state & State_Sunken;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(hot ? t.control : t.thumb);
    painter->drawRoundedRect(thumb, 3, 3);
    painter->restore();
}

} // namespace hookbench::theme
