// "2 Request": settings as text and back, headers, batching, and typing into all of it.
#include "window_fixture.h"

#include "core/json/stringify.h"
#include "ui/request/batching_view.h"
#include "ui/request/event_variables.h"
#include "ui/request/header_list.h"
#include "ui/request/request_section.h"
#include "ui/request/setting_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/token_line.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QSpinBox>
#include <QToolButton>

using namespace hookbench;
using request::RequestSection;
using widgets::KeyValueModel;
using widgets::KeyValueTable;

class TestRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void settingText_data();
    void settingText();
    void readsText_data();
    void readsText();
    void batchSizes_data();
    void batchSizes();
    void batchKeys_data();
    void batchKeys();
    void reach_data();
    void reach();
    void headerNames();
    void headerRowsCarryTheirWorstIssue();
    void eventVariables();
    void manyVariablesDoNotStall();
    void tokenSpans();

    void typingAUrlIsOneStep();
    void aTypedTokenMapsTheUrl();
    void completesFromTheEvent();
    void methodByKeyboard();
    void addsAHeaderByTyping();
    void movesAHeader();
    void aTakenNameIsRefused();
    void removesAndUndoes();
    void forbiddenHeaderIsExplained();
    void headersOfADirective();
    void batchingByMouseAndKeyboard();
    void typingDoesNotStall();
    void whatTheScreenCannotShowStays_data();
    void whatTheScreenCannotShowStays();

private:
    static RequestSection *section(const Window &w) { return w.window.findChild<RequestSection *>(); }
    static QString settings(const Window &w)
    {
        return QString::fromStdString(json::stringify(w.document.mapping(w.document.currentMapping()).settings));
    }
    static bool tells(const QWidget *parent, const QString &part)
    {
        for (const auto *label : parent->findChildren<widgets::StatusLabel *>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    }
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr auto kEvent
    = R"({"type":"track","event":"A","userId":"u1","properties":{"order id":1,"total":27.5,"list":[{"sku":"s1"}]}})";

} // namespace

