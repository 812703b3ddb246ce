#include "ui/inspector/signature_view.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
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

#include <QCoreApplication>
#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPointer>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTableWidget>
#include <QThreadPool>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

constexpr int kSideBySideWidth = 900;
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
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

void setCell(QTableWidget *table, int row, int column, const QString &text, const char *icon = "")
{
    auto *item = new QTableWidgetItem(text);
    item->setToolTip(text);
    if (*icon)
        item->setData(widgets::RowDelegate::kIconRole, QByteArray(icon));
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
    , m_bodyTitle(new QLabel)
    , m_eventsPart(new QWidget)
    , m_events(
          makeTable({ tr("#"), tr("Bytes"), tr("Length"), tr("Event"), tr("Coverage") }, tr("Events in this batch")))
    , m_tamperPart(new QWidget)
    , m_tampering(makeTable({ tr("Changed"), tr("Field"), tr("Value"), tr("Receiver") }, tr("Tamper test")))
    , m_gap(new QLabel)
    , m_receiver(new ReceiverCodeView)
{
    auto *content = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::TopToBottom, content);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(0);
    m_columns->addWidget(makeLeft(), 13);
    m_columns->addWidget(makeRight(), 9);
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
    layout->addWidget(m_body, 1);

    layout->addWidget(heading(tr("Comparison")));
    auto *grid = new QGridLayout;
    grid->setContentsMargins(theme::metric::kPanePadding, 2, theme::metric::kPanePadding, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    m_header = addRow(grid, 0, tr("X-Signature header"), nullptr);
    m_covered = addRow(grid, 1, tr("Recomputed, first event"), &m_coveredState);
    m_whole = addRow(grid, 2, tr("Recomputed, whole body"), &m_wholeState);
    m_coveredTitle = qobject_cast<QLabel *>(grid->itemAtPosition(1, 0)->widget());
    layout->addLayout(grid);

    auto *events = new QVBoxLayout(m_eventsPart);
    events->setContentsMargins(0, 0, 0, 0);
    events->setSpacing(0);
    events->addWidget(heading(tr("Events in this batch")));
    const int widths[] = { 44, 110, 78, 120, 136 };
    for (int column = 0; column < m_events->columnCount(); ++column)
        m_events->setColumnWidth(column, widths[column]);
    m_events->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
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
    tamper->addWidget(m_tampering);
    m_gap->setWordWrap(true);
    m_gap->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 4);
    m_gap->setText(tr("<b>Close the gap</b><ul style='margin-left: -24px'>"
                      "<li>Turn batching off: every request then has one signed event.</li>"
                      "<li>Accept HTTPS only, so that the body cannot be altered in transit.</li>"
                      "<li>Check a bearer token as well; it authenticates the sender.</li></ul>"));
    tamper->addWidget(m_gap);
    layout->addWidget(m_tamperPart);
    return right;
}

