#include "tests/bench/journal_bench.h"

#include "core/journal/journal.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <array>

#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <random>
#include <stdexcept>
#include <thread>

namespace hookbench::bench {

namespace {

using namespace journal;

constexpr WallMs kFirst = 1'800'000'000'000;
constexpr int kInOne = 1'000;

double millisecondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0)
            return std::stod(line.substr(6)) / 1'024;
    return 0;
}

template <typename T>
T need(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

Batch batchFrom(std::int64_t first, std::int64_t count, const SharedText &mapping)
{
    static constexpr std::array kEvents{ "Order Completed", "Product Viewed", "Signed Up", "Cart Updated",
        "Page Viewed" };
    static constexpr std::array kMappings{ "Orders", "Products", "Users", "Everything" };
    std::mt19937_64 random(static_cast<std::uint64_t>(first));
    Batch batch;
    for (std::int64_t i = first; i < first + count; ++i) {
        const std::uint64_t dice = random();
        Delivery delivery;
        delivery.id = fmt::format("delivery{:012}", i);
        delivery.run = "run";
        delivery.mappingIndex = static_cast<int>(dice % kMappings.size());
        delivery.mappingName = kMappings[dice % kMappings.size()];
        delivery.method = dice % 50 == 7 ? "PUT" : "POST";
        delivery.url = fmt::format("https://hooks.example.com/v2/{}/orders", dice % 20);
        delivery.headers
            = { { "content-type", "application/json" }, { "x-tenant", dice % 10 == 0 ? "acme" : "globex" } };
        delivery.events = { static_cast<std::uint32_t>(i) };
        delivery.eventNames = { kEvents[dice % kEvents.size()] };
        delivery.body = fmt::format(
            R"({{"event":"{}","order_id":"ord_{}","total":{},"currency":"EUR","customer":{{"id":"usr_{}","email":"customer{}@example.com","city":"Berlin"}},"items":[{{"sku":"sku_{}","quantity":{}}}]}})",
            delivery.eventNames.front(), i, dice % 100'000, dice % 5'000, dice % 5'000, dice % 900, dice % 9);
        delivery.signature = fmt::format("{:016x}{:016x}{:08x}", dice, ~dice, static_cast<std::uint32_t>(dice));
        delivery.signedBytes = { 0, delivery.body.size() };
        delivery.signatureMode = SignatureMode::FirstEvent;
        delivery.created = kFirst + i * 4;
        delivery.mapping = mapping;
        Attempt attempt;
        attempt.delivery = delivery.id;
        attempt.started = delivery.created + 1;
        attempt.durationMs = 2 + static_cast<double>(dice % 90'000) / 100;
        const bool rare = i % 250'000 == 1'234; // four in a million
        attempt.status = rare ? 418 : dice % 40 == 0 ? 503 : dice % 100 == 1 ? 404 : 200;
        attempt.failure = attempt.status == 200 ? "" : "http-status";
        attempt.requestHeaders = delivery.headers;
        attempt.responseHeaders = { { "content-type", "text/plain" } };
        attempt.responseBody = rare ? "I'm a teapot" : "ok";
        batch.events.push_back({ "run", static_cast<std::uint32_t>(i), delivery.body });
        batch.deliveries.push_back(std::move(delivery));
        batch.attempts.push_back(std::move(attempt));
    }
    return batch;
}

void fill(const std::string &path, std::int64_t deliveries)
{
    const auto journal = need(Journal::open(path));
    const std::int64_t there = static_cast<std::int64_t>(need(journal->count()));
    if (there >= deliveries)
        return;
    if (there == 0)
        need(journal->add({ "run", kFirst, "project", "Bench" }));
    const auto mapping = std::make_shared<const std::string>(R"({"name":"Orders","trigger":"type = \"track\""})");
    const double took = millisecondsOf([&] {
        for (std::int64_t i = there; i < deliveries; i += kInOne)
            need(journal->append(batchFrom(i, std::min<std::int64_t>(kInOne, deliveries - i), mapping)));
    });
    fmt::print("{:<58} {:>10.0f} deliveries/s\n", "written, each with attempt, event text and indexes",
        static_cast<double>(deliveries - there) / took * 1'000);
    std::fflush(stdout);
    std::int64_t indexed = kInOne;
    const double indexing = millisecondsOf([&] {
        for (; need(journal->indexSome(kInOne)); indexed += kInOne) { }
    });
    fmt::print("{:<58} {:>10.0f} deliveries/s\n", "made ready for full-text search, behind it",
        static_cast<double>(indexed) / indexing * 1'000);
    std::fflush(stdout);
}

void report(const std::string &what, double ms, const std::string &remark = {})
{
    fmt::print("{:<58} {:>10.2f} ms  {}\n", what, ms, remark);
    std::fflush(stdout);
}

/// What one would do without the journal's own ways: one statement, LIMIT and OFFSET.
double plainMilliseconds(const std::string &path, const QString &sql)
{
    double took = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("plain"));
        database.setDatabaseName(QString::fromStdString(path));
        database.open();
        QSqlQuery query(database);
        query.setForwardOnly(true);
        took = millisecondsOf([&] {
            query.exec(sql);
            while (query.next())
                (void)query.value(0);
        });
    }
    QSqlDatabase::removeDatabase(QStringLiteral("plain"));
    return took;
}

} // namespace

void measureJournal(const std::string &folder, std::int64_t deliveries)
{
    const std::string path = fmt::format("{}/journal-{}.sqlite", folder, deliveries);
    std::thread([&] { fill(path, deliveries); }).join(); // its connection goes with it
    fmt::print(
        "{:<58} {:>10.0f} MB\n", "the file", static_cast<double>(QFileInfo(QString::fromStdString(path)).size()) / 1e6);
    const WallMs now = kFirst + deliveries * 4;

    std::unique_ptr<Journal> journal;
    std::vector<std::int64_t> all;
    report("open: file, count, first screenful", millisecondsOf([&] {
        journal = need(Journal::open(path));
        (void)need(journal->count());
        (void)need(journal->page(std::nullopt, 50));
    }));
    const double listed = millisecondsOf([&] {
        need(journal->list({}, now, {}, [&](std::span<const std::int64_t> piece) {
            all.insert(all.end(), piece.begin(), piece.end());
            return true;
        }));
    });
    report("open: every row's place", listed, fmt::format("{} rows", all.size()));

    std::mt19937_64 random(1);
    constexpr int kFrames = 300;
    double worst = 0;
    double total = 0;
    for (int frame = 0; frame < kFrames; ++frame) {
        const std::size_t at = random() % (all.size() - 64);
        const double took = millisecondsOf([&] { (void)need(journal->rows(std::span(all).subspan(at, 64))); });
        worst = std::max(worst, took);
        total += took;
    }
    report("scroll: 64 rows anywhere in the list, mean", total / kFrames, fmt::format("worst {:.2f}", worst));
    const double offset = plainMilliseconds(
        path, QStringLiteral("SELECT * FROM delivery ORDER BY sequence DESC LIMIT 64 OFFSET %1").arg(deliveries / 2));
    report("  the same by OFFSET from the middle, SQLite alone", offset,
        fmt::format("ratio {:.1f}", offset / (total / kFrames)));

    for (const char *filter : { "status:418", "status:5xx", "status>=400", "-status:200", "mapping:Users", "error:any",
             "method:PUT", "ms>895", "bytes>250", "attempt>1", "sig:none", "since:10m", "is:unread", "run:1",
             "event:\"Signed Up\"", "url:*/v2/7/orders", "status:5xx mapping:Orders ms>800", "teapot", "ord_4711",
             "customer", "body:ord_4711\\\"", "response:teapot", "header[x-tenant]:globex status:404" }) {
        const query::Query query = need(query::parse(filter));
        std::size_t count = 0;
        double first = 0;
        const auto start = std::chrono::steady_clock::now();
        const auto passed = [&] {
            return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        };
        need(journal->list({ query }, now, {}, [&](std::span<const std::int64_t> piece) {
            if (count == 0)
                first = passed();
            count += piece.size();
            return true;
        }));
        report(fmt::format("filter {}: first rows", filter), count == 0 ? passed() : first,
            fmt::format("all {} after {:.0f}", count, passed()));
    }
    for (const auto &[name, sortBy] :
        { std::pair{ "status", SortBy::Status }, { "mapping", SortBy::Mapping }, { "url", SortBy::Url },
            { "size", SortBy::Bytes }, { "ms", SortBy::Duration }, { "attempts", SortBy::Attempts } }) {
        double first = 0;
        const auto start = std::chrono::steady_clock::now();
        const auto passed = [&] {
            return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        };
        std::size_t count = 0;
        need(journal->list({ {}, sortBy }, now, {}, [&](std::span<const std::int64_t> piece) {
            if (count == 0)
                first = passed();
            count += piece.size();
            return true;
        }));
        report(fmt::format("sort by {}: first rows", name), first, fmt::format("all {} after {:.0f}", count, passed()));
    }
    report("names for completion", millisecondsOf([&] { (void)need(journal->names()); }));
    report("unread count", millisecondsOf([&] { (void)need(journal->unread()); }));
    fmt::print("{:<58} {:>10.0f} MB\n", "resident, all of this done", residentMegabytes());
}

} // namespace hookbench::bench
