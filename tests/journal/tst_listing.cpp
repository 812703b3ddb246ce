// Filters and orders of the list: what SQL finds is what the language means; marks; full text; an older file.
#include "tests/journal/records.h"

#include "core/journal/connection.h"
#include "core/journal/schema.h"
#include "core/journal/stored_row.h"
#include "core/query/match.h"

#include <QSqlQuery>
#include <QTemporaryDir>

#include <algorithm>
#include <numeric>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

constexpr WallMs kNow = 1'800'000'000'000;
constexpr int kShared = 120; ///< deliveries of the journals that all filters look at

/// Deliveries that differ in everything a filter can ask for.
Batch variedBatch(int count)
{
    Batch batch;
    const auto mapping = std::make_shared<const std::string>("{\"name\":\"Orders\"}");
    for (int i = 0; i < count; ++i) {
        Delivery delivery = deliveryOf("d" + std::to_string(i));
        delivery.run = i % 3 == 0 ? "run2" : "run";
        delivery.mappingName = i % 4 == 0 ? "Orders" : i % 4 == 1 ? "orders (EU)" : i % 4 == 2 ? "Users" : "100%_done";
        delivery.method = i % 5 == 0 ? "PUT" : "POST";
        delivery.url = "https://api.example/v" + std::to_string(i % 3) + (i % 2 == 0 ? "/orders" : "/Users?x=*");
        delivery.headers = { { "X-Tenant", i % 7 == 0 ? "acme" : "other: x-flag" } };
        if (i % 8 == 0)
            delivery.headers.push_back({ "x-flag", "a\nb" });
        delivery.hasBody = i % 6 != 0;
        delivery.body = delivery.hasBody ? "{\"id\":\"ord_" + std::to_string(i) + "\",\"city\":\"Zürich\",\"n\":\""
                + std::string(std::size_t(i * 13 % 400), 'x') + "\"}"
                                         : std::string();
        delivery.events.resize(std::size_t(i % 4 + 1));
        std::iota(delivery.events.begin(), delivery.events.end(), std::uint32_t(i));
        delivery.batch = delivery.events.size() > 1;
        delivery.eventNames = { i % 2 == 0 ? "Order Completed" : "User Éva" };
        if (delivery.batch)
            delivery.eventNames.push_back("Refund");
        delivery.signatureMode = static_cast<SignatureMode>(i % 3);
        if (delivery.signatureMode == SignatureMode::None) {
            delivery.signature.clear();
            delivery.signedBytes.reset();
        }
        delivery.created = kNow - 1'000 * i * i;
        if (i % 9 == 0 && i > 0)
            delivery.origin = "d" + std::to_string(i - 1);
        delivery.mapping = mapping;
        batch.deliveries.push_back(delivery);
        if (i % 11 == 10 && i > 10)
            continue; // on its way
        for (int number = 1; number <= 1 + i % 2; ++number) {
            Attempt attempt = attemptOf(delivery.id, number, i % 5 == 1 ? 503 : i % 5 == 2 ? 0 : 200 + i % 5);
            attempt.failure = i % 5 == 1 ? "http-status" : i % 5 == 2 ? "timeout" : "";
            attempt.outcomeUnknown = i % 10 == 2;
            attempt.durationMs = i * 37 % 1'000;
            attempt.responseBody = i % 2 == 0 ? "thanks for ORD_" + std::to_string(i) : "no\xFF thanks";
            attempt.responseTruncated = i % 12 == 3;
            attempt.responseHeaders = { { "server", i % 13 == 0 ? "nginx" : "other" } };
            batch.attempts.push_back(attempt);
        }
    }
    return batch;
}

std::vector<std::int64_t> listed(const Journal &journal, const Listing &listing)
{
    std::vector<std::int64_t> all;
    const auto done = journal.list(listing, kNow, {}, [&](std::span<const std::int64_t> piece) {
        all.insert(all.end(), piece.begin(), piece.end());
        return true;
    });
    if (!done)
        QTest::qFail(done.error().message.c_str(), __FILE__, __LINE__);
    return all;
}

query::Query queryOf(const QString &text)
{
    const auto query = query::parse(text.toStdString());
    if (!query)
        QTest::qFail(query.error().message.c_str(), __FILE__, __LINE__);
    return query.value_or(query::Query());
}

} // namespace

class TestListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_plain = filled(plainPath(), kShared);
        m_indexed = filled(indexedPath(), kShared);
        QVERIFY(m_plain && m_indexed && m_indexed->indexSome(kShared / 2).value());
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("journal.sqlite")).toStdString();
    }

    void findsWhatTheLanguageMeans_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("least"); // so that no row passes because nothing is found
        const auto row
            = [](const char *text, int least = 1) { QTest::newRow(text) << QString::fromUtf8(text) << least; };
        row("", kShared);
        row("status:5xx");
        row("status:none");
        row("status!=200");
        row("-status:2xx");
        row("status>=400 or status:none");
        row("status<400");
        row("mapping:orders");
        row("mapping=Orders");
        row("mapping=orders", 0);
        row("mapping:\"ORDERS (eu)\"");
        row("mapping:100%_*");
        row("mapping=*100%_d*");
        row("mapping:*", kShared);
        row("url:*/orders");
        row("url=*/orders");
        row("url=*/Orders", 0);
        row("url:x=\\*");
        row("url:[*", 0);
        row("url=https://api.example/v0/orders");
        row("method:put");
        row("method!=PUT");
        row("events>1");
        row("events:2..3");
        row("ms>500");
        row("ms:100..200");
        row("not ms:100..200");
        row("bytes>200");
        row("bytes<100");
        row("bytes:0");
        row("bytes!=0");
        row("not bytes>100");
        row("attempt>1");
        row("attempt:0");
        row("sig:none");
        row("sig:any");
        row("sig:first-event,whole-body");
        row("error:timeout");
        row("error:none");
        row("error:any");
        row("error:*e*");
        row("not error:timeout");
        row("verdict:unknown");
        row("verdict:waiting");
        row("-verdict:delivered");
        row("since:10m");
        row("until:10m");
        row("since:1h until:10m");
        row("body:ord_1");
        row("body:\"ZÜRICH\"", 0); // only ASCII letters lose their case
        row("body:\"city\\\":\\\"Zürich\"");
        row("-body:ord_1");
        row("body:%", 0);
        row("response:thanks");
        row("response:\"for ord_1\"");
        row("header[x-tenant]:acme");
        row("-header[x-tenant]:acme");
        row("header[x-flag]");
        row("header[x-flag]:x", 0);
        row("header[server]=nginx");
        row("header[nope]", 0);
        row("status:5xx header[x-tenant]:acme");
        row("status:5xx or header[x-tenant]:acme");
        row("event:\"order completed\"");
        row("event:user*");
        row("event:refund status:2xx");
        row("-event:refund");
        row("run:1");
        row("run:run2");
        row("run!=run2");
        row("id:d17");
        row("id:d1*");
        row("origin:d8");
        row("origin:*");
        row("project:p", kShared);
        row("project:q", 0);
        row("is:batch");
        row("-is:batch");
        row("is:resent");
        row("is:truncated");
        row("is:pinned");
        row("is:unread");
        row("-is:unread");
        row("zurich");
        row("ZÜR");
        row("thanks");
        row("\"thanks for\" mapping:Users");
        row("ord_1");
        row("-ord_1");
        row("refund or status:503");
        row("orders -header[x-tenant]:acme ms>200");
        row("(status:5xx or sig:none) and -(method:PUT or events:1) and since:24h");
    }
    void findsWhatTheLanguageMeans()
    {
        QFETCH(QString, text);
        QFETCH(int, least);
        const query::Query filter = queryOf(text);
        // One that full text knows nothing of, and one of which it knows half.
        for (const auto &[journal, path] :
            { std::pair{ m_plain.get(), plainPath() }, { m_indexed.get(), indexedPath() } }) {
            const auto connection = Connection::open(path).value();
            StoredRow row(*connection);
            std::vector<std::int64_t> expected;
            for (std::int64_t sequence = kShared; sequence > 0; --sequence) {
                QVERIFY(row.load(sequence).value());
                if (query::matches(filter, row, kNow))
                    expected.push_back(sequence);
            }
            QVERIFY(static_cast<int>(expected.size()) >= least);
            if (!text.isEmpty() && least > 0 && least < kShared)
                QVERIFY(expected.size() < kShared);
            QVERIFY(listed(*journal, { filter }) == expected);
            QCOMPARE(journal->count(filter, kNow).value(), std::uint64_t{ expected.size() });
            QVERIFY(listed(*journal, { filter, SortBy::Time, true, 110 })
                == std::vector<std::int64_t>(expected.begin(),
                    std::find_if(expected.begin(), expected.end(), [](std::int64_t s) { return s <= 110; })));
            std::reverse(expected.begin(), expected.end());
            QVERIFY(listed(*journal, { filter, SortBy::Time, false }) == expected);
            auto sorted = listed(*journal, { filter, SortBy::Duration, true });
            std::sort(sorted.begin(), sorted.end());
            QVERIFY(sorted == expected);
        }
    }

    void sortsByEveryColumn_data()
    {
        QTest::addColumn<int>("sortBy");
        QTest::addColumn<QString>("filter");
        for (int sortBy = 0; sortBy <= static_cast<int>(SortBy::Signature); ++sortBy)
            for (const char *filter : { "", "status:2xx", "orders" })
                QTest::addRow("%d %s", sortBy, filter) << sortBy << QString::fromLatin1(filter);
    }
    void sortsByEveryColumn()
    {
        QFETCH(int, sortBy);
        QFETCH(QString, filter);
        const Journal *journal = m_indexed.get();
        for (const bool descending : { true, false }) {
            const Listing listing{ queryOf(filter), static_cast<SortBy>(sortBy), descending };
            const std::vector<std::int64_t> all = listed(*journal, listing);
            const auto rows = journal->rows(all).value();
            QCOMPARE(rows.size(), all.size());
            const auto key = [&](const DeliveryRow &row) {
                const auto text = [](const std::string &value) { return asciiLower(value); };
                const auto number = [](double value) { return QString::asprintf("%020.3f", value).toStdString(); };
                const std::string value = listing.sortBy == SortBy::Time ? std::string()
                    : listing.sortBy == SortBy::Status                   ? number(row.status)
                    : listing.sortBy == SortBy::Verdict                  ? number(static_cast<int>(row.verdict))
                    : listing.sortBy == SortBy::Mapping                  ? text(row.mappingName)
                    : listing.sortBy == SortBy::Url                      ? text(row.url)
                    : listing.sortBy == SortBy::Method                   ? text(row.method)
                    : listing.sortBy == SortBy::Events                   ? number(static_cast<double>(row.eventCount))
                    : listing.sortBy == SortBy::Bytes                    ? number(static_cast<double>(row.bodyBytes))
                    : listing.sortBy == SortBy::Duration                 ? number(row.durationMs)
                    : listing.sortBy == SortBy::Attempts                 ? number(row.attempts)
                                                                         : number(static_cast<int>(row.signatureMode));
                return std::pair{ value, row.sequence };
            };
            QVERIFY(std::is_sorted(rows.begin(), rows.end(), [&](const DeliveryRow &a, const DeliveryRow &b) {
                return descending ? key(a) > key(b) : key(a) < key(b);
            }));
            // By pages, each behind the last row of the one before.
            std::vector<std::int64_t> byPage;
            std::optional<DeliveryRow> after;
            for (;;) {
                const auto page = journal->page(listing, after, 37, kNow).value();
                for (const DeliveryRow &row : page)
                    byPage.push_back(row.sequence);
                if (page.size() < 37)
                    break;
                after = page.back();
            }
            QVERIFY(byPage == all);
        }
    }

    void beginsWithAFewAndStops()
    {
        const auto journal = filled();
        std::vector<std::size_t> pieces;
        QVERIFY(journal->list({}, kNow, {}, [&](std::span<const std::int64_t> piece) {
            pieces.push_back(piece.size());
            return pieces.size() < 1;
        }));
        QCOMPARE(pieces.size(), std::size_t{ 1 });
        for (const char *filter : { "", "status:2xx", "body:x", "orders", "header[x-tenant]:acme" }) {
            std::stop_source stop;
            stop.request_stop();
            QCOMPARE(codeOf(journal->list({ queryOf(QString::fromLatin1(filter)) }, kNow, stop.get_token(),
                         [](std::span<const std::int64_t>) { return true; })),
                QByteArray("journal-stopped"));
        }
    }

    void listsAcrossGaps()
    {
        const auto journal = filled();
        const std::vector<std::int64_t> gone{ 1, 2, 150, 299, 300 };
        QCOMPARE(journal->remove(gone).value().deliveries, std::uint64_t{ 5 });
        QCOMPARE(journal->count().value(), std::uint64_t{ 295 });
        const auto all = listed(*journal, {});
        QCOMPARE(all.size(), std::size_t{ 295 });
        QCOMPARE(all.front(), std::int64_t{ 298 });
        QCOMPARE(all.back(), std::int64_t{ 3 });
        QCOMPARE(journal->rows(std::vector<std::int64_t>{ 151, 150, 149 }).value().size(), std::size_t{ 2 });
        for (std::size_t offset : { 0, 147, 148, 294 })
            QCOMPARE(journal->pageAt(offset, 1).value().at(0).sequence, all[offset]);
        QVERIFY(journal->append({ { deliveryOf("new") }, {} }));
        QCOMPARE(listed(*journal, {}).front(), std::int64_t{ 301 }); // no number twice
    }

    void marks()
    {
        const auto journal = filled();
        QCOMPARE(journal->unread().value(), std::uint64_t{ 299 }); // one was marked
        QVERIFY(journal->setRead(std::vector<std::int64_t>{ 5, 6 }, true));
        QCOMPARE(journal->unread().value(), std::uint64_t{ 297 });
        QVERIFY(!journal->rows(std::vector<std::int64_t>{ 5 }).value().at(0).unread);
        QVERIFY(journal->setRead(std::vector<std::int64_t>{ 6 }, false));
        QCOMPARE(journal->unread().value(), std::uint64_t{ 298 });
        (void)journal->remove(std::vector<std::int64_t>{ 10, 11 });
        QCOMPARE(journal->unread().value(), std::uint64_t{ 296 });
        QVERIFY(journal->setAllRead());
        QCOMPARE(journal->unread().value(), std::uint64_t{ 0 });
        QVERIFY(listed(*journal, { queryOf(QStringLiteral("is:unread")) }).empty());
        QVERIFY(journal->setRead(std::vector<std::int64_t>{ 6 }, false));
        QVERIFY(journal->append({ { deliveryOf("new") }, {} }));
        QCOMPARE(journal->unread().value(), std::uint64_t{ 2 });
        QVERIFY((listed(*journal, { queryOf(QStringLiteral("is:unread")) }) == std::vector<std::int64_t>{ 301, 6 }));
        QVERIFY(journal->delivery("new").value()->unread);
        QVERIFY(journal->setPinned(std::vector<std::int64_t>{ 7 }, true));
        QVERIFY(journal->rows(std::vector<std::int64_t>{ 7 }).value().at(0).pinned);
        QVERIFY(journal->setPinned(std::vector<std::int64_t>{ 7 }, false));
        QVERIFY(!journal->rows(std::vector<std::int64_t>{ 7 }).value().at(0).pinned);
    }

    void namesWhatMayBeAskedFor()
    {
        const auto names = filled()->names().value();
        QVERIFY((names.mappings == std::vector<std::string>{ "100%_done", "Orders", "orders (EU)", "Users" }));
        QVERIFY((names.events == std::vector<std::string>{ "Order Completed", "Refund", "User Éva" }));
        QCOMPARE(names.urls.size(), std::size_t{ 6 });
        QVERIFY((names.headers == std::vector<std::string>{ "x-flag", "x-tenant" }));
        QVERIFY((names.projects == std::vector<std::string>{ "P" }));
    }

    void keepsWhatADeliveryIsMadeOf()
    {
        const auto journal = filled();
        const auto record = journal->delivery("d9").value();
        QVERIFY(record);
        QCOMPARE(*record->delivery.mapping, std::string("{\"name\":\"Orders\"}"));
        QCOMPARE(record->delivery.origin, std::string("d8"));
        QVERIFY((record->delivery.eventNames == std::vector<std::string>{ "User Éva", "Refund" }));
        QVERIFY(record->delivery.batch);
        QCOMPARE(record->runNumber, std::int64_t{ 2 });
        Batch batch;
        batch.events = { { "run2", 9, "{\"a\":\"ü\"}" }, { "run2", 10, "{}" }, { "run", 9, "[]" } };
        QVERIFY(journal->append(batch));
        const auto texts = journal->eventTexts("run2", record->delivery.events).value();
        QVERIFY((texts == std::vector<std::string>{ "{\"a\":\"ü\"}", "{}" }));
        QVERIFY((journal->eventTexts("nobody", record->delivery.events).value() == std::vector<std::string>{ "", "" }));
        Attempt attempt = attemptOf("d9", 7);
        attempt.note = "cut off";
        attempt.phases = { { "headers", 1.25 }, { "body", 3 } };
        attempt.outcomeUnknown = true;
        QVERIFY(journal->append({ {}, { attempt } }));
        const Attempt kept = journal->delivery("d9").value()->attempts.back();
        QCOMPARE(kept.note, attempt.note);
        QVERIFY(kept.phases == attempt.phases);
        QVERIFY(kept.outcomeUnknown);
    }

    void givesTheNewestEvents()
    {
        const auto journal = filled();
        QVERIFY(journal->add({ "again", 3, "", "", "resend" }));
        Batch batch;
        for (std::uint32_t i = 0; i < 300; ++i)
            batch.events.push_back({ "run", i, "[" + std::to_string(i) + "]" });
        batch.events.push_back({ "run2", 7, "{\"a\":\"ü\"}" });
        batch.events.push_back({ "run2", 9, "{}" });
        batch.events.push_back({ "again", 0, "{\"again\":1}" });
        QVERIFY(journal->append(batch));
        const auto newest = [&](std::size_t limit, std::uint64_t bytes = 1'000'000) {
            return journal->newestEvents(limit, bytes).value();
        };
        using Texts = std::vector<std::string>;
        QVERIFY((newest(3) == Texts{ "[299]", "{\"a\":\"ü\"}", "{}" })); // run2 is the later one
        QVERIFY((newest(1) == Texts{ "{}" }));
        QVERIFY(newest(0).empty());
        QVERIFY((newest(3, 13) == Texts{ "{\"a\":\"ü\"}", "{}" })); // 2 + 10 bytes, and 5 more would be too many
        const Texts all = newest(1000);
        QCOMPARE(all.size(), std::size_t{ 302 });
        QCOMPARE(all.front(), std::string("[0]"));
        QVERIFY(std::is_sorted(all.begin(), all.begin() + 10));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(journal->newestEvents(5, 1'000, stop.get_token()).error().code, std::string("journal-stopped"));
    }

    void bringsEventTextsUpToDate()
    {
        makeVersion1(2,
            { QStringLiteral("INSERT INTO event_text VALUES (4294967300, CAST('{\"ü\":1}' AS BLOB)), "
                             "(4294967301, x'7b7d')") });
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QVERIFY((journal->eventTexts("run", std::vector<std::uint32_t>{ 4, 5, 9 }).value()
            == std::vector<std::string>{ "{\"ü\":1}", "{}", "" }));
        QCOMPARE(journal->count().value(), std::uint64_t{ 3 });
    }

    void bringsAnOlderFileUpToDate()
    {
        makeVersion1();
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QCOMPARE(journal->count().value(), std::uint64_t{ 3 });
        QCOMPARE(journal->unread().value(), std::uint64_t{ 0 });
        const auto rows = journal->rows(std::vector<std::int64_t>{ 1, 2, 3 }).value();
        QCOMPARE(rows[0].verdict, Verdict::Delivered);
        QCOMPARE(rows[0].signatureMode, SignatureMode::FirstEvent);
        QVERIFY(rows[0].batch && rows[0].isSigned && rows[0].truncated);
        QCOMPARE(rows[1].verdict, Verdict::Failed);
        QCOMPARE(rows[1].signatureMode, SignatureMode::NotKept);
        QCOMPARE(rows[2].verdict, Verdict::Unknown); // what sent it is long gone
        QCOMPARE(rows[2].signatureMode, SignatureMode::None);
        const auto record = journal->delivery("a").value();
        QVERIFY((record->delivery.events == std::vector<std::uint32_t>{ 4, 5, 9 }));
        QCOMPARE(record->delivery.body, std::string("[{},{},{}]"));
        QVERIFY((record->delivery.headers == Headers{ { "x", "y" } }));
        QVERIFY(!record->delivery.mapping);
        QVERIFY(record->delivery.maskedHeaders.empty());
        Delivery masked = deliveryOf("masked");
        masked.maskedHeaders = { "X-Api-Key", "odd\nname" };
        QVERIFY(journal->append({ { masked }, {} }));
        QCOMPARE(journal->delivery("masked").value()->delivery.maskedHeaders, masked.maskedHeaders);
        QCOMPARE(record->attempts.size(), std::size_t{ 1 });
        QCOMPARE(record->attempts[0].responseBody, std::string("ok"));
        QCOMPARE(journal->runs(5).value().at(0).kind, std::string("send"));
        QVERIFY(
            (listed(*journal, { queryOf(QStringLiteral("ok or orders")) }) == std::vector<std::int64_t>{ 4, 3, 2, 1 }));
        QVERIFY((listed(*journal, { queryOf(QStringLiteral("verdict:failed")) }) == std::vector<std::int64_t>{ 2 }));
        QVERIFY(journal->append({ { deliveryOf("new") }, { attemptOf("b", 2) } }));
        QCOMPARE(journal->count().value(), std::uint64_t{ 5 });
        QCOMPARE(journal->unread().value(), std::uint64_t{ 2 });
        QCOMPARE(journal->rows(std::vector<std::int64_t>{ 2 }).value().at(0).verdict, Verdict::Delivered);
    }

    void whatWasDiscardedIsNotWaiting()
    {
        makeVersion1(3,
            { QStringLiteral(
                "UPDATE delivery SET verdict = 2, failure = 'cancelled' WHERE sequence = 3 AND attempts = 0") });
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QVERIFY((listed(*journal, { queryOf(QStringLiteral("verdict:discarded")) }) == std::vector<std::int64_t>{ 3 }));
        QVERIFY((listed(*journal, { queryOf(QStringLiteral("verdict:failed")) }) == std::vector<std::int64_t>{ 2 }));
    }

private:
    std::string plainPath() const { return m_home.filePath(QStringLiteral("plain.sqlite")).toStdString(); }
    std::string indexedPath() const { return m_home.filePath(QStringLiteral("indexed.sqlite")).toStdString(); }

    std::unique_ptr<Journal> filled() const { return filled(m_path, 300); }
    static std::unique_ptr<Journal> filled(const std::string &path, int count)
    {
        auto journal = openOrFail(path);
        if (!journal->add({ "run", 0, "p", "P" }) || !journal->add({ "run2", 0, "p", "P" }))
            return nullptr;
        const auto appended = journal->append(variedBatch(count));
        if (!appended)
            QTest::qFail(appended.error().message.c_str(), __FILE__, __LINE__);
        (void)journal->setPinned(std::vector<std::int64_t>{ 3, 77 }, true);
        (void)journal->setRead(std::vector<std::int64_t>{ 20 }, true);
        return journal;
    }

    /// A file as the first version wrote it.
    void makeVersion1(std::size_t version = 1, const QStringList &last = {})
    {
        QStringList statements{ QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId),
            QStringLiteral("PRAGMA user_version = 1") };
        for (const char *statement : migrations()[0])
            statements << QString::fromLatin1(statement);
        statements << QStringLiteral("INSERT INTO run VALUES (1, 'run', 5, 'p', 'P')")
                   << QStringLiteral(
                          "INSERT INTO delivery VALUES (1, 'a', 1, 7, 0, 'Orders', 'POST', 'http://x/', 3, 10, "
                          "'ab12', 1, 2, 1, 200, 'OK', '', 4.5), (2, 'b', 1, 8, 0, 'Orders', 'POST', "
                          "'http://x/', 1, 2, 'ab12', 0, 2, 1, 503, '', 'http-status', 3), (3, 'c', 1, 9, 0, "
                          "'Orders', 'POST', 'http://x/', 1, NULL, '', NULL, NULL, 0, 0, '', '', 0)")
                   << QStringLiteral("INSERT INTO request VALUES (1, '4-5,9', CAST('x: y' || char(10) AS BLOB), "
                                     "CAST('[{},{},{}]' AS BLOB)), (2, '6', x'', x'7b7d'), (3, '7', x'', x'')")
                   << QStringLiteral("INSERT INTO attempt VALUES (1, 1, 7, 4.5, 200, 'OK', '', '', '', 1, x'', x'', "
                                     "x'6f6b'), (2, 1, 8, 3, 503, '', 'http-status', 'why', '', 0, x'', x'', x'')");
        for (std::size_t i = 1; i < version; ++i)
            for (const char *statement : migrations()[i])
                statements << QString::fromLatin1(statement);
        statements << last << QStringLiteral("PRAGMA user_version = %1").arg(version);
        const QString name = QStringLiteral("version1");
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(QString::fromStdString(m_path));
            QVERIFY(database.open());
            for (const QString &statement : statements) {
                QSqlQuery query(database);
                QVERIFY2(query.exec(statement), qPrintable(statement));
            }
        }
        QSqlDatabase::removeDatabase(name);
    }

    const QTemporaryDir m_home;
    std::unique_ptr<Journal> m_plain;
    std::unique_ptr<Journal> m_indexed;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestListing)
#include "tst_listing.moc"
