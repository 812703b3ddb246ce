#include "ui/inspector/inspector.h"

#include "core/base/redact.h"
#include "core/journal/redaction.h"
#include "ui/document/saved_events.h"
#include "ui/document/workbench.h"
#include "ui/inspector/as_code_view.h"
#include "ui/inspector/attempts_view.h"
#include "ui/inspector/compare_window.h"
#include "ui/inspector/message_page.h"
#include "ui/inspector/signature_view.h"
#include "ui/inspector/trace_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"

#include "core/json/stringify.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::inspector {

Inspector::Inspector(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("", {}, tr("Select a delivery to inspect it.")))
    , m_request(new MessagePage(MessagePage::Side::Request))
    , m_response(new MessagePage(MessagePage::Side::Response))
    , m_attempts(new AttemptsView)
    , m_trace(new TraceView)
    , m_serial(std::make_shared<std::atomic<quint64>>(0))
{
    m_pool.setMaxThreadCount(1);
    m_pages->addWidget(m_empty);
    auto *signature = new SignatureView;
    addTab(tr("Request"), m_request, [this](const auto &record) { m_request->show(record, m_attempt); });
    const int response
        = addTab(tr("Response"), m_response, [this](const auto &record) { m_response->show(record, m_attempt); });
    addTab(tr("Signature"), signature, [this, signature](const auto &record) {
        signature->setBatching(stillBatches());
        signature->show(*record, m_workbench.secret().value());
    });
    connect(signature, &SignatureView::batchingOffRequested, this, &Inspector::turnBatchingOff);
    connect(signature, &SignatureView::tamperedCopyRequested, this, &Inspector::sendTampered);
    connect(&workbench.document(), &document::ProjectDocument::changed, signature,
        [this, signature] { signature->setBatching(stillBatches()); });
    addTab(tr("Attempts"), m_attempts, [this](const auto &record) { m_attempts->show(record, m_attempt); });
    addTab(tr("Trace"), m_trace, [this](const auto &) { showTrace(); });
    auto *code = new AsCodeView;
    addTab(tr("As code"), code, [this, code](const auto &record) { code->show(record, m_workbench.secret().value()); });
    connect(code, &AsCodeView::said, &workbench, &document::Workbench::say);
    workbench.bind("delivery.curl", this, [this] {
        m_workbench.say(m_record ? AsCodeView::copyAsCurl(*m_record, m_workbench.secret().value())
                                 : tr("Select a delivery to copy it as cURL."));
    });
    const auto bindForRecord = [this](const char *id, auto &&carryOut) {
        m_workbench.bind(id, this, [this, carryOut] {
            if (m_record)
                carryOut();
            else
                m_workbench.say(tr("Select a delivery first."));
        });
    };
    bindForRecord(
        "delivery.har", [this] { m_workbench.say(AsCodeView::copyAsHar(*m_record, m_workbench.secret().value())); });
    bindForRecord(
        "delivery.raw", [this] { m_workbench.say(AsCodeView::copyRaw(*m_record, m_workbench.secret().value())); });
    bindForRecord("delivery.now", [this] { compareWithNow(); });
    bindForRecord("delivery.event", [this] { useAsTestEvent(); });
    bindForRecord("delivery.sample", [this] { saveAsSample(); });

    theme::setRole(m_tabs, theme::Role::Small); // six of them stand in the width it has beside the list
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Inspector"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(0);
    m_tabs->setFixedHeight(theme::metric::kTabBar);
    row->addWidget(m_tabs, 1);
    row->addWidget(makeMenu());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_pages, 1);
    setMinimumWidth(320);

    connect(m_tabs, &QTabBar::currentChanged, this, &Inspector::refresh);
    connect(&workbench.secret(), &document::Secret::changed, this, &Inspector::refresh);
    connect(&workbench.document(), &document::ProjectDocument::maskedHeadersChanged, this, [this] {
        const auto again = masked(m_given);
        if (!m_record || again->delivery.maskedHeaders == m_record->delivery.maskedHeaders)
            return;
        m_record = again;
        refresh();
    });
    for (MessagePage *page : { m_request, m_response }) {
        connect(page, &MessagePage::attemptChosen, this, &Inspector::chooseAttempt);
        connect(page, &MessagePage::secretsToggled, m_request, &MessagePage::setSecretsShown);
        connect(page, &MessagePage::secretsToggled, m_response, &MessagePage::setSecretsShown);
        connect(page, &MessagePage::said, &workbench, &document::Workbench::say);
    }
    connect(m_attempts, &AttemptsView::attemptChosen, this, [this](int attempt) { m_attempt = attempt; });
    connect(m_attempts, &AttemptsView::responseWanted, this, [this, response](int attempt) {
        m_attempt = attempt;
        m_tabs->setCurrentIndex(response);
    });
    refresh();
}

