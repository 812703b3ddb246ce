#pragma once
// What a Session computes: evaluations, replays and golden tests. Keeps the plan of the last question: while the event
// is typed only the event changes. Private to Session.
// Threads: lives in the evaluation thread.
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/session.h"

namespace hookbench::pipeline {

class Session::Evaluator final : public QObject
{
public:
    struct Question
    {
        std::uint64_t serial = 0;
        destination::Project project;
        PlanOptions options;
        json::Document event;
        std::optional<std::size_t> selected;
    };

    explicit Evaluator(Session &session);
    void answer(const Question &question);
    Result<json::Document> resolve(json::Value value, json::Value scope);
    void beginReplay(std::uint64_t serial, ReplayQuestion question);
    void beginTests(std::uint64_t serial, destination::Project project, PlanOptions options);

private:
    void goOnTesting();
    void goOnReplaying();
    bool sameMappings(const Question &question) const;

    Session &m_session;
    mapping::LiquidEngine m_liquid;
    PlanPtr m_plan;
    destination::Project m_project;
    PlanOptions m_options;
    std::optional<ImpactComparison> m_comparison;
    std::vector<std::string> m_texts;
    std::shared_ptr<Replay> m_replay;
    std::optional<GoldenTests> m_tests;
    std::shared_ptr<GoldenReport> m_report;
};

} // namespace hookbench::pipeline
