// The first element of a JSON array, found on raw bytes.
#include "core/json/parse.h"
#include "core/signing/coverage.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::signing;
using namespace std::string_view_literals;

class TestCoverage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheFirstEvent_data();
    void findsTheFirstEvent();
    void refuses_data();
    void refuses();
    void depthIsBounded();
    void agreesWithTheJsonParser();
    void signedBytesByMode_data();
    void signedBytesByMode();
    void modesHaveNames();
};

void TestCoverage::findsTheFirstEvent_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("one") << QByteArray(R"([{"a":1}])") << QByteArray(R"({"a":1})");
    QTest::newRow("two") << QByteArray(R"([{"a":1},{"b":2}])") << QByteArray(R"({"a":1})");
    QTest::newRow("white space everywhere")
        << QByteArray(" \t\r\n[ \n {\"a\" : 1 }\t, 2 ] \n") << QByteArray("{\"a\" : 1 }");
    QTest::newRow("nested") << QByteArray(R"([{"a":[1,[2,{"b":"]"}]],"c":{}},[]])")
                            << QByteArray(R"({"a":[1,[2,{"b":"]"}]],"c":{}})");
    QTest::newRow("empty object") << QByteArray("[{}]") << QByteArray("{}");
    QTest::newRow("empty array") << QByteArray("[[],1]") << QByteArray("[]");
    QTest::newRow("brackets and quotes in text") << QByteArray(R"(["]},\"\\",1])") << QByteArray(R"("]},\"\\")");
    QTest::newRow("null") << QByteArray("[null,{\"n\":2}]") << QByteArray("null");
    QTest::newRow("true") << QByteArray("[true]") << QByteArray("true");
    QTest::newRow("false") << QByteArray("[false]") << QByteArray("false");
    QTest::newRow("number") << QByteArray("[-0.5e+10,1]") << QByteArray("-0.5e+10");
    QTest::newRow("zero") << QByteArray("[0]") << QByteArray("0");
    QTest::newRow("escapes") << QByteArray(R"(["\b\f\n\r\t\/\ud83d\uDE00"])")
                             << QByteArray(R"("\b\f\n\r\t\/\ud83d\uDE00")");
    QTest::newRow("lone surrogate escape") << QByteArray(R"([{"x":"\ud83d"}])") << QByteArray(R"({"x":"\ud83d"})");
    QTest::newRow("UTF-8") << QByteArray("[{\"ключ\":\"🔑\"},\"ю\"]") << QByteArray("{\"ключ\":\"🔑\"}");
    QTest::newRow("DEL is text") << QByteArray("[\"\x7f\"]") << QByteArray("\"\x7f\"");
    QTest::newRow("duplicate keys") << QByteArray(R"([{"a":1,"a":2}])") << QByteArray(R"({"a":1,"a":2})");
}

void TestCoverage::findsTheFirstEvent()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const std::string bytes = body.toStdString();
    const auto first = firstEvent(bytes);
    QVERIFY(first.has_value());
    QCOMPARE(QByteArray::fromStdString(std::string(first->of(bytes))), expected);
}

void TestCoverage::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, std::string_view body) {
        QTest::newRow(name) << QByteArray(body.data(), static_cast<qsizetype>(body.size()));
    };
    row("nothing", ""sv);
    row("white space", " \n"sv);
    row("object", R"({"a":[1]})"sv);
    row("text", "\"[1]\""sv);
    row("number", "1"sv);
    row("empty array", "[]"sv);
    row("empty array with space", "[ ]"sv);
    row("byte order mark", "\xEF\xBB\xBF[1]"sv);
    row("not closed", R"([{"a":1})"sv);
    row("cut in the first element", R"([{"a":1)"sv);
    row("cut behind the comma", R"([{"a":1},)"sv);
    row("trailing comma", "[1,]"sv);
    row("trailing comma in an object", R"([{"a":1,}])"sv);
    row("trailing text", "[1]x"sv);
    row("two texts", "[1][2]"sv);
    row("bad later element", R"([{"a":1},{"b":}])"sv);
    row("wrong bracket", "[1}"sv);
    row("crossed brackets", R"([{"a":[1}]])"sv);
    row("no comma", "[1 2]"sv);
    row("no colon", R"([{"a" 1}])"sv);
    row("no key", "[{1:2}]"sv);
    row("leading zero", "[01]"sv);
    row("leading plus", "[+1]"sv);
    row("lone minus", "[-]"sv);
    row("no fraction", "[1.]"sv);
    row("no integer", "[.5]"sv);
    row("no exponent", "[1e]"sv);
    row("signed exponent without digits", "[1e+]"sv);
    row("both signs", "[1e+-1]"sv);
    row("NaN", "[NaN]"sv);
    row("misspelt word", "[nul]"sv);
    row("long word", "[nulll]"sv);
    row("capital word", "[True]"sv);
    row("single quotes", "['a']"sv);
    row("comment", "[1/**/]"sv);
    row("bad escape", R"(["\x41"])"sv);
    row("short escape", R"(["\u12"])"sv);
    row("long-looking escape", R"(["\u12G4"])"sv);
    row("escape at the end", "[\"\\"sv);
    row("line feed in text", "[\"a\nb\"]"sv);
    row("NUL in text", "[\"a\0b\"]"sv);
    row("NUL behind", "[1]\0"sv);
    row("form feed as space", "[\f1]"sv);
    row("no-break space",
        "[\xC2\xA0"
        "1]"sv);
    row("invalid UTF-8 in the first element", "[\"\xFF\"]"sv);
    row("invalid UTF-8 later", "[1,\"\xC0\xAF\"]"sv);
    row("surrogate as UTF-8", "[\"\xED\xA0\xBD\"]"sv);
}

