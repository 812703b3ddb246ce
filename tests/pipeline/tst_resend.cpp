// Recorded deliveries again: byte for byte, signed anew, elsewhere, edited, mapped anew; many of them, with their
// origin.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/pipeline/resend_run.h"
#include "core/query/field.h"

#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;
using namespace std::string_literals;

namespace {

journal::Delivery recordedBatch()
{
    journal::Delivery delivery;
    delivery.id = "old";
    delivery.run = "run";
    delivery.mappingName = "Orders";
    delivery.method = "POST";
    delivery.url = "https://a.example/hook?x=1";
    delivery.body = "[{\"b\":1,\"a\":\"ü\"},{\"n\":2}]";
    delivery.signedBytes = { 1, 16 };
    delivery.signature = signing::Signer("old secret").sign(delivery.body.substr(1, 16));
    delivery.signatureMode = journal::SignatureMode::FirstEvent;
    delivery.headers = { { "content-type", "application/json" }, { "x-signature", delivery.signature },
        { "Accept", "*/*" }, { "Content-Length", std::to_string(delivery.body.size()) }, { "Host", "a.example" },
        { "Authorization", "Basic dTpw" } };
    delivery.batch = true;
    delivery.events = { 3, 4 };
    delivery.eventNames = { "Order" };
    return delivery;
}

/// Answers everything with 200 and keeps what it was given.
class KeepingTransport final : public delivery::Transport
{
public:
    void send(delivery::RequestPtr request, const delivery::TransportOptions &, Done done) override
    {
        requests.push_back(std::move(request));
        QTimer::singleShot(0, [done = std::move(done)] {
            delivery::Outcome outcome;
            outcome.response.emplace();
            outcome.response->status = 200;
            done(outcome);
        });
    }
    std::vector<delivery::RequestPtr> requests;
};

std::string valueOf(const Headers &headers, const char *name)
{
    const Header *found = findHeader(headers, name);
    return found ? found->value : "none"s;
}

} // namespace