Inspector::~Inspector()
{
    ++*m_serial;
    m_pool.clear();
    m_pool.waitForDone();
}

void Inspector::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(0, theme::metric::kTabBar - 1, width(), 1, theme::tokens().border); // on from the tabs
}

int Inspector::addTab(const QString &title, QWidget *page, Show show)
{
    m_pages->addWidget(page);
    m_shows.push_back(std::move(show));
    return m_tabs->addTab(title);
}

void Inspector::show(const journal::RecordPtr &record)
{
    if (record == m_given)
        return;
    const bool same = record && m_given && record->delivery.id == m_given->delivery.id;
    m_given = record;
    m_record = masked(record);
    if (!same)
        m_attempt = -1;
    refresh();
}

// What the project masks now, deliveries made before it did are not to show.
journal::RecordPtr Inspector::masked(const journal::RecordPtr &record) const
{
    return journal::alsoMasking(record, m_workbench.document().project().maskedHeaders);
}

void Inspector::refresh()
{
    const int tab = m_tabs->currentIndex();
    if (!m_record || tab < 0) {
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    m_shows[static_cast<std::size_t>(tab)](m_record);
    m_pages->setCurrentIndex(tab + 1);
}

void Inspector::chooseAttempt(int attempt)
{
    m_attempt = attempt;
    refresh();
}

QToolButton *Inspector::makeMenu()
{
    auto *more = new QToolButton;
    more->setIcon(theme::icon("more"));
    more->setAutoRaise(true);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setFocusPolicy(Qt::TabFocus);
    more->setToolTip(tr("What can be done with this delivery"));
    more->setAccessibleName(more->toolTip());
    auto *menu = new QMenu(more);
    menu->addAction(
        theme::icon("diff"), tr("&Compare with what the mapping gives now"), this, &Inspector::compareWithNow);
    menu->addSeparator();
    menu->addAction(theme::icon("flask"), tr("Use as &test event"), this, &Inspector::useAsTestEvent);
    menu->addAction(theme::icon("save"), tr("&Save event in the project"), this, &Inspector::saveAsSample);
    menu->addAction(theme::icon("copy"), tr("Copy &event"), this, &Inspector::copyEvent);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        for (QAction *action : menu->actions())
            action->setEnabled(m_record != nullptr);
    });
    more->setMenu(menu);
    return more;
}

CompareWindow *Inspector::openCompareWindow()
{
    auto *opened = new CompareWindow(window());
    opened->setAttribute(Qt::WA_DeleteOnClose);
    opened->show();
    return opened;
}

CompareWindow *Inspector::compare(const journal::RecordPtr &before, const journal::RecordPtr &after)
{
    CompareWindow *opened = openCompareWindow();
    opened->compare(masked(before), masked(after));
    return opened;
}

void Inspector::retrace(bool now, std::function<void(const TracePtr &)> done)
{
    const quint64 serial = ++*m_serial;
    ++m_pending;
    m_workbench.session().readEvents(m_record, this,
        [this, serial, now, record = m_record, done = std::move(done)](const Result<std::vector<std::string>> &kept) {
            if (*m_serial == serial)
                compute(serial, now, record, kept ? *kept : std::vector<std::string>(), done);
            else
                --m_pending;
        });
}

void Inspector::compute(quint64 serial, bool now, const journal::RecordPtr &record,
    const std::vector<std::string> &kept, const std::function<void(const TracePtr &)> &done)
{
    Origin origin = originOf(m_workbench, *record, kept);
    const std::optional<destination::Mapping> mapping = now ? mappingNow(m_workbench, *record) : origin.mapping;
    pipeline::TraceQuestion question;
    if (mapping)
        question.mapping = *mapping;
    else
        origin.candidates.clear();
    const std::string &body = record->delivery.body;
    question.batch = record->delivery.batch || (!body.empty() && body.front() == '['); // older records do not say
    question.options = m_workbench.planOptions();
    m_pool.start([this, serial, wanted = m_serial, now, question = std::move(question), origin = std::move(origin),
                     record, done]() mutable {
        TracePtr trace;
        for (Origin::Events &events : origin.candidates) {
            if (*wanted != serial)
                break;
            question.events = std::move(events);
            auto made = std::make_shared<const pipeline::Trace>(pipeline::trace(question, &m_liquid));
            // What the mapping gives now is to differ; whether these were the events cannot be seen from it.
            if (origin.isCertain || now || (made->request && (*made->request)->body == record->delivery.body)) {
                trace = std::move(made);
                break;
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, serial, wanted, trace = std::move(trace), done = std::move(done)] {
                --m_pending;
                if (*wanted == serial)
                    done(trace);
            },
            Qt::QueuedConnection);
    });
}

