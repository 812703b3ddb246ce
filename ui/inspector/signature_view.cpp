#include "ui/inspector/signature_view.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "ui/inspector/cover_lane.h"
#include "ui/inspector/coverage_bar.h"
#include "ui/inspector/receiver_code_view.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableWidget>
#include <QThreadPool>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

constexpr int kSideBySideWidth = 900;
constexpr int kRoomForLane = 560;
constexpr int kRoomForValues = 560; // of the comparison beside their titles
constexpr int kMostColumns = 64;
constexpr int kColumnStep = 16;
constexpr int kCellFont = Qt::UserRole;
constexpr std::size_t kMostEventRows = 1'000;
constexpr std::size_t kMostBarParts = 40;
constexpr std::size_t kMostExplanations = 3;

QTableWidget *makeTable(const QStringList &titles, const QString &name)
{
    auto *table = new QTableWidget(0, static_cast<int>(titles.size()));
    table->setHorizontalHeaderLabels(titles);
    widgets::dressTable(table);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setAccessibleName(name);
    return table;
}

/// Columns of numbers and of names out of the data; numbers that are compared stand at the end.
void setMono(QTableWidget *table, std::initializer_list<int> columns, std::initializer_list<int> numbers)
{
    for (const int column : columns)
        table->horizontalHeaderItem(column)->setData(kCellFont, theme::font(theme::Text::Mono));
    for (const int column : numbers)
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void setCell(QTableWidget *table, int row, int column, const QString &text, const char *icon = "",
    widgets::Tone tone = widgets::Tone::Neutral)
{
    auto *item = new QTableWidgetItem(text);
    item->setToolTip(text);
    const QTableWidgetItem *head = table->horizontalHeaderItem(column);
    if (const QVariant font = head->data(kCellFont); font.isValid())
        item->setFont(font.value<QFont>());
    if (head->textAlignment())
        item->setTextAlignment(Qt::Alignment::fromInt(head->textAlignment()));
    if (*icon)
        item->setData(widgets::RowDelegate::kIconRole, QByteArray(icon));
    if (tone != widgets::Tone::Neutral)
        item->setData(widgets::RowDelegate::kToneRole, static_cast<int>(tone));
    table->setItem(row, column, item);
}

/// Rows and head without a scroll bar of its own, up to `most` rows.
void fitRows(QTableWidget *table, int most)
{
    const int rows = std::clamp(table->rowCount(), 1, most);
    table->setFixedHeight(theme::metric::kTableHeader + rows * theme::metric::kTableRow + 2);
}

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(theme::font(theme::Text::Strong));
    label->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 4);
    return label;
}

/// Something that tells events apart: their first member that is a text or a number.
QString keyOf(std::string_view event)
{
    const auto document = json::parse(event);
    if (!document || !document->root().isObject())
        return {};
    for (const json::Member &member : document->root().members())
        if (member.value.isString())
            return QString::fromStdString(
                escapeForDisplay(std::string(member.name()) + ": " + std::string(member.value.asString())));
    return {};
}

} // namespace

SignatureView::SignatureView(QWidget *parent)
    : QWidget(parent)
    , m_verdict(new widgets::Banner)
    , m_why(new widgets::Banner(widgets::Tone::Warning))
    , m_warning(new widgets::Banner(widgets::Tone::Warning))
    , m_bar(new CoverageBar)
    , m_form(new widgets::Segmented({ tr("Exact bytes"), tr("Pretty") }))
    , m_body(new widgets::CodeEditor)
    , m_lane(new CoverLane(m_body))
    , m_bodyTitle(new QLabel)
    , m_secret(new QLineEdit)
    , m_eye(m_secret->addAction(theme::icon("eye"), QLineEdit::TrailingPosition))
    , m_eventsPart(new QWidget)
    , m_events(
          makeTable({ tr("#"), tr("Bytes"), tr("Length"), tr("Event"), tr("Coverage") }, tr("Events in this batch")))
    , m_tamperPart(new QWidget)
    , m_tampering(makeTable({ tr("Changed"), tr("Field"), tr("Value"), tr("Receiver") }, tr("Tamper test")))
    , m_batchingOff(new QPushButton)
    , m_sendTampered(new QPushButton(theme::icon("send"), tr("Send tampered copy")))
    , m_receiver(new ReceiverCodeView)
{
    auto *content = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::TopToBottom, content);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(0);
    m_left = makeLeft();
    m_left->installEventFilter(this);
    m_columns->addWidget(m_left, 3);
    m_columns->addWidget(makeRight(), 2);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_form, &widgets::Segmented::chosen, this, &SignatureView::showBody);
}

