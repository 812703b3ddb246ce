// Golden tests: what a file may say, what is judged, what accepting changes.
#include "core/destination/check.h"
#include "core/destination/document.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/pipeline/golden.h"

#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;

namespace {

constexpr const char *kEvent
    = R"({"type":"track","event":"Order Completed","messageId":"m1","properties":{"total":27.5,"note":null}})";
constexpr const char *kSettings
    = R"({"url":"https://u:p@a.example/o","method":"POST","headers":{"X-Tenant":"acme","Authorization":"Bearer abcdefgh12345","X-City":"Zürich"},)"
      R"("data":{"id":{"@path":"$.messageId"},"amount":{"total":{"@path":"$.properties.total"}},"list":[1,2]},"enable_batching":true})";
constexpr const char *kBody = R"({"id":"m1","amount":{"total":27.5},"list":[1,2]})";

json::Document parsed(const QByteArray &text)
{
    return json::parse(text.toStdString()).value();
}

/// Mappings "Orders" (switched off), "Twin", "Twin" and "Broken", with these tests.
destination::Project projectWith(const QByteArray &tests)
{
    destination::Project project = destination::newProject("t");
    const auto add = [&](const char *name, const char *trigger, const char *settings) {
        destination::Mapping mapping = destination::defaultMapping(name);
        mapping.trigger = trigger;
        mapping.settings = parsed(settings);
        project.mappings.push_back(mapping);
    };
    add("Orders", R"(type = "track" and properties.total >= 20)", kSettings);
    add("Twin", R"(type = "track")", kSettings);
    add("Twin", R"(type = "page")", kSettings);
    add("Broken", R"(type = "track")", R"({"url":{"@path":"$.nowhere"},"method":"POST","data":{}})");
    add("Bad trigger", "(((", kSettings);
    add("No body", R"(type = "track")", R"({"url":"https://a.example/","method":"POST"})");
    project.tests = parsed(tests);
    return project;
}

QByteArray test(const QByteArray &mapping, const QByteArray &expect, const QByteArray &event = kEvent)
{
    return R"([{"name":"n","mapping":")" + mapping + R"(","event":)" + event + R"(,"expect":)" + expect + "}]";
}

GoldenOutcome outcomeOf(const QByteArray &tests)
{
    return GoldenTests(projectWith(tests), { .secret = "s" }).run(0, nullptr);
}

QByteArray words(const GoldenOutcome &outcome)
{
    QByteArray out = outcome.verdict == GoldenVerdict::Passed ? "passed"
        : outcome.verdict == GoldenVerdict::Failed            ? "failed"
                                                              : "error";
    if (outcome.error)
        out += "; " + QByteArray::fromStdString(outcome.error->code);
    for (const GoldenDifference &difference : outcome.differences)
        out += "; "
            + QByteArray::fromStdString(difference.place + ": " + difference.expected + " > " + difference.actual);
    if (!outcome.silence.reason.empty())
        out += "; " + QByteArray::fromStdString(outcome.silence.reason + " saw " + outcome.silence.saw);
    return out;
}

} // namespace

class TestGolden : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judges_data();
    void judges();
    void complains_data();
    void complains();
    void follows_data();
    void follows();
    void expectsWhatWasPreviewed();
    void accepts_data();
    void accepts();
    void editsLeaveTheRest();
    void showsWhatIsNamed();
};

