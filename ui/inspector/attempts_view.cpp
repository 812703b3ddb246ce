#include "ui/inspector/attempts_view.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "ui/document/outcome_words.h"
#include "ui/inspector/http_text.h"
#include "ui/inspector/phase_bar.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace hookbench::inspector {

namespace {

constexpr int kShape = 16;
constexpr int kTimelineHeight = 74;
constexpr int kLineY = 34;
constexpr int kAxisY = 54;
constexpr int kSide = 20;

document::OutcomeWords wordsOf(const journal::Attempt &attempt)
{
    return document::outcomeWords(attempt.status, attempt.reason, attempt.failure, attempt.durationMs);
}

} // namespace

std::vector<AttemptSpan> spansOf(const std::vector<journal::Attempt> &attempts)
{
    std::vector<AttemptSpan> spans;
    for (const journal::Attempt &attempt : attempts) {
        const auto start = static_cast<double>(attempt.started - attempts.front().started);
        if (!spans.empty())
            spans.back().waitAfter = std::max(0.0, start - spans.back().end);
        spans.push_back({ start, start + attempt.durationMs, 0 });
    }
    return spans;
}

double tickStep(double span, int most)
{
    if (!(span > 0) || most < 1)
        return 1;
    const double least = span / most;
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : { 1.0, 2.0, 5.0 })
        if (power * factor >= least * 0.999999)
            return power * factor;
    return power * 10;
}

// --- the table

void AttemptsModel::setRecord(journal::RecordPtr record)
{
    beginResetModel();
    m_record = std::move(record);
    m_spans = m_record ? spansOf(m_record->attempts) : std::vector<AttemptSpan>();
    endResetModel();
}

int AttemptsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_spans.size());
}

int AttemptsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttemptsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const journal::Attempt &attempt = m_record->attempts[row];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case NumberColumn:
            return attempt.number;
        case StartedColumn:
            return document::timeText(attempt.started);
        case ResultColumn:
            return wordsOf(attempt).text;
        case TookColumn:
            return document::durationText(attempt.durationMs);
        case WaitColumn:
            return row + 1 < m_spans.size() ? document::durationText(m_spans[row].waitAfter) : QStringLiteral("–");
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return attempt.message.empty() ? wordsOf(attempt).text : safeText(attempt.message);
    case Qt::FontRole:
        return index.column() == ResultColumn ? QVariant() : theme::font(theme::Text::Mono);
    case Qt::TextAlignmentRole:
        return index.column() == TookColumn || index.column() == WaitColumn || index.column() == NumberColumn
            ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter))
            : QVariant();
    case widgets::RowDelegate::kIconRole:
        return index.column() == ResultColumn ? QVariant(QByteArray(wordsOf(attempt).icon)) : QVariant();
    default:
        return {};
    }
}

QVariant AttemptsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool words = section == ResultColumn || section == StartedColumn;
        return static_cast<int>((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return QStringLiteral("#");
    case StartedColumn:
        return tr("Started");
    case ResultColumn:
        return tr("Result");
    case TookColumn:
        return tr("Took");
    case WaitColumn:
        return tr("Wait after");
    default:
        return {};
    }
}

// --- the line of time

AttemptTimeline::AttemptTimeline(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Attempts in time"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize AttemptTimeline::sizeHint() const
{
    return { 320, kTimelineHeight };
}

QSize AttemptTimeline::minimumSizeHint() const
{
    return { 120, kTimelineHeight };
}

void AttemptTimeline::setRecord(journal::RecordPtr record)
{
    m_record = std::move(record);
    m_spans = m_record ? spansOf(m_record->attempts) : std::vector<AttemptSpan>();
    QStringList told;
    for (std::size_t i = 0; i < m_spans.size(); ++i)
        told += tr("%1 after %2").arg(wordsOf(m_record->attempts[i]).text, document::durationText(m_spans[i].start));
    setAccessibleDescription(told.join(QStringLiteral(", ")));
    update();
}

void AttemptTimeline::setCurrent(int attempt)
{
    m_current = attempt;
    update();
}

int AttemptTimeline::xOf(double ms) const
{
    const double whole = std::max(m_spans.empty() ? 1.0 : m_spans.back().end, 1.0);
    return kSide + static_cast<int>(ms / whole * (width() - 2 * kSide));
}

QPoint AttemptTimeline::shapeAt(int attempt) const
{
    return { xOf(m_spans[static_cast<std::size_t>(attempt)].start), kLineY };
}

void AttemptTimeline::paintEvent(QPaintEvent *)
{
    if (m_spans.empty())
        return;
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // time runs as numbers do
    painter.setFont(theme::font(theme::Text::Badge));
    const QFontMetrics metrics(painter.font());
    const double whole = std::max(m_spans.back().end, 1.0);
    const double step = tickStep(whole, std::max(2, width() / 90));
    painter.setPen(t.line);
    painter.drawLine(kSide, kAxisY, width() - kSide, kAxisY);
    for (double tick = 0; tick <= whole * 1.0001; tick += step) {
        const int x = xOf(tick);
        painter.setPen(t.line);
        painter.drawLine(x, kAxisY - 3, x, kAxisY);
        painter.setPen(t.muted);
        const QString text = tick > 0 ? document::durationText(tick) : QStringLiteral("0");
        painter.drawText(QRect(x < 40 ? x : std::min(x - 40, width() - kSide - 80), kAxisY + 2, 80, 16),
            x < 40                 ? Qt::AlignLeft
                : x > width() - 40 ? Qt::AlignRight
                                   : Qt::AlignHCenter,
            text);
    }
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        const AttemptSpan &span = m_spans[i];
        const int start = xOf(span.start);
        const int end = std::max(xOf(span.end), start + 1);
        if (i + 1 < m_spans.size()) { // waiting: a dashed line with its length
            const int next = xOf(m_spans[i + 1].start);
            painter.setPen(QPen(t.control, 1, Qt::DashLine));
            painter.drawLine(end, kLineY, next, kLineY);
            const QString words = document::durationText(span.waitAfter);
            if (metrics.horizontalAdvance(words) + kShape < next - end) {
                painter.setPen(t.muted);
                painter.drawText(QRect(end, kLineY - 18, next - end, 14), Qt::AlignCenter, words);
            }
        }
        painter.fillRect(QRect(start, kLineY - 2, end - start, 4), t.accent); // trying: solid
    }
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        const document::OutcomeWords words = wordsOf(m_record->attempts[i]);
        const QPoint at = shapeAt(static_cast<int>(i));
        const QRect shape(at.x() - kShape / 2, at.y() - kShape / 2, kShape, kShape);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.base);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawEllipse(shape.adjusted(-1, -1, 1, 1));
        theme::paintIcon(&painter, shape, words.icon, theme::iconColor(words.icon));
        if (static_cast<int>(i) == m_current) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(t.accent, 1.5));
            painter.drawEllipse(shape.adjusted(-3, -3, 3, 3));
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

