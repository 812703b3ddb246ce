// Errors name the place, limits hold, and what is accepted is what JavaScript accepts.
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <QtTest>

using namespace hookbench;
using namespace std::string_literals;

class TestParse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errors_data();
    void errors();
    void depth();
    void size();
    void largeObjects();
    void keyOrder();
    void pointers();
    void edits();
    void textIsUtf16();
    void indentation();
    void arenaIsReused();
};

void TestParse::errors_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << ""s
                           << "json-empty"s << 0 << 1 << 1;
    QTest::newRow("only space") << " \n "s
                                << "json-empty"s << 3 << 2 << 2;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF{}"s
                                     << "json-syntax"s << 0 << 1 << 1;
    QTest::newRow("trailing comma") << "{\"a\":1,}"s
                                    << "json-syntax"s << 7 << 1 << 8;
    QTest::newRow("no colon") << "{\n  \"a\" 1}"s
                              << "json-syntax"s << 8 << 2 << 7;
    QTest::newRow("column counts code points") << "[\"\xC3\xA4\",x]"s
                                               << "json-syntax"s << 6 << 1 << 6;
    QTest::newRow("leading zero") << "01"s
                                  << "json-syntax"s << 1 << 1 << 2;
    QTest::newRow("point without digit") << "1."s
                                         << "json-syntax"s << 2 << 1 << 3;
    QTest::newRow("minus") << "-"s
                           << "json-syntax"s << 1 << 1 << 2;
    QTest::newRow("NaN") << "NaN"s
                         << "json-syntax"s << 0 << 1 << 1;
    QTest::newRow("tru") << "tru"s
                         << "json-syntax"s << 3 << 1 << 4;
    QTest::newRow("raw newline") << "\"a\nb\""s
                                 << "json-syntax"s << 2 << 1 << 3;
    QTest::newRow("open string") << "\"abc"s
                                 << "json-syntax"s << 4 << 1 << 5;
    QTest::newRow("bad escape") << "\"\\x41\""s
                                << "json-syntax"s << 2 << 1 << 3;
    QTest::newRow("bad unicode escape") << "\"\\u12g4\""s
                                        << "json-syntax"s << 5 << 1 << 6;
    QTest::newRow("two values") << "1 2"s
                                << "json-syntax"s << 2 << 1 << 3;
    QTest::newRow("invalid UTF-8") << "{\"a\":\"\xFF\"}"s
                                   << "json-utf8"s << 6 << 1 << 7;
    QTest::newRow("overlong") << "\"\xC0\xAF\""s
                              << "json-utf8"s << 1 << 1 << 2;
    QTest::newRow("surrogate in UTF-8") << "\"\xED\xA0\x80\""s
                                        << "json-utf8"s << 1 << 1 << 2;
    QTest::newRow("cut code point") << "\"\xE2\x82"s
                                    << "json-utf8"s << 1 << 1 << 2;
}

void TestParse::errors()
{
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    QFETCH(int, offset);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto result = json::parse(text);
    QVERIFY(!result);
    QCOMPARE(result.error().code, code);
    QVERIFY(result.error().position);
    QCOMPARE(static_cast<int>(result.error().position->offset), offset);
    QCOMPARE(static_cast<int>(result.error().position->line), line);
    QCOMPARE(static_cast<int>(result.error().position->column), column);
    QVERIFY(!result.error().message.empty());
}

void TestParse::depth()
{
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    QVERIFY(json::parse(nested(1024)));
    QCOMPARE(json::parse(nested(1025)).error().code, "json-depth"s);
    QCOMPARE(json::parse(nested(100000)).error().code, "json-depth"s);
    QCOMPARE(json::parse(std::string(100000, '[')).error().code, "json-depth"s);
    QCOMPARE(json::parse("[[1]]", { .depth = 1 }).error().code, "json-depth"s);
}

void TestParse::size()
{
    QVERIFY(json::parse("[1,2,3]", { .bytes = 7 }));
    QCOMPARE(json::parse("[1,2,3]", { .bytes = 6 }).error().code, "json-size"s);
}