QWidget *SignatureView::makeLeft()
{
    auto *left = new QWidget;
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_verdict);
    layout->addWidget(m_why);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 4);
    bar->addWidget(m_bar);
    layout->addLayout(bar);

    m_bodyTitle->setFont(theme::font(theme::Text::Strong));
    auto *band = new QHBoxLayout;
    band->setContentsMargins(theme::metric::kPanePadding, 4, theme::metric::kPanePadding, 4);
    band->addWidget(m_bodyTitle);
    band->addStretch();
    band->addWidget(m_form);
    layout->addLayout(band);
    m_body->setReadOnly(true);
    m_body->setGutter(widgets::CodeEditor::Gutter::ByteOffsets);
    m_body->setLineWrapped(true);
    m_body->setCurrentLineTinted(false);
    m_body->setLexer(widgets::jsonLexer());
    m_body->setAccessibleName(tr("Body, with the signed bytes marked"));
    m_body->setMinimumHeight(160);
    auto *bytes = new QWidget;
    bytes->setLayoutDirection(Qt::LeftToRight); // the brackets close the lines of bytes
    auto *beside = new QHBoxLayout(bytes);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    beside->addWidget(m_body);
    beside->addWidget(m_lane, 1);
    layout->addWidget(bytes, 1);
    layout->addWidget(makeComparison());

    auto *events = new QVBoxLayout(m_eventsPart);
    events->setContentsMargins(0, 0, 0, 0);
    events->setSpacing(0);
    events->addWidget(heading(tr("Events in this batch")));
    const int widths[] = { 44, 110, 78, 120, 136 };
    for (int column = 0; column < m_events->columnCount(); ++column)
        m_events->setColumnWidth(column, widths[column]);
    m_events->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    setMono(m_events, { 0, 1, 2, 3 }, { 0, 2 });
    events->addWidget(m_events);
    layout->addWidget(m_eventsPart);
    return left;
}

QWidget *SignatureView::makeRight()
{
    auto *right = new QWidget;
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_receiver, 1);
    layout->addWidget(m_warning);
    auto *tamper = new QVBoxLayout(m_tamperPart);
    tamper->setContentsMargins(0, 0, 0, 8);
    tamper->setSpacing(0);
    tamper->addWidget(heading(tr("Tamper test")));
    const int widths[] = { 76, 104, 110, 132 };
    for (int column = 0; column < m_tampering->columnCount(); ++column)
        m_tampering->setColumnWidth(column, widths[column]);
    m_tampering->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    setMono(m_tampering, { 1, 2 }, {});
    tamper->addWidget(m_tampering);
    tamper->addWidget(makeGap());
    layout->addWidget(m_tamperPart);
    return right;
}

QWidget *SignatureView::makeComparison()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(2);
    auto *band = new QHBoxLayout;
    band->setContentsMargins(0, 4, 0, 4); // Qt does not mirror margins
    band->addWidget(heading(tr("Comparison")));
    band->addStretch();
    auto *title = new widgets::MutedLabel(tr("Secret"));
    band->addWidget(title);
    band->addSpacing(8);
    m_secret->setReadOnly(true);
    m_secret->setFont(theme::font(theme::Text::Mono));
    m_secret->setFixedWidth(204);
    m_secret->setAccessibleName(tr("Shared secret it is compared with"));
    theme::setRole(m_secret, theme::Role::Small);
    m_eye->setCheckable(true);
    const auto show = [this](bool shown) {
        m_secret->setText(shown ? m_plain : m_masked);
        m_secret->setCursorPosition(0);
        m_eye->setIcon(theme::icon(shown ? "eye-off" : "eye"));
        m_eye->setText(shown ? tr("Hide the secret") : tr("Show the secret"));
        m_eye->setToolTip(m_eye->text());
    };
    connect(m_eye, &QAction::toggled, this, show);
    show(false);
    band->addWidget(m_secret);
    band->addSpacing(theme::metric::kPanePadding);
    layout->addLayout(band);

    m_grid = new QGridLayout;
    m_grid->setContentsMargins(theme::metric::kPanePadding, 2, theme::metric::kPanePadding, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    const std::pair<Compared *, QString> rows[] = { { &m_header, tr("X-Signature header") },
        { &m_covered, tr("Recomputed, first event") }, { &m_whole, tr("Recomputed, whole body") } };
    for (const auto &[row, name] : rows) {
        *row = { new widgets::MutedLabel(name), new QLabel, new widgets::StatusLabel };
        row->value->setFont(theme::font(theme::Text::Mono));
        row->value->setTextFormat(Qt::PlainText);
        row->value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        row->value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        row->value->setAccessibleName(name);
    }
    layout->addLayout(m_grid);
    return part;
}