void TestGolden::judges_data()
{
    QTest::addColumn<QByteArray>("tests");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &tests, const QByteArray &expected) {
        QTest::newRow(name) << tests << expected;
    };
    const QByteArray cheap = QByteArray(kEvent).replace("27.5", "9");
    row("fires", test("Orders", R"({"fires":true})"), "passed");
    row("does not fire, as expected", test("Orders", R"({"fires":false})", cheap), "passed");
    row("fires unexpectedly", test("Orders", R"({"fires":false})"), "failed; trigger: does not fire > fires");
    row("is silent unexpectedly", test("Orders", R"({"fires":true})", cheap),
        "failed; trigger: fires > does not fire; properties.total >= 20 saw 9");
    row("by number", test("#0", R"({"body":)" + QByteArray(kBody) + "}"), "passed");
    row("everything",
        test("Orders",
            R"({"method":"POST","url":"https://a.example/o","headers":{"x-tenant":"acme","X-CITY":"Zürich","x-none":null,)"
            R"("Authorization":"Bearer abcdefgh12345"},"body":)"
                + QByteArray(kBody)
                + R"(,"fields":{"/list/1":2,"/amount":{"total":27.5}},"absent":["/coupon","/list/2"]})"),
        "passed");
    row("other method and URL", test("Orders", R"({"method":"PUT","url":"https://a.example/p"})"),
        "failed; method: PUT > POST; url: https://a.example/p > https://a.example/o");
    row("other headers", test("Orders", R"({"headers":{"x-tenant":"other","x-city":null,"x-more":"1"}})"),
        "failed; header x-tenant: other > acme; header x-city:  > Zürich; header x-more: 1 > ");
    row("credentials stay hidden", test("Orders", R"({"headers":{"authorization":"Bearer secret-of-another"}})"),
        "failed; header authorization: Bearer "
        "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2 > Bearer "
        "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2");
    row("a value of the body", test("Orders", R"({"body":{"id":"m1","amount":{"total":28},"list":[1]}})"),
        "failed; body/amount/total: 28 > 27.5; body/list/1:  > 2");
    row("order of keys", test("Orders", R"({"body":{"amount":{"total":27.5},"id":"m1","list":[1,2]}})"),
        R"(failed; body: {"amount":{"total":27.5},"id":"m1","list":[1,2]} > )" + QByteArray(kBody));
    row("fields", test("Orders", R"({"fields":{"/id":"m2","/gone":1},"absent":["/list"]})"),
        R"(failed; body/id: "m2" > "m1"; body/gone: 1 > ; body/list:  > [1,2])");
    row("a text is no number", test("Orders", R"({"fields":{"/amount/total":"27.5"}})"),
        R"(failed; body/amount/total: "27.5" > 27.5)");
    row("no body", test("No body", R"({"body":null})"), "passed");
    row("a body though none was expected", test("Orders", R"({"body":null})"), "failed; body:  > " + QByteArray(kBody));
    row("no body though one was expected", test("No body", R"({"body":{}})"), "failed; body: {} > ");
    row("fields of no body", test("No body", R"({"fields":{"/id":1},"absent":["/x"]})"), "failed; body/id: 1 > ");
    row("mapping fails", test("Broken", R"({"fires":true})"), "error; payload-invalid");
    row("mapping fails where nothing was expected", test("Broken", R"({"fires":false})"),
        "failed; trigger: does not fire > fires");
    row("trigger cannot be read", test("Bad trigger", R"({"fires":false})"), "error; *");
    row("no such mapping", test("orders", R"({"fires":true})"), "error; test-mapping-missing");
    row("no such number", test("#6", R"({"fires":true})"), "error; test-mapping-missing");
    row("ambiguous", test("Twin", R"({"fires":true})"), "error; test-mapping-ambiguous");
    row("malformed", test("Orders", "[]"), "error; test-expect-invalid");
    row("expects nothing", test("Orders", R"({"note":"x"})"), "error; test-expect-empty");
    row("signed with the secret", test("Orders", R"({"headers":{"x-signature":"no"}})"),
        "failed; header x-signature: no > *");
}

void TestGolden::judges()
{
    QFETCH(QByteArray, tests);
    QFETCH(QByteArray, expected);
    QByteArray got = words(outcomeOf(tests));
    if (expected.endsWith('*')) {
        QVERIFY2(got.size() > expected.size(), got.constData());
        got = got.left(expected.size() - 1) + '*';
    }
    QCOMPARE(got, expected);
}

