#include "ui/deliveries/run_strip.h"

#include "ui/deliveries/delivery_actions.h"
#include "ui/document/outcome_words.h"
#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/line_chart.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hookbench::deliveries {

namespace {

constexpr double kWorthShowing = 0.6; // seconds: nobody reads a strip that comes and goes
constexpr int kBarHeight = 12;
constexpr std::size_t kMostMarks = 8;
constexpr std::size_t kMostReasons = 3;

enum Figure { Events, Requests, Rate, Data, Elapsed, Left, FigureCount };

QString number(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

/// "4.9k", "350", "0.5".
QString briefNumber(double value)
{
    const QLocale locale;
    if (value >= 1'000'000)
        return locale.toString(value / 1'000'000, 'g', 2) + QLatin1Char('M');
    if (value >= 1'000)
        return locale.toString(value / 1'000, 'g', 3) + QLatin1Char('k');
    return locale.toString(value, 'g', 3);
}

/// Slices with the most failures, in the order of time.
std::vector<double> marksOf(const pipeline::RunChart &chart)
{
    std::vector<pipeline::RunPoint> worst;
    std::copy_if(chart.points.begin(), chart.points.end(), std::back_inserter(worst),
        [](const pipeline::RunPoint &point) { return point.failed > 0; });
    std::stable_sort(worst.begin(), worst.end(),
        [](const pipeline::RunPoint &a, const pipeline::RunPoint &b) { return a.failed > b.failed; });
    worst.resize(std::min(worst.size(), kMostMarks));
    std::vector<double> marks;
    for (const pipeline::RunPoint &point : worst)
        marks.push_back(point.seconds);
    std::sort(marks.begin(), marks.end());
    return marks;
}

/// Batches end in lumps: the mean of a few slices tells more of the rate.
std::vector<double> smoothed(const std::vector<double> &values)
{
    constexpr std::size_t kReach = 2;
    std::vector<double> out;
    for (std::size_t at = 0; at < values.size(); ++at) {
        const std::size_t from = at - std::min(at, kReach);
        const std::size_t to = std::min(values.size(), at + kReach + 1);
        const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
        out.push_back(std::accumulate(first, values.begin() + static_cast<std::ptrdiff_t>(to), 0.0)
            / static_cast<double>(to - from));
    }
    return out;
}

} // namespace

/// Delivered solid, failed solid in the colour of errors, in flight pale, the rest empty.
class RunBar : public QWidget
{
public:
    explicit RunBar(QWidget *parent = nullptr)
        : QWidget(parent)
    {
        setFixedHeight(kBarHeight);
    }
    void setParts(double delivered, double failed, double inFlight)
    {
        m_delivered = delivered;
        m_failed = failed;
        m_inFlight = inFlight;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &t = theme::tokens();
        QPainter painter(this);
        painter.fillRect(rect(), t.base);
        double left = 0;
        for (const auto &[part, color] : { std::pair{ m_delivered, t.accent }, std::pair{ m_failed, t.error },
                 std::pair{ m_inFlight, t.selBorder } }) {
            const double wide = part * (width() - 2);
            painter.fillRect(
                QStyle::visualRect(layoutDirection(), rect(),
                    QRectF(1 + left, 1, wide, height() - 2).toAlignedRect() & rect().adjusted(1, 1, -1, -1)),
                color);
            left += wide;
        }
        painter.setPen(t.control);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }

private:
    double m_delivered = 0;
    double m_failed = 0;
    double m_inFlight = 0;
};

RunStrip::RunStrip(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_title(new widgets::StatusLabel)
    , m_detail(new widgets::MutedLabel)
    , m_pause(new QToolButton)
    , m_continue(new QToolButton)
    , m_discard(new QToolButton)
    , m_close(new QToolButton)
    , m_bar(new RunBar)
    , m_delivered(new widgets::StatusLabel)
    , m_failed(new widgets::StatusLabel)
    , m_inFlight(new widgets::StatusLabel)
    , m_waiting(new widgets::StatusLabel)
    , m_reasons(new widgets::MutedLabel)
    , m_counts(new QWidget)
    , m_figures(new QWidget)
    , m_throughput(new widgets::LineChart)
    , m_latency(new widgets::LineChart)
{
    m_title->setTextFont(theme::font(theme::Text::Strong));
    m_title->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    for (QToolButton *button : { m_pause, m_continue, m_discard, m_close }) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    m_continue->setText(tr("Continue"));
    m_continue->setIcon(theme::icon("play"));
    m_continue->setToolTip(tr("Sends what is parked, with the same bytes and signatures"));
    m_discard->setText(tr("Discard"));
    m_discard->setIcon(theme::icon("trash"));
    m_discard->setToolTip(tr("What is parked will not go out; it stays in the list as discarded"));
    m_continue->hide();
    m_discard->hide();
    m_close->setAutoRaise(true);
    m_close->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_close->setIcon(theme::icon("close"));
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close; the deliveries stay in the list"));

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_detail, 1);
    head->addWidget(m_pause);
    head->addWidget(m_continue);
    head->addWidget(m_discard);
    head->addWidget(m_close);
    auto *counts = new QHBoxLayout(m_counts);
    counts->setContentsMargins(0, 0, 0, 0);
    counts->setSpacing(14);
    for (widgets::StatusLabel *label : { m_delivered, m_failed, m_inFlight, m_waiting }) {
        label->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
        counts->addWidget(label);
    }
    m_reasons->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    counts->addWidget(m_reasons, 1);

    auto *figures = new QHBoxLayout(m_figures);
    figures->setContentsMargins(0, 4, 0, 0);
    figures->setSpacing(22);
    const QString names[FigureCount]
        = { tr("Events"), tr("Requests"), tr("Rate"), tr("Body data"), tr("Elapsed"), tr("Left") };
    for (const QString &name : names) {
        auto *column = new QVBoxLayout;
        column->setSpacing(1);
        auto *title = new widgets::MutedLabel(name);
        title->setFont(theme::font(theme::Text::Badge));
        auto *value = new QLabel;
        value->setFont(theme::font(theme::Text::Mono));
        value->setAccessibleName(name);
        column->addWidget(title);
        column->addWidget(value);
        figures->addLayout(column);
        m_values.push_back(value);
    }
    figures->addStretch(1);

    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(6);
    left->addLayout(head);
    left->addWidget(m_bar);
    left->addWidget(m_counts);
    left->addWidget(m_figures);
    left->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 8);
    row->setSpacing(20);
    row->addLayout(left, 5);
    row->addWidget(m_throughput, 4);
    row->addWidget(m_latency, 4);
    const auto seconds
        = [](double value) { return value > 0 ? document::durationText(value * 1000) : RunStrip::tr("0 s"); };
    const auto latency = [](double value) { return value > 0 ? document::durationText(value) : RunStrip::tr("0 ms"); };
    m_throughput->setWords(seconds, briefNumber);
    m_latency->setWords(seconds, latency);

    pipeline::Session &session = workbench.session();
    connect(&session, &pipeline::Session::runStarted, this, &RunStrip::begin);
    connect(&session, &pipeline::Session::runProgressed, this, &RunStrip::showProgress);
    connect(&session, &pipeline::Session::runFinished, this, &RunStrip::end);
    connect(&session, &pipeline::Session::runRefused, this, &QWidget::hide);
    connect(m_pause, &QToolButton::clicked, this, [this] { m_workbench.session().pause(!m_last.paused); });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&session, &pipeline::Session::parkedChanged, this, &RunStrip::showParked);
    connect(m_continue, &QToolButton::clicked, this,
        [this] { m_workbench.session().continueParked(m_workbench.runOptions()); });
    connect(m_discard, &QToolButton::clicked, this, &RunStrip::askToDiscard);
    hide();
}

void RunStrip::askToDiscard()
{
    const std::uint64_t parked = m_workbench.session().parked();
    if (parked == 0
        || !isConfirmed(window(), tr("Discard what is parked: %1?").arg(number(parked)),
            tr("It will not be sent and cannot be continued any more. It stays in the list as discarded."),
            tr("&Discard %1").arg(number(parked))))
        return;
    m_continue->setEnabled(false);
    m_discard->setEnabled(false);
    m_workbench.session().discardParked();
}

void RunStrip::begin()
{
    hide();
    m_last = {};
    m_hasRun = false;
    m_endedWhole = false;
    m_isUnfolded = false;
    m_tellsParked = false;
    m_pause->show();
    m_continue->hide();
    m_discard->hide();
    m_close->hide();
}

// Of a run that was stopped before the program was started there is nothing else to show.
void RunStrip::showParked()
{
    const pipeline::Session &session = m_workbench.session();
    const bool running = session.isRunning();
    const bool any = session.parked() > 0 && !running;
    m_continue->setVisible(any);
    m_discard->setVisible(any);
    m_continue->setEnabled(true);
    m_discard->setEnabled(true);
    if (running)
        return;
    const bool toldParked = std::exchange(m_tellsParked, any);
    m_bar->setVisible(m_hasRun);
    m_counts->setVisible(m_hasRun);
    setCompact(m_compact);
    if (any) {
        // Of a run that ended as it should the title stays: what is parked is of another one.
        if (m_hasRun && m_endedWhole) {
            m_detail->setText(tr("%1 parked before, not sent yet").arg(number(session.parked())));
        } else {
            m_title->setStatus("pause", tr("%1 parked").arg(number(session.parked())));
            m_detail->setText(tr("not sent yet"));
        }
        m_pause->hide();
        m_close->show();
        show();
    } else if (!m_hasRun) {
        hide();
    } else if (toldParked) {
        if (!m_endedWhole)
            m_title->setStatus("dash", tr("Stopped"));
        m_waiting->hide();
        m_detail->setText(QString());
    }
}

void RunStrip::setCompact(bool compact)
{
    m_compact = compact;
    for (QWidget *more :
        { static_cast<QWidget *>(m_figures), static_cast<QWidget *>(m_throughput), static_cast<QWidget *>(m_latency) })
        more->setVisible(!compact && m_isUnfolded);
}

void RunStrip::unfold()
{
    if (std::exchange(m_isUnfolded, true))
        return;
    setCompact(m_compact);
}

void RunStrip::showProgress(const pipeline::RunProgress &progress)
{
    m_last = progress;
    const bool over = !m_workbench.session().isRunning();
    if (isHidden() && ((progress.seconds < kWorthShowing && !progress.paused) || over))
        return;
    const double part = progress.part.value_or(0);
    // All of it at once would keep the window for longer than a frame.
    if (std::exchange(m_hasRun, true))
        unfold();
    else {
        m_bar->show();
        m_counts->show();
        setCompact(m_compact);
    }
    m_pause->setVisible(!progress.parking && !over);
    if (progress.parking)
        m_title->setStatus("pause", tr("Stopping: parking the rest, %1 %").arg(static_cast<int>(part * 100)));
    else if (progress.paused)
        m_title->setStatus("pause", tr("Paused at %1 %").arg(static_cast<int>(part * 100)));
    else
        m_title->setStatus("spinner", tr("Sending, %1 %").arg(static_cast<int>(part * 100)));
    m_detail->setText(progress.chart.points.empty() || !m_latency->isHidden() // it is in the legend of the chart
            ? QString()
            : tr("p50 %1, p95 %2")
                  .arg(document::durationText(progress.chart.p50Ms), document::durationText(progress.chart.p95Ms)));
    m_pause->setText(progress.paused ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(theme::icon(progress.paused ? "play" : "pause"));
    showFigures(progress);
    if (!m_compact)
        showCharts(progress.chart);
    show();
}

void RunStrip::showFigures(const pipeline::RunProgress &progress)
{
    const pipeline::RunSummary &sum = progress.soFar;
    const double part = progress.part.value_or(1);
    // A request's share of the bar is that of those that ended, on the average.
    const double ended = static_cast<double>(sum.delivered + sum.failed + sum.parked);
    const double share = part / std::max(1.0, ended);
    m_bar->setParts(static_cast<double>(sum.delivered) * share, static_cast<double>(sum.failed) * share,
        std::min(1 - part, static_cast<double>(progress.inFlight) * share));
    m_bar->setAccessibleName(tr("%1 %, %2 delivered, %3 failed")
                                 .arg(static_cast<int>(part * 100))
                                 .arg(number(sum.delivered), number(sum.failed)));
    m_delivered->setStatus("ok", tr("%1 delivered").arg(number(sum.delivered)));
    m_failed->setStatus("fail", tr("%1 failed").arg(number(sum.failed)));
    m_failed->setVisible(sum.failed > 0);
    const bool running = m_workbench.session().isRunning();
    m_inFlight->setStatus("spinner", tr("%1 in flight").arg(number(progress.inFlight)));
    m_inFlight->setVisible(running);
    if (progress.parking)
        m_waiting->setStatus("pause", tr("%1 parked").arg(number(sum.parked)));
    else
        m_waiting->setStatus("ring", tr("%1 queued").arg(number(progress.waiting)));
    m_waiting->setVisible(running || progress.parking);
    QStringList reasons;
    for (const auto &[reason, count] : progress.chart.failures) {
        if (static_cast<std::size_t>(reasons.size()) == kMostReasons) {
            reasons += QStringLiteral("…");
            break;
        }
        reasons += tr("%1 × %2").arg(QString::fromStdString(reason), number(count));
    }
    m_reasons->setText(reasons.join(QLatin1String(", ")));
    const double rate = progress.seconds > 0 ? static_cast<double>(sum.attempts) / progress.seconds : 0;
    const double left = part > 0.02 && part < 1 ? progress.seconds / part - progress.seconds : 0;
    m_values[Events]->setText(number(sum.events));
    m_values[Requests]->setText(number(sum.attempts));
    m_values[Rate]->setText(tr("%1/s").arg(briefNumber(rate)));
    m_values[Data]->setText(document::sizeText(progress.chart.bodyBytes));
    m_values[Elapsed]->setText(document::durationText(std::floor(progress.seconds * 10) * 100));
    m_values[Left]->setText(left > 0 ? document::durationText(std::ceil(left) * 1000) : QStringLiteral("–"));
}

void RunStrip::showCharts(const pipeline::RunChart &chart)
{
    constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> places;
    widgets::LineChart::Line rate{ {}, {}, false, true };
    widgets::LineChart::Line p50{ tr("p50 %1").arg(document::durationText(chart.p50Ms)), {}, false, false };
    widgets::LineChart::Line p95{ tr("p95 %1").arg(document::durationText(chart.p95Ms)), {}, true, false };
    for (const pipeline::RunPoint &point : chart.points) {
        places.push_back(point.seconds);
        rate.values.push_back(point.eventsPerSecond);
        p50.values.push_back(point.p50Ms > 0 ? point.p50Ms : kGap);
        p95.values.push_back(point.p95Ms > 0 ? point.p95Ms : kGap);
    }
    rate.values = smoothed(rate.values);
    const double now = rate.values.empty() ? 0 : rate.values.back();
    m_throughput->setTitle(
        tr("Throughput"), tr("events per second, now %1").arg(QLocale().toString(static_cast<qlonglong>(now))));
    m_throughput->setMarks(marksOf(chart));
    m_throughput->setData(places, { rate });
    m_latency->setTitle(tr("Latency"));
    m_latency->setData(places, { p50, p95 });
}

void RunStrip::end(const pipeline::RunSummary &sum)
{
    m_pause->hide();
    m_close->show();
    if (isHidden() && sum.parked == 0)
        return showParked();
    m_hasRun = true;
    unfold();
    m_last.soFar = sum;
    m_endedWhole = sum.parked == 0;
    const QString took = document::durationText(m_last.seconds * 1000);
    if (sum.parked > 0)
        m_title->setStatus("pause", tr("%1 parked").arg(number(sum.parked)));
    else if (sum.failed == 0)
        m_title->setStatus("ok", tr("Sent in %1").arg(took));
    else
        m_title->setStatus("warn", tr("Ended after %1").arg(took));
    showFigures(m_last);
    showCharts(m_last.chart);
    showParked();
}

void RunStrip::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
    painter.fillRect(0, height() - 1, width(), 1, t.border);
}

} // namespace hookbench::deliveries
