// FQL in colours, and what holds for any text at all.
#include "core/fql/generate.h"
#include "core/fql/highlight.h"
#include "core/fql/lint.h"
#include "core/fql/trigger.h"

#include <QtTest>
#include <random>

using namespace hookbench;

namespace {

/// One letter for each kind, then the piece.
QByteArray coloured(const std::string &text)
{
    QByteArray out;
    for (const fql::Token &token : fql::tokenize(text)) {
        out += out.isEmpty() ? "" : " ";
        out += "fcoasnkwpx"[static_cast<std::size_t>(token.kind)];
        out += ':' + QByteArray::fromStdString(text.substr(token.offset, token.length));
    }
    return out;
}

std::string anyTrigger(std::mt19937 &random)
{
    static const std::vector<std::string> kPieces{ "type", "event", "properties", ".", "total", "=", "!=", "<",
        ">=", "!", "(", ")", "[", "]", ",", "\"track\"", "'x'", "\"a*\"", "\"", "'", "5", "-1", "1.5", ".", "and", "or",
        "null", "true", "an", "nul", "contains(", "match(event, ", "\\", "\\(", "OR", "not", "in", "é", "😀", "\xff",
        "|", " ", " ", " ", " ", "\n", "\r", "anonymousId", "userId", "0", "a", "n", "o", "foo(", "traits.x", "“",
        "\xed\xa0\xbd" };
    std::string text;
    for (std::size_t left = random() % 14; left > 0; --left)
        text += kPieces[random() % kPieces.size()] + (random() % 3 == 0 ? "" : " ");
    return text;
}

} // namespace

class TestHighlight : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void colours_data();
    void colours();
    void holdsForAnyText();
};

void TestHighlight::colours_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("type = \"track\"", "f:type o:= s:\"track\"");
    row("properties.items.\\0 >= -2.5", "f:properties.items.\\0 o:>= n:-2.5");
    row("properties . a != null", "f:properties f:. f:a o:!= k:null");
    row("!contains(event, \"x\") and match(traits.a, \"b*\")",
        "o:! c:contains p:( f:event p:, s:\"x\" p:) a:and c:match p:( f:traits.a p:, s:\"b*\" p:)");
    row("userId = true or foo.type = false", "f:userId o:= k:true a:or w:foo.type o:= k:false");
    row("event = track OR type = 'page'", "f:event o:= w:track w:OR f:type o:= x:'page'");
    row("properties.list[0].x = 1", "f:properties.list x:[0] p:. w:x o:= n:1");
    row("properties.1 = 2", "f:properties. x:1 o:= n:2");
    row("type = \"a\" || name=\"b", "f:type o:= s:\"a\" x:|| f:name o:= x:\"b");
    row("\"a\"and \"b\"", "s:\"a\" s:and \" s:b\"");
    row("x.contains(event)", "w:x.contains p:( f:event p:)");
}

void TestHighlight::colours()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(coloured(text.toStdString()), expected);
}

void TestHighlight::holdsForAnyText()
{
    std::mt19937 random(20240229);
    int accepted = 0;
    for (int i = 0; i < 30000; ++i) {
        const std::string text = anyTrigger(random);
        std::size_t end = 0;
        for (const fql::Token &token : fql::tokenize(text)) {
            QVERIFY2(token.offset >= end && token.length > 0, text.c_str());
            end = token.offset + token.length;
        }
        QVERIFY2(end <= text.size(), text.c_str());

        const auto trigger = fql::parse(text);
        accepted += trigger ? 1 : 0;
        bool refusalTold = false;
        for (const fql::Finding &finding : fql::inspect(text)) {
            QVERIFY2(finding.range.end() <= text.size(), text.c_str());
            QVERIFY2(!finding.message.empty(), text.c_str());
            refusalTold = refusalTold
                || (!trigger && finding.code == trigger.error().code && finding.severity == Severity::Error);
        }
        QVERIFY2(refusalTold || trigger, text.c_str());
        if (!trigger)
            continue;
        const fql::Trace trace = trigger->explain(json::Value::number(1));
        const Result<bool> matched = trigger->matches(json::Value::number(1));
        QCOMPARE(trace.matched, matched.value_or(false));
        QCOMPARE(trace.error.has_value(), !matched.has_value());
        for (const fql::ConditionTrace &condition : trace.conditions)
            QVERIFY2(condition.sourceOffset + condition.sourceLength <= text.size(), text.c_str());
        QCOMPARE(fql::generate(trigger->ast()).has_value(),
            std::none_of(
                trace.conditions.begin(), trace.conditions.end(), [](const auto &c) { return c.field.empty(); }));
    }
    QVERIFY(accepted > 1000);
}

QTEST_APPLESS_MAIN(TestHighlight)
#include "tst_highlight.moc"