void TestRequest::settingText_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *value, const char *text) { QTest::newRow(value) << latin(value) << latin(text); };
    row(R"("https://example.com/")", "https://example.com/");
    row(R"({"@path":"$.properties.url"})", "{{properties.url}}");
    row(R"({"@template":"https://x/{{userId}}/y"})", "https://x/{{userId}}/y");
    row(R"({"@template":"no token"})", R"({"@template":"no token"})");
    row(R"({"@template":"{{userId}}"})", R"({"@template":"{{userId}}"})"); // would come back as a path
    row(R"({"@path":"$."})", R"({"@path":"$."})");
    row(R"({"@path":"$['a b']"})", R"({"@path":"$['a b']"})");
    row(R"({"@liquid":"{{ userId }}"})", R"({"@liquid":"{{ userId }}"})");
    row(R"({"@path":"$.a","_metadata":1})", R"({"@path":"$.a","_metadata":1})");
    row("5", "5");
    row("null", "null");
}

void TestRequest::settingText()
{
    QFETCH(QString, value);
    QFETCH(QString, text);
    const json::Document document = *json::parse(value.toStdString());
    QCOMPARE(request::toSettingText(document), text);
    // A directive that is shown and taken back unchanged is the same directive.
    if (document->isObject())
        QVERIFY(json::identical(request::fromSettingText(text), document));
}

void TestRequest::readsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *text, const char *value) { QTest::newRow(text) << latin(text) << latin(value); };
    row("", R"("")");
    row("{{ userId }}", R"({"@path":"$.userId"})");
    row("{{a}}{{b}}", R"({"@template":"{{a}}{{b}}"})");
    row("{{a", R"("{{a")");
    row("{{}}", R"("{{}}")");
    row(R"({"@path":"$.a"})", R"({"@path":"$.a"})");
    row(R"({"a":1})", R"("{\"a\":1}")");
    row(R"({"@path":)", R"("{\"@path\":")");
}

void TestRequest::readsText()
{
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(QString::fromStdString(json::stringify(request::fromSettingText(text))), value);
}

void TestRequest::batchSizes_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("events");
    QTest::addColumn<bool>("isPlain");
    QTest::addColumn<bool>("isInRange");
    const auto row = [](const char *value, int events, bool plain, bool inRange) {
        QTest::newRow(value) << latin(value) << events << plain << inRange;
    };
    row("0", 1000, true, true);
    row("null", 1000, true, true);
    row("1", 1, true, true);
    row("4000", 4000, true, true);
    row("4001", 4001, true, false);
    row("-5", -5, true, false);
    row("10.5", 10, true, false);
    row("1e300", 1'000'000'000, true, false);
    row("\"20\"", 20, true, true);
    row("\"many\"", 1000, true, false);
    row(R"({"@path":"$.n"})", 1000, false, true);
}

void TestRequest::batchSizes()
{
    QFETCH(QString, value);
    QFETCH(int, events);
    QFETCH(bool, isPlain);
    QFETCH(bool, isInRange);
    const json::Document document = *json::parse(value.toStdString());
    const request::ShownBatchSize shown = request::shownBatchSize(document);
    QCOMPARE(shown.events, events);
    QCOMPARE(shown.isPlain, isPlain);
    QCOMPARE(shown.isInRange, isInRange);
}

void TestRequest::batchKeys_data()
{
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QStringList>("on");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *keys, const QStringList &on, const char *after) {
        QTest::newRow(name) << latin(keys) << on << latin(after);
    };
    row("from nothing", "null", { latin("url"), latin("headers") }, R"(["url","headers"])");
    row("one off", R"(["url","method","headers"])", { latin("url"), latin("headers") }, R"(["url","headers"])");
    row("all off", R"(["url"])", {}, "[]");
    row("others and their order stay", R"(["data","headers","x",5,"url"])", { latin("url"), latin("method") },
        R"(["data","x",5,"url","method"])");
}

void TestRequest::batchKeys()
{
    QFETCH(QString, keys);
    QFETCH(QStringList, on);
    QFETCH(QString, after);
    const QStringList known{ latin("url"), latin("method"), latin("headers") };
    const json::Document document = *json::parse(keys.toStdString());
    QCOMPARE(QString::fromStdString(json::stringify(request::batchKeysWith(document, known, on))), after);
}

void TestRequest::reach_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *url, const char *words) { QTest::newRow(url) << latin(url) << latin(words); };
    row(R"("https://example.com/")", "");
    row(R"("http://127.0.0.1:8765/")", "Segment cannot reach this");
    row(R"("http://[::1]/")", "Segment cannot reach this");
    row(R"("https://localhost:8443/")", "Segment can neither reach nor trust this");
    row(R"({"@path":"$.url"})", "");
    row(R"("no url")", "");
    row("null", "");
}

void TestRequest::reach()
{
    QFETCH(QString, url);
    QFETCH(QString, words);
    const json::Document document = *json::parse(url.toStdString());
    const request::ReachNote note = request::reachNote(document);
    QCOMPARE(note.words, words);
    QCOMPARE(note.explanation.isEmpty(), words.isEmpty());
    if (url.contains(latin("https://localhost")))
        QVERIFY(note.explanation.contains(latin("certificate")));
}

void TestRequest::headerNames()
{
    const json::Document headers = *json::parse(R"({"A":"1","B":"2"})");
    const request::HeaderList list = request::headerList(headers);
    QVERIFY(request::whyNotName(list, -1, latin("C")).isEmpty());
    QVERIFY(request::whyNotName(list, -1, latin("a")).isEmpty()); // another case: joined, and warned about
    QVERIFY(!request::whyNotName(list, -1, latin(" B ")).isEmpty());
    QVERIFY(request::whyNotName(list, 1, latin("B")).isEmpty());
    QVERIFY(!request::whyNotName(list, 0, latin("B")).isEmpty());
    QVERIFY(json::identical(request::headersOf(list), headers));
    QVERIFY(request::headerList(json::Value::number(1)).empty());
    QVERIFY(request::isHeaderList(json::Value()));
    QVERIFY(!request::isHeaderList(*json::parse("{\"@path\":\"$.h\"}")));
    QVERIFY(!request::isHeaderList(*json::parse("[]")));
}

void TestRequest::headerRowsCarryTheirWorstIssue()
{
    const json::Document headers = *json::parse(R"({"A/b":"1","B":{"@path":"$.x"},"Authorization":"Bearer abc"})");
    const Issues issues{ { Severity::Warning, "w", "/h/A~1b", "doubtful" },
        { Severity::Error, "e", "/h/A~1b", "wrong" }, { Severity::Info, "i", "/h/Authorization", "known" },
        { Severity::Warning, "w", "/h/B/@path", "inside" } };
    const auto rows = request::headerRows(request::headerList(headers), {}, issues, "/h");
    QCOMPARE(rows.size(), std::size_t{ 3 });
    QCOMPARE(rows[0].problem, latin("wrong"));
    QVERIFY(rows[0].wrong);
    QCOMPARE(rows[1].problem, latin("inside"));
    QVERIFY(!rows[1].wrong);
    QCOMPARE(rows[1].value, latin("{{x}}"));
    QVERIFY(rows[2].problem.isEmpty());
    QVERIFY(rows[2].masked);
}

void TestRequest::eventVariables()
{
    const json::Document event = *json::parse(kEvent);
    const auto variables = request::eventVariables(event);
    QStringList paths;
    for (const auto &[path, sample] : variables)
        paths << path;
    QCOMPARE(paths,
        QStringList({ latin("type"), latin("event"), latin("userId"), latin("properties.total"),
            latin("properties.list[0].sku") }));
    QCOMPARE(variables[3].second, latin("27.5"));
    const auto found = request::matching(variables, latin("t"));
    QCOMPARE(found.front().first, latin("type")); // what begins with it first
    QVERIFY(found.size() >= 3);
    QVERIFY(request::matching(variables, latin("zzz")).empty());
    QVERIFY(request::eventVariables(json::Value()).empty());
}

void TestRequest::manyVariablesDoNotStall()
{
    std::string text = "{\"properties\":{";
    for (int i = 0; i < 5000; ++i)
        text += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":\"value " + std::to_string(i) + "\"";
    const json::Document event = *json::parse(text + "}}");
    const auto variables = request::eventVariables(event);
    QCOMPARE(variables.size(), std::size_t{ 5000 });
    QElapsedTimer timer;
    timer.start();
    constexpr int kRounds = 20;
    for (int i = 0; i < kRounds; ++i)
        QVERIFY(!request::matching(variables, latin("field_49")).empty());
    QVERIFY2(timer.elapsed() / kRounds < 16, qPrintable(QString::number(timer.elapsed() / kRounds)));
}

void TestRequest::tokenSpans()
{
    using Spans = std::vector<std::pair<int, int>>;
    QCOMPARE(widgets::tokenSpans(u""), Spans());
    QCOMPARE(widgets::tokenSpans(u"a{{b}}c{{d}}"), Spans({ { 1, 5 }, { 7, 5 } }));
    QCOMPARE(widgets::tokenSpans(u"a{{b"), Spans({ { 1, 3 } }));
    QCOMPARE(widgets::tokenSpans(u"}}{"), Spans());
}

void TestRequest::typingAUrlIsOneStep()
{
    Window w({ mappingOf("A"), mappingOf("B") });
    QLineEdit *url = section(w)->url();
    w.trigger("mapping.url");
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTRY_VERIFY(url->hasFocus());
    QCOMPARE(url->selectedText(), latin("https://example.com/x"));
    QTest::keyClicks(url, latin("http://127.0.0.1:9/new"));
    QCOMPARE(w.document.setting(0, "/url").asString(), std::string_view("http://127.0.0.1:9/new"));
    QCOMPARE(w.document.undoStack()->count(), 1);
    QCOMPARE(w.undoText(), latin("Change URL"));
    QVERIFY(tells(section(w), latin("Segment cannot reach this")));
    w.trigger("edit.undo");
    QCOMPARE(url->text(), latin("https://example.com/x"));
    QVERIFY(!tells(section(w), latin("Segment cannot reach this")));
    // Bad input is kept, and told.
    url->selectAll();
    QTest::keyClicks(url, latin("not a url"));
    QVERIFY(w.settled());
    QVERIFY(theme::isInvalid(url));
    QVERIFY(!url->toolTip().isEmpty());
    // Another mapping shows its own.
    w.document.setCurrentMapping(1);
    QCOMPARE(url->text(), latin("https://example.com/x"));
    QVERIFY(!theme::isInvalid(url));
    w.document.setCurrentMapping(0);
    QCOMPARE(url->text(), latin("not a url"));
}

void TestRequest::aTypedTokenMapsTheUrl()
{
    Window w({ mappingOf("A") }, kEvent);
    QLineEdit *url = section(w)->url();
    url->setFocus();
    url->selectAll();
    QTest::keyClicks(url, latin("https://example.com/{{userId}}/in"));
    QCOMPARE(QString::fromStdString(json::stringify(w.document.setting(0, "/url"))),
        latin("{\"@template\":\"https://example.com/{{userId}}/in\"}"));
    QCOMPARE(url->text(), latin("https://example.com/{{userId}}/in"));
    QVERIFY(w.settled());
    QTRY_VERIFY(tells(section(w), latin("https://example.com/u1/in")));
    QCOMPARE(w.document.undoStack()->count(), 1);
    w.trigger("edit.undo");
    QCOMPARE(url->text(), latin("https://example.com/x"));
    QVERIFY(!tells(section(w), latin("u1/in")));
}

void TestRequest::completesFromTheEvent()
{
    Window w({ mappingOf("A") }, kEvent);
    QLineEdit *url = section(w)->url();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    url->setFocus();
    url->selectAll();
    QTest::keyClicks(url, latin("https://example.com/{{us"));
    QWidget *popup = url->findChild<QCompleter *>()->popup();
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(url->text(), latin("https://example.com/{{userId}}"));
    QVERIFY(!popup->isVisible());
    QCOMPARE(QString::fromStdString(json::stringify(w.document.setting(0, "/url"))),
        latin("{\"@template\":\"https://example.com/{{userId}}\"}"));
    // The button opens a token at the cursor.
    auto *button = w.find<QToolButton>(latin("Insert a value of the event into the URL"));
    QVERIFY(button);
    url->selectAll();
    url->end(false);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(url->text(), latin("https://example.com/{{userId}}{{}}"));
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
}

void TestRequest::methodByKeyboard()
{
    Window w({ mappingOf("A"), mappingOf("B", R"({"url":"https://example.com/","method":{"@path":"$.m"}})") });
    QComboBox *method = section(w)->method();
    method->setFocus();
    QTest::keyClick(method, Qt::Key_Down);
    QCOMPARE(w.document.setting(0, "/method").asString(), std::string_view("PUT"));
    QCOMPARE(w.undoText(), latin("Change method"));
    w.document.setCurrentMapping(1);
    QCOMPARE(method->currentText(), latin("{{m}}"));
    QVERIFY(w.document.setting(1, "/method").isObject());
}

void TestRequest::addsAHeaderByTyping()
{
    Window w({ mappingOf("A") });
    KeyValueTable *table = section(w)->headers();
    QAbstractItemModelTester tester(table->rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    table->setFocus();
    table->setCurrentIndex(table->rows()->index(0, KeyValueModel::KeyColumn));
    QTest::keyClick(table, Qt::Key_Return);
    auto *editor = qobject_cast<QLineEdit *>(table->viewport()->findChild<QLineEdit *>());
    QVERIFY(editor);
    QTest::keyClicks(editor, latin("Authorization"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(w.undoText(), latin("Add header"));
    // The value comes next, without another key.
    QTRY_COMPARE(table->currentIndex().column(), static_cast<int>(KeyValueModel::ValueColumn));
    QLineEdit *value = nullptr;
    QTRY_VERIFY(
        (value = qobject_cast<QLineEdit *>(QApplication::focusWidget())) && value->parentWidget() == table->viewport());
    QTest::keyClicks(value, latin("Bearer hb-demo-token-3f9c"));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_VERIFY(settings(w).contains(latin("\"headers\":{\"Authorization\":\"Bearer hb-demo-token-3f9c\"}")));
    QTRY_COMPARE(w.undoText(), latin("Change header"));
    const QModelIndex cell = table->rows()->index(0, KeyValueModel::ValueColumn);
    QVERIFY(!cell.data().toString().contains(latin("token"))); // masked
    // A value of the event, in the same words as in the URL.
    QVERIFY(table->rows()->setData(cell, latin("Bearer {{userId}}"), Qt::EditRole));
    QVERIFY(settings(w).contains(latin("{\"@template\":\"Bearer {{userId}}\"}")));
    while (w.document.undoStack()->canUndo())
        w.trigger("edit.undo");
    QCOMPARE(table->rows()->rows().size(), std::size_t{ 0 });
}

void TestRequest::movesAHeader()
{
    Window w({ mappingOf("A", R"({"url":"https://example.com/","method":"POST","headers":{"A":"1","B":"2","C":"3"}})"),
        mappingOf("B") });
    w.secret.set("s");
    KeyValueTable *table = section(w)->headers();
    QTRY_COMPARE(table->rows()->rows().size(), std::size_t{ 4 }); // X-Signature is nobody's to move
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    table->setFocus();
    table->setCurrentIndex(table->rows()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
    QVERIFY(settings(w).contains(latin("\"headers\":{\"B\":\"2\",\"A\":\"1\",\"C\":\"3\"}")));
    QCOMPARE(w.undoText(), latin("Move header"));
    QCOMPARE(table->currentIndex().row(), 1);
    QCOMPARE(w.document.currentMapping(), 0); // Alt+Down moved the header, not the mapping
    QCOMPARE(QString::fromStdString(w.document.mapping(0).name), latin("A"));
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier); // not behind the signature
    QVERIFY(settings(w).contains(latin("\"headers\":{\"B\":\"2\",\"C\":\"3\",\"A\":\"1\"}")));
    QCOMPARE(w.document.undoStack()->count(), 2);
    // By dragging: the third before the first.
    const std::unique_ptr<QMimeData> data(table->rows()->mimeData({ table->rows()->index(2, 0) }));
    QVERIFY(table->rows()->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
    QVERIFY(settings(w).contains(latin("\"headers\":{\"A\":\"1\",\"B\":\"2\",\"C\":\"3\"}")));
    QVERIFY(!table->rows()->dropMimeData(data.get(), Qt::MoveAction, 5, 0, {})
        || settings(w).contains(latin("\"C\":\"3\"}"))); // below the signature means behind the last header
}

void TestRequest::aTakenNameIsRefused()
{
    Window w({ mappingOf("A", R"({"url":"https://example.com/","method":"POST","headers":{"A":"1","B":"2"}})") });
    KeyValueModel *rows = section(w)->headers()->rows();
    QSignalSpy said(&w.workbench, &document::Workbench::said);
    const QString before = settings(w);
    rows->setData(rows->index(0, KeyValueModel::KeyColumn), latin("B"), Qt::EditRole);
    QCOMPARE(settings(w), before);
    QCOMPARE(rows->index(0, KeyValueModel::KeyColumn).data().toString(), latin("A"));
    QCOMPARE(said.count(), 1);
    rows->setData(rows->index(0, KeyValueModel::KeyColumn), latin(" "), Qt::EditRole);
    QCOMPARE(settings(w), before);
    QCOMPARE(rows->index(0, KeyValueModel::KeyColumn).data().toString(), latin("A"));
    rows->setData(rows->index(2, KeyValueModel::KeyColumn), latin("B"), Qt::EditRole); // the row that adds
    QCOMPARE(settings(w), before);
    QCOMPARE(said.count(), 3);
    rows->setData(rows->index(0, KeyValueModel::KeyColumn), latin("b"), Qt::EditRole);
    QVERIFY(settings(w).contains(latin("\"headers\":{\"b\":\"1\",\"B\":\"2\"}")));
    QCOMPARE(w.undoText(), latin("Rename header"));
    QVERIFY(w.settled());
    QTRY_VERIFY(tells(section(w), latin("is there twice")));
}

void TestRequest::removesAndUndoes()
{
    Window w({ mappingOf(
        "A", R"({"url":"https://example.com/","method":"POST","headers":{"A":"1","B":{"@path":"$.x"}}})") });
    const QString before = settings(w);
    KeyValueTable *table = section(w)->headers();
    table->setFocus();
    table->setCurrentIndex(table->rows()->index(1, 1));
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(settings(w).contains(latin("\"headers\":{\"A\":\"1\"}")));
    QCOMPARE(w.undoText(), latin("Remove header"));
    QVERIFY(table->currentIndex().isValid()); // the keyboard is still in the table
    w.trigger("edit.undo");
    QCOMPARE(settings(w), before);
}

void TestRequest::forbiddenHeaderIsExplained()
{
    Window w({ mappingOf("A",
        R"({"url":"https://example.com/","method":"POST","headers":{"Content-Length":"5","X-A":"ok","Bad name":"1"}})") });
    QVERIFY(w.settled());
    KeyValueTable *table = section(w)->headers();
    QTRY_VERIFY(!table->rows()->rows().at(0).problem.isEmpty());
    QVERIFY(!table->rows()->rows().at(0).wrong);
    QVERIFY(table->rows()->rows().at(1).problem.isEmpty());
    QVERIFY(table->rows()->rows().at(2).wrong);
    const QModelIndex cell = table->rows()->index(0, KeyValueModel::ValueColumn);
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(latin("frames the request")));
    QVERIFY(cell.data(Qt::AccessibleDescriptionRole).toString().contains(latin("frames the request")));
    table->setCurrentIndex(cell);
    QVERIFY(tells(section(w), latin("frames the request")));
    table->setCurrentIndex(table->rows()->index(2, 0));
    QVERIFY(tells(section(w), latin("is no header name")));
}

void TestRequest::headersOfADirective()
{
    Window w({ mappingOf("A", R"({"url":"https://example.com/","method":"POST","headers":{"@path":"$.h"}})"),
        mappingOf("B") });
    auto *line = w.find<QLineEdit>(latin("Headers, made by a directive"));
    QVERIFY(line && line->isVisible() && !section(w)->headers()->isVisible());
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, latin("{\"@path\":\"$.other\"}"));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(settings(w).contains(latin("$.other")));
    QCOMPARE(w.undoText(), latin("Change headers"));
    // Broken JSON is told and changes nothing.
    const QString before = settings(w);
    QTest::keyClicks(line, latin("}"));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(theme::isInvalid(line));
    QCOMPARE(settings(w), before);
    // Another mapping is not touched by what stands here.
    const destination::Mapping other = w.document.mapping(1);
    w.document.setCurrentMapping(1);
    QVERIFY(section(w)->headers()->isVisible());
    QVERIFY(w.document.mapping(1) == other);
    // Undone to nothing, the table is there again.
    w.document.setCurrentMapping(0);
    w.document.removeSetting(0, "/headers", latin("Remove headers"));
    QVERIFY(section(w)->headers()->isVisible());
}

void TestRequest::batchingByMouseAndKeyboard()
{
    Window w({ mappingOf("A", R"({"url":"https://example.com/","method":"POST","batch_keys":["data","url"]})") });
    widgets::Switch *batching = section(w)->batching();
    QSpinBox *size = section(w)->batchSize();
    QVERIFY(!size->isEnabled());
    QTest::mouseClick(batching, Qt::LeftButton, {}, QPoint(8, batching->height() / 2));
    QCOMPARE(w.undoText(), latin("Enable batching"));
    QVERIFY(size->isEnabled());
    QCOMPARE(size->value(), 1000);
    QCOMPARE(size->maximum(), 4000);
    size->setFocus();
    size->selectAll();
    QTest::keyClicks(size, latin("4001"));
    QTest::keyClick(size, Qt::Key_Return);
    QVERIFY(
        w.document.setting(0, "/batch_size").isUndefined() || w.document.setting(0, "/batch_size").asNumber() <= 4000);
    size->selectAll();
    QTest::keyClicks(size, latin("250"));
    QTest::keyClick(size, Qt::Key_Return);
    QCOMPARE(w.document.setting(0, "/batch_size").asNumber(), 250.0);
    QCOMPARE(w.undoText(), latin("Change batch size"));
    auto *headers = w.find<QCheckBox>(latin("Batch key headers"));
    QVERIFY(headers && !headers->isChecked());
    QTest::keyClick(headers, Qt::Key_Space);
    QVERIFY(settings(w).contains(latin("\"batch_keys\":[\"data\",\"url\",\"headers\"]")));
    QCOMPARE(w.undoText(), latin("Change batch keys"));
}

void TestRequest::typingDoesNotStall()
{
    std::string data;
    for (int i = 0; i < 300; ++i)
        data += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":{\"@path\":\"$.properties.p"
            + std::to_string(i) + "\"}";
    std::string event = "{\"type\":\"track\",\"properties\":{";
    for (int i = 0; i < 5000; ++i)
        event += (i ? ",\"p" : "\"p") + std::to_string(i) + "\":\"value\"";
    const std::string settings
        = "{\"url\":\"https://example.com/\",\"method\":\"POST\",\"headers\":{\"A\":\"1\"},\"data\":{" + data + "}}";
    std::vector<destination::Mapping> mappings(50, mappingOf("Large", settings.c_str()));
    Window w(mappings, (event + "}}").c_str());
    QVERIFY(w.settled());
    QLineEdit *url = section(w)->url();
    url->setFocus();
    url->end(false);
    const QString typed = latin("orders/of/this/year?with={{properties.p4");
    QElapsedTimer timer;
    timer.start();
    QTest::keyClicks(url, typed);
    const qint64 each = timer.elapsed() / typed.size();
    QVERIFY2(each < 16, qPrintable(QStringLiteral("%1 ms for a key").arg(each)));
}

void TestRequest::whatTheScreenCannotShowStays_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << latin(text); };
    row("directives everywhere",
        R"({"url":{"@if":{"exists":{"@path":"$.a"},"then":"x","else":"y"}},"method":{"@path":"$.m"},"headers":{"@path":"$.h"},"enable_batching":{"@path":"$.b"},"batch_size":{"@path":"$.n"},"batch_keys":{"@path":"$.k"},"data":5})");
    row("values of other kinds",
        R"({"url":5,"method":"DELETE","headers":[1],"enable_batching":"yes","batch_size":"1e3","batch_keys":"url","zzz":{"2":1,"1":2}})");
    row("limits passed",
        R"({"batch_size":123456,"batch_keys":["x",null,"url"],"headers":{"A":{"b":[1.0,2e5]},"B":null}})");
    row("nothing", "{}");
}

void TestRequest::whatTheScreenCannotShowStays()
{
    QFETCH(QString, text);
    Window w({ mappingOf("A", text.toUtf8().constData()), mappingOf("B") }, kEvent);
    QVERIFY(w.settled());
    const destination::Mapping before = w.document.mapping(0);
    for (QWidget *control : section(w)->findChildren<QWidget *>())
        if (control->focusPolicy() != Qt::NoFocus && control->isEnabled()) {
            control->setFocus();
            QCoreApplication::processEvents();
        }
    w.document.setCurrentMapping(1);
    w.document.setCurrentMapping(0);
    QVERIFY(w.settled());
    QVERIFY(w.document.mapping(0) == before);
    QCOMPARE(w.undoText(), QString());
}

QTEST_MAIN(TestRequest)
#include "tst_request.moc"