class TestResend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void repeatsByteForByte()
    {
        const journal::Delivery recorded = recordedBatch();
        const auto request = repeat(recorded, {}).value();
        QCOMPARE(request.method, recorded.method);
        QCOMPARE(request.url, recorded.url);
        QCOMPARE(request.body, recorded.body);
        QVERIFY(request.headers == recorded.headers);
        QCOMPARE(request.signature, recorded.signature);
        QVERIFY((request.signedBytes == signing::Coverage{ 1, 16 }));
        QCOMPARE(nameOf({}), "as-it-was");
    }

    void signsAnew()
    {
        const journal::Delivery recorded = recordedBatch();
        Resend resend;
        resend.reSign = true;
        resend.secret = "new secret";
        auto request = repeat(recorded, resend).value();
        QCOMPARE(request.body, recorded.body);
        QCOMPARE(request.signature, signing::Signer("new secret").sign("{\"b\":1,\"a\":\"ü\"}"));
        QCOMPARE(valueOf(request.headers, "X-Signature"), request.signature);
        QCOMPARE(request.headers.size(), recorded.headers.size());
        resend.signatureMode = signing::Mode::WholeBody;
        request = repeat(recorded, resend).value();
        QCOMPARE(request.signature, signing::Signer("new secret").sign(recorded.body));
        resend.secret.clear();
        request = repeat(recorded, resend).value();
        QVERIFY(request.signature.empty());
        QCOMPARE(valueOf(request.headers, "x-signature"), "none"s);
        // Unsigned before: the header comes before those of the client.
        journal::Delivery unsignedOne = recorded;
        unsignedOne.signature.clear();
        unsignedOne.headers.erase(unsignedOne.headers.begin() + 1);
        resend.secret = "new secret";
        request = repeat(unsignedOne, resend).value();
        QCOMPARE(request.headers[1].name, "x-signature"s);
        // A mapping's own header stays.
        journal::Delivery mapped = recorded;
        mapped.headers[1].value = "mine";
        QCOMPARE(valueOf(repeat(mapped, resend).value().headers, "x-signature"), "mine"s);
        QCOMPARE(nameOf(resend), "re-signed");
    }

    void goesElsewhere()
    {
        Resend resend;
        resend.url = "http://u:p@127.0.0.1:8080/other";
        const auto request = repeat(recordedBatch(), resend).value();
        QCOMPARE(request.url, "http://127.0.0.1:8080/other"s);
        QCOMPARE(valueOf(request.headers, "Host"), "127.0.0.1:8080"s);
        QCOMPARE(valueOf(request.headers, "Authorization"), "Basic dTpw"s);
        QCOMPARE(request.signature, recordedBatch().signature);
        resend.url = "http://b.example/";
        QCOMPARE(valueOf(repeat(recordedBatch(), resend).value().headers, "Authorization"), "none"s);
        resend.url = "http://169.254.169.254/latest";
        QCOMPARE(repeat(recordedBatch(), resend).error().code, "url-metadata"s);
        resend.url = "ftp://b.example/";
        QVERIFY(!repeat(recordedBatch(), resend));
    }

    void takesEdits()
    {
        Resend resend;
        resend.method = "PUT";
        resend.body = "{\"edited\":true}";
        auto request = repeat(recordedBatch(), resend).value();
        QCOMPARE(request.method, "PUT"s);
        QCOMPARE(request.body, *resend.body);
        QCOMPARE(valueOf(request.headers, "Content-Length"), std::to_string(resend.body->size()));
        QVERIFY(!request.signedBytes);
        QCOMPARE(nameOf(resend), "edited");
        resend.headers = Headers{ { "x-a", "1" } };
        // Only the length of the body is added: without it there would be no body.
        QVERIFY((repeat(recordedBatch(), resend).value().headers
            == Headers{ { "x-a", "1" }, { "Content-Length", std::to_string(resend.body->size()) } }));
        resend.headers = Headers{ { "x-a", "1\r\nx-b: 2" } };
        QCOMPARE(repeat(recordedBatch(), resend).error().code, "resend-header"s);
        resend.headers = Headers{ { "x a", "1" } };
        QCOMPARE(repeat(recordedBatch(), resend).error().code, "resend-header"s);
        resend.headers = Headers{ { "X-Dup", "one" }, { "x-dup", "two" }, { "content-length", "26" } };
        QVERIFY((repeat(recordedBatch(), resend).value().headers
            == Headers{ { "X-Dup", "one, two" }, { "Content-Length", std::to_string(resend.body->size()) } }));
        for (const Header &framing :
            { Header{ "Content-Length", "5" }, Header{ "transfer-encoding", "chunked" }, Header{ "TE", "trailers" } }) {
            resend.headers = Headers{ framing };
            QCOMPARE(repeat(recordedBatch(), resend).error().code, "resend-framing"s);
        }
        resend.headers.reset();
        resend.method = "PU T";
        QCOMPARE(repeat(recordedBatch(), resend).error().code, "resend-method"s);
    }

    void sendsManyAgain()
    {
        const auto journal = record(50);
        KeepingTransport transport;
        const auto sequences = this->sequences(*journal);
        const RunSummary summary = run(*journal, transport, sequences, {}, std::nullopt);
        QCOMPARE(summary.deliveries, std::uint64_t{ 50 });
        QCOMPARE(summary.delivered, std::uint64_t{ 50 });
        QCOMPARE(summary.events, std::uint64_t{ 100 });
        QCOMPARE(transport.requests.size(), std::size_t{ 50 });
        for (const auto &request : transport.requests) {
            QCOMPARE(request->body, recordedBatch().body);
            QCOMPARE(request->signature, recordedBatch().signature);
        }
        const auto rows = journal->page(std::nullopt, 100).value();
        QCOMPARE(rows.size(), std::size_t{ 100 });
        const auto repeated = journal->delivery(rows[0].id).value();
        QCOMPARE(repeated->delivery.origin, "old0"s); // the newest went first
        QCOMPARE(repeated->delivery.repeatedAs, "as-it-was"s);
        QVERIFY((repeated->delivery.eventNames == std::vector<std::string>{ "Order" }));
        const auto texts = journal->eventTexts(repeated->delivery.run, repeated->delivery.events).value();
        QVERIFY(
            (texts == std::vector<std::string>{ "{\"event\":\"Order\",\"n\":1}", "{\"event\":\"Order\",\"n\":2}" }));
        QCOMPARE(journal->runs(1).value().at(0).kind, "resend"s);
    }

    void mapsAnew()
    {
        const auto journal = record(2);
        KeepingTransport transport;
        destination::Project project = destination::newProject("now");
        destination::Mapping mapping = destination::defaultMapping("Orders");
        mapping.settings
            = json::parse("{\"url\":\"https://b.example/"
                          "new\",\"method\":\"PUT\",\"data\":{\"only\":{\"@path\":\"$.n\"}},\"enable_batching\":true}")
                  .value();
        project.mappings.push_back(mapping);
        PlanOptions options;
        options.secret = "s";
        const RunSummary summary = run(*journal, transport, sequences(*journal), {},
            Remap{ std::make_shared<const Plan>(project, options), std::nullopt });
        QCOMPARE(summary.delivered, std::uint64_t{ 2 });
        QCOMPARE(transport.requests[0]->body, "[{\"only\":1},{\"only\":2}]"s);
        QCOMPARE(transport.requests[0]->method, "PUT"s);
        QCOMPARE(transport.requests[0]->signature, signing::Signer("s").sign("{\"only\":1}"));
        const auto row = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(journal->delivery(row.id).value()->delivery.repeatedAs, "re-mapped"s);
        QVERIFY(!row.origin.empty());
        // A destination that has no such mapping.
        project.mappings[0].name = "Other";
        const RunSummary none = run(
            *journal, transport, { 1 }, {}, Remap{ std::make_shared<const Plan>(project, options), std::nullopt });
        QCOMPARE(none.failed, std::uint64_t{ 1 });
        QCOMPARE(none.deliveries, std::uint64_t{ 0 });
    }

    void saysWhatIsGone()
    {
        const auto journal = record(1);
        KeepingTransport transport;
        const RunSummary summary = run(*journal, transport, { 1, 77 }, {}, std::nullopt);
        QCOMPARE(summary.delivered, std::uint64_t{ 1 });
        QCOMPARE(summary.failed, std::uint64_t{ 1 });
    }

    void theFilterKnowsEveryFailure()
    {
        const auto choices = query::fieldNamed("error")->choices;
        for (int failure = 0; failure <= static_cast<int>(delivery::Failure::Other); ++failure) {
            const std::string name = delivery::failureName(static_cast<delivery::Failure>(failure));
            QVERIFY2(std::find(choices.begin(), choices.end(), name) != choices.end(), name.c_str());
        }
        for (const std::string choice : choices)
            QVERIFY2(choice == "any" || delivery::failureFromName(choice), choice.c_str());
    }

