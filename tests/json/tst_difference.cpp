#include "core/json/difference.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QtTest>

using namespace hookbench;

class TestDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void places_data();
    void places();
};

void TestDifference::places_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("expected"); // pointer before after, a line each
    const auto row = [](const char *name, const char *before, const char *after, const char *expected) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(expected);
    };
    row("same", R"({"a":[1,{"b":null}]})", R"({"a":[1,{"b":null}]})", "");
    row("0 and -0", "0", "-0", "");
    row("a value", R"({"a":1,"b":2})", R"({"a":1,"b":3})", "/b 2 3\n");
    row("a kind", R"({"a":{"x":1}})", R"({"a":[1]})", "/a {\"x\":1} [1]\n");
    row("nested", R"({"a":{"b":[1,2,{"c":"x"}]}})", R"({"a":{"b":[1,5,{"c":"y"}]}})",
        "/a/b/1 2 5\n/a/b/2/c \"x\" \"y\"\n");
    row("added", R"({"a":1})", R"({"a":1,"b~/":null})", "/b~0~1 - null\n");
    row("removed", R"({"a":1,"b":{"c":1}})", R"({"a":1})", "/b {\"c\":1} -\n");
    row("longer array", "[1]", "[1,2]", "/1 - 2\n");
    row("shorter array", "[1,2]", "[1]", "/1 2 -\n");
    row("order alone", R"({"x":{"a":1,"b":2}})", R"({"x":{"b":2,"a":1}})", "/x {\"a\":1,\"b\":2} {\"b\":2,\"a\":1}\n");
    row("order and value", R"({"a":1,"b":2})", R"({"b":2,"a":3})", "/a 1 3\n");
    row("roots", "1", "\"1\"", " 1 \"1\"\n");
}

void TestDifference::places()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const json::Document was = json::parse(before.toStdString()).value();
    const json::Document is = json::parse(after.toStdString()).value();
    const auto text = [](json::Value value) { return value.isUndefined() ? std::string("-") : json::stringify(value); };
    std::string lines;
    for (const json::Difference &difference : json::differences(was, is))
        lines += difference.pointer + " " + text(difference.before) + " " + text(difference.after) + "\n";
    QTEST(QByteArray::fromStdString(lines), "expected");
}

QTEST_GUILESS_MAIN(TestDifference)
#include "tst_difference.moc"
