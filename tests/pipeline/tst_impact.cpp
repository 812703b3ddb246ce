// What an edit of a mapping changes over the same event.
#include "core/json/parse.h"
#include "core/pipeline/impact.h"
#include "core/pipeline/session.h"

#include <QSignalSpy>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;

namespace {

struct Edit
{
    QByteArray trigger;
    QByteArray settings;
    bool enabled = true;
};

constexpr const char *kOrders = R"(type = "track" and event = "Order Completed")";
constexpr const char *kSettings
    = R"({"url":"https://a.example/o","method":"POST","headers":{"x-tenant":"acme"},"data":{"id":{"@path":"$.messageId"},"total":{"@path":"$.properties.total"}}})";
constexpr const char *kEvent
    = R"({"type":"track","event":"Order Completed","messageId":"m1","properties":{"total":27.5,"revenue":25}})";

destination::Project projectOf(const Edit &edit)
{
    destination::Project project = destination::newProject("test");
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.enabled = edit.enabled;
    mapping.trigger = edit.trigger.toStdString();
    mapping.settings = json::parse(edit.settings.toStdString()).value();
    project.mappings.push_back(mapping);
    return project;
}

PlanPtr planOf(const Edit &edit)
{
    return std::make_shared<const Plan>(projectOf(edit), PlanOptions{ .secret = "s", .testEvents = true });
}

QByteArray nameOf(Impact kind)
{
    switch (kind) {
    case Impact::NotSent:
        return "not sent";
    case Impact::Unchanged:
        return "unchanged";
    case Impact::Changed:
        return "changed";
    case Impact::NewlySent:
        return "newly sent";
    case Impact::NoLongerSent:
        return "no longer sent";
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestImpact : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void of_data();
    void of();
    void aMappingThatWasNotThere();
    void replaysInTheBackground();
};

void TestImpact::of_data()
{
    QTest::addColumn<Edit>("before");
    QTest::addColumn<Edit>("after");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray settings = kSettings;
    const auto changed = [&](const char *from, const char *to) { return QByteArray(settings).replace(from, to); };
    const Edit base{ kOrders, settings };
    const auto row = [&](const char *name, const Edit &before, const Edit &after, const char *expected) {
        QTest::newRow(name) << before << after << QByteArray(expected);
    };
    row("nothing", base, base, "unchanged");
    row("a field", base, { kOrders, changed("properties.total", "properties.revenue") }, "changed; total: 27.5 > 25");
    row("a field more", base, { kOrders, changed("\"id\":", "\"n\":1,\"id\":") }, "changed; n:  > 1");
    row("a field less", { kOrders, changed("\"id\":", "\"n\":1,\"id\":") }, base, "changed; n: 1 > ");
    row("an item", { kOrders, changed("\"id\":", "\"list\":[1,2],\"id\":") },
        { kOrders, changed("\"id\":", "\"list\":[1,3],\"id\":") }, "changed; list[1]: 2 > 3");
    row("order of keys", base,
        { kOrders,
            changed("{\"id\":{\"@path\":\"$.messageId\"},\"total\":{\"@path\":\"$.properties.total\"}}",
                "{\"total\":27.5,\"id\":\"m1\"}") },
        "changed; body: {\"id\":\"m1\",\"total\":27.5} > {\"total\":27.5,\"id\":\"m1\"}");
    row("URL and method", base, { kOrders, changed("/o\",\"method\":\"POST", "/p\",\"method\":\"PUT") },
        "changed; method: POST > PUT; URL: https://a.example/o > https://a.example/p");
    row("a header", base, { kOrders, changed("acme", "other") }, "changed; header x-tenant: acme > other");
    row("a header less", base, { kOrders, changed("\"x-tenant\":\"acme\"", "") }, "changed; header x-tenant: acme > ");
    row("a signature mapped", base,
        { kOrders, changed("\"x-tenant\":\"acme\"", "\"x-tenant\":\"acme\",\"X-Signature\":\"no\"") },
        "changed; header x-signature:  > no");
    row("the trigger says no", base, { QByteArray(kOrders) + " and properties.total >= 30", settings },
        "no longer sent; properties.total >= 30 saw 27.5");
    row("the trigger says yes", { QByteArray(kOrders) + " and properties.coupon = \"X\"", settings }, base,
        "newly sent; properties.coupon = X saw undefined");
    row("never", { "type = \"page\"", settings }, { "type = \"screen\"", settings }, "not sent");
    row("switched on", { kOrders, settings, false }, base, "newly sent");
    row("switched off", base, { kOrders, settings, false }, "no longer sent");
    row("both off", { kOrders, settings, false }, { kOrders, changed("acme", "b"), false },
        "changed; header x-tenant: acme > b");
    row("fails now", base, { kOrders, changed("https://a.example/o", "nowhere") }, "no longer sent; *");
    row("trigger broken now", base, { "(((", settings }, "no longer sent; *");
}

void TestImpact::of()
{
    QFETCH(Edit, before);
    QFETCH(Edit, after);
    QFETCH(QByteArray, expected);
    const json::Document event = json::parse(kEvent).value();
    const EventImpact impact = ImpactComparison(planOf(before), 0, planOf(after), 0).of(3, event, nullptr);
    QCOMPARE(impact.event, std::size_t{ 3 });
    QByteArray got = nameOf(impact.kind);
    for (const ImpactPlace &place : impact.places)
        got += "; " + QByteArray::fromStdString(place.words + ": " + place.before + " > " + place.after);
    if (!impact.reason.empty())
        got += expected.endsWith('*') ? QByteArray("; *") : "; " + QByteArray::fromStdString(impact.reason);
    if (!impact.reasonSaw.empty())
        got += " saw " + QByteArray::fromStdString(impact.reasonSaw);
    QCOMPARE(got, expected);
    QCOMPARE(impact.kind == Impact::Changed || impact.kind == Impact::Unchanged,
        impact.before.request && impact.after.request);
}

void TestImpact::aMappingThatWasNotThere()
{
    const json::Document event = json::parse(kEvent).value();
    const PlanPtr plan = planOf({ kOrders, kSettings, false });
    QCOMPARE(ImpactComparison(plan, std::nullopt, plan, 0).of(0, event, nullptr).kind, Impact::NewlySent);
    QCOMPARE(ImpactComparison(plan, 0, plan, std::nullopt).of(0, event, nullptr).kind, Impact::NoLongerSent);
}

void TestImpact::replaysInTheBackground()
{
    Session session;
    ReplayQuestion question{ projectOf({ kOrders, kSettings }), 0,
        projectOf({ QByteArray(kOrders) + " and properties.total > 10", kSettings }), 0, { .secret = "s" }, {} };
    for (int i = 0; i < 3000; ++i)
        question.events.push_back(QByteArray(kEvent).replace("27.5", QByteArray::number(i)).toStdString());
    question.events.push_back("[no event]");
    QSignalSpy answers(&session, &Session::replayed);
    session.replay(question);
    const std::uint64_t last = session.replay(question); // the first one is not answered
    QVERIFY(answers.wait(30'000));
    const ReplayPtr replay = answers.front().front().value<ReplayPtr>();
    QCOMPARE(replay->serial, last);
    QCOMPARE(replay->unreadable, std::size_t{ 1 });
    QCOMPARE(replay->events.size(), question.events.size());
    const auto count = [&](Impact kind) {
        return std::count_if(replay->impacts.begin(), replay->impacts.end(),
            [&](const EventImpact &impact) { return impact.kind == kind; });
    };
    QCOMPARE(count(Impact::NoLongerSent), 11);
    QCOMPARE(count(Impact::Unchanged), 2989);
    QTest::qWait(50);
    QCOMPARE(answers.count(), 1);
}

QTEST_GUILESS_MAIN(TestImpact)
#include "tst_impact.moc"
