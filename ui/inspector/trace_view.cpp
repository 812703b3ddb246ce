#include "ui/inspector/trace_view.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/json/stringify.h"
#include "ui/inspector/http_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/text_view.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSpinBox>
#include <QSplitter>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

// A step's text: headings, words, JSON. Long values are cut with a word about it: the step is to be read.
class StepWriter
{
public:
    void heading(const QString &words)
    {
        if (!m_out->text.isEmpty())
            m_out->text += QStringLiteral("\n\n");
        const auto start = static_cast<int>(m_out->text.size());
        m_out->text += words + u'\n';
        m_out->spans.push_back({ start, static_cast<int>(words.size()), widgets::TokenKind::Strong });
    }
    void line(const QString &words, widgets::TokenKind kind = widgets::TokenKind::Plain)
    {
        const auto start = static_cast<int>(m_out->text.size());
        m_out->text += words + u'\n';
        if (kind != widgets::TokenKind::Plain)
            m_out->spans.push_back({ start, static_cast<int>(words.size()), kind });
    }
    void json(json::Value value)
    {
        const std::string text = value.isUndefined() ? "undefined" : json::stringify(value, 2);
        const std::vector<std::size_t> pages = widgets::pageStarts(text, kMostShown);
        const std::string_view shown
            = pages.size() > 1 ? std::string_view(text).substr(0, pages[1]) : std::string_view(text);
        widgets::appendShown(*m_out, shown, widgets::ShowSpace::AsLayout, widgets::jsonLexer());
        m_out->text += u'\n';
        if (pages.size() > 1)
            line(TraceView::tr("[The first 200 KB of %1 bytes]").arg(text.size()));
    }
    void error(const Error &error) { line(safeText(error.message), widgets::TokenKind::Error); }
    widgets::ShownTextPtr take() { return m_out; }

private:
    static constexpr std::size_t kMostShown = 200'000;
    std::shared_ptr<widgets::ShownText> m_out = std::make_shared<widgets::ShownText>();
};

QString seenText(json::Value value)
{
    return value.isUndefined() ? TraceView::tr("nothing there") : safeText(json::stringify(value).substr(0, 300));
}

/// `value` with what stands under secret headers hidden, however deep in directives.
json::Value withoutSecretHeaders(json::Arena &arena, json::Value value, const HeaderNames &masked)
{
    if (value.isArray()) {
        std::vector<json::Value> items;
        for (const json::Value item : value.items())
            items.push_back(withoutSecretHeaders(arena, item, masked));
        return json::makeArray(arena, items);
    }
    if (!value.isObject())
        return value;
    json::ObjectBuilder out(arena);
    for (const json::Member &header : value.members()) {
        if (isSecretHeader(header.name(), masked)) {
            const std::string text
                = header.value.isString() ? std::string(header.value.asString()) : json::stringify(header.value);
            out.add(header.key, json::makeString(arena, redactHeaderValue(text)));
        } else {
            out.add(header.key, withoutSecretHeaders(arena, header.value, masked));
        }
    }
    return out.build();
}

/// The settings of a mapping, without what the screen does not show unasked.
json::Document withoutSecrets(json::Value settings, const HeaderNames &masked)
{
    json::Arena arena;
    json::ObjectBuilder out(arena);
    for (const json::Member &member : settings.isObject() ? settings.members() : std::span<const json::Member>()) {
        json::Value value = member.value;
        if (member.name() == "headers") {
            value = withoutSecretHeaders(arena, value, masked);
        } else if (member.name() == "url" && value.isString()) {
            value = json::makeString(arena, redactUrl(value.asString()));
        }
        out.add(member.key, value);
    }
    return json::Document::copyOf(out.build());
}

TraceStep eventStep(const pipeline::EventTrace &event, std::size_t at, std::size_t count)
{
    StepWriter out;
    out.heading(count > 1 ? TraceView::tr("Event %1 of %2").arg(at + 1).arg(count) : TraceView::tr("Event"));
    if (event.event->isUndefined())
        out.error(*event.trigger.error);
    else
        out.json(event.event);
    const json::Value type = event.event->find("type");
    return { event.event->isUndefined() ? "fail" : "ok", TraceView::tr("Event"),
        type.isString() ? safeText(std::string(type.asString())) : QString(), out.take() };
}

