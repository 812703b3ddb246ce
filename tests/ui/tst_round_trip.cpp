// Every valid trigger and mapping of the vectors, through the visual form and back: what the window's rows, tree and
// forms give is what was there, byte for byte while nobody touches it. Prints what opens as what.
#include "core/fql/lint.h"
#include "core/fql/trigger.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/mapping.h"
#include "core/mapping/validate.h"
#include "ui/data/data_section.h"
#include "ui/data/functions.h"
#include "ui/data/json_mapping.h"
#include "ui/data/mapping_tree.h"
#include "ui/data/value_form.h"
#include "ui/data/visual_mapping.h"
#include "ui/trigger/conditions.h"
#include "ui/trigger/field_edit.h"
#include "ui/trigger/row_editor.h"
#include "ui/trigger/trigger_section.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/segmented.h"
#include "window_fixture.h"

#include <QComboBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>

using namespace hookbench;

class TestRoundTrip : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triggersAsRows();
    void triggersInTheSection();
    void aRowThatGoesSaysNothing();
    void mappingsAsTrees();
    void valuesAsForms();
    void mappingsInTheSection();
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

struct Vector
{
    std::string id;
    json::Document content;
};

std::vector<Vector> vectorsOf(std::initializer_list<const char *> names)
{
    std::vector<Vector> vectors;
    for (const char *name : names) {
        std::ifstream file(fmt::format("{}/vectors/{}.ndjson", HOOKBENCH_TEST_DATA, name));
        for (std::string line; std::getline(file, line);) {
            auto vector = json::parse(line);
            if (!vector)
                qFatal("%s", line.c_str());
            std::string id = json::toText((*vector)->find("id"));
            vectors.push_back({ std::move(id), std::move(*vector) });
        }
    }
    if (vectors.empty())
        qFatal("there are no vectors");
    return vectors;
}

std::string bytesOf(json::Value value)
{
    return value.isUndefined() ? "undefined" : json::stringify(value);
}

/// "12 reason", the most frequent first.
void print(const char *title, const std::map<std::string, int> &counts)
{
    std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater(), &std::pair<std::string, int>::second);
    fmt::print("{}\n", title);
    for (const auto &[what, count] : sorted)
        fmt::print("  {:5} {}\n", count, what);
    std::fflush(stdout);
}

// Triggers

struct Trigger
{
    std::string fql;
    fql::Trigger read;
    std::vector<json::Document> events; ///< of its vectors
};

struct Triggers
{
    std::vector<Trigger> valid;
    std::vector<json::Document> events; ///< some of all, to try each trigger on
    int refused = 0;
};

const Triggers &triggers()
{
    static const Triggers kTriggers = [] {
        Triggers all;
        std::map<std::string, std::size_t> known;
        std::set<std::string> refused;
        int number = 0;
        for (const Vector &vector : vectorsOf({ "fql_upstream", "fql_fuzz" })) {
            const json::Value event = vector.content->find("event");
            if (event.isObject() && ++number % 60 == 0)
                all.events.push_back(json::Document::copyOf(event));
            std::vector<std::string> texts;
            if (vector.content->find("fql").isString())
                texts.push_back(json::toText(vector.content->find("fql")));
            // What Segment's generator writes is a trigger as well.
            if (const json::Value made = vector.content->find("expect").find("fql"); made.isString())
                texts.push_back(json::toText(made));
            for (const std::string &text : texts) {
                const auto read = fql::parse(text);
                if (!read) {
                    refused.insert(text);
                    continue;
                }
                const auto [place, isNew] = known.emplace(text, all.valid.size());
                if (isNew)
                    all.valid.push_back({ text, *read, {} });
                if (event.isObject())
                    all.valid[place->second].events.push_back(json::Document::copyOf(event));
            }
        }
        all.refused = static_cast<int>(refused.size());
        return all;
    }();
    return kTriggers;
}

/// Both say the same to every event, also where Segment throws.
QByteArray difference(const Trigger &trigger, const fql::Trigger &other)
{
    const auto answer = [](const fql::Trigger &asked, const json::Document &event) {
        const auto matched = asked.matches(event);
        return !matched ? "error" : *matched ? "yes" : "no";
    };
    for (const std::vector<json::Document> *events : { &trigger.events, &triggers().events })
        for (const json::Document &event : *events)
            if (QLatin1String(answer(trigger.read, event)) != QLatin1String(answer(other, event)))
                return QByteArray::fromStdString(trigger.fql + " answers differently to " + bytesOf(event));
    return {};
}