void TestParse::largeObjects()
{
    std::string text = "{";
    for (int i = 0; i < 5000; ++i)
        text += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    text += "\"key7\":\"again\"}";
    const auto document = json::parse(text);
    QVERIFY(document);
    QCOMPARE(document->root().size(), std::size_t{ 5000 });
    QCOMPARE(document->root().find("key4999").asNumber(), 4999.0);
    QCOMPARE(document->root().members()[7].name(), std::string_view("key7"));
    QCOMPARE(document->root().find("key7").asString(), std::string_view("again"));
    QVERIFY(!document->root().contains("key5000"));
    QVERIFY(json::identical(json::Document::copyOf(document->root()).root(), document->root()));
}

void TestParse::keyOrder()
{
    const auto document = json::parse(R"({"b":1,"10":2,"a":3,"9":4,"b":5,"01":6,"4294967295":7,"4294967294":8})");
    QCOMPARE(json::stringify(document->root()), R"({"9":4,"10":2,"4294967294":8,"b":5,"a":3,"01":6,"4294967295":7})"s);
}

void TestParse::pointers()
{
    const auto document = json::parse(R"({"a/b":{"~":[1,{"x":null}]},"":2})");
    QVERIFY(json::valueAt(*document, "/a~1b/~0/1/x").isNull());
    QCOMPARE(json::valueAt(*document, "/").asNumber(), 2.0);
    QVERIFY(json::valueAt(*document, "").isObject());
    QVERIFY(json::valueAt(*document, "/a~1b/~0/01").isUndefined());
    QVERIFY(json::valueAt(*document, "/a~1b/~0/2").isUndefined());
    QCOMPARE(json::childPointer("/x", "a/~"), "/x/a~1~0"s);
}

void TestParse::edits()
{
    const auto document = json::parse(R"({"a":{"b":[1,2,3]},"c":1})");
    const auto edited = json::replaced(*document, "/a/b/1", json::Value::string("two"));
    QCOMPARE(json::stringify(edited->root()), R"({"a":{"b":[1,"two",3]},"c":1})"s);
    QCOMPARE(json::stringify(document->root()), R"({"a":{"b":[1,2,3]},"c":1})"s);
    QCOMPARE(json::stringify(*json::replaced(*edited, "/a/b/-", json::Value::null())),
        R"({"a":{"b":[1,"two",3,null]},"c":1})"s);
    QCOMPARE(json::stringify(*json::replaced(*edited, "/d", json::Value::boolean(true))),
        R"({"a":{"b":[1,"two",3]},"c":1,"d":true})"s);
    QCOMPARE(json::stringify(*json::removed(*edited, "/a/b/0")), R"({"a":{"b":["two",3]},"c":1})"s);
    QCOMPARE(json::stringify(*json::removed(*edited, "/a")), R"({"c":1})"s);
    QCOMPARE(json::replaced(*edited, "/x/y", json::Value::null()).error().code, "pointer-not-found"s);
    QCOMPARE(json::removed(*edited, "/a/b/3").error().code, "pointer-not-found"s);
}

void TestParse::textIsUtf16()
{
    const std::string emoji = "\xF0\x9F\x91\x8D";
    const std::u16string units = json::toUtf16(emoji);
    QCOMPARE(units.size(), std::size_t{ 2 });
    QCOMPARE(json::utf16Length("a" + emoji), std::size_t{ 3 });
    const std::string high = json::fromUtf16(units.substr(0, 1));
    const std::string low = json::fromUtf16(units.substr(1));
    QCOMPARE(json::stringify(json::Value::string(high)), R"("\ud83d")"s);
    std::string joined = high;
    json::appendText(joined, low);
    QCOMPARE(joined, emoji);
    QCOMPARE(json::stringify(*json::parse(R"("\ud83d\ud83d\udc4d\udc4d")")), "\"\\ud83d" + emoji + "\\udc4d\"");
}

void TestParse::indentation()
{
    const auto document = json::parse(R"({"a":[],"b":{},"c":[1,{"d":null}]})");
    QCOMPARE(json::stringify(*document, 2), R"({
  "a": [],
  "b": {},
  "c": [
    1,
    {
      "d": null
    }
  ]
})"s);
}

void TestParse::arenaIsReused()
{
    json::Arena arena;
    const std::string text = "[" + std::string(20000, '1') + R"(,"\n"])";
    for (int round = 0; round < 50; ++round) {
        arena.reset();
        QVERIFY(json::parseBorrowing(arena, text));
    }
    QVERIFY(arena.capacity() < 100000);
}

QTEST_APPLESS_MAIN(TestParse)
#include "tst_parse.moc"
