// Paths of an event and places in its text, both ways, also while the text is being typed.
#include "ui/document/json_places.h"

#include <QTest>

using namespace hookbench::document;

class TestJsonPlaces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ranges_data();
    void ranges();
    void paths_data();
    void paths();
    void nearest_data();
    void nearest();
};

namespace {

const QString kText = QStringLiteral(R"({"a": {"b": "x, y", "c": [{"d": 1}, {"d": null}]}, "e\"": tr)");

} // namespace

void TestJsonPlaces::ranges_data()
{
    QTest::addColumn<QStringList>("found");
    QTest::newRow("$.a.b") << QStringList{ QStringLiteral(R"("b": "x, y")") };
    QTest::newRow("$.a.c[*].d") << QStringList{ QStringLiteral(R"("d": 1)"), QStringLiteral(R"("d": null)") };
    QTest::newRow("$.a.c[1]") << QStringList{ QStringLiteral(R"({"d": null})") };
    QTest::newRow("$.a.nope") << QStringList();
    QTest::newRow("$.") << QStringList{ kText };
}

void TestJsonPlaces::ranges()
{
    QFETCH(QStringList, found);
    QStringList got;
    for (const TextRange &range : rangesOf(kText, { QLatin1String(QTest::currentDataTag()) }))
        got << kText.mid(range.start, range.length);
    QCOMPARE(got, found);
}

void TestJsonPlaces::nearest_data()
{
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *steps, const char *found) {
        QTest::newRow(steps) << QString::fromLatin1(steps).split(u' ', Qt::SkipEmptyParts)
                             << QString::fromLatin1(found);
    };
    row("a b", R"("b": "x, y")");
    row("a c 1 d", R"("d": null)");
    row("a c 1 e f", R"({"d": null})");
    row("a nope", R"("a": {"b": "x, y", "c": [{"d": 1}, {"d": null}]})");
    row("nope", "");
    row("", "");
}

void TestJsonPlaces::nearest()
{
    QFETCH(QStringList, steps);
    const TextRange range = rangeOf(kText, steps);
    QTEST(kText.mid(range.start, range.length), "found");
}

void TestJsonPlaces::paths_data()
{
    QTest::addColumn<QString>("before");
    const auto row = [](const char *path, const char *before) { QTest::newRow(path) << QString::fromLatin1(before); };
    row("a.b", R"({"a": {"b)");
    row("a.b", R"({"a": {"b": "x)");
    row("a.c[1].d", R"({"a": {"b": "x, y", "c": [{"d": 1}, {"d": nu)");
    row("a.c[0]", R"({"a": {"b": "x, y", "c": [{"d": 1})");
    row("a", R"({"a)");
    row("", "");
}

void TestJsonPlaces::paths()
{
    QFETCH(QString, before);
    QVERIFY(kText.startsWith(before));
    QCOMPARE(pathAt(kText, static_cast<int>(before.size())), QLatin1String(QTest::currentDataTag()));
}

QTEST_APPLESS_MAIN(TestJsonPlaces)
#include "tst_json_places.moc"
