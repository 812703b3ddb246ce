// The filter language: what is read, what it matches, what is wrong with it and where, what may come next.
#include "core/query/match.h"

#include <QTest>

#include <map>

using namespace hookbench;
using namespace hookbench::query;
using namespace std::string_literals;

namespace {

constexpr double kNow = 1'800'000'000'000;

/// A delivery as the tests describe it.
class TestRow final : public Row
{
public:
    double number(Field field) const override { return m_numbers.at(field); }
    std::vector<std::string_view> texts(Field field, std::string_view header) const override
    {
        switch (field) {
        case Field::Header:
            if (header == "x-tenant")
                return { "Acme", "other" };
            return header == "x-empty" ? std::vector<std::string_view>{ "" } : std::vector<std::string_view>{};
        case Field::Words:
            return { texts(Field::Url, {})[0], texts(Field::Mapping, {})[0], texts(Field::Body, {})[0] };
        case Field::Mapping:
            return { "Orders (EU)" };
        case Field::Url:
            return { "https://api.example/v1/Orders" };
        case Field::Method:
            return { "PUT" };
        case Field::Event:
            return { "Order Completed", "Order Refunded" };
        case Field::Error:
            return { "http-status" };
        case Field::Verdict:
            return { "failed" };
        case Field::Signature:
            return { "first-event" };
        case Field::Body:
            return { "[{\"id\":\"ord_17\",\"city\":\"Zürich\",\"note\":\"50% off *\"}]" };
        case Field::Run:
            return { "12", "k3v9" };
        default:
            return {};
        }
    }
    bool is(std::string_view state) const override { return state == "unread" || state == "batch"; }

private:
    std::map<Field, double> m_numbers{ { Field::Status, 503 }, { Field::Events, 2 }, { Field::Ms, 512.5 },
        { Field::Bytes, 10'001 }, { Field::Attempt, 3 }, { Field::Since, kNow - 300'000 },
        { Field::Until, kNow - 300'000 } };
};

} // namespace

class TestQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto yes = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << true; };
        const auto no = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << false; };
        yes("");
        yes("  \t ");
        yes("status:5xx");
        yes("status:50x");
        yes("status:503");
        yes("STATUS=503");
        no("status:4xx");
        no("status:none");
        yes("status!=none");
        yes("status>=400");
        yes("status>4xx");
        no("status<500");
        yes("status<=5xx");
        yes("status:500..503");
        yes("status:404,503");
        no("status:404,502");
        yes("mapping:\"Orders (EU)\"");
        yes("mapping:\"orders (eu)\"");
        no("mapping=\"orders (eu)\"");
        no("mapping:Orders");
        yes("mapping:Orders*");
        yes("mapping:*(EU)");
        yes("(mapping:*(EU))");
        yes("mapping:*");
        yes("mapping!=Orders");
        yes("url:orders");
        yes("url:*/orders");
        yes("url:https://*/v1/*");
        no("url:*/order");
        no("url=https://api.example/v1/orders");
        yes("url=https://api.example/v1/Orders");
        yes("https://api.example/v1/Ord");
        yes("method:put");
        no("method:POST");
        yes("events>1");
        no("events>2");
        yes("events>=2");
        yes("events:1..2");
        yes("ms>500");
        yes("ms>0.5s");
        no("ms>1s");
        yes("ms:500..600");
        yes("bytes>10k");
        no("bytes>10.1k");
        yes("bytes<1m");
        yes("attempt>1");
        yes("attempt:3");
        yes("sig:first-event");
        yes("sig:any");
        no("sig:none");
        yes("sig:none,first-event");
        no("error:timeout");
        yes("error:http-status");
        yes("error:http*");
        yes("error:any");
        no("error:none");
        yes("not error:none");
        yes("verdict:failed");
        yes("since:10m");
        no("since:4m");
        yes("until:4m");
        no("until:10m");
        yes("since:2027-01-15T07:55Z");
        no("since:2027-01-15T07:56Z");
        yes("until:2027-01-15T07:55Z"); // all of that minute
        no("until:2027-01-15T07:54Z");
        yes("since:2027-01-15T08:55:00+01:00");
        yes("since:2027-01-14");
        no("since:2027-01-17");
        yes("body:ord_17");
        yes("body:\"\\\"id\\\":\\\"ORD_17\\\"\"");
        yes("body:\\*");
        no("body:\\*\\*");
        yes("body:50%");
        no("body:rd_18");
        yes("header[x-tenant]:acme");
        yes("header[X-Tenant]:CM");
        no("header[x-tenant]=acme");
        yes("header[x-tenant]=Acme");
        yes("header[x-tenant]");
        yes("header[x-tenant]:*");
        yes("header[x-empty]");
        no("header[x-other]");
        no("header[x-other]:*");
        yes("event:\"order completed\"");
        yes("event:*refunded");
        no("event:Order");
        yes("run:12");
        yes("run:k3v9");
        no("run:1");
        yes("is:unread");
        no("is:pinned");
        yes("is:pinned,unread");
        no("not is:unread");
        yes("orders");
        yes("ORDER");
        no("rders");
        yes("\"id ord 17\"");
        no("\"ord id\"");
        yes("zurich");
        yes("ZÜRICH");
        yes("zü");
        yes("orders zurich");
        yes("orders and zurich");
        no("orders and paris");
        yes("paris or orders");
        yes("paris or orders and zurich");
        no("(paris or orders) and london");
        yes("orders -paris");
        yes("orders !paris");
        no("-orders");
        no("not (orders or paris)");
        yes("not not orders");
        yes("-(status:4xx or sig:none) and ms>1");
        yes("status:4xx or (ms>1 and -(events:1))");
        yes("\"and\" or orders");
    }
    void matches()
    {
        QFETCH(QString, text);
        QFETCH(bool, expected);
        const auto query = parse(text.toStdString());
        QVERIFY2(query, query ? "" : query.error().message.c_str());
        QCOMPARE(query::matches(*query, TestRow(), kNow), expected);
        QVERIFY(!explain(*query).empty());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("offset");
        const auto row = [](const char *text, const char *code, int offset) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(code) << offset;
        };
        row("state:5xx", "query-field", 0);
        row("ok and foo=1", "query-field", 7);
        row("status:abc", "query-value", 7);
        row("status:6", "query-value", 7);
        row("status:x00", "query-value", 7);
        row("status:404,", "query-value", 7);
        row("status>1..2", "query-value", 7);
        row("status:", "query-value", 7);
        row("ü status: ok", "query-value", 10);
        row("ms>fast", "query-value", 3);
        row("ms>-1", "query-value", 3);
        row("bytes>10q", "query-value", 6);
        row("since:yesterday", "query-value", 6);
        row("since:2027-13-01", "query-value", 6);
        row("since:2027-02-30", "query-value", 6);
        row("since:2027-02-03T25:00", "query-value", 6);
        row("since>10m", "query-value", 0);
        row("sig:maybe", "query-value", 4);
        row("mapping>a", "query-value", 0);
        row("header:acme", "query-syntax", 0);
        row("header[]:acme", "query-syntax", 0);
        row("header[x", "query-syntax", 6);
        row("status[x]:1", "query-syntax", 0);
        row("body:\"open", "query-quote", 5);
        row("\"a\"b", "query-quote", 3);
        row("(a", "query-parenthesis", 0);
        row("a)", "query-parenthesis", 1);
        row("()", "query-syntax", 1);
        row("a and", "query-syntax", 5);
        row("a or or b", "query-syntax", 5);
        row("and a", "query-syntax", 0);
        row("not", "query-syntax", 3);
        row("...", "query-value", 0);
        row("- a", "query-value", 0);
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(int, offset);
        const auto query = parse(text.toStdString());
        QVERIFY(!query);
        QCOMPARE(QString::fromStdString(query.error().code), code);
        QVERIFY(query.error().position);
        QCOMPARE(static_cast<int>(query.error().position->offset), offset);
        QVERIFY(query.error().message.size() > 10);
    }

    void isBounded()
    {
        QCOMPARE(QString::fromStdString(parse(std::string(kMostBytes + 1, 'a')).error().code),
            QStringLiteral("query-too-long"));
        std::string many;
        for (std::size_t i = 0; i <= kMostTerms; ++i)
            many += "a ";
        QCOMPARE(QString::fromStdString(parse(many).error().code), QStringLiteral("query-too-long"));
        QCOMPARE(QString::fromStdString(parse(std::string(9'000, '(')).error().code), QStringLiteral("query-too-long"));
        QCOMPARE(QString::fromStdString(parse(std::string(9'000, '-').append("a")).error().code),
            QStringLiteral("query-too-long"));
    }

    void explains_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, const char *words) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(words);
        };
        row("", "everything");
        row("status:5xx", "status 500 to 599");
        row("status:none", "no answer came");
        row("status>=400 mapping:\"Orders EU\"", "status at least 400 and mapping is “Orders EU”");
        row("a or not (b c)", "any text has “a” or not (any text has “b” and any text has “c”)");
        row("url:*/orders", "url is like “*/orders”");
        row("header[x-tenant]", "header x-tenant is there");
        row("since:10m", "made since 10m ago");
        row("error:none", "not it failed");
        row("is:unread", "it is unread");
    }
    void explains()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(explain(parse(text.toStdString()).value())), words);
    }

    void quotesWhatItMust()
    {
        for (const std::string &value :
            { "Orders"s, "Orders (EU)"s, "a \"b\" \\ *"s, ""s, " "s, "ü,ä"s, "a:b=c"s, "not"s }) {
            const auto query = parse("mapping=" + asValue(value));
            QVERIFY2(query, value.c_str());
            QVERIFY(query->term.pattern == Pattern{ value });
        }
    }

    void completes_data()
    {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<QString>("replaced");
        QTest::addColumn<QString>("first");
        const auto row = [](const char *text, const char *replaced, const char *first) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(replaced) << QString::fromUtf8(first);
        };
        row("|", "", "status:");
        row("sta|", "sta", "status:");
        row("st|atus", "status", "status:");
        row("a and ma|", "ma", "mapping:");
        row("-(ma|", "ma", "mapping:");
        row("-ma|", "ma", "mapping:");
        row("a o|", "o", "origin:");
        row("mapping:|", "", "\"Acme Orders\"");
        row("mapping:ord|", "ord", "Orders");
        row("mapping:\"Acme O|", "\"Acme O", "\"Acme Orders\"");
        row("mapping!=o|", "o", "Orders");
        row("a mapping:o| b", "o", "Orders");
        row("status:5|", "5", "5xx");
        row("error:time|", "time", "timeout");
        row("is:p|", "p", "pinned");
        row("header[|", "", "x-tenant]:");
        row("header[x|", "x", "x-tenant]:");
        row("nope:x|", "", "");
    }
    void completes()
    {
        QFETCH(QString, text);
        QFETCH(QString, replaced);
        QFETCH(QString, first);
        const std::string whole = text.toStdString();
        const std::size_t cursor = whole.find('|');
        const std::string typed = whole.substr(0, cursor) + whole.substr(cursor + 1);
        KnownNames names;
        names.mappings = { "Acme Orders", "Orders" };
        names.headers = { "x-tenant" };
        const Completions found = complete(typed, cursor, names);
        QCOMPARE(QString::fromStdString(typed.substr(found.offset, found.length)), replaced);
        QCOMPARE(found.items.empty() ? QString() : QString::fromStdString(found.items.front().insert), first);
    }
};

QTEST_APPLESS_MAIN(TestQuery)
#include "tst_query.moc"
