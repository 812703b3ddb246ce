// What Segment's own engine answered, case by case. Those that need a Liquid engine are compared by
// hookbench-conformance.
#include "core/json/text.h"
#include "core/mapping/flatten.h"
#include "core/mapping/path.h"
#include "core/mapping/template.h"
#include "core/mapping/validate.h"
#include "core/mapping/value_keys.h"
#include "tests/mapping/cases.h"

#include <QtTest>
#include <algorithm>
#include <fstream>

using namespace hookbench;

class TestMappingVectors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAreSegments_data();
    void answersAreSegments();
};

namespace {

// Answers as the vectors write them: JSON, "undefined" or "error".
std::string textOf(json::Value value)
{
    return value.isUndefined() ? "undefined" : json::stringify(value);
}

std::string textOf(const Result<json::Value> &result)
{
    return result ? textOf(*result) : "error";
}

std::string expectedOf(json::Value expect)
{
    if (!json::isTruthy(expect.find("ok")))
        return "error";
    return expect.find("json").isString() ? json::toText(expect.find("json")) : "undefined";
}

json::Document partOf(json::Value vector, const std::string &name)
{
    const json::Value text = vector.find(name + "_text");
    return text.isString() ? json::parse(text.asString()).value() : json::Document::copyOf(vector.find(name));
}

std::string answer(json::Value vector)
{
    json::Arena out;
    const std::string op = json::toText(vector.find("op"));
    if (op == "transform") {
        const std::string output
            = mapping::cases::outputOf(partOf(vector, "mapping").root(), partOf(vector, "event").root());
        return output.starts_with("error ") ? "error" : output;
    }
    if (op == "validate")
        return mapping::validate(vector.find("mapping"), {}).empty() ? "undefined" : "error";
    if (op == "template")
        return textOf(mapping::render(vector.find("template"), vector.find("data"), out));
    if (op == "get")
        return textOf(mapping::get(vector.find("data"), vector.find("path"), out));
    if (op == "value_keys")
        return textOf(mapping::valueKeys(vector.find("value"), out));
    const json::Value separator = vector.find("separator");
    const json::Value prefix = vector.find("prefix");
    return textOf(mapping::flatten(vector.find("input"), prefix.isString() ? prefix.asString() : "",
        separator.isString() ? separator.asString() : ".", json::isTruthy(vector.find("omitArrays")), out));
}

bool needsLiquid(json::Value vector, std::string_view line)
{
    return json::toText(vector.find("op")) == "transform" && line.find("@liquid") != std::string_view::npos;
}

bool isSetApart(json::Value vector)
{
    const json::Value tags = vector.find("tags");
    return tags.isArray() && std::any_of(tags.items().begin(), tags.items().end(), [](json::Value tag) {
        return tag.asString() == "js-internals";
    });
}

} // namespace

void TestMappingVectors::answersAreSegments_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("atLeast");
    QTest::newRow("fuzz") << QStringLiteral("mapping_fuzz.ndjson") << 2000;
    QTest::newRow("upstream") << QStringLiteral("mapping_upstream.ndjson") << 250;
}

void TestMappingVectors::answersAreSegments()
{
    QFETCH(QString, file);
    QFETCH(int, atLeast);
    std::ifstream lines(HOOKBENCH_TEST_DATA "/vectors/" + file.toStdString());
    int compared = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto vector = json::parse(line);
        QVERIFY(vector);
        if (isSetApart(vector->root()) || needsLiquid(vector->root(), line))
            continue;
        ++compared;
        const std::string got = answer(vector->root());
        const std::string expected = expectedOf(vector->root().find("expect"));
        if (got != expected)
            QFAIL(qPrintable(QString::fromStdString(
                json::toText(vector->root().find("id")) + "\n   got      " + got + "\n   expected " + expected)));
    }
    QVERIFY(compared >= atLeast);
}

QTEST_APPLESS_MAIN(TestMappingVectors)
#include "tst_vectors.moc"
