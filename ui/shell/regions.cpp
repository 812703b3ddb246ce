#include "ui/shell/regions.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace hookbench::shell {

namespace {

/// The widget itself or the first in it that takes the keyboard; null where nothing does.
QWidget *focusable(QWidget *widget)
{
    const auto takes
        = [](const QWidget *w) { return w->isEnabled() && w->isVisible() && (w->focusPolicy() & Qt::TabFocus); };
    if (takes(widget))
        return widget;
    for (QWidget *inner = widget->nextInFocusChain(); inner != widget; inner = inner->nextInFocusChain())
        if (widget->isAncestorOf(inner) && takes(inner))
            return inner;
    return nullptr;
}

} // namespace

void Regions::enter(QWidget *widget)
{
    const auto region = std::ranges::find(m_regions, widget, &Region::widget);
    if (region == m_regions.end())
        return;
    if (region->reveal)
        region->reveal();
    // A list with nothing in it may not be there: then the region's own first stop, or F6 would go no further.
    for (QWidget *from : { region->firstFocus(), region->widget })
        if (QWidget *found = from ? focusable(from) : nullptr) {
            found->setFocus(Qt::ShortcutFocusReason);
            return;
        }
}

void Regions::next(bool forward)
{
    const QWidget *focus = QApplication::focusWidget();
    const int count = static_cast<int>(m_regions.size());
    int at = forward ? -1 : count;
    for (int i = 0; i < count; ++i) {
        const QWidget *widget = m_regions[static_cast<std::size_t>(i)].widget;
        if (focus && (widget == focus || widget->isAncestorOf(focus)))
            at = i;
    }
    for (int step = 1; step <= count; ++step) {
        const int index = (at + (forward ? step : -step) + 2 * count) % count;
        QWidget *widget = m_regions[static_cast<std::size_t>(index)].widget;
        if (widget->isVisible())
            return enter(widget);
    }
}

} // namespace hookbench::shell