// Known operators with a right side that they can use, told from the tree that Segment's parser makes and from nothing
// that the rows are made of.
bool isKnownCondition(const fql::Condition &condition)
{
    using enum fql::Operator;
    const bool path = condition.field >= fql::Field::Property;
    const std::string *below = std::get_if<std::string>(&condition.path);
    if (path && (!below || below->empty() || below->starts_with(' ') || below->ends_with(' ')))
        return false; // what people type around a path is no part of it
    const bool text = std::holds_alternative<std::string>(condition.expected);
    const double *number = std::get_if<double>(&condition.expected);
    switch (condition.op) {
    case Equals:
    case NotEquals:
        return text;
    case Contains:
    case NotContains:
    case StartsWith:
    case NotStartsWith:
    case EndsWith:
    case NotEndsWith:
        return text && condition.field != fql::Field::Type;
    case Less:
    case LessOrEqual:
    case Greater:
    case GreaterOrEqual:
    case NumberEquals:
    case NumberNotEquals:
        return path && number && std::isfinite(*number);
    case Exists:
    case NotExists:
        return path || condition.field == fql::Field::Name || condition.field == fql::Field::UserId;
    case IsTrue:
    case IsFalse:
        return path || condition.field == fql::Field::UserId;
    case Unknown:
        return false;
    }
    return false;
}

bool isFlatGroup(const fql::Ast &ast)
{
    return !ast.error && ast.root.hasChildren && ast.root.combinator != fql::Combinator::Unknown
        && std::ranges::all_of(ast.root.children, [](const fql::Node &node) {
               const auto *condition = std::get_if<fql::Condition>(&node);
               return condition && isKnownCondition(*condition);
           });
}