void TestGolden::complains_data()
{
    QTest::addColumn<QByteArray>("tests");
    QTest::addColumn<QByteArray>("expected"); // "code path", a line each
    const auto row = [](const char *name, const QByteArray &tests, const QByteArray &expected) {
        QTest::newRow(name) << tests << expected;
    };
    row("nothing", test("Orders", R"({"fires":true})"), "");
    row("no tests", "[]", "");
    row("empty test", "[{}]",
        "test-name-missing /tests/0/name\ntest-mapping-missing /tests/0/mapping\ntest-event-invalid "
        "/tests/0/event\ntest-expect-invalid /tests/0/expect");
    row("the second",
        test("Orders", R"({"fires":true})").chopped(1)
            + R"(,{"name":1,"mapping":"#9","event":[],"expect":{"fires":1}}])",
        "test-name-missing /tests/1/name\ntest-mapping-missing /tests/1/mapping\ntest-event-invalid "
        "/tests/1/event\ntest-expect-invalid /tests/1/expect/fires");
    row("members",
        test("Orders", R"({"method":1,"url":null,"headers":{"a":1},"body":"x","fields":{"id":1},"absent":[1,"x"]})"),
        "test-expect-invalid /tests/0/expect/method\ntest-expect-invalid /tests/0/expect/url\ntest-expect-invalid "
        "/tests/0/expect/headers/a\ntest-expect-invalid /tests/0/expect/body\ntest-expect-invalid "
        "/tests/0/expect/fields/id\ntest-expect-invalid /tests/0/expect/absent/0\ntest-expect-invalid "
        "/tests/0/expect/absent/1");
    row("lists", test("Orders", R"({"headers":[],"fields":[],"absent":{}})"),
        "test-expect-invalid /tests/0/expect/headers\ntest-expect-invalid /tests/0/expect/fields\ntest-expect-invalid "
        "/tests/0/expect/absent");
    row("a slip", test("Orders", R"({"boddy":{},"method":"POST"})"), "test-expect-unknown /tests/0/expect/boddy");
    row("a request that is not made", test("Orders", R"({"fires":false,"method":"POST"})"),
        "test-expect-invalid /tests/0/expect/fires");
    row("twins", test("Twin", R"({"fires":true})"), "test-mapping-ambiguous /tests/0/mapping");
}

void TestGolden::complains()
{
    QFETCH(QByteArray, tests);
    QByteArrayList got;
    for (const Issue &issue : destination::check(projectWith(tests)))
        if (issue.path.starts_with("/tests")) {
            got << QByteArray::fromStdString(issue.code + ' ' + issue.path);
            QVERIFY(issue.message.ends_with('.'));
            QCOMPARE(issue.severity == Severity::Warning, issue.code == "test-expect-unknown");
        }
    QTEST(got.join('\n'), "expected");
}

void TestGolden::expectsWhatWasPreviewed()
{
    const GoldenOutcome outcome = outcomeOf(test("Orders", R"({"fires":true})"));
    const destination::Expectation expect = expectationOf(*outcome.request, {});
    const QByteArray made
        = R"({"method":"POST","url":"https://a.example/o","headers":{"x-city":"Zürich","x-tenant":"acme"},"body":)"
        + QByteArray(kBody) + "}";
    QCOMPARE(QByteArray::fromStdString(json::stringify(toJson(expect))), made);
    destination::Project project = projectWith("[]");
    project.tests = withTest(project, { "made", "Orders", parsed(kEvent), expect });
    QCOMPARE(words(GoldenTests(project, {}).run(0, nullptr)), QByteArray("passed")); // without the secret
    const auto again = destination::read(destination::write(project));
    QVERIFY(again);
    QCOMPARE(words(GoldenTests(*again, {}).run(0, nullptr)), QByteArray("passed"));

    const GoldenOutcome bodyless = outcomeOf(test("No body", R"({"fires":true})"));
    const QByteArray bare = R"({"method":"POST","url":"https://a.example/","body":null})";
    QCOMPARE(QByteArray::fromStdString(json::stringify(toJson(expectationOf(*bodyless.request, {})))), bare);
}