void Inspector::showTrace()
{
    const QString none = tr("How this delivery came to be cannot be told any more: its event is not at hand, or its "
                            "mapping was changed since.");
    if (m_tracedOf && m_tracedOf == m_record) {
        m_trace->show(m_traced, m_record, none);
        return;
    }
    m_trace->show(nullptr, m_record, tr("Computing…"));
    retrace(false, [this, record = m_record, none](const TracePtr &trace) {
        m_traced = trace;
        m_tracedOf = record;
        m_trace->show(trace, record, none);
    });
}

void Inspector::compareWithNow()
{
    if (!m_record)
        return;
    retrace(true, [this, record = m_record](const TracePtr &trace) {
        if (!trace) {
            m_workbench.say(mappingNow(m_workbench, *record)
                    ? tr("The events of this delivery are not at hand any more.")
                    : tr("The project has no mapping named %1 any more.")
                          .arg(QString::fromStdString(record->delivery.mappingName)));
            return;
        }
        if (!trace->request) {
            m_workbench.say(tr("The mapping makes no request of these events now: %1")
                                .arg(QString::fromStdString(trace->request.error().message)));
            return;
        }
        const delivery::RequestPtr request = *trace->request;
        ComparedMessage now;
        now.title = tr("What the mapping gives now");
        now.startLine = request->method + " " + redactUrl(request->url);
        now.headers = request->headers;
        now.body = widgets::BytesPtr(request, &request->body);
        ComparedMessage then = comparedMessage(record, false);
        then.headers = record->delivery.headers; // as built: those of the transport are not made again
        openCompareWindow()->compare(std::move(then), std::move(now));
    });
}

void Inspector::withEvent(std::function<void(const json::Document &event, const QString &name)> use)
{
    if (!m_record)
        return;
    const auto take = [this, use = std::move(use)](const TracePtr &trace) {
        const auto at = static_cast<std::size_t>(std::max(0, m_trace->event()->value() - 1));
        if (!trace || trace->events.empty()) {
            m_workbench.say(tr("The event of this delivery is not at hand any more."));
            return;
        }
        const json::Document &event = trace->events[std::min(at, trace->events.size() - 1)].event;
        const QString name = document::describeEvent(event);
        use(event, name.isEmpty() ? tr("Event of a delivery") : name);
    };
    if (m_tracedOf == m_record)
        take(m_traced);
    else
        retrace(false, [this, record = m_record, take](const TracePtr &trace) {
            m_traced = trace;
            m_tracedOf = record;
            take(trace);
        });
}

bool Inspector::stillBatches() const
{
    const std::optional<int> place = m_record ? mappingPlace(m_workbench, *m_record) : std::nullopt;
    const json::Value batching = place ? m_workbench.document().setting(*place, "/enable_batching") : json::Value();
    return batching.isBoolean() && batching.asBoolean();
}

void Inspector::turnBatchingOff()
{
    const std::optional<int> place = m_record ? mappingPlace(m_workbench, *m_record) : std::nullopt;
    if (!place)
        return;
    m_workbench.document().setSetting(*place, "/enable_batching", json::Value::boolean(false), tr("Disable batching"));
    m_workbench.say(tr("%1 sends every event in a request of its own from now on.")
                        .arg(QString::fromStdString(m_record->delivery.mappingName)));
}

void Inspector::sendTampered(const std::string &body)
{
    if (!m_record)
        return;
    pipeline::Resend resend;
    resend.body = body;
    m_workbench.session().resend({ m_record->sequence }, std::move(resend), std::nullopt, m_workbench.runOptions());
}

void Inspector::useAsTestEvent()
{
    withEvent([this](const json::Document &event, const QString &name) {
        m_workbench.document().showEvent(name, json::stringify(event, 2));
        m_workbench.say(tr("%1 is the current event.").arg(name));
    });
}

void Inspector::saveAsSample()
{
    withEvent([this](const json::Document &event, const QString &name) {
        m_workbench.document().addSavedEvent(name, event);
        m_workbench.say(tr("%1 was saved in the project.").arg(name));
    });
}

void Inspector::copyEvent()
{
    withEvent([](const json::Document &event, const QString &) {
        QGuiApplication::clipboard()->setText(QString::fromStdString(json::stringify(event, 2)));
    });
}

} // namespace hookbench::inspector