/// Nothing in the text that Segment would skip or read differently from what stands there: conditions of the
/// documented shapes between connectives of one kind.
bool isPlainlyWritten(const std::string &fql)
{
    static const QString kCondition = [] {
        const QString text = QStringLiteral(R"("[^"\\*]*")");
        const QString number = QStringLiteral(R"(-?(?:0|[1-9]\d{0,14})(?:\.\d+)?)");
        const QString path = QStringLiteral(R"((?:properties|traits|context)(?:\.[A-Za-z_][A-Za-z_0-9]*)+)");
        const QString searched = QStringLiteral("(?:event|name|userId|%1)").arg(path);
        return QStringLiteral(
            R"((?:(?:type|%2) !?= %1|!?contains\(%2, %1\)|!?match\(%2, (?:"\*[^"\\*]+"|"[^"\\*]+\*")\))"
            R"(|(?:name|userId|%3) !?= null|(?:userId|%3) = (?:true|false)|%3 (?:!?=|[<>]=?) %4))")
            .arg(text, searched, path, number);
    }();
    static const QRegularExpression kPlain(QStringLiteral("^%1(?:(?: and %1)*|(?: or %1)*)$").arg(kCondition));
    return kPlain.match(QString::fromStdString(fql)).hasMatch();
}

/// Why it is no rows, without the names in it: the first trap in the text, else the words.
std::string kindOfReason(const std::string &fql, QString reason)
{
    if (reason.startsWith(QStringLiteral("Rows would not say")))
        for (const fql::Finding &finding : fql::inspect(fql))
            if (finding.severity != Severity::Info)
                return "the text has a trap: " + finding.code;
    static const QRegularExpression kNames(QStringLiteral(
        R"("[^"]*"|“[^”]*”|\b(?:type|event|name|userId|(?:properties|traits|context)[\w.\\\[\]]*)\b|/.*/)"));
    return reason.replace(kNames, QStringLiteral("…")).toStdString();
}

/// The editor's lines end with \n; invalid UTF-8 is shown as such.
std::string shownInEditor(const std::string &fql)
{
    QString text = QString::fromStdString(fql);
    text.replace(latin("\r\n"), latin("\n")).replace(u'\r', u'\n');
    return text.toStdString();
}

bool hasTrap(const std::string &fql)
{
    return std::ranges::any_of(
        fql::inspect(fql), [](const fql::Finding &finding) { return finding.severity != Severity::Info; });
}

} // namespace

void TestRoundTrip::triggersAsRows()
{
    int asRows = 0;
    int flat = 0;
    int plain = 0;
    std::map<std::string, int> reasons;
    int traps = 0;
    for (const Trigger &trigger : triggers().valid) {
        const std::string &fql = trigger.fql;
        QString reason;
        const auto rows = trigger::readConditions(fql, &reason);
        const bool isFlat = isFlatGroup(trigger.read.ast());
        const bool isPlain = isFlat && isPlainlyWritten(fql);
        flat += isFlat;
        plain += isPlain;
        if (!rows) {
            QVERIFY(!reason.isEmpty());
            ++reasons[kindOfReason(fql, reason)];
            QVERIFY2(!isPlain, qPrintable(QString::fromStdString(fql) + u": " + reason));
            // Flat as Segment reads it, but not what is written: the editor marks where.
            QVERIFY2(!isFlat || hasTrap(fql), qPrintable(QString::fromStdString(fql) + u": " + reason));
            traps += isFlat;
            continue;
        }
        ++asRows;
        QVERIFY2(!rows->rows.empty(), fql.c_str());
        QCOMPARE(rows->rows.size(), trigger.read.ast().root.children.size());
        const auto text = trigger::toFql(*rows);
        QVERIFY2(text, fql.c_str());
        const auto again = fql::parse(*text);
        QVERIFY2(again, text->c_str());
        const QByteArray differs = difference(trigger, *again);
        QVERIFY2(differs.isEmpty(), differs.constData());
        const auto rowsAgain = trigger::readConditions(*text);
        QVERIFY2(rowsAgain && rowsAgain->rows == rows->rows,
            qPrintable(QString::fromStdString(fql) + u" became " + QString::fromStdString(*text)));
        QCOMPARE(trigger::toFql(*rowsAgain).value(), *text);
    }
    const int asText = static_cast<int>(triggers().valid.size()) - asRows;
    fmt::print("{} triggers: {} open as rows, {} as text ({} more are refused by Segment)\n", triggers().valid.size(),
        asRows, asText, triggers().refused);
    fmt::print("  flat groups of the known operators: {}; {} of them plainly written: all as rows; {} with a trap\n",
        flat, plain, traps);
    print("  as text, because:", reasons);
    QVERIFY(plain > 100 && asRows >= flat - traps);
}

// The section itself: what it shows is what readConditions says, and neither looking, nor switching views, nor taking
// each choice that is taken already changes a byte.
void TestRoundTrip::triggersInTheSection()
{
    Parts parts;
    parts.document.startNew(latin("Acme"));
    parts.document.addMapping(latin("Orders"));
    parts.document.showEvent(latin("Event"), R"({"type":"track","event":"a","properties":{"total":5}})");
    trigger::TriggerSection section(parts.workbench);
    section.resize(760, 500);
    section.show();
    QVERIFY(QTest::qWaitForWindowExposed(&section));
    auto *views = section.findChild<widgets::Segmented *>();
    int visual = 0;
    for (const Trigger &trigger : triggers().valid) {
        const auto rows = trigger::readConditions(trigger.fql);
        if (rows && rows->rows.size() > 12)
            continue; // a long list is the same, only slower
        parts.document.setMappingTrigger(0, trigger.fql);
        parts.document.undoStack()->clear();
        QVERIFY2(section.isVisual() == rows.has_value(), trigger.fql.c_str());
        QCOMPARE(views->button(0)->isEnabled(), rows.has_value());
        if (!rows) {
            QCOMPARE(section.editor()->toPlainText().toStdString(), shownInEditor(trigger.fql));
            continue;
        }
        ++visual;
        for (const trigger::RowEditor *row : section.findChildren<trigger::RowEditor *>()) {
            if (row->isHidden())
                continue; // on its way out
            for (auto *field : row->findChildren<trigger::FieldEdit *>())
                Q_EMIT field->chosen();
            for (auto *box : row->findChildren<QComboBox *>())
                if (!box->isHidden())
                    Q_EMIT box->activated(box->currentIndex());
            for (auto *line : row->findChildren<QLineEdit *>())
                if (!line->isHidden())
                    Q_EMIT line->textEdited(line->text());
        }
        if (visual % 10 == 0) {
            QTest::mouseClick(views->button(1), Qt::LeftButton);
            QVERIFY(!section.isVisual());
            QTest::mouseClick(views->button(0), Qt::LeftButton);
            QVERIFY(section.isVisual());
        }
        QCOMPARE(parts.document.mapping(0).trigger, trigger.fql);
        QVERIFY2(!parts.document.triggerDraft(0), trigger.fql.c_str());
        QVERIFY2(parts.document.undoStack()->count() == 0, trigger.fql.c_str());
    }
    QVERIFY(visual > 100);
}
// The field that is being typed in loses the keyboard because its row goes: by then the row is none of the trigger's.
void TestRoundTrip::aRowThatGoesSaysNothing()
{
    Parts parts;
    parts.document.startNew(latin("Acme"));
    parts.document.addMapping(latin("Orders"));
    trigger::TriggerSection section(parts.workbench);
    section.resize(760, 500);
    section.show();
    section.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&section));
    for (const char *remaining : { "type = \"track\"", "" }) {
        parts.document.setMappingTrigger(0, "type = \"track\" and event = \"a\" and userId = \"u\"");
        trigger::FieldEdit *last = nullptr;
        for (auto *field : section.findChildren<trigger::FieldEdit *>())
            if (field->accessibleName() == u"Field of condition 3" && field->isVisible())
                last = field;
        QVERIFY(last);
        last->setFocus();
        QTRY_VERIFY(last->hasFocus());
        QTest::keyClick(last, Qt::Key_End);
        QTest::keyClicks(last, latin("x"));
        parts.document.setMappingTrigger(0, remaining);
        QCOMPARE(parts.document.mapping(0).trigger, std::string(remaining));
        QVERIFY(!parts.document.triggerDraft(0));
        QCOMPARE(section.isVisual(), true);
    }
}