QWidget *SignatureView::makeGap()
{
    m_gap = new QWidget;
    auto *layout = new QVBoxLayout(m_gap);
    layout->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 8);
    layout->setSpacing(8);
    auto *words = new QLabel(tr("<b>Close the gap</b><ul style='margin-left: -24px'>"
                                "<li>Turn batching off: every request then has one signed event.</li>"
                                "<li>Accept HTTPS only, so that the body cannot be altered in transit.</li>"
                                "<li>Check a bearer token as well; it authenticates the sender.</li></ul>"));
    words->setTextFormat(Qt::RichText);
    words->setWordWrap(true);
    layout->addWidget(words);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_batchingOff);
    m_sendTampered->setToolTip(
        tr("Sends the change chosen above with the signature of this delivery, to see whether the receiver finds out"));
    buttons->addWidget(m_sendTampered);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_batchingOff, &QPushButton::clicked, this, &SignatureView::batchingOffRequested);
    connect(m_sendTampered, &QPushButton::clicked, this, [this] {
        const auto row = static_cast<std::size_t>(std::max(0, m_tampering->currentRow()));
        if (row < m_tried.size())
            Q_EMIT tamperedCopyRequested(m_tried[row].body);
    });
    return m_gap;
}

/// As many bytes in a row as there is room for, in steps that make offsets easy to read; brackets where they fit.
void SignatureView::fitLeft()
{
    const int width = m_left->width();
    const bool lane = width >= kRoomForLane && m_form->current() == 0;
    m_lane->setVisible(lane);
    if (lane) {
        const qreal cell = std::max(1.0, QFontMetricsF(m_body->font()).horizontalAdvance(u'0'));
        const int rim = m_body->gutterWidth() + m_body->verticalScrollBar()->sizeHint().width()
            + 2 * static_cast<int>(m_body->document()->documentMargin()) + 2;
        const int columns = static_cast<int>((width - m_lane->sizeHint().width() - rim) / cell) / kColumnStep;
        m_body->setFixedWidth(
            rim + static_cast<int>(std::ceil(std::clamp(columns * kColumnStep, kColumnStep, kMostColumns) * cell)));
    } else {
        m_body->setMinimumWidth(0);
        m_body->setMaximumWidth(QWIDGETSIZE_MAX);
    }
    const bool stacked = width < kRoomForValues;
    int at = 0;
    for (const Compared &row : { m_header, m_covered, m_whole }) {
        m_grid->addWidget(row.title, at, 0);
        m_grid->addWidget(row.state, at, 2, Qt::AlignRight);
        m_grid->addWidget(row.value, stacked ? at + 1 : at, stacked ? 0 : 1, 1, stacked ? 3 : 1);
        at += 2;
    }
}

void SignatureView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showBody(); // the marks have colours of their own
}

bool SignatureView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_left && event->type() == QEvent::Resize)
        fitLeft();
    return QWidget::eventFilter(watched, event);
}