void TestGolden::accepts_data()
{
    QTest::addColumn<QByteArray>("tests");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &tests, const QByteArray &expected) {
        QTest::newRow(name) << tests << expected;
    };
    const QByteArray cheap = QByteArray(kEvent).replace("27.5", "9");
    row("fields stay fields", test("Orders", R"({"fields":{"/id":"x","/gone":1},"absent":["/list"],"why":"kept"})"),
        R"({"fields":{"/id":"m1","/list":[1,2]},"absent":["/gone"],"why":"kept"})");
    row("a request stays what it named", test("Orders", R"({"method":"PUT","body":{}})"),
        R"({"method":"POST","body":)" + QByteArray(kBody) + "}");
    row("headers", test("Orders", R"({"headers":{"x-tenant":"b","x-old":"1","X-City":null}})"),
        R"({"headers":{"x-tenant":"acme","x-old":null,"X-City":"Zürich"}})");
    row("fires no more", test("Orders", R"({"body":{},"why":1})", cheap), R"({"fires":false,"why":1})");
    row("fires now", test("Orders", R"({"fires":false})"),
        R"({"method":"POST","url":"https://a.example/o","headers":{"x-city":"Zürich","x-tenant":"acme"},"body":)"
            + QByteArray(kBody) + "}");
    row("no body now", test("No body", R"({"body":{}})"), R"({"body":null})");
}

void TestGolden::accepts()
{
    QFETCH(QByteArray, tests);
    destination::Project project = projectWith(tests);
    const GoldenOutcome outcome = GoldenTests(project, {}).run(0, nullptr);
    QCOMPARE(outcome.verdict, GoldenVerdict::Failed);
    project.tests = withExpectation(project, 0, accepted(outcome.test->expect, outcome));
    QTEST(QByteArray::fromStdString(json::stringify(project.tests->at(0).find("expect"))), "expected");
    QCOMPARE(GoldenTests(project, {}).run(0, nullptr).verdict, GoldenVerdict::Passed);
}