TraceStep triggerStep(const pipeline::Trace &trace, const pipeline::EventTrace &event)
{
    StepWriter out;
    out.heading(TraceView::tr("Input"));
    out.line(safeText(trace.mapping.trigger));
    out.heading(TraceView::tr("Output"));
    for (const fql::ConditionTrace &condition : event.trigger.trace.conditions) {
        const QString words = QString::fromStdString(escapeForDisplay(
            condition.field + " " + condition.op + (condition.expected.empty() ? "" : " " + condition.expected)));
        out.line((condition.matched ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + words + QStringLiteral("    ")
            + TraceView::tr("saw %1").arg(seenText(condition.seen))
            + (condition.reached ? QString() : QStringLiteral("    ") + TraceView::tr("(was not needed)")));
        if (condition.error)
            out.error(*condition.error);
    }
    if (event.trigger.error)
        out.error(*event.trigger.error);
    out.line(event.trigger.matched ? TraceView::tr("The event matches.") : TraceView::tr("The event does not match."));
    return { event.trigger.matched ? "match" : "nomatch", TraceView::tr("Trigger"),
        event.trigger.matched ? TraceView::tr("matches") : TraceView::tr("does not match"), out.take() };
}

TraceStep mappingStep(const pipeline::Trace &trace, const pipeline::EventTrace &event, const HeaderNames &masked)
{
    StepWriter out;
    out.heading(TraceView::tr("Input"));
    out.json(withoutSecrets(trace.mapping.settings, masked));
    if (!trace.sources.empty()) {
        out.heading(TraceView::tr("Which part of the event feeds what"));
        for (const mapping::Source &source : trace.sources)
            out.line(safeText(source.outputPointer.empty() ? "/" : source.outputPointer) + QStringLiteral("  ←  ")
                + safeText(source.eventPath));
    }
    out.heading(TraceView::tr("Output"));
    if (event.resolved)
        out.json(withoutSecrets(*event.resolved, masked));
    else
        out.error(event.resolved.error());
    return { event.resolved ? "ok" : "fail", TraceView::tr("Mapping"),
        event.resolved ? TraceView::tr("resolved") : TraceView::tr("failed"), out.take() };
}

TraceStep requestStep(const pipeline::Trace &trace, const journal::DeliveryRecord &record)
{
    StepWriter out;
    out.heading(TraceView::tr("Input"));
    out.line(trace.batch ? TraceView::tr("A batch of %1 events").arg(trace.events.size())
                         : TraceView::tr("One event alone"));
    if (trace.batch && trace.events.front().resolved) {
        const json::Value settings = *trace.events.front().resolved;
        for (const char *name : { "batch_size", "batch_keys" })
            if (const json::Value value = settings.find(name); !value.isUndefined())
                out.line(QLatin1String(name) + QStringLiteral(" = ") + seenText(value));
    }
    out.heading(TraceView::tr("Output"));
    if (!trace.request) {
        out.error(trace.request.error());
        return { "fail", trace.batch ? TraceView::tr("Batch") : TraceView::tr("Request"), TraceView::tr("failed"),
            out.take() };
    }
    const delivery::Request &request = **trace.request;
    out.line(safeText(request.method + " " + redactUrl(request.url)));
    out.line(TraceView::tr("%1 bytes").arg(request.body.size()));
    const bool same = request.body == record.delivery.body;
    out.line(same ? TraceView::tr("These are the bytes that were sent.")
                  : TraceView::tr("These are not the bytes that were sent: %1 were. Compare shows what differs.")
                        .arg(record.delivery.body.size()),
        same ? widgets::TokenKind::Plain : widgets::TokenKind::Error);
    return { same ? "ok" : "warn", trace.batch ? TraceView::tr("Batch") : TraceView::tr("Request"),
        TraceView::tr("%1 B").arg(request.body.size()), out.take() };
}

TraceStep signatureStep(const journal::DeliveryRecord &record)
{
    const journal::Delivery &delivery = record.delivery;
    StepWriter out;
    out.heading(TraceView::tr("Input"));
    if (delivery.signedBytes)
        out.line(TraceView::tr("Bytes %1 to %2 of the %3 bytes sent")
                     .arg(delivery.signedBytes->first)
                     .arg(delivery.signedBytes->first + delivery.signedBytes->second - 1)
                     .arg(delivery.body.size()));
    out.heading(TraceView::tr("Output"));
    out.line(delivery.signature.empty() ? TraceView::tr("Not signed.")
                                        : QStringLiteral("X-Signature: ") + safeText(delivery.signature));
    return { delivery.signature.empty() ? "dash" : "lock", TraceView::tr("Signature"),
        delivery.signature.empty() ? TraceView::tr("none") : safeText(delivery.signature.substr(0, 8)) + u'…',
        out.take() };
}

} // namespace

