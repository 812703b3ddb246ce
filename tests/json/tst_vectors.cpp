// JSON.parse and JSON.stringify as Segment's runtime (V8) answered them.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;

class TestVectors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stringify_data();
    void stringify();
};

void TestVectors::stringify_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QByteArray>("expected");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/vectors/json_fidelity.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const std::string line = file.readLine().toStdString();
        const auto vector = json::parse(line);
        QVERIFY2(vector, line.c_str());
        const json::Value expect = vector->root().find("expect");
        QTest::newRow(json::toText(vector->root().find("id")).c_str())
            << QByteArray::fromStdString(std::string(vector->root().find("text").asString()))
            << expect.find("ok").asBoolean()
            << (expect.contains("json") ? QByteArray::fromStdString(std::string(expect.find("json").asString()))
                                        : QByteArray());
    }
}

void TestVectors::stringify()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, accepted);
    QFETCH(QByteArray, expected);
    const auto document = json::parse({ text.constData(), static_cast<std::size_t>(text.size()) });
    QCOMPARE(document.has_value(), accepted);
    if (accepted) {
        const std::string printed = json::stringify(document->root());
        QCOMPARE(QByteArray::fromStdString(printed), expected);
        QCOMPARE(json::stringify(json::parse(printed)->root()), printed);
    }
}

QTEST_APPLESS_MAIN(TestVectors)
#include "tst_vectors.moc"
