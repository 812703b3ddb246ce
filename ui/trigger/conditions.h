#pragma once
// A trigger while it is being filled in as rows: what was typed so far, complete or not. Pure values; the widgets only
// show them.
#include "core/base/result.h"
#include "core/fql/visual.h"
#include "core/json/value.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace hookbench::trigger {

struct ConditionRow
{
    QString field; ///< as typed: "event", "properties.items[0].sku"
    fql::Operator op = fql::Operator::Equals;
    QString value; ///< as typed; kept, though unused, while the operator takes none
    /// The trigger compares with the empty text on purpose. In any other row an empty value is one not yet typed.
    bool mayBeEmpty = false;
    friend bool operator==(const ConditionRow &, const ConditionRow &) = default;
};

struct Conditions
{
    fql::Combinator combinator = fql::Combinator::And;
    std::vector<ConditionRow> rows;
    friend bool operator==(const Conditions &, const Conditions &) = default;
};

/// The rows of a trigger, or why it has to stay text: groups, traps, whatever rows would not give back. An empty
/// trigger has no rows.
std::optional<Conditions> readConditions(const std::string &fql, QString *reason = nullptr);

/// The part of the event that a typed field names. Fails for what triggers do not know.
Result<fql::VisualRow> readField(const QString &field);
/// Fails for rows that are not filled in yet (trigger-row-field, trigger-row-value), for fields that triggers do not
/// know (trigger-row-unknown), and for what FQL cannot say (fql-row-…).
Result<fql::VisualRow> readRow(const ConditionRow &row);
/// Whether a failure of readRow only says that something is still to be typed.
bool isUnfinished(const Error &error);
/// The text for the project. Fails with the first row that fails.
Result<std::string> toFql(const Conditions &conditions);
/// The index of the first row that fails, -1: none.
int firstWrong(const Conditions &conditions);

/// The row with another field; its operator stays unless the field does not have it.
ConditionRow withField(ConditionRow row, const QString &field);
/// A row that has no value yet, with the operator that suits what the event holds there: numbers and booleans are never
/// equal to a text.
ConditionRow suitedTo(ConditionRow row, json::Value event);

/// A row next to an event: what a person sees behind it.
struct RowState
{
    std::optional<bool> holds; ///< nothing while the row is wrong or there is no event
    std::optional<QString> seen; ///< nothing when the field cannot be read or there is no event
    std::optional<Error> error; ///< why the row cannot be used
    QString doubt; ///< why it will rarely be what is meant
};
/// An undefined event: there is none.
RowState stateOf(const ConditionRow &row, json::Value event);

/// Six rows of which any holds: every call Segment sends.
Conditions allCalls();
const std::vector<QString> &callTypes();

} // namespace hookbench::trigger
