// Which events share a request, and what one failing event does to the others.
#include "core/json/parse.h"
#include "core/pipeline/batches.h"

#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;
using namespace std::string_literals;

class TestBatches : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groupsByUrl();
    void flushesWhenFull();
    void failingEventRejectsItsBatchOnly();
    void failingEventCanBeLeftOut();
    void invalidPayloadLeavesTheOthers();
    void invalidTriggerNeverMatches();
    void urlIsReplacedBeforeGrouping();
};

namespace {

PlanPtr planOf(const std::string &settings, PlanOptions options = {}, const std::string &trigger = "type = \"track\"")
{
    destination::Project project = destination::newProject("test");
    destination::Mapping mapping = destination::defaultMapping("M");
    mapping.enabled = true;
    mapping.trigger = trigger;
    mapping.settings = json::parse(settings).value();
    project.mappings.push_back(mapping);
    return std::make_shared<const Plan>(project, std::move(options));
}

const std::string kByUser
    = R"({"url":{"@template":"https://a.example/{{user}}"},"method":"POST","data":{"n":{"@path":"$.n"}},"enable_batching":true})";
// @path takes a text for its path and fails when the event gives a number: a mapping that fails on some events.
const std::string kFragile
    = R"({"url":{"@template":"https://a.example/{{user}}"},"method":"POST","data":{"n":{"@path":{"@path":"$.path"}}},"enable_batching":true})";

std::vector<Dispatch> addAll(Batches &batches, const PlanPtr &plan, const std::vector<std::string> &events)
{
    std::vector<Dispatch> out;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto event = json::parse(events[i]).value();
        for (Dispatch &dispatch : batches.add(plan->mappings()[0], i, event, {}))
            out.push_back(std::move(dispatch));
    }
    for (Dispatch &dispatch : batches.flush())
        out.push_back(std::move(dispatch));
    return out;
}

} // namespace

void TestBatches::groupsByUrl()
{
    const PlanPtr plan = planOf(kByUser, { .secret = "s" });
    Batches batches(plan, nullptr);
    const auto out
        = addAll(batches, plan, { R"({"user":"a","n":1})", R"({"user":"b","n":2})", R"({"user":"a","n":3})" });
    QCOMPARE(out.size(), std::size_t{ 2 });
    QCOMPARE((*out[0].request)->body, R"([{"n":1},{"n":3}])"s);
    QCOMPARE((*out[0].request)->url, "https://a.example/a"s);
    QCOMPARE(out[0].events, (std::vector<std::uint64_t>{ 0, 2 }));
    QCOMPARE((*out[0].request)->signature, signing::Signer("s").sign(R"({"n":1})"));
    QCOMPARE((*out[1].request)->body, R"([{"n":2}])"s);
}

void TestBatches::flushesWhenFull()
{
    const PlanPtr plan = planOf(
        R"({"url":"https://a.example/","method":"PUT","data":{"n":{"@path":"$.n"}},"enable_batching":true,"batch_size":2})");
    Batches batches(plan, nullptr);
    const auto out = addAll(batches, plan, { R"({"n":1})", R"({"n":2})", R"({"n":3})" });
    QCOMPARE(out.size(), std::size_t{ 2 });
    QCOMPARE((*out[0].request)->body, R"([{"n":1},{"n":2}])"s);
    QCOMPARE((*out[1].request)->body, R"([{"n":3}])"s);
}

void TestBatches::failingEventRejectsItsBatchOnly()
{
    const PlanPtr plan = planOf(kFragile);
    Batches batches(plan, nullptr);
    const auto out = addAll(batches, plan,
        { R"({"user":"a","n":"X","path":"n"})", R"({"user":"a","n":"x","path":5})",
            R"({"user":"b","n":"Y","path":"n"})" });
    QCOMPARE(out.size(), std::size_t{ 2 });
    QVERIFY(!out[0].request);
    QCOMPARE(out[0].events, (std::vector<std::uint64_t>{ 0 }));
    QCOMPARE(out[0].failures.size(), std::size_t{ 1 });
    QCOMPARE(out[0].failures[0].event, std::uint64_t{ 1 });
    QVERIFY(out[1].request);
    QCOMPARE((*out[1].request)->body, R"([{"n":"Y"}])"s);
}

void TestBatches::failingEventCanBeLeftOut()
{
    PlanOptions options;
    options.skipFailingEvents = true;
    const PlanPtr plan = planOf(kFragile, options);
    Batches batches(plan, nullptr);
    const auto out
        = addAll(batches, plan, { R"({"user":"a","n":"X","path":"n"})", R"({"user":"a","n":"x","path":5})" });
    QCOMPARE(out.size(), std::size_t{ 2 });
    QVERIFY(!out[0].request);
    QCOMPARE(out[0].events, (std::vector<std::uint64_t>{ 1 }));
    QCOMPARE((*out[1].request)->body, R"([{"n":"X"}])"s);
}

void TestBatches::invalidPayloadLeavesTheOthers()
{
    const PlanPtr plan
        = planOf(R"({"url":{"@path":"$.url"},"method":"POST","data":{"n":{"@path":"$.n"}},"enable_batching":true})");
    Batches batches(plan, nullptr);
    const auto out = addAll(batches, plan,
        { R"({"url":"https://a.example/","n":1})", R"({"url":"nowhere","n":2})",
            R"({"url":"https://a.example/","n":3})" });
    QCOMPARE(out.size(), std::size_t{ 2 });
    QVERIFY(!out[0].request);
    QCOMPARE(out[0].events, (std::vector<std::uint64_t>{ 1 }));
    QCOMPARE((*out[1].request)->body, R"([{"n":1},{"n":3}])"s);
}

void TestBatches::invalidTriggerNeverMatches()
{
    const PlanPtr plan = planOf(kByUser, {}, "typo");
    const Batches batches(plan, nullptr);
    QVERIFY(!plan->mappings()[0].trigger);
    const auto matched = batches.matches(plan->mappings()[0], json::parse(R"({"type":"track"})").value());
    QVERIFY(matched && !*matched);
}

void TestBatches::urlIsReplacedBeforeGrouping()
{
    PlanOptions options;
    options.url = "http://127.0.0.1:9/x";
    const PlanPtr plan = planOf(kByUser, options);
    Batches batches(plan, nullptr);
    const auto out = addAll(batches, plan, { R"({"user":"a","n":1})", R"({"user":"b","n":2})" });
    QCOMPARE(out.size(), std::size_t{ 1 });
    QCOMPARE((*out[0].request)->url, "http://127.0.0.1:9/x"s);
}

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