int AttemptTimeline::attemptNear(QPoint point) const
{
    int best = -1;
    int distance = kShape;
    for (int i = 0; i < static_cast<int>(m_spans.size()); ++i)
        if (const int away = (shapeAt(i) - point).manhattanLength(); away < distance) {
            distance = away;
            best = i;
        }
    return best;
}

void AttemptTimeline::mousePressEvent(QMouseEvent *event)
{
    if (const int attempt = attemptNear(event->pos()); attempt >= 0)
        Q_EMIT chosen(attempt);
}

bool AttemptTimeline::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int attempt = attemptNear(help->pos());
        if (attempt >= 0) {
            const journal::Attempt &shown = m_record->attempts[static_cast<std::size_t>(attempt)];
            QToolTip::showText(help->globalPos(),
                tr("Attempt %1: %2 after %3")
                    .arg(shown.number)
                    .arg(wordsOf(shown).text, document::durationText(shown.durationMs)),
                this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

// --- the tab

AttemptsView::AttemptsView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_timeline(new AttemptTimeline)
    , m_model(new AttemptsModel(this))
    , m_table(new QTableView)
    , m_phases(new PhaseBar)
    , m_details(new widgets::MutedLabel)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title->setFont(theme::font(theme::Text::Strong));
    m_title->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 0);
    m_title->setTextFormat(Qt::PlainText);
    m_table->setModel(m_model);
    widgets::dressTable(m_table, {}, { AttemptsModel::StartedColumn });
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Attempts"));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(30);
    const std::array widths{ 34, 112, 100, 74, 88 };
    for (int column = 0; column < AttemptsModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
    header->setSectionResizeMode(AttemptsModel::ResultColumn, QHeaderView::Stretch);
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setContentsMargins(theme::metric::kPanePadding, 4, theme::metric::kPanePadding, 6);
    m_details->setAccessibleName(tr("The chosen attempt"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_timeline);
    layout->addWidget(m_table, 1);
    auto *phases = new QVBoxLayout;
    phases->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 0);
    phases->addWidget(m_phases);
    layout->addLayout(phases);
    layout->addWidget(m_details);

    connect(m_timeline, &AttemptTimeline::chosen, this,
        [this](int attempt) { m_table->setCurrentIndex(m_model->index(attempt, 0)); });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            m_timeline->setCurrent(current.row());
            showDetails();
            if (current.isValid())
                Q_EMIT attemptChosen(current.row());
        });
    connect(m_table, &QAbstractItemView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT responseWanted(index.row()); });
}

void AttemptsView::show(const journal::RecordPtr &record, int attempt)
{
    if (record != m_record) {
        m_record = record;
        m_model->setRecord(record);
        m_timeline->setRecord(record);
        const std::vector<AttemptSpan> spans = spansOf(record->attempts);
        m_title->setText(spans.empty() ? tr("Not tried yet")
                                       : tr("%n attempts", nullptr, static_cast<int>(spans.size()))
                    + tr(" in %1").arg(document::durationText(spans.back().end)));
    }
    const int wanted = attempt >= 0 && attempt < m_model->rowCount() ? attempt : m_model->rowCount() - 1;
    const QSignalBlocker blocker(this);
    m_table->setCurrentIndex(m_model->index(wanted, 0));
    showDetails();
}

QString AttemptsView::details() const
{
    return m_details->text();
}

void AttemptsView::showDetails()
{
    QStringList lines;
    m_phases->setPhases({});
    if (const int row = m_table->currentIndex().row(); m_record && row >= 0) {
        const journal::Attempt &attempt = m_record->attempts[static_cast<std::size_t>(row)];
        m_phases->setPhases(attempt.phases);
        if (const QString words = phaseWords(attempt.phases); !words.isEmpty())
            lines += words;
        if (!attempt.message.empty())
            lines += safeText(attempt.message);
        for (const journal::Redirect &redirect : attempt.redirects)
            lines += tr("Redirected by %1: %2 %3")
                         .arg(redirect.status)
                         .arg(safeText(redirect.method), safeText(redactUrl(redirect.url)));
        if (const Header *after = findHeader(attempt.responseHeaders, "retry-after"))
            lines += tr("The server asked to wait: Retry-After %1").arg(safeText(after->value));
        if (attempt.failure.empty() && attempt.redirects.empty())
            lines += tr("Delivered; the receiver answered in %1.").arg(document::durationText(attempt.durationMs));
    }
    m_details->setText(lines.join(u'\n'));
    m_details->setVisible(!lines.isEmpty());
}

} // namespace hookbench::inspector