private:
    std::unique_ptr<journal::Journal> record(int count)
    {
        m_home = std::make_unique<QTemporaryDir>();
        auto journal = journal::Journal::open(m_home->filePath(QStringLiteral("journal.sqlite")).toStdString()).value();
        journal::Batch batch;
        for (int i = 0; i < count; ++i) {
            batch.deliveries.push_back(recordedBatch());
            batch.deliveries.back().id = "old" + std::to_string(i);
        }
        batch.events = { { "run", 3, "{\"event\":\"Order\",\"n\":1}" }, { "run", 4, "{\"event\":\"Order\",\"n\":2}" } };
        if (!journal->add({ "run", 0, "p", "P" }) || !journal->append(batch))
            qFatal("the journal could not be filled");
        return journal;
    }

    static std::vector<std::int64_t> sequences(const journal::Journal &journal)
    {
        std::vector<std::int64_t> all;
        (void)journal.list({}, 0, {}, [&](std::span<const std::int64_t> piece) {
            all.insert(all.end(), piece.begin(), piece.end());
            return true;
        });
        return all;
    }

    static RunSummary run(journal::Journal &journal, delivery::Transport &transport,
        std::vector<std::int64_t> sequences, Resend resend, std::optional<Remap> remap)
    {
        const SystemClock clock;
        JournalWriter writer(journal);
        ResendRun run(
            std::move(sequences), std::move(resend), std::move(remap), {}, journal, &writer, transport, clock, nullptr);
        RunSummary summary;
        RunProgress progress;
        QEventLoop loop;
        QObject::connect(&run, &ResendRun::finished, [&](const RunSummary &total) {
            summary = total;
            progress = run.progress();
            loop.quit();
        });
        QTimer::singleShot(60'000, &loop, [] { qFatal("the run does not end"); });
        run.start();
        loop.exec();
        writer.flush();
        if (const auto error = writer.error())
            qFatal("%s", error->message.c_str());
        if (progress.part != 1.0 || (progress.chart.bodyBytes == 0) != (summary.deliveries == 0))
            qFatal("the end of the run is not told");
        return summary;
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_GUILESS_MAIN(TestResend)
#include "tst_resend.moc"
