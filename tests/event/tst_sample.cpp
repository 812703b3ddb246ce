#include "core/event/sample.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/signing/signer.h"
#include "resources/sample.h"

#include <QFile>
#include <QTest>

using namespace hookbench;
using namespace hookbench::event;

class TestSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereIsOneOfEachType()
    {
        QStringList types;
        for (const Sample &sample : samples())
            types << QString::fromUtf8(sample.type.data(), static_cast<qsizetype>(sample.type.size()));
        QCOMPARE(types, u"track identify page screen group alias"_qs.split(QLatin1Char(' ')));
        QVERIFY(sampleOf("group") == &samples()[4]);
        QVERIFY(sampleOf("batch") == nullptr);
    }

    void isAWholeEvent_data()
    {
        QTest::addColumn<int>("place");
        QTest::addColumn<QByteArrayList>("fields");
        const auto row = [](const char *type, int place, const QByteArrayList &fields) {
            QTest::addRow("%s", type) << place << fields;
        };
        row("track", 0, { "event", "properties" });
        row("identify", 1, { "traits" });
        row("page", 2, { "name", "properties" });
        row("screen", 3, { "name", "properties" });
        row("group", 4, { "groupId", "traits" });
        row("alias", 5, { "previousId" });
    }
    void isAWholeEvent()
    {
        QFETCH(int, place);
        QFETCH(QByteArrayList, fields);
        const Sample &sample = samples()[static_cast<std::size_t>(place)];
        const json::Document event = parseSample(sample);
        QCOMPARE(json::stringify(event), std::string(sample.text)); // compact, as it would be sent
        QCOMPARE(event->find("type").asString(), sample.type);
        fields << "messageId"
               << "timestamp"
               << "userId"
               << "anonymousId"
               << "context";
        for (const QByteArray &field : fields)
            QVERIFY2(event->contains(field.toStdString()), field.constData());
    }

    void orderCompletedHasTheSizeTheMockupsTell()
    {
        QCOMPARE(sampleOf("track")->name, std::string_view("Order Completed"));
        QCOMPARE(sampleOf("track")->text.size(), std::size_t{ 844 });
    }

    void theSampleDestinationHoldsTheSamples()
    {
        const std::string bytes = resources::sampleDestination();
        const Result<json::Document> document = json::parse(bytes);
        QVERIFY(document);
        QCOMPARE(json::stringify(*document, 2) + "\n", bytes); // saved again, it stays as it is
        const json::Value events = json::valueAt(*document, "/events");
        QCOMPARE(events.size(), samples().size());
        for (std::size_t i = 0; i < samples().size(); ++i) {
            QCOMPARE(events.at(i).find("name").asString(), samples()[i].name);
            QCOMPARE(json::stringify(events.at(i).find("event")), std::string(samples()[i].text));
        }
    }

    void theSampleDestinationStaysOnThisComputer()
    {
        const json::Document document = json::parse(resources::sampleDestination()).value();
        const json::Value mappings = json::valueAt(document, "/mappings");
        QCOMPARE(mappings.size(), std::size_t{ 4 });
        for (const json::Value &mapping : mappings.items()) {
            const json::Value url = mapping.find("settings").find("url");
            QVERIFY2(url.asString().starts_with("http://127.0.0.1:8765/"), std::string(url.asString()).c_str());
        }
    }

    void theSampleSecretSignsTheMappedOrder()
    {
        // What Segment's engine makes of "Order Completed" with the mapping "Orders", and how it signs it.
        QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/event/mapped_order.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string body = file.readAll().toStdString();
        QCOMPARE(body.size(), std::size_t{ 412 });
        QCOMPARE(signing::Signer(std::string(resources::kSampleSecret)).sign(body),
            std::string("fae7744101ed1a1bd2dc2c6b162c4e0e0b1e1127"));
    }
};

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