// Mappings

namespace {

struct MappingCase
{
    std::string bytes;
    json::Document mapping;
    std::vector<json::Document> events; ///< of its vectors
};

const std::vector<MappingCase> &validMappings()
{
    static const std::vector<MappingCase> kMappings = [] {
        std::vector<MappingCase> all;
        std::map<std::string, std::size_t> known;
        const auto part = [](const Vector &vector, const char *name) {
            const json::Value text = vector.content->find(std::string(name) + "_text");
            return text.isString() ? *json::parse(text.asString()) : json::Document::copyOf(vector.content->find(name));
        };
        for (const Vector &vector : vectorsOf({ "mapping_upstream", "mapping_fuzz" })) {
            const json::Document mapping = part(vector, "mapping");
            if (mapping->isUndefined() || !mapping::validate(mapping, {}).empty())
                continue;
            std::string bytes = bytesOf(mapping);
            const auto [place, isNew] = known.emplace(bytes, all.size());
            if (isNew)
                all.push_back({ std::move(bytes), mapping, {} });
            if (const json::Document event = part(vector, "event"); event->isObject())
                all[place->second].events.push_back(event);
        }
        return all;
    }();
    return kMappings;
}

/// What both become, without Liquid, for the events: same bytes or both an error.
bool becomesTheSame(json::Value one, json::Value other, const std::vector<json::Document> &events)
{
    const auto result = [](json::Value value, const json::Document &event) {
        json::Arena arena;
        json::ObjectBuilder settings(arena);
        settings.add(std::string_view("data"), value);
        const auto compiled = mapping::Mapping::compile(settings.build());
        if (!compiled)
            return std::string("refused");
        const auto resolved = compiled->resolve(event, arena);
        return resolved ? bytesOf(*resolved) : "error";
    };
    return std::ranges::all_of(
        events, [&](const json::Document &event) { return result(one, event) == result(other, event); });
}

/// How a value that has no form of its own begins: why it is shown as JSON.
std::string whyJson(json::Value value)
{
    std::string names;
    int plain = 0;
    for (const json::Member &member : value.members())
        if (member.name().starts_with('@'))
            names += (names.empty() ? "" : " and ") + std::string(member.name());
        else if (member.name() != "_metadata")
            ++plain;
    if (names.find(' ') != std::string::npos)
        return "several directives in one object";
    if (plain > 0)
        return names + " beside plain fields";
    return names + " of " + [&] {
        const json::Value argument = value.find(names);
        return argument.isString() ? "a text"
            : argument.isArray()   ? "an array"
            : argument.isObject()  ? "an object with unusual options"
                                   : "a value that is no object";
    }();
}

} // namespace

// The rows hold everything there is, and putting back what a row, or an operand of its value, has changes nothing.
void TestRoundTrip::mappingsAsTrees()
{
    int trees = 0;
    int single = 0;
    int withJson = 0;
    std::map<std::string, int> reasons;
    for (const MappingCase &each : validMappings()) {
        const data::MappingTree tree(each.mapping);
        QVERIFY(!tree.rows().empty() || each.mapping->size() == 0);
        QCOMPARE(bytesOf(tree.data()), each.bytes);
        bool allForms = true;
        std::size_t fields = 0;
        for (const data::Row &row : tree.rows()) {
            fields += row.parent < 0 && row.kind == data::Row::Kind::Field;
            QVERIFY2(json::identical(row.value, json::valueAt(each.mapping, row.pointer)), each.bytes.c_str());
            if (const auto back = json::replaced(each.mapping, row.pointer, row.value); !row.pointer.empty())
                QCOMPARE(bytesOf(*back), each.bytes);
            const data::ValueKind kind = data::kindOf(row.value);
            if (kind == data::ValueKind::Raw) {
                allForms = false;
                ++reasons[whyJson(row.value)];
            }
            const json::Document value(each.mapping.arena(), row.value);
            for (const data::Operand &operand : data::operandsOf(value)) {
                const json::Value now = operand.type == data::Operand::Type::Test
                    ? json::Value::string(json::valueAt(value, operand.pointer).contains("exists") ? "exists" : "blank")
                    : json::valueAt(value, operand.pointer);
                if (!now.isUndefined() || operand.optional)
                    QCOMPARE(bytesOf(data::withOperand(value, operand, now)), bytesOf(value));
            }
        }
        const bool isObject = data::kindOf(each.mapping) == data::ValueKind::Object;
        if (isObject) // every field of the object is a row, in its place
            QCOMPARE(fields, each.mapping->size());
        ++(isObject ? trees : single);
        withJson += !allForms;
    }
    fmt::print("{} mappings: {} open as trees of fields, {} as one value; in {} of them some value is shown as JSON\n",
        validMappings().size(), trees, single, withJson);
    print("  as JSON, because of:", reasons);
    QVERIFY(trees > 1000);
}

