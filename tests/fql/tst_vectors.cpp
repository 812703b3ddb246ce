// Triggers as Segment's own engine (npm @segment/destination-subscriptions 3.37.0, MIT) parsed, matched and generated
// them.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "tests/fql/vector_ops.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;

class TestVectors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithSegment_data();
    void agreesWithSegment();
};

void TestVectors::agreesWithSegment_data()
{
    QTest::addColumn<QByteArray>("vector");
    for (const char *name : { "fql_upstream", "fql_fuzz" }) {
        QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/vectors/%1.ndjson").arg(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            const auto vector = json::parse(line.toStdString());
            QVERIFY2(vector, line.constData());
            QTest::newRow(json::toText(vector->root().find("id")).c_str()) << line;
        }
    }
}

void TestVectors::agreesWithSegment()
{
    QFETCH(QByteArray, vector);
    const auto document = json::parse({ vector.constData(), static_cast<std::size_t>(vector.size()) });
    const json::Value expected = document->root().find("expect");
    json::Arena arena;
    const json::Value answered = fql::vectors::run(arena, *document);
    QVERIFY2(fql::vectors::agrees(answered, expected),
        qPrintable(QStringLiteral("Segment: %1\nours: %2")
                       .arg(QString::fromStdString(json::stringify(expected)),
                           QString::fromStdString(json::stringify(answered)))));
}

QTEST_APPLESS_MAIN(TestVectors)
#include "tst_vectors.moc"
