#include "ui/document/workbench.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"

#include <algorithm>

namespace hookbench::document {

namespace {

using namespace std::chrono_literals;
namespace keys = storage::settings;

constexpr auto kEvaluationDelay = 30ms; // a burst of signals is one question; typing still feels immediate

} // namespace

Workbench::Workbench(
    ProjectDocument &document, pipeline::Session &session, Secret &secret, storage::Settings &settings, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_session(session)
    , m_secret(secret)
    , m_settings(settings)
{
    m_evaluationDelay.setSingleShot(true);
    m_evaluationDelay.setInterval(kEvaluationDelay);
    connect(&m_evaluationDelay, &QTimer::timeout, this, &Workbench::ask);
    connect(&document, &ProjectDocument::changed, this, [this](const Change &change) {
        if (change.what == Change::What::Everything || change.what == Change::What::Destination)
            m_secret.follow(m_document.project().id);
        askSoon();
        Q_EMIT sendabilityChanged();
    });
    connect(&document, &ProjectDocument::currentMappingChanged, this, &Workbench::askSoon);
    connect(&document, &ProjectDocument::currentMappingChanged, this, &Workbench::sendabilityChanged);
    connect(&document, &ProjectDocument::currentEventChanged, this, &Workbench::askSoon);
    connect(&document, &ProjectDocument::currentEventChanged, this, &Workbench::sendabilityChanged);
    connect(&document, &ProjectDocument::eventsChanged, this, &Workbench::sendabilityChanged);
    connect(&document, &ProjectDocument::issuesChanged, this, &Workbench::sendabilityChanged);
    connect(&secret, &Secret::changed, this, [this] {
        m_session.setReceiverSecret(m_secret.value());
        askSoon();
    });
    connect(&session, &pipeline::Session::evaluated, this, &Workbench::take);
    connect(&session, &pipeline::Session::runStarted, this, &Workbench::sendabilityChanged);
    connect(&session, &pipeline::Session::runFinished, this, &Workbench::sendabilityChanged);
    connect(&session, &pipeline::Session::runRefused, this, &Workbench::sendabilityChanged);
    connect(&session, &pipeline::Session::receiverStarted, this, [this] {
        m_receiverProblem.clear();
        Q_EMIT receiverChanged();
    });
    connect(&session, &pipeline::Session::receiverStopped, this, &Workbench::receiverChanged);
    connect(&session, &pipeline::Session::receiverFailed, this, [this](const Error &error) {
        m_receiverProblem = QString::fromStdString(error.message);
        Q_EMIT receiverChanged();
    });
}

std::optional<int> Workbench::matchCount() const
{
    if (!m_evaluation)
        return std::nullopt;
    const std::size_t known = std::min(m_evaluation->triggers.size(), m_document.project().mappings.size());
    int count = 0;
    for (std::size_t i = 0; i < known; ++i)
        count += m_evaluation->triggers[i].matched && m_document.project().mappings[i].enabled;
    return count;
}

pipeline::PlanOptions Workbench::planOptions() const
{
    pipeline::PlanOptions options;
    options.secret = m_secret.value();
    options.signatureMode
        = m_settings.get(keys::signatureMode) == "whole-body" ? signing::Mode::WholeBody : signing::Mode::FirstEvent;
    options.userAgent = m_settings.get(keys::userAgent);
    options.skipFailingEvents = m_settings.get(keys::skipFailingEvents);
    return options;
}

pipeline::RunOptions Workbench::runOptions() const
{
    pipeline::RunOptions options;
    options.transport.timeout = std::chrono::milliseconds(m_settings.get(keys::timeoutMs));
    options.transport.maxResponseBytes = static_cast<std::size_t>(m_settings.get(keys::responseLimitKb)) * 1000;
    options.transport.followRedirects = m_settings.get(keys::followRedirects);
    options.transport.keepAlive = m_settings.get(keys::keepAlive);
    options.transport.http2 = m_settings.get(keys::http2);
    options.transport.proxy = m_settings.get(keys::proxy);
    options.queue.inFlightPerHost = static_cast<std::size_t>(m_settings.get(keys::inFlight));
    return options;
}

QString Workbench::whyNotSend(SendWhich which) const
{
    const destination::Project &project = m_document.project();
    if (m_session.isRunning())
        return tr("A run is going on. Wait for it or stop it.");
    if (project.mappings.empty())
        return tr("There is no mapping yet. Add one first.");
    const bool one = which == SendWhich::ThisMappingOnly;
    if (!one && !project.enabled)
        return tr("The destination is disabled. Switch it on, or send to this mapping only.");
    if (!one && std::ranges::none_of(project.mappings, &destination::Mapping::enabled))
        return tr("No mapping is enabled. Switch one on, or send to this mapping only.");
    if (which == SendWhich::AllEvents && m_document.events().size() == 0)
        return tr("No events are loaded.");
    if (which != SendWhich::AllEvents || (m_document.currentEvent().edited && m_document.currentEventIndex() >= 0)) {
        const CurrentEvent &event = m_document.currentEvent();
        if (event.text.empty())
            return tr("There is no event. Choose a sample or paste one.");
        if (event.parsing)
            return tr("The event is still being read.");
        if (event.error)
            return tr("The event is not valid: %1").arg(QString::fromStdString(event.error->message));
    }
    if (one)
        return namedError(m_document.currentMapping());
    QString first;
    for (int i = 0; i < m_document.mappingCount(); ++i) {
        if (!project.mappings[static_cast<std::size_t>(i)].enabled)
            continue;
        const QString error = namedError(i);
        if (error.isEmpty())
            return {};
        if (first.isEmpty())
            first = error;
    }
    return first;
}

QString Workbench::errorOf(int index) const
{
    const std::string pointer = json::childPointer("/mappings", static_cast<std::size_t>(index));
    for (const Issue &issue : m_document.issues())
        if (issue.severity == Severity::Error && (issue.path == pointer || issue.path.starts_with(pointer + '/')))
            return QString::fromStdString(issue.message);
    return {};
}

QString Workbench::namedError(int index) const
{
    const QString error = errorOf(index);
    return error.isEmpty() ? error : tr("“%1”: %2").arg(QString::fromStdString(m_document.mapping(index).name), error);
}

QString Workbench::whoIsLeftOut() const
{
    QStringList errors;
    for (int i = 0; i < m_document.mappingCount(); ++i)
        if (m_document.mapping(i).enabled)
            if (const QString error = namedError(i); !error.isEmpty())
                errors << error;
    return errors.isEmpty() ? QString() : tr("Left out because of errors: %1").arg(errors.join(u'\n'));
}

void Workbench::send(SendWhich which)
{
    if (const QString why = whyNotSend(which); !why.isEmpty()) {
        say(why);
        return;
    }
    m_document.endTyping();
    const CurrentEvent &current = m_document.currentEvent();
    pipeline::SendWhat what;
    pipeline::RunOptions run = runOptions();
    if (which == SendWhich::AllEvents) {
        const EventList &events = m_document.events();
        if (!events.filePath().isEmpty()) {
            what.file = events.filePath().toStdString();
        } else {
            for (qsizetype i = 0; i < events.size(); ++i) {
                if (i == m_document.currentEventIndex() && current.edited) {
                    what.events.push_back(current.event);
                    continue;
                }
                const Result<std::string> text = events.textAt(i);
                if (const auto event = text ? json::parse(*text) : Result<json::Document>(fail(text.error())))
                    what.events.push_back(*event);
            }
        }
    } else {
        what.events.push_back(current.event);
    }
    if (which == SendWhich::ThisMappingOnly) {
        run.only = { static_cast<std::size_t>(m_document.currentMapping()) };
        run.includeDisabled = true;
    }
    if (which != SendWhich::ThisMappingOnly)
        leaveOut(run);
    pipeline::PlanOptions options = planOptions();
    options.testEvents = which != SendWhich::AllEvents;
    m_session.send(m_document.project(), std::move(options), run, std::move(what));
}

// Nothing goes out by a mapping of which a field is invalid; the others are not held up by it.
void Workbench::leaveOut(pipeline::RunOptions &run)
{
    const QString who = whoIsLeftOut();
    if (who.isEmpty())
        return;
    for (int i = 0; i < m_document.mappingCount(); ++i)
        if (m_document.mapping(i).enabled && errorOf(i).isEmpty())
            run.only.push_back(static_cast<std::size_t>(i));
    say(who);
}

std::vector<std::string> Workbench::allowedHosts() const
{
    return m_settings.get(keys::receiverHosts);
}

void Workbench::startReceiver()
{
    m_receiverProblem.clear();
    m_session.setReceiverSecret(m_secret.value());
    m_session.startReceiver(static_cast<quint16>(m_settings.get(keys::receiverPort)), allowedHosts());
}

void Workbench::stopReceiver()
{
    m_session.stopReceiver();
}

QAction *Workbench::action(const char *id) const
{
    QAction *action = m_actions.value(QByteArray(id));
    if (!action)
        qFatal("there is no action named %s", id);
    return action;
}

void Workbench::registerAction(const char *id, QAction *action)
{
    m_actions.insert(QByteArray(id), action);
}

void Workbench::jumpTo(const std::string &pointer, const std::string &message)
{
    m_jumpMessage = message;
    const std::vector<std::string> at = json::pointerKeys(pointer);
    if (at.size() >= 2 && at[0] == "mappings")
        m_document.setCurrentMapping(static_cast<int>(std::strtol(at[1].c_str(), nullptr, 10)));
    Q_EMIT jumpStarting();
    Q_EMIT jumpRequested(pointer);
}

void Workbench::tellSettingsChanged()
{
    askSoon();
    Q_EMIT settingsChanged();
}

void Workbench::askSoon()
{
    if (!m_evaluationDelay.isActive())
        m_evaluationDelay.start();
}

void Workbench::ask()
{
    const json::Document &event = m_document.currentEvent().event;
    if (!event->isObject()) {
        m_asked = m_answered = 0;
        if (m_evaluation && !m_document.currentEvent().parsing) {
            m_evaluation = nullptr;
            Q_EMIT evaluationChanged();
        }
        return;
    }
    std::optional<std::size_t> selected;
    if (m_document.currentMapping() >= 0)
        selected = static_cast<std::size_t>(m_document.currentMapping());
    pipeline::PlanOptions options = planOptions();
    options.testEvents = true; // the preview is of what Send sends
    m_asked = m_session.evaluate(m_document.project(), std::move(options), event, selected);
}

void Workbench::take(const pipeline::EvaluationPtr &evaluation)
{
    if (m_asked == 0 || evaluation->serial != m_asked)
        return;
    m_answered = evaluation->serial;
    m_evaluation = evaluation;
    Q_EMIT evaluationChanged();
}

} // namespace hookbench::document
