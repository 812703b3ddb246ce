// The field report: what it says of a destination, and that nothing of a hostile one gets out of its cell.
#include "core/destination/document.h"
#include "core/json/parse.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/field_report.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;

namespace {

QByteArray join(const std::vector<std::string> &list)
{
    QByteArrayList out;
    for (const std::string &text : list)
        out << QByteArray::fromStdString(text);
    return out.join(", ");
}

destination::Project projectOf(const std::string &settings, const std::vector<std::string> &events,
    const std::string &name = "Orders", const std::string &trigger = "type = \"track\"")
{
    destination::Project project = destination::newProject(name);
    destination::Mapping mapping = destination::defaultMapping(name);
    mapping.enabled = true;
    mapping.trigger = trigger;
    mapping.settings = json::parse(settings).value();
    project.mappings.push_back(mapping);
    for (const std::string &event : events)
        project.events.push_back({ name, json::parse(event).value(), {} });
    return project;
}

} // namespace

class TestFieldReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triggers_data();
    void triggers();
    void fields();
    void wholeEvent();
    void withoutSamples_data();
    void withoutSamples();
    void credentialsStayHidden();
    void hostileNames();
};

void TestFieldReport::triggers_data()
{
    QTest::addColumn<QByteArray>("fql");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("one") << QByteArray(R"(type = "track")") << QByteArray("the event type is “track”");
    QTest::newRow("two") << QByteArray(R"(type = "track" and event = "Order Completed")")
                         << QByteArray("the event type is “track” and the event name is “Order Completed”");
    QTest::newRow("nested") << QByteArray(
        R"(type = "track" and (properties.total >= 20 or traits.vip = true or context.ip != null))")
                            << QByteArray(
                                   "the event type is “track” and (properties.total is at least 20 or traits.vip "
                                   "is true or context.ip is there)");
    QTest::newRow("text") << QByteArray(R"(!contains(event, "x") and userId = null)")
                          << QByteArray("the event name is a text without “x” and the user id is missing");
    QTest::newRow("none") << QByteArray() << QByteArray("never: there is no trigger");
    QTest::newRow("broken") << QByteArray("(((") << QByteArray("never: the trigger cannot be read *");
}

void TestFieldReport::triggers()
{
    QFETCH(QByteArray, fql);
    QFETCH(QByteArray, expected);
    QByteArray got = QByteArray::fromStdString(triggerWords(fql.toStdString()));
    if (expected.endsWith('*'))
        got = got.left(expected.size() - 1) + '*';
    QCOMPARE(got, expected);
}

void TestFieldReport::fields()
{
    const destination::Project project = projectOf(
        R"({"url":{"@template":"https://a.example/{{userId}}"},"method":"POST","headers":{"X-Tenant":"acme","X-User":{"@path":"$.userId"}},
            "data":{"id":{"@path":"$.messageId"},"summary":{"@template":"{{properties.total}} for {{userId}}"},"fixed":{"version":2},
            "coupon":{"@liquid":"{{ properties.coupon | upcase }}"},
            "items":{"@arrayPath":["$.properties.products",{"sku":{"@path":"$.sku"}}]}},"enable_batching":true,"batch_size":50})",
        { R"({"type":"track","messageId":"m1","userId":"u1","properties":{"total":1,"coupon":"x","products":[{"sku":"a"},{"sku":7}]}})",
            R"({"type":"page","messageId":"m2","userId":"u2"})",
            R"({"type":"track","messageId":"m3","userId":"u3","properties":{"total":2}})" });
    mapping::LiquidEngine liquid;
    const FieldReport report = fieldReport(project, {}, &liquid);
    QCOMPARE(report.mappings.size(), std::size_t{ 1 });
    const ReportMapping &mapping = report.mappings.front();
    QCOMPARE(mapping.samples, std::size_t{ 2 });
    QCOMPARE(mapping.batchSize, std::size_t{ 50 });
    QCOMPARE(join(mapping.urlSources), QByteArray("userId"));
    QCOMPARE(join(mapping.headers.at(1).sources), QByteArray("userId"));
    QVERIFY(mapping.headers.at(0).sources.empty());
    QByteArrayList got;
    for (const ReportField &field : mapping.fields)
        got << QByteArray::fromStdString(field.path) + " | " + join(field.types) + " | "
                + QByteArray::fromStdString(field.sample) + " | " + join(field.sources) + " | "
                + QByteArray::number(field.seen);
    const QByteArrayList expected{ "id | text | \"m1\" | messageId | 2",
        "summary | text | \"1 for u1\" | properties.total, userId | 2", "fixed.version | number | 2 |  | 2",
        "coupon | text | \"X\" | properties.coupon | 2",
        "items[].sku | text, number | \"a\" | properties.products[*].sku | 1" };
    QCOMPARE(got.join('\n'), expected.join('\n'));
    QVERIFY(mapping.sampleBody.find("\"1 for u1\"") != std::string::npos);

    const QByteArray html = QByteArray::fromStdString(reportHtml(report));
    QVERIFY(html.contains("<td><code>items[].sku</code></td><td>text or number</td>"));
    QVERIFY(html.contains("1 of 2"));
    const QByteArray markdown = QByteArray::fromStdString(reportMarkdown(report));
    QVERIFY2(
        markdown.contains("| `items[].sku` | text or number | `\"a\"` | properties.products\\[\\*\\].sku | 1 of 2 |"),
        markdown.constData());
}