std::vector<TraceStep> traceSteps(
    const pipeline::Trace &trace, std::size_t event, const journal::DeliveryRecord &record)
{
    std::vector<TraceStep> steps;
    if (event < trace.events.size()) {
        const pipeline::EventTrace &shown = trace.events[event];
        steps.push_back(eventStep(shown, event, trace.events.size()));
        steps.push_back(triggerStep(trace, shown));
        steps.push_back(mappingStep(trace, shown, record.delivery.maskedHeaders));
        steps.push_back(requestStep(trace, record));
    }
    steps.push_back(signatureStep(record));
    return steps;
}

TraceView::TraceView(QWidget *parent)
    : QWidget(parent)
    , m_events(new QWidget)
    , m_event(new QSpinBox)
    , m_of(new widgets::MutedLabel)
    , m_steps(new QListWidget)
    , m_text(new widgets::TextView)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *row = new QHBoxLayout(m_events);
    row->setContentsMargins(8, 2, 8, 2);
    row->addWidget(new widgets::MutedLabel(tr("Event")));
    m_event->setAccessibleName(tr("Which event of the batch"));
    theme::setRole(m_event, theme::Role::Small);
    row->addWidget(m_event);
    row->addWidget(m_of);
    row->addStretch(1);
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setAccessibleName(tr("Input and output of the step"));
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_steps);
    splitter->addWidget(m_text);
    splitter->setSizes({ 170, 400 });
    splitter->setStretchFactor(1, 1);
    m_steps->setMinimumWidth(120);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_events);
    layout->addWidget(splitter, 1);
    connect(m_event, &QSpinBox::valueChanged, this, &TraceView::present);
    connect(m_steps, &QListWidget::currentRowChanged, this, &TraceView::showStep);
}

void TraceView::show(std::shared_ptr<const pipeline::Trace> trace, const journal::RecordPtr &record, const QString &why)
{
    const bool other = !m_record || record->delivery.id != m_record->delivery.id;
    m_trace = std::move(trace);
    m_record = record;
    const auto count = m_trace ? static_cast<int>(m_trace->events.size()) : 0;
    {
        const QSignalBlocker blocker(m_event);
        m_event->setRange(1, std::max(1, count));
        if (other)
            m_event->setValue(1);
    }
    m_of->setText(tr("of %1").arg(count));
    m_events->setVisible(count > 1);
    if (!m_trace) {
        m_made.clear();
        m_steps->clear();
        m_steps->hide();
        StepWriter words;
        words.line(why);
        m_text->setText(words.take());
        return;
    }
    m_steps->show();
    present();
}

void TraceView::present()
{
    if (!m_trace)
        return;
    const int row = std::max(0, m_steps->currentRow());
    m_made = traceSteps(*m_trace, static_cast<std::size_t>(m_event->value() - 1), *m_record);
    {
        const QSignalBlocker blocker(m_steps);
        m_steps->clear();
        for (const TraceStep &step : m_made) {
            auto *item = new QListWidgetItem(theme::icon(step.icon),
                step.title + (step.result.isEmpty() ? QString() : QStringLiteral(" – ") + step.result));
            item->setToolTip(item->text());
            m_steps->addItem(item);
        }
        m_steps->setCurrentRow(std::min(row, m_steps->count() - 1));
    }
    showStep();
}

void TraceView::showStep()
{
    const int row = m_steps->currentRow();
    if (row >= 0 && row < static_cast<int>(m_made.size()))
        m_text->setText(m_made[static_cast<std::size_t>(row)].text);
}

} // namespace hookbench::inspector