void TestGolden::editsLeaveTheRest()
{
    const QByteArray tests
        = R"([{"owner":"ann","name":"a","mapping":"Orders","event":{},"expect":{"fires":false}},{"name":"b","mapping":"#1","event":{"z":1,"a":2},"expect":{"fires":false},"why":"kept"}])";
    destination::Project project = projectWith(tests);
    const auto text
        = [](const json::Document &document) { return QByteArray::fromStdString(json::stringify(document)); };
    QCOMPARE(text(withTestName(project, 1, "new \"name\"")), QByteArray(tests).replace(R"("b")", R"("new \"name\"")"));
    project.tests = withoutTest(project, 0);
    QCOMPARE(text(project.tests), '[' + tests.mid(tests.indexOf(R"({"name":"b")")));
    project.tests = withoutTest(project, 0);
    QCOMPARE(text(project.tests), QByteArray("[]"));
    project.tests = {};
    project.tests = withTest(project, { "first", "Orders", parsed(kEvent), {} });
    QCOMPARE(destination::testCount(project), std::size_t{ 1 });
    QVERIFY(destination::goldenTestIssues(project).empty());
}

void TestGolden::showsWhatIsNamed()
{
    const GoldenTexts texts = goldenTexts(outcomeOf(test("Orders",
        R"({"method":"PUT","headers":{"authorization":"Bearer x"},"fields":{"/id":"m2"},"absent":["/list"]})")));
    QCOMPARE(
        QByteArray::fromStdString(texts.expected), QByteArray("PUT\nauthorization: Bearer ••••••••\n/id: \"m2\"\n"));
    QCOMPARE(QByteArray::fromStdString(texts.actual),
        QByteArray("POST\nauthorization: Bearer ••••••••\n/id: \"m1\"\n/list: [\n  1,\n  2\n]\n"));
    QVERIFY(goldenTexts(outcomeOf(test("Orders", R"({"fires":false})")))
                .actual.starts_with("POST https://a.example/o\n\n{"));
    QVERIFY(goldenTexts(outcomeOf("[{}]")).expected.empty());
}

void TestGolden::follows_data()
{
    QTest::addColumn<int>("from"); // a mapping's place; -1: none, one is added
    QTest::addColumn<int>("to"); // -1: it is removed
    QTest::addColumn<QByteArray>("name"); // that it gets
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, int from, int to, const char *newName, const char *said, const char *says) {
        QTest::newRow(name) << from << to << QByteArray(newName) << QByteArray(said) << QByteArray(says);
    };
    row("renamed", 0, 0, "Sales", "Orders", "Sales");
    row("another is renamed", 3, 3, "Sales", "Orders", "Orders");
    row("by place, renamed", 0, 0, "Sales", "#0", "#0");
    row("renamed as another is called", 0, 0, "Broken", "Orders", "#0");
    row("another takes its name", 3, 3, "Orders", "Orders", "#0");
    row("renamed to what looks like a place", 0, 0, "#3", "Orders", "#0");
    row("one of two of that name", 1, 1, "Only", "Twin", "Twin"); // it meant neither before
    row("one of two, by place", 1, 1, "Only", "#1", "#1");
    row("another case", 0, 0, "orders", "Orders", "orders");
    row("no such mapping", 0, 0, "Sales", "Nobody", "Nobody");
    row("no such place", 0, 0, "Sales", "#9", "#9");
    row("moved, by name", 0, 4, "Orders", "Orders", "Orders");
    row("moved, by place", 0, 4, "Orders", "#0", "#4");
    row("another moved over it", 0, 4, "Orders", "#2", "#1");
    row("moved back", 4, 1, "Bad trigger", "#1", "#2");
    row("removed, by name", 0, -1, "", "Orders", "Orders"); // which is none now, and says so
    row("removed, by place", 0, -1, "", "#0", "Orders");
    row("the last removed, by place", 5, -1, "", "#5", "#5");
    row("one before it removed", 0, -1, "", "#3", "#2");
    row("removed, another of that name", 1, -1, "", "#1", "Twin (deleted)");
    row("added before it", -1, 0, "New", "#0", "#1");
    row("added behind it", -1, 3, "New", "#0", "#0");
    row("added with its name", -1, 3, "Orders", "Orders", "#0");
}

void TestGolden::follows()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, says);
    const destination::Project before = projectWith(test(said, R"({"fires":true})"));
    // Marked, so that places can be told by looking.
    destination::Project after = before;
    std::vector<int> marks{ 0, 1, 2, 3, 4, 5 };
    destination::Mapping mapping = destination::defaultMapping({});
    if (from >= 0) {
        mapping = after.mappings[static_cast<std::size_t>(from)];
        after.mappings.erase(after.mappings.begin() + from);
        marks.erase(marks.begin() + from);
    }
    if (to >= 0) {
        mapping.name = name.toStdString();
        after.mappings.insert(after.mappings.begin() + to, mapping);
        marks.insert(marks.begin() + to, from);
    }
    const auto newPlace = [&](std::size_t place) -> std::optional<std::size_t> {
        const auto found = std::find(marks.begin(), marks.end(), static_cast<int>(place));
        return found == marks.end() ? std::nullopt : std::optional<std::size_t>(found - marks.begin());
    };
    after.tests = destination::testsFollowing(before, after, newPlace);
    QCOMPARE(json::stringify(after.tests), json::stringify(parsed(test(says, R"({"fires":true})"))));
    const auto meant = destination::mappingMeant(before, said.toStdString());
    const auto means = destination::mappingMeant(after, says.toStdString());
    if (meant && newPlace(*meant))
        QVERIFY(means && *means == *newPlace(*meant));
    else if (meant)
        QVERIFY(!means);
}

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