void SignatureView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_columns->setDirection(
        event->size().width() >= kSideBySideWidth ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void SignatureView::show(const journal::DeliveryRecord &record, const std::string &secret)
{
    m_facts = signatureFacts(record, secret);
    m_batchingOff->setText(
        tr("Turn batching off for %1").arg(QString::fromStdString(escapeForDisplay(record.delivery.mappingName))));
    if (!secret.empty()) {
        std::erase_if(m_known, [&](const signing::KnownSecret &known) { return known.value == secret; });
        for (signing::KnownSecret &known : m_known)
            known.name = "a secret set earlier in this session";
        m_known.insert(m_known.begin(), { "the present secret", secret });
    }
    showVerdict();
    showBody();
    showSecret(secret);
    showComparison(secret);
    showEvents();
    showTampering(secret);
    QString why;
    if (secret.empty())
        why = tr("There is no shared secret to try it with.");
    else if (!m_facts.header)
        why = tr("There is no signature to try it with.");
    m_receiver->setDelivery({ .mode = m_facts.mode,
                                .body = m_facts.body,
                                .header = m_facts.header.value_or(std::string()),
                                .secret = secret },
        why);
    searchExplanations(record);
}

void SignatureView::setBatching(bool batching)
{
    m_batchingOff->setVisible(batching);
}

void SignatureView::showVerdict()
{
    using widgets::Tone;
    const QLocale locale;
    const std::size_t events = m_facts.events.size();
    switch (m_facts.verdict) {
    case signing::Verdict::ValidWholeBody:
        m_verdict->setTone(Tone::Success);
        m_verdict->setIconName("ok");
        m_verdict->setText(tr("Valid"),
            tr("The signature covers the whole body, %1 bytes.").arg(locale.toString(qulonglong(m_facts.body.size()))));
        break;
    case signing::Verdict::ValidFirstEvent:
        m_verdict->setTone(Tone::Success);
        m_verdict->setIconName("ok-part");
        m_verdict->setText(tr("Valid for event 1 of %1").arg(events),
            tr("The signature covers %1 of %2 bytes.")
                .arg(locale.toString(qulonglong(m_facts.covered.length)),
                    locale.toString(qulonglong(m_facts.body.size()))));
        break;
    case signing::Verdict::Invalid:
        m_verdict->setTone(Tone::Error);
        m_verdict->setIconName("fail");
        m_verdict->setText(tr("Does not verify with the present secret"),
            tr("The value of X-Signature is not what the body and the secret give."));
        break;
    case signing::Verdict::Unsigned:
        m_verdict->setTone(Tone::Neutral);
        m_verdict->setIconName("dash");
        m_verdict->setText(tr("Unsigned"),
            tr("It was sent without X-Signature: no shared secret was set, or the first event has no data."));
        break;
    case signing::Verdict::NoSecret:
        m_verdict->setTone(Tone::Neutral);
        m_verdict->setIconName("key");
        m_verdict->setText(
            tr("No shared secret"), tr("There is nothing to verify with. Set the destination's shared secret."));
        break;
    }
    const bool partly = events > 1 && m_facts.covered.length < m_facts.body.size()
        && m_facts.verdict == signing::Verdict::ValidFirstEvent;
    m_warning->setVisible(partly);
    if (partly)
        m_warning->setText(events == 2 ? tr("Event 2 can be changed unnoticed")
                : events == 3          ? tr("Events 2 and 3 can be changed unnoticed")
                                       : tr("Events 2 to %1 can be changed unnoticed").arg(events),
            tr("Segment signs only the first event of a batch. Anyone who can alter the request in transit can edit, "
               "remove or add the others and the signature stays valid."));
    m_gap->setVisible(partly);

    std::vector<CoverageBar::Part> parts;
    const auto size = [&](std::size_t bytes) { return locale.toString(qulonglong(bytes)); };
    const bool isSigned = signing::isValid(m_facts.verdict) || isSignedUnchecked();
    const bool whole = m_facts.covered.length == m_facts.body.size();
    if (m_facts.events.empty()) {
        parts.push_back({ tr("body · %1 B").arg(size(m_facts.body.size())), m_facts.body.size(), isSigned });
    } else {
        for (std::size_t i = 0; i < events && i < kMostBarParts; ++i)
            parts.push_back({ tr("event %1 · %2 B").arg(i + 1).arg(size(m_facts.events[i].length)),
                m_facts.events[i].length, isSigned && (i == 0 || whole) });
        if (events > kMostBarParts) {
            const std::size_t rest = m_facts.body.size() - m_facts.events[kMostBarParts].offset;
            parts.push_back({ tr("events %1 to %2 · %3 B").arg(kMostBarParts + 1).arg(events).arg(size(rest)), rest,
                isSigned && whole });
        }
    }
    m_bar->setParts(std::move(parts));
}

/// Without a secret nothing can be checked, but what was signed when it was sent is known.
bool SignatureView::isSignedUnchecked() const
{
    return m_facts.verdict == signing::Verdict::NoSecret && m_facts.isRecorded;
}

void SignatureView::showBody()
{
    const std::string_view body = m_facts.body;
    const bool pretty = m_form->current() == 1;
    m_bodyTitle->setText(tr("Body, %1 B").arg(QLocale().toString(qulonglong(body.size()))));
    m_body->setGutter(pretty ? widgets::CodeEditor::Gutter::Lines : widgets::CodeEditor::Gutter::ByteOffsets);
    const QString text = forScreen(body, pretty);
    m_body->replaceText(text);
    std::vector<widgets::CodeEditor::Range> ranges;
    std::vector<CoverLane::Part> parts;
    // Marked where the text on the screen is the bytes: what had to be escaped or cut would shift the marks.
    const bool same = text.toUtf8() == QByteArrayView(body.data(), static_cast<qsizetype>(body.size()));
    if (!pretty && same && signing::isValid(m_facts.verdict)) {
        const theme::Tokens &t = theme::tokens();
        const std::size_t coverEnd = m_facts.covered.offset + m_facts.covered.length;
        const int start = m_body->fromByteOffset(m_facts.covered.offset);
        const int end = m_body->fromByteOffset(coverEnd);
        ranges.push_back({ start, end - start, QBrush(t.sel) });
        const bool isBatch = m_facts.events.size() > 1;
        const bool partly = coverEnd < body.size() && isBatch;
        parts.push_back({ start, end - start, true,
            QStringLiteral("%1–%2").arg(m_facts.covered.offset).arg(std::max<std::size_t>(1, coverEnd) - 1),
            partly ? tr("event 1") : tr("%n events", nullptr, std::max(1, static_cast<int>(m_facts.events.size()))) });
        if (coverEnd < body.size())
            ranges.push_back({ end, static_cast<int>(text.size()) - end, QBrush(t.warningLine, Qt::BDiagPattern) });
        if (partly)
            parts.push_back({ end, static_cast<int>(text.size()) - end, false,
                QStringLiteral("%1–%2").arg(coverEnd).arg(body.size() - 1),
                m_facts.events.size() == 2       ? tr("event 2")
                    : m_facts.events.size() == 3 ? tr("events 2 and 3")
                                                 : tr("events 2 to %1").arg(m_facts.events.size()) });
    }
    m_body->setRanges(std::move(ranges));
    m_lane->setParts(std::move(parts));
    fitLeft();
}

void SignatureView::showSecret(const std::string &secret)
{
    m_plain = QString::fromStdString(secret);
    m_masked = maskedSecret(m_plain);
    m_secret->setEnabled(!secret.empty());
    m_secret->setPlaceholderText(tr("none"));
    m_eye->setVisible(!secret.empty());
    m_eye->setChecked(false);
    m_secret->setText(m_masked);
}

void SignatureView::showComparison(const std::string &secret)
{
    using widgets::Tone;
    const std::string header = m_facts.header.value_or(std::string());
    m_header.value->setText(m_facts.header ? QString::fromStdString(escapeForDisplay(header)) : tr("none"));
    m_header.value->setToolTip(m_header.value->text());
    m_header.state->hide();
    const auto compare = [&](const Compared &row, std::string_view bytes) {
        const std::string hex = secret.empty() ? std::string() : signing::Signer(secret).sign(bytes);
        row.value->setText(secret.empty() ? tr("–") : QString::fromStdString(hex));
        row.value->setToolTip(row.value->text());
        const bool known = m_facts.header && !secret.empty();
        const bool equal = known && hex == header;
        row.state->setVisible(known);
        row.state->setStatus(
            equal ? "ok" : "fail", equal ? tr("Equal") : tr("Differs"), equal ? Tone::Success : Tone::Error);
    };
    const bool isBatch = !m_facts.events.empty();
    m_covered.title->setVisible(isBatch);
    m_covered.value->setVisible(isBatch);
    compare(m_covered, isBatch ? m_facts.events.front().of(m_facts.body) : m_facts.body);
    if (isBatch)
        m_covered.title->setText(tr("Recomputed, bytes %1–%2")
                                     .arg(m_facts.events.front().offset)
                                     .arg(m_facts.events.front().offset + m_facts.events.front().length - 1));
    else
        m_covered.state->hide();
    compare(m_whole, m_facts.body);
}

void SignatureView::showEvents()
{
    const QLocale locale;
    const std::size_t count = m_facts.events.size();
    m_eventsPart->setVisible(count > 0);
    const int rows = static_cast<int>(std::min(count, kMostEventRows));
    m_events->setRowCount(rows);
    const bool whole = m_facts.covered.length == m_facts.body.size();
    const bool unchecked = isSignedUnchecked();
    const bool valid = signing::isValid(m_facts.verdict) || unchecked;
    const bool unknown = m_facts.verdict == signing::Verdict::NoSecret && m_facts.header && !unchecked;
    for (int row = 0; row < rows; ++row) {
        const signing::Coverage &event = m_facts.events[static_cast<std::size_t>(row)];
        const bool isSigned = valid && (row == 0 || whole);
        setCell(m_events, row, 0, locale.toString(row + 1));
        setCell(m_events, row, 1, QStringLiteral("%1–%2").arg(event.offset).arg(event.offset + event.length - 1));
        setCell(m_events, row, 2, locale.toString(qulonglong(event.length)));
        setCell(m_events, row, 3, keyOf(event.of(m_facts.body)));
        if (unknown)
            setCell(m_events, row, 4, tr("Not checked"), "dash", widgets::Tone::Neutral);
        else
            setCell(m_events, row, 4,
                !isSigned       ? tr("Not covered")
                    : unchecked ? tr("Signed, not checked")
                                : tr("Signed"),
                isSigned ? "lock" : "unlock", isSigned ? widgets::Tone::Accent : widgets::Tone::Warning);
    }
    fitRows(m_events, 6);
}

void SignatureView::showTampering(const std::string &secret)
{
    m_tried.clear();
    if (m_facts.header && m_facts.body.size() <= signing::kLongestTried)
        m_tried = signing::tamper(m_facts.body, *m_facts.header, signing::Verifier(secret));
    m_tamperPart->setVisible(!m_tried.empty());
    m_tampering->setRowCount(static_cast<int>(m_tried.size()));
    int row = 0;
    int unnoticedFirst = -1;
    for (const signing::Tampering &tampering : m_tried) {
        const TamperWords words = wordsOf(tampering, m_facts);
        const bool unnoticed = signing::isValid(tampering.verdict);
        setCell(m_tampering, row, 0, words.changed);
        setCell(m_tampering, row, 1, words.field);
        setCell(m_tampering, row, 2, words.value);
        setCell(m_tampering, row, 3, unnoticed ? tr("Not detected") : tr("Detected"), unnoticed ? "warn" : "shield",
            unnoticed ? widgets::Tone::Error : widgets::Tone::Success);
        if (unnoticed && unnoticedFirst < 0)
            unnoticedFirst = row;
        ++row;
    }
    m_tampering->setCurrentCell(std::max(0, unnoticedFirst), 0);
    fitRows(m_tampering, 6);
}

void SignatureView::searchExplanations(const journal::DeliveryRecord &record)
{
    m_why->hide();
    const quint64 search = ++m_search;
    if (m_facts.verdict != signing::Verdict::Invalid)
        return;
    m_why->setTone(widgets::Tone::Neutral);
    m_why->setIconName("spinner");
    m_why->setText(tr("Looking for what would explain it…"));
    m_why->show();
    QThreadPool::globalInstance()->start(
        [view = QPointer<SignatureView>(this), search, body = m_facts.body, header = *m_facts.header, known = m_known,
            computed = record.delivery.signature] {
            const std::vector<signing::Explanation> explanations
                = signing::explain({ .body = body, .header = header, .secrets = known, .computed = computed });
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [view, search, explanations] {
                    if (view && view->m_search == search)
                        view->takeExplanations(explanations);
                },
                Qt::QueuedConnection);
        });
}

void SignatureView::takeExplanations(const std::vector<signing::Explanation> &explanations)
{
    QStringList sentences;
    for (std::size_t i = 0; i < std::min(explanations.size(), kMostExplanations); ++i)
        sentences.append(QString::fromStdString(explanations[i].sentence));
    m_why->setTone(sentences.isEmpty() ? widgets::Tone::Neutral : widgets::Tone::Warning);
    m_why->setIconName("");
    m_why->setText(sentences.isEmpty() ? tr("Nothing known explains it") : tr("What explains it"),
        sentences.isEmpty() ? tr("Tried: the whole body and single events, written again by several libraries, line "
                                 "breaks, SHA-256 and base64, every secret of this session.")
                            : sentences.join(u'\n'));
}

} // namespace hookbench::inspector
