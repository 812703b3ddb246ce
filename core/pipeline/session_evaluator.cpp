#include "core/pipeline/session_evaluator.h"

#include "core/json/parse.h"

#include <QMetaObject>

namespace hookbench::pipeline {

namespace {

/// How long a replay, or golden tests, keep the thread at a stretch: what the user types goes first.
constexpr std::chrono::milliseconds kReplayStretch{ 10 };

} // namespace

Session::Evaluator::Evaluator(Session &session)
    : m_session(session)
{
}

void Session::Evaluator::answer(const Question &question)
{
    if (question.serial != m_session.m_latestQuestion)
        return; // overtaken
    if (!m_plan || !sameMappings(question))
        m_plan = std::make_shared<const Plan>(question.project, question.options);
    m_project = question.project;
    m_options = question.options;
    auto evaluation
        = std::make_shared<Evaluation>(pipeline::evaluate(*m_plan, question.event, question.selected, &m_liquid));
    evaluation->serial = question.serial;
    evaluation->event = question.event;
    if (question.serial == m_session.m_latestQuestion)
        m_session.tell([&session = m_session, evaluation] { Q_EMIT session.evaluated(evaluation); });
}

Result<json::Document> Session::Evaluator::resolve(json::Value value, json::Value scope)
{
    json::Arena arena;
    const json::Value whole = json::ObjectBuilder(arena).add("value", value).build();
    const Result<mapping::Mapping> compiled = mapping::Mapping::compile(whole);
    if (!compiled)
        return fail(compiled.error());
    const Result<json::Value> resolved = compiled->resolve(scope, arena, &m_liquid);
    return resolved ? Result<json::Document>(json::Document::copyOf(resolved->find("value"))) : fail(resolved.error());
}

void Session::Evaluator::beginReplay(std::uint64_t serial, ReplayQuestion question)
{
    const auto plan = [&](destination::Project &project) {
        return std::make_shared<const Plan>(std::exchange(project, {}), question.options);
    };
    m_comparison.emplace(plan(question.before), question.mappingBefore, plan(question.after), question.mappingAfter);
    m_texts = std::move(question.events);
    m_replay = std::make_shared<Replay>();
    m_replay->serial = serial;
    goOnReplaying();
}

void Session::Evaluator::beginTests(std::uint64_t serial, destination::Project project, PlanOptions options)
{
    m_report = std::make_shared<GoldenReport>();
    m_report->serial = serial;
    if (serial == m_session.m_latestTests)
        m_tests.emplace(std::move(project), std::move(options));
    goOnTesting();
}

void Session::Evaluator::goOnTesting()
{
    if (!m_report || m_report->serial != m_session.m_latestTests) {
        m_report.reset();
        return;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto took = [&] { return std::chrono::steady_clock::now() - start; };
    while (m_report->outcomes.size() < m_tests->count() && took() < kReplayStretch)
        m_report->outcomes.push_back(m_tests->run(m_report->outcomes.size(), &m_liquid));
    m_report->took += std::chrono::duration_cast<std::chrono::microseconds>(took());
    if (m_report->outcomes.size() < m_tests->count())
        QMetaObject::invokeMethod(
            this,
            [this, serial = m_report->serial] {
                if (m_report && m_report->serial == serial)
                    goOnTesting();
            },
            Qt::QueuedConnection);
    else
        m_session.tell([&session = m_session, report = GoldenReportPtr(std::exchange(m_report, nullptr))] {
            Q_EMIT session.tested(report);
        });
}

void Session::Evaluator::goOnReplaying()
{
    if (!m_replay || m_replay->serial != m_session.m_latestReplay) {
        m_replay.reset();
        return;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto took = [&] { return std::chrono::steady_clock::now() - start; };
    for (std::size_t next = m_replay->events.size(); next < m_texts.size() && took() < kReplayStretch; ++next) {
        Result<json::Document> event = json::parse(m_texts[next]);
        if (event && event->root().isObject()) {
            m_replay->impacts.push_back(m_comparison->of(next, *event, &m_liquid));
            m_replay->events.push_back(std::move(*event));
        } else {
            ++m_replay->unreadable;
            m_replay->events.emplace_back();
        }
    }
    m_replay->took += std::chrono::duration_cast<std::chrono::microseconds>(took());
    if (m_replay->events.size() < m_texts.size())
        QMetaObject::invokeMethod(
            this,
            [this, serial = m_replay->serial] {
                if (m_replay && m_replay->serial == serial)
                    goOnReplaying();
            },
            Qt::QueuedConnection);
    else
        m_session.tell([&session = m_session, replay = ReplayPtr(std::exchange(m_replay, nullptr))] {
            Q_EMIT session.replayed(replay);
        });
}

bool Session::Evaluator::sameMappings(const Question &question) const
{
    return m_project.mappings == question.project.mappings && m_options.secret == question.options.secret
        && m_options.signatureMode == question.options.signatureMode
        && m_options.userAgent == question.options.userAgent && m_options.url == question.options.url
        && m_options.testEvents == question.options.testEvents;
}

} // namespace hookbench::pipeline