void TestCoverage::refuses()
{
    QFETCH(QByteArray, body);
    QVERIFY(!firstEvent(body.toStdString()).has_value());
}

void TestCoverage::depthIsBounded()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(firstEvent(nested(kMaxDepth)).has_value());
    QVERIFY(!firstEvent(nested(kMaxDepth + 1)).has_value());
    QVERIFY(!firstEvent(std::string(10'000'000, '[')).has_value());
    std::string wide = "[1";
    for (int i = 0; i < 3000; ++i)
        wide += ",[{}]";
    QVERIFY(firstEvent(wide + "]").has_value());
}

// The parser of core/json decides what JSON is; here every edit of a few texts must get the same answer from both.
void TestCoverage::agreesWithTheJsonParser()
{
    const std::vector<std::string> seeds{ R"([{"a":1,"b":[true,false,null],"c":{"d":"x\u00e9\n"}},{"e":-1.5e+3}])",
        R"([[],{},"",0,[[1],[2]]])", " [ \"\\ud83d\\ude00\" , 0.1 ]\n", "[\"ключ🔑\",1E5,[{}]]" };
    constexpr std::string_view kPieces = "[]{}:,\"\\/ntfu0123456789.eE+- \n\t\x01\xC3\xA9\xF0";
    QRandomGenerator random(7);
    int accepted = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string body = seeds[static_cast<std::size_t>(random.bounded(static_cast<int>(seeds.size())))];
        for (int edits = random.bounded(1, 4); edits > 0; --edits) {
            const auto at = static_cast<std::size_t>(random.bounded(static_cast<int>(body.size())));
            const char piece = kPieces[static_cast<std::size_t>(random.bounded(static_cast<int>(kPieces.size())))];
            switch (random.bounded(4)) {
            case 0:
                body.erase(at, 1);
                break;
            case 1:
                body.insert(at, 1, piece);
                break;
            case 2:
                body[at] = piece;
                break;
            default:
                body.insert(at, body.substr(at / 2, static_cast<std::size_t>(random.bounded(1, 6))));
            }
            if (body.empty())
                break;
        }
        const auto parsed = json::parse(body);
        const bool expected = parsed && parsed->root().isArray() && !parsed->root().items().empty();
        const auto first = firstEvent(body);
        QVERIFY2(first.has_value() == expected, body.c_str());
        if (first) {
            ++accepted;
            QVERIFY2(json::parse(first->of(body)).has_value(), body.c_str());
        }
    }
    QVERIFY(accepted > 2'500 && accepted < 40'000);
}

void TestCoverage::signedBytesByMode_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("batch");
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("single") << QByteArray(R"({"a":1})") << false << true << QByteArray(R"({"a":1})");
    QTest::newRow("batch of one") << QByteArray(R"([{"a":1}])") << true << true << QByteArray(R"({"a":1})");
    QTest::newRow("batch of two") << QByteArray(R"([{"a":1},{"a":2}])") << true << true << QByteArray(R"({"a":1})");
    QTest::newRow("batch, first without data") << QByteArray(R"([null,{"n":2}])") << true << false << QByteArray();
    QTest::newRow("batch, broken") << QByteArray("[") << true << false << QByteArray();
}

void TestCoverage::signedBytesByMode()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, batch);
    QFETCH(bool, isSigned);
    QFETCH(QByteArray, first);
    const std::string bytes = body.toStdString();
    const auto covered = signedBytes(bytes, batch, Mode::FirstEvent);
    QCOMPARE(covered.has_value(), isSigned);
    if (covered)
        QCOMPARE(QByteArray::fromStdString(std::string(covered->of(bytes))), first);
    const Coverage all{ 0, bytes.size() };
    QVERIFY(signedBytes(bytes, batch, Mode::WholeBody) == all);
}

void TestCoverage::modesHaveNames()
{
    QCOMPARE(modeName(Mode::FirstEvent), "first-event");
    QCOMPARE(modeName(Mode::WholeBody), "whole-body");
    QVERIFY(modeFromName("first-event") == Mode::FirstEvent);
    QVERIFY(modeFromName("whole-body") == Mode::WholeBody);
    QVERIFY(!modeFromName("Whole-Body"));
    QVERIFY(!modeFromName(""));
}

QTEST_APPLESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
