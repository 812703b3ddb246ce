#include "ui/impact/impact_strip.h"

#include "ui/impact/impact_groups.h"
#include "ui/theme/tokens.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace hookbench::impact {

namespace {

constexpr int kHeight = 26;
constexpr qreal kWidestMark = 8;
constexpr int kReach = 4; ///< pixels beside a mark that still mean it

} // namespace

ImpactStrip::ImpactStrip(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Replayed events in their order"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ImpactStrip::setReplay(pipeline::ReplayPtr replay)
{
    m_replay = std::move(replay);
    m_current = -1;
    update();
}

void ImpactStrip::setCurrent(int impact)
{
    m_current = impact;
    update();
}

QSize ImpactStrip::sizeHint() const
{
    return { 400, kHeight };
}

QRectF ImpactStrip::markRect(int impact) const
{
    const qreal pitch
        = std::min(kWidestMark, static_cast<qreal>(width()) / static_cast<qreal>(m_replay->impacts.size()));
    return { impact * pitch, 3, pitch, kHeight - 6.0 };
}

int ImpactStrip::impactAt(const QPoint &pos) const
{
    if (!m_replay || m_replay->impacts.empty())
        return -1;
    // The nearest that changes anything, else the one that is there: marks can be narrower than a pixel.
    const qreal pitch = markRect(0).width();
    const int last = static_cast<int>(m_replay->impacts.size()) - 1;
    const int exact = static_cast<int>(pos.x() / pitch);
    const int reach = std::max(1, static_cast<int>(kReach / pitch));
    for (int distance = 0; distance <= reach; ++distance)
        for (const int candidate : { exact - distance, exact + distance }) {
            if (candidate < 0 || candidate > last)
                continue;
            const pipeline::Impact kind = m_replay->impacts[static_cast<std::size_t>(candidate)].kind;
            if (kind != pipeline::Impact::Unchanged && kind != pipeline::Impact::NotSent)
                return candidate;
        }
    return exact <= last ? exact : -1;
}

void ImpactStrip::paintEvent(QPaintEvent *)
{
    if (!m_replay || m_replay->impacts.empty())
        return;
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    for (int i = 0; i < static_cast<int>(m_replay->impacts.size()); ++i) {
        const QRectF place = markRect(i);
        const qreal gap = place.width() > 3 ? 1.5 : 0;
        const QRectF mark = place.adjusted(gap / 2, 0, -gap / 2, 0);
        switch (m_replay->impacts[static_cast<std::size_t>(i)].kind) {
        case pipeline::Impact::Changed:
            painter.fillRect(mark, t.accent);
            break;
        case pipeline::Impact::NewlySent:
            painter.fillRect(mark.adjusted(0, mark.height() / 2, 0, 0), t.success);
            break;
        case pipeline::Impact::NoLongerSent:
            painter.setPen(t.error);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(mark.adjusted(0.5, mark.height() / 2 + 0.5, -0.5, -0.5));
            break;
        case pipeline::Impact::Unchanged:
        case pipeline::Impact::NotSent:
            painter.fillRect(mark.adjusted(0, mark.height() - 2, 0, 0), t.control);
            break;
        }
    }
    if (m_current >= 0) {
        painter.setPen(t.text);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(markRect(m_current).adjusted(-1.5, -1.5, 1, 1.5));
    }
}

void ImpactStrip::mousePressEvent(QMouseEvent *event)
{
    if (const int impact = impactAt(event->position().toPoint()); impact >= 0)
        Q_EMIT chosen(impact);
}

bool ImpactStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    if (const int impact = impactAt(help->pos()); impact >= 0) {
        const json::Value of = m_replay->events[m_replay->impacts[static_cast<std::size_t>(impact)].event];
        QToolTip::showText(help->globalPos(), QString(timeWords(of) + u' ' + eventWords(of)), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace hookbench::impact
