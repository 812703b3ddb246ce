#include "ui/widgets/line_chart.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hookbench::widgets {

namespace {

constexpr int kHead = 24; // title and legend
constexpr int kFoot = 18; // numbers below
constexpr int kSide = 46; // numbers beside
constexpr int kRim = 12;
constexpr int kUpSteps = 4;
constexpr int kAcrossSteps = 5;
constexpr int kMarkIcon = 12;
constexpr int kLegendLine = 18;

} // namespace

double stepOfAxis(double highest, int most)
{
    if (!(highest > 0))
        return 1;
    const double least = highest / most * (1 - 1e-9);
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double step : { 1.0, 2.0, 2.5, 5.0 })
        if (step * power >= least)
            return step * power;
    return 10 * power;
}

LineChart::LineChart(QWidget *parent)
    : QWidget(parent)
{
    const auto plain = [](double value) { return QString::number(value); };
    m_across = plain;
    m_up = plain;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LineChart::setTitle(const QString &title, const QString &detail)
{
    m_title = title;
    m_detail = detail;
    setAccessibleName(title);
    setAccessibleDescription(detail);
    update();
}

void LineChart::setData(std::vector<double> places, std::vector<Line> lines)
{
    m_places = std::move(places);
    m_lines = std::move(lines);
    update();
}

void LineChart::setMarks(std::vector<double> places)
{
    m_marks = std::move(places);
    update();
}

void LineChart::setWords(Words horizontal, Words vertical)
{
    m_across = std::move(horizontal);
    m_up = std::move(vertical);
}

void LineChart::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // axes run as numbers do
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont small = theme::font(theme::Text::Badge);
    QFont strong = small;
    strong.setWeight(QFont::DemiBold);

    const QRectF area(kSide, kHead, std::max(1, width() - kSide - kRim), std::max(1, height() - kHead - kFoot));
    painter.setFont(strong);
    painter.setPen(t.text);
    painter.drawText(QRectF(area.left(), 0, area.width(), kHead), Qt::AlignVCenter, m_title);
    const int titleWidth = painter.fontMetrics().horizontalAdvance(m_title) + 8;
    painter.setFont(small);
    painter.setPen(t.muted);
    painter.drawText(QRectF(area.left() + titleWidth, 0, area.width() - titleWidth, kHead), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, static_cast<int>(area.width()) - titleWidth));

    double legend = area.right();
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line) {
        if (line->name.isEmpty())
            continue;
        const int words = painter.fontMetrics().horizontalAdvance(line->name);
        painter.setPen(t.muted);
        painter.drawText(QRectF(legend - words, 0, words, kHead), Qt::AlignVCenter, line->name);
        legend -= words + 5;
        painter.setPen(QPen(line->dashed ? t.muted : t.accentText, 1.5, line->dashed ? Qt::DashLine : Qt::SolidLine));
        painter.drawLine(QPointF(legend - kLegendLine, kHead / 2.0), QPointF(legend, kHead / 2.0));
        legend -= kLegendLine + 14;
    }

    double highest = 0;
    for (const Line &line : m_lines)
        for (const double value : line.values)
            if (std::isfinite(value))
                highest = std::max(highest, value);
    const double up = stepOfAxis(highest, kUpSteps);
    const int upSteps = std::max(1, static_cast<int>(std::ceil(highest / up - 1e-6)));
    const double top = up * upSteps;
    const double right = m_places.empty() ? 1 : std::max(m_places.back(), 1e-9);
    const auto x = [&](double place) { return area.left() + area.width() * place / right; };
    const auto y = [&](double value) { return area.bottom() - area.height() * value / top; };

    for (int step = 0; step <= upSteps; ++step) {
        const double value = up * step;
        painter.setPen(t.line);
        painter.drawLine(QPointF(area.left(), y(value)), QPointF(area.right(), y(value)));
        painter.setPen(t.muted);
        painter.drawText(QRectF(0, y(value) - 8, kSide - 8, 16), Qt::AlignRight | Qt::AlignVCenter, m_up(value));
    }
    if (!m_places.empty()) {
        const double across = stepOfAxis(right, kAcrossSteps);
        for (double place = 0; place <= right * (1 + 1e-9); place += across) {
            const double middle = std::min(x(place), width() - 22.0);
            painter.drawText(QRectF(middle - 30, area.bottom() + 2, 60, kFoot - 2), Qt::AlignHCenter | Qt::AlignTop,
                m_across(place));
        }
    }

    painter.setClipRect(area.adjusted(-1, -2, 1, 2));
    for (const Line &line : m_lines) {
        QPainterPath path;
        bool drawing = false;
        double begin = 0;
        double end = 0;
        for (std::size_t i = 0; i < std::min(m_places.size(), line.values.size()); ++i) {
            if (!std::isfinite(line.values[i])) {
                drawing = false;
                continue;
            }
            const QPointF point(x(m_places[i]), y(line.values[i]));
            if (!drawing && path.isEmpty())
                begin = point.x();
            drawing ? path.lineTo(point) : path.moveTo(point);
            drawing = true;
            end = point.x();
        }
        if (line.filled && !path.isEmpty()) {
            QPainterPath fill = path;
            fill.lineTo(end, area.bottom());
            fill.lineTo(begin, area.bottom());
            painter.fillPath(fill, t.tint);
        }
        painter.setPen(QPen(line.dashed ? t.muted : t.accentText, 1.5, line.dashed ? Qt::DashLine : Qt::SolidLine));
        painter.drawPath(path);
    }
    painter.setClipping(false);
    for (const double mark : m_marks) {
        painter.setPen(QPen(t.error, 1.2, Qt::DotLine));
        painter.drawLine(QPointF(x(mark), area.top()), QPointF(x(mark), area.bottom()));
        theme::paintIcon(&painter,
            QRect(static_cast<int>(x(mark)) - kMarkIcon / 2, kHead - kMarkIcon / 2, kMarkIcon, kMarkIcon), "fail",
            t.error);
    }
}

} // namespace hookbench::widgets