void TestFieldReport::wholeEvent()
{
    const FieldReport report
        = fieldReport(projectOf(R"({"url":"https://a.example/","method":"POST","data":{"@path":"$."}})",
                          { R"({"type":"track","properties":{"list":[{"a":1},{"b":null}],"empty":{}}})" }),
            {}, nullptr);
    QByteArrayList got;
    for (const ReportField &field : report.mappings.front().fields)
        got << QByteArray::fromStdString(field.path) + " < " + join(field.sources);
    QCOMPARE(got.join('\n'),
        QByteArray("type < type\nproperties.list[].a < properties.list[].a\nproperties.list[].b < "
                   "properties.list[].b\nproperties.empty < properties.empty"));
}

void TestFieldReport::withoutSamples_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("word");
    const QByteArray good = R"({"url":"https://a.example/","method":"POST","data":{"a":1}})";
    QTest::newRow("none matches") << good << QByteArray("type = \"page\"") << QByteArray("No saved event reaches");
    QTest::newRow("all fail") << QByteArray(good).replace("https://a.example/", "nowhere")
                              << QByteArray("type = \"track\"") << QByteArray("No sample could be made");
    QTest::newRow("no body") << QByteArray(R"({"url":"https://a.example/","method":"POST"})")
                             << QByteArray("type = \"track\"") << QByteArray("have no body");
}

void TestFieldReport::withoutSamples()
{
    QFETCH(QByteArray, settings);
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, word);
    const FieldReport report = fieldReport(
        projectOf(settings.toStdString(), { R"({"type":"track"})" }, "Orders", trigger.toStdString()), {}, nullptr);
    QVERIFY(report.mappings.front().fields.empty());
    QVERIFY(QByteArray::fromStdString(reportHtml(report)).contains(word));
    QVERIFY(QByteArray::fromStdString(reportMarkdown(report)).contains(word));
}

void TestFieldReport::credentialsStayHidden()
{
    destination::Project project = projectOf(
        R"({"url":"https://user:hunter2@a.example/x?api_key=hunter3&b=1","method":"POST",
            "headers":{"Authorization":"Bearer hunter4567","X-Api-Key":"hunter5","X-Own":"hunter9","X-Tenant":"acme"},
            "data":{"accessToken":"hunter6","deep":[{"password":"hunter7"}],"id":1}})",
        { R"({"type":"track"})" });
    project.settings = json::parse(R"({"sharedSecret":"hunter8"})").value();
    project.maskedHeaders = { "x-own" };
    const FieldReport report = fieldReport(project, {}, nullptr);
    for (const std::string &text : { reportHtml(report), reportMarkdown(report) }) {
        QVERIFY2(text.find("hunter") == std::string::npos, text.c_str());
        QVERIFY(text.find("acme") != std::string::npos);
        QVERIFY(text.find("b=1") != std::string::npos);
    }
}

void TestFieldReport::hostileNames()
{
    const std::string evil = R"(<script>alert(1)</script>\"'&|`x` ![a](javascript:b) \u0000\u001b\u202e\n# h)";
    const std::string settings
        = R"({"url":"https://a.example/?a=1&b=2","method":"POST","headers":{"X-|`'":"<i>|`'&"},"data":{")" + evil
        + R"(":"</td></table><script>","plain":"```\n<h1>","v":{"@path":"$.properties"}}})";
    const destination::Project project = projectOf(settings,
        { R"({"type":"track","properties":{"<img src=x onerror=y>":"|a|"}})" }, "Evil <svg onload=z> | `n`\n## x");
    const FieldReport report = fieldReport(project, {}, nullptr);
    const QByteArray html = QByteArray::fromStdString(reportHtml(report));
    for (const char *forbidden : { "<script", "<svg", "<img", "<b>", "<i>", "<h1>\n", "</td></table>", "\x1b" })
        QVERIFY2(!html.contains(forbidden), forbidden);
    // Well-formed as XML too, so that no name can open or close an element.
    QByteArray xml = html.mid(html.indexOf("<body>"));
    xml.chop(QByteArray("</html>\n").size());
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));

    const QString markdown = QString::fromStdString(reportMarkdown(report));
    QStringList outside; // of fenced blocks and code spans
    bool fenced = false;
    static const QRegularExpression kSpan(QStringLiteral("(?<![\\\\`])(`+)(?!`).*?(?<!`)\\1(?!`)"));
    for (QString line : markdown.split(u'\n')) {
        if (line.startsWith(QStringLiteral("```"))) {
            fenced = !fenced;
            continue;
        }
        if (!fenced)
            outside << line.remove(kSpan);
    }
    QVERIFY(!fenced);
    static const QRegularExpression kRaw(QStringLiteral("(?<!\\\\)[<>]|[\\x{0}-\\x{1f}\\x{202e}]"));
    for (const QString &line : outside)
        QVERIFY2(!line.contains(kRaw), qPrintable(line));
    static const QRegularExpression kBar(QStringLiteral("(?<!\\\\)\\|"));
    int columns = 0; // rows of a table have as many cells as its head
    for (const QString &line : markdown.split(u'\n')) {
        const int bars = static_cast<int>(line.count(kBar));
        if (!line.startsWith(u'|'))
            columns = 0;
        else if (columns == 0)
            columns = bars;
        else
            QCOMPARE(bars, columns);
    }
}

QTEST_GUILESS_MAIN(TestFieldReport)
#include "tst_field_report.moc"