QLabel *SignatureView::addRow(QGridLayout *grid, int row, const QString &title, widgets::StatusLabel **state)
{
    auto *name = new widgets::MutedLabel(title);
    auto *value = new QLabel;
    value->setFont(theme::font(theme::Text::Mono));
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(false);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(title);
    grid->addWidget(name, row, 0);
    grid->addWidget(value, row, 1);
    if (state) {
        *state = new widgets::StatusLabel;
        grid->addWidget(*state, row, 2);
    }
    return value;
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
    if (!secret.empty()) {
        std::erase_if(m_known, [&](const signing::KnownSecret &known) { return known.value == secret; });
        for (signing::KnownSecret &known : m_known)
            known.name = "a secret set earlier in this session";
        m_known.insert(m_known.begin(), { "the present secret", secret });
    }
    showVerdict();
    showBody();
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
    const bool isSigned = signing::isValid(m_facts.verdict);
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

void SignatureView::showBody()
{
    const std::string_view body = m_facts.body;
    const bool pretty = m_form->current() == 1;
    m_bodyTitle->setText(tr("Body, %1 B").arg(QLocale().toString(qulonglong(body.size()))));
    m_body->setGutter(pretty ? widgets::CodeEditor::Gutter::Lines : widgets::CodeEditor::Gutter::ByteOffsets);
    const QString text = forScreen(body, pretty);
    m_body->replaceText(text);
    std::vector<widgets::CodeEditor::Range> ranges;
    // Marked where the text on the screen is the bytes: what had to be escaped or cut would shift the marks.
    const bool same = text.toUtf8() == QByteArrayView(body.data(), static_cast<qsizetype>(body.size()));
    if (!pretty && same && signing::isValid(m_facts.verdict)) {
        const theme::Tokens &t = theme::tokens();
        const std::size_t coverEnd = m_facts.covered.offset + m_facts.covered.length;
        const int start = m_body->fromByteOffset(m_facts.covered.offset);
        const int end = m_body->fromByteOffset(coverEnd);
        ranges.push_back({ start, end - start, QBrush(t.sel) });
        if (coverEnd < body.size())
            ranges.push_back({ end, static_cast<int>(text.size()) - end, QBrush(t.warningLine, Qt::BDiagPattern) });
    }
    m_body->setRanges(std::move(ranges));
}

void SignatureView::showComparison(const std::string &secret)
{
    using widgets::Tone;
    const std::string header = m_facts.header.value_or(std::string());
    m_header->setText(m_facts.header ? QString::fromStdString(escapeForDisplay(header)) : tr("none"));
    m_header->setToolTip(m_header->text());
    const auto compare = [&](QLabel *value, widgets::StatusLabel *state, std::string_view bytes) {
        const std::string hex = secret.empty() ? std::string() : signing::Signer(secret).sign(bytes);
        value->setText(secret.empty() ? tr("–") : QString::fromStdString(hex));
        value->setToolTip(value->text());
        const bool known = m_facts.header && !secret.empty();
        const bool equal = known && hex == header;
        state->setVisible(known);
        state->setStatus(
            equal ? "ok" : "fail", equal ? tr("Equal") : tr("Differs"), equal ? Tone::Success : Tone::Error);
    };
    const bool isBatch = !m_facts.events.empty();
    m_covered->setVisible(isBatch);
    m_coveredTitle->setVisible(isBatch);
    compare(m_covered, m_coveredState, isBatch ? m_facts.events.front().of(m_facts.body) : m_facts.body);
    if (isBatch)
        m_coveredTitle->setText(tr("Recomputed, bytes %1–%2")
                                    .arg(m_facts.events.front().offset)
                                    .arg(m_facts.events.front().offset + m_facts.events.front().length - 1));
    else
        m_coveredState->setVisible(false);
    compare(m_whole, m_wholeState, m_facts.body);
}

void SignatureView::showEvents()
{
    const QLocale locale;
    const std::size_t count = m_facts.events.size();
    m_eventsPart->setVisible(count > 0);
    const int rows = static_cast<int>(std::min(count, kMostEventRows));
    m_events->setRowCount(rows);
    const bool whole = m_facts.covered.length == m_facts.body.size();
    const bool valid = signing::isValid(m_facts.verdict);
    for (int row = 0; row < rows; ++row) {
        const signing::Coverage &event = m_facts.events[static_cast<std::size_t>(row)];
        const bool isSigned = valid && (row == 0 || whole);
        setCell(m_events, row, 0, locale.toString(row + 1));
        setCell(m_events, row, 1, QStringLiteral("%1–%2").arg(event.offset).arg(event.offset + event.length - 1));
        setCell(m_events, row, 2, locale.toString(qulonglong(event.length)));
        setCell(m_events, row, 3, keyOf(event.of(m_facts.body)));
        setCell(m_events, row, 4, isSigned ? tr("Signed") : tr("Not covered"), isSigned ? "lock" : "unlock");
    }
    fitRows(m_events, 6);
}

void SignatureView::showTampering(const std::string &secret)
{
    std::vector<signing::Tampering> all;
    if (m_facts.header && m_facts.body.size() <= signing::kLongestTried)
        all = signing::tamper(m_facts.body, *m_facts.header, signing::Verifier(secret));
    m_tamperPart->setVisible(!all.empty());
    m_tampering->setRowCount(static_cast<int>(all.size()));
    int row = 0;
    for (const signing::Tampering &tampering : all) {
        const TamperWords words = wordsOf(tampering, m_facts);
        const bool unnoticed = signing::isValid(tampering.verdict);
        setCell(m_tampering, row, 0, words.changed);
        setCell(m_tampering, row, 1, words.field);
        setCell(m_tampering, row, 2, words.value);
        setCell(m_tampering, row, 3, unnoticed ? tr("Not detected") : tr("Detected"), unnoticed ? "warn" : "shield");
        ++row;
    }
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
