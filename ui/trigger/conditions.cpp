#include "ui/trigger/conditions.h"

#include "core/base/display.h"
#include "core/fql/lint.h"
#include "core/fql/trigger.h"
#include "ui/trigger/trigger_words.h"

#include <algorithm>
#include <array>

namespace hookbench::trigger {

namespace {

constexpr std::array kFields{ fql::Field::Type, fql::Field::Event, fql::Field::Name, fql::Field::UserId,
    fql::Field::Property, fql::Field::Trait, fql::Field::Context };

std::string words(const QString &text)
{
    return text.toStdString();
}

/// The trigger of one row, for an answer of its own.
fql::Trace explained(const fql::VisualRow &row, json::Value event)
{
    return fql::Trigger(fql::fromVisual({ fql::Combinator::And, { row } })).explain(event);
}

/// Texts and numbers never equal each other in a trigger; people who look at "27.5" and 27.5 do not expect that.
QString doubtAbout(const fql::VisualRow &row, json::Value seen)
{
    using enum fql::Operator;
    const bool comparesNumbers = fql::valueKind(row.op) == fql::ValueKind::Number;
    const bool comparesText = fql::valueKind(row.op) == fql::ValueKind::Text;
    if (comparesText && seen.isNumber())
        return tr("The event has a number here; “%1” looks at text only. For numbers take “%2”.")
            .arg(operatorWords(row.op), operatorWords(row.op == NotEquals ? NumberNotEquals : NumberEquals));
    if (comparesText && seen.isBoolean())
        return tr("The event has a boolean here; “%1” looks at text only. Take “%2” or “%3”.")
            .arg(operatorWords(row.op), operatorWords(IsTrue), operatorWords(IsFalse));
    if (comparesNumbers && seen.isString())
        return tr("The event has a text here; “%1” looks at numbers only. For texts take “%2”.")
            .arg(operatorWords(row.op), operatorWords(row.op == NumberNotEquals ? NotEquals : Equals));
    if ((row.op == IsTrue || row.op == IsFalse) && seen.isString())
        return tr("The event has a text here; “%1” looks at booleans only.").arg(operatorWords(row.op));
    if (row.field == fql::Field::Type && (row.op == Equals || row.op == NotEquals)
        && std::ranges::find(callTypes(), QString::fromStdString(row.value)) == callTypes().end())
        return tr("Segment sends no calls of this type. It knows track, identify, page, screen, group and alias.");
    return {};
}

} // namespace

const std::vector<QString> &callTypes()
{
    static const std::vector<QString> kTypes{ QStringLiteral("track"), QStringLiteral("identify"),
        QStringLiteral("page"), QStringLiteral("screen"), QStringLiteral("group"), QStringLiteral("alias") };
    return kTypes;
}

Conditions allCalls()
{
    Conditions all{ fql::Combinator::Or, {} };
    for (const QString &type : callTypes())
        all.rows.push_back({ QStringLiteral("type"), fql::Operator::Equals, type, false });
    return all;
}

std::optional<Conditions> readConditions(const std::string &fql, QString *reason)
{
    const auto no = [&](const QString &why) {
        if (reason != nullptr)
            *reason = why;
        return std::nullopt;
    };
    if (fql.find_first_not_of(" \t\r\n") == std::string::npos)
        return Conditions{};
    const Result<fql::Trigger> trigger = fql::parse(fql);
    if (!trigger)
        return no(tr("Rows cannot show a trigger that Segment refuses: %1")
                      .arg(QString::fromStdString(trigger.error().message)));
    std::string why;
    const std::optional<fql::VisualTrigger> visual = fql::toVisual(trigger->ast(), &why);
    if (!visual)
        return no(QString::fromStdString(why));
    // What Segment skips or misreads would silently be gone from the text with the first edit of a row.
    for (const fql::Finding &finding : fql::inspect(fql))
        if (finding.severity != Severity::Info)
            return no(tr("Rows would not say what is written: %1").arg(QString::fromStdString(finding.message)));
    Conditions conditions{ visual->combinator, {} };
    for (const fql::VisualRow &row : visual->rows) {
        std::string field(fql::fieldWord(row.field));
        if (fql::hasPath(row.field))
            field.append(".").append(row.path);
        conditions.rows.push_back({ QString::fromStdString(field), row.op, QString::fromStdString(row.value),
            row.value.empty() && fql::valueKind(row.op) == fql::ValueKind::Text });
        // A key that ends with a space: the field of a row is read without it.
        if (const Result<fql::VisualRow> back = readRow(conditions.rows.back()); !back || *back != row)
            return no(tr("A row would not keep the field “%1” as it is written.").arg(conditions.rows.back().field));
    }
    return conditions;
}

Result<fql::VisualRow> readField(const QString &field)
{
    QString typed = field.trimmed();
    if (typed.startsWith(QLatin1String("$.")))
        typed.remove(0, 2); // as mappings write it
    if (typed.isEmpty())
        return fail("trigger-row-field", words(tr("Choose a field.")));
    for (const fql::Field known : kFields) {
        const std::string_view word = fql::fieldWord(known);
        const QString name = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        fql::VisualRow row;
        row.field = known;
        if (typed == name && !fql::hasPath(known))
            return row;
        if (!fql::hasPath(known) || (typed != name && !typed.startsWith(QString(name + u'.'))))
            continue;
        row.path = typed.mid(name.size() + 1).toStdString();
        row.op = fql::Operator::Exists;
        if (std::optional<Error> error = fql::problem(row))
            return fail(std::move(*error));
        return row;
    }
    return fail("trigger-row-unknown",
        words(tr("Unknown field “%1”. Triggers know type, event, name, userId, properties.…, traits.… and "
                 "context.….")
                  .arg(QString::fromStdString(escapeForDisplay(words(typed.left(60)))))));
}

Result<fql::VisualRow> readRow(const ConditionRow &row)
{
    Result<fql::VisualRow> read = readField(row.field);
    if (!read)
        return read;
    read->op = row.op;
    read->value.clear();
    const fql::ValueKind kind = fql::valueKind(row.op);
    if (kind != fql::ValueKind::None) {
        const bool blank = kind == fql::ValueKind::Number ? row.value.trimmed().isEmpty() : row.value.isEmpty();
        if (blank && !(row.mayBeEmpty && kind == fql::ValueKind::Text))
            return fail("trigger-row-value",
                words(kind == fql::ValueKind::Number ? tr("Write a number.") : tr("Write a value.")));
        read->value = words(kind == fql::ValueKind::Number ? row.value.trimmed() : row.value);
    }
    if (std::optional<Error> error = fql::problem(*read))
        return fail(std::move(*error));
    return read;
}

bool isUnfinished(const Error &error)
{
    return error.code == "trigger-row-field" || error.code == "trigger-row-value";
}

Result<std::string> toFql(const Conditions &conditions)
{
    fql::VisualTrigger visual{ conditions.combinator, {} };
    for (std::size_t i = 0; i < conditions.rows.size(); ++i) {
        Result<fql::VisualRow> row = readRow(conditions.rows[i]);
        if (!row) {
            row.error().message = words(
                tr("Condition %1: %2").arg(QString::number(i + 1), QString::fromStdString(row.error().message)));
            return fail(std::move(row.error()));
        }
        visual.rows.push_back(std::move(*row));
    }
    return fql::toFql(visual);
}

int firstWrong(const Conditions &conditions)
{
    const auto wrong = std::ranges::find_if(conditions.rows, [](const ConditionRow &row) { return !readRow(row); });
    return wrong == conditions.rows.end() ? -1 : static_cast<int>(wrong - conditions.rows.begin());
}

ConditionRow withField(ConditionRow row, const QString &field)
{
    row.field = field;
    if (const Result<fql::VisualRow> read = readField(field)) {
        const std::vector<fql::Operator> &operators = fql::operatorsFor(read->field);
        if (std::ranges::find(operators, row.op) == operators.end())
            row.op = fql::Operator::Equals;
    }
    return row;
}

ConditionRow suitedTo(ConditionRow row, json::Value event)
{
    const Result<fql::VisualRow> read = readField(row.field);
    if (!read || !row.value.isEmpty() || row.mayBeEmpty || row.op != fql::Operator::Equals || !event.isObject()
        || !fql::hasPath(read->field))
        return row;
    fql::VisualRow looking = *read;
    looking.op = fql::Operator::Exists;
    const fql::Trace trace = explained(looking, event);
    const json::Value seen = trace.conditions.empty() ? json::Value() : trace.conditions.front().seen;
    if (seen.isNumber())
        row.op = fql::Operator::NumberEquals;
    else if (seen.isBoolean())
        row.op = seen.asBoolean() ? fql::Operator::IsTrue : fql::Operator::IsFalse;
    return row;
}

RowState stateOf(const ConditionRow &row, json::Value event)
{
    RowState state;
    Result<fql::VisualRow> read = readRow(row);
    const bool usable = read.has_value();
    if (!usable) {
        state.error = read.error();
        read = readField(row.field);
        if (!read)
            return state;
        read->op = fql::Operator::Exists;
    }
    const fql::Ast ast = fql::fromVisual({ fql::Combinator::And, { *read } });
    if (usable)
        if (const auto limits = fql::screenLimits(ast); !limits.empty())
            state.doubt = QString::fromStdString(limits.front().message);
    if (!event.isObject())
        return state;
    const fql::Trace trace = fql::Trigger(ast).explain(event);
    if (trace.conditions.empty())
        return state;
    const fql::ConditionTrace &condition = trace.conditions.front();
    state.seen = condition.error ? QString::fromStdString(condition.error->message) : seenWords(condition.seen);
    if (usable) {
        state.holds = condition.matched;
        if (const QString doubt = doubtAbout(*read, condition.seen); !doubt.isEmpty())
            state.doubt = doubt;
    }
    return state;
}

} // namespace hookbench::trigger