// Every value in the form that edits it: it comes out as it went in, also after each line was typed in and put back.
void TestRoundTrip::valuesAsForms()
{
    struct Of
    {
        json::Value value;
        const MappingCase *mapping;
    };
    std::map<std::string, Of> values; // in this order most have the controls of the one before
    for (const MappingCase &each : validMappings()) {
        const data::MappingTree tree(each.mapping);
        for (const data::Row &row : tree.rows())
            if (std::string bytes = bytesOf(row.value); bytes.size() < 4000)
                values.emplace(std::move(bytes), Of{ row.value, &each });
    }
    int number = 0;
    int touched = 0;
    int moved = 0;
    data::ValueForm form({}, latin("value"));
    QSignalSpy edits(&form, &data::ValueForm::edited);
    for (const auto &[bytes, of] : values) {
        form.setValue(json::Document(of.mapping->mapping.arena(), of.value));
        QCOMPARE(bytesOf(form.value()), bytes);
        QCOMPARE(edits.count(), 0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // controls of the one before
        // The first $. of a path goes, wherever it stands: such a path cannot be typed again as it is shown.
        if (++number % 16 != 0 || bytes.find(".$.") != std::string::npos)
            continue;
        ++touched;
        for (auto *line : form.findChildren<QLineEdit *>()) {
            if (!line->isVisibleTo(&form))
                continue;
            const QString text = line->text();
            line->setText(text + u'x');
            line->setText(text);
        }
        if (bytesOf(form.value()) != bytes) { // as $.a what was written a, and without an option that was empty
            ++moved;
            QVERIFY2(becomesTheSame(of.value, form.value(), of.mapping->events),
                (bytes + " became " + bytesOf(form.value())).c_str());
        }
        edits.clear();
    }
    fmt::print("{} values come out of their form as they went in; of {} that were typed in and put back, {} have the "
               "same meaning in other bytes\n",
        values.size(), touched, moved);
    std::fflush(stdout);
    QVERIFY(values.size() > 1000 && touched > 100);
}

// The section itself: it shows the mapping as a tree and as JSON, and neither looking nor switching changes a byte.
void TestRoundTrip::mappingsInTheSection()
{
    Parts parts;
    parts.document.startNew(latin("Acme"));
    parts.document.addMapping(latin("Orders"));
    data::DataSection section(parts.workbench);
    section.resize(760, 500);
    section.show();
    QVERIFY(QTest::qWaitForWindowExposed(&section));
    int number = 0;
    for (const MappingCase &each : validMappings()) {
        if (each.mapping->isNull() || each.bytes.size() > 100'000)
            continue;
        parts.document.setSetting(0, "/data", each.mapping, latin("Test"));
        parts.document.undoStack()->clear();
        QCOMPARE(bytesOf(section.visual()->model()->tree().data()), each.bytes);
        if (++number % 16 == 0) {
            QTest::mouseClick(section.views()->button(1), Qt::LeftButton);
            QVERIFY(section.json()->isVisible());
            QVERIFY(section.json()->isTaken());
            QCOMPARE(bytesOf(*json::parse(section.json()->editor()->toPlainText().toStdString())), each.bytes);
            QTest::mouseClick(section.views()->button(0), Qt::LeftButton);
            QVERIFY(section.visual()->isVisible());
        }
        QCOMPARE(bytesOf(parts.document.setting(0, "/data")), each.bytes);
        QVERIFY2(parts.document.undoStack()->count() == 0, each.bytes.c_str());
    }
    QVERIFY(number > 1000);
}

QTEST_MAIN(TestRoundTrip)
#include "tst_round_trip.moc"
