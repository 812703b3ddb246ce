#pragma once
// A trigger as rows that people fill in: one flat list of conditions of which all or any must hold. Rows say what is
// evaluated: none of them is a trap, and text -> rows -> text keeps the meaning.
#include "core/base/result.h"
#include "core/fql/ast.h"

#include <optional>
#include <string>
#include <vector>

namespace hookbench::fql {

struct VisualRow
{
    Field field = Field::Type;
    std::string path; ///< below properties, traits, context: "products.0.sku" (products[0].sku is the same); else empty
    Operator op = Operator::Equals;
    std::string value; ///< the text, or the number as it is typed ("27.5"); empty when the operator takes none
    friend bool operator==(const VisualRow &, const VisualRow &) = default;
};

struct VisualTrigger
{
    Combinator combinator = Combinator::And; ///< And: all of the rows, Or: any of them
    std::vector<VisualRow> rows;
    friend bool operator==(const VisualTrigger &, const VisualTrigger &) = default;
};

/// The operators that Segment evaluates for the field, in the order to offer them.
const std::vector<Operator> &operatorsFor(Field field);
/// The field as FQL spells it: "properties.products.\\0.sku".
std::string fieldInFql(const VisualRow &row);
enum class ValueKind { None, Text, Number };
ValueKind valueKind(Operator op);

/// Why FQL cannot say this row: a path that is empty, an operator the field does not have, a number that is none, a
/// text that Segment's language has no way to write. Codes: fql-row-path, fql-row-operator, fql-row-number,
/// fql-row-text.
std::optional<Error> problem(const VisualRow &row);

/// The rows of a trigger, or nullopt, with the reason for people in `reason`: nested groups, values of unusual types,
/// traps.
std::optional<VisualTrigger> toVisual(const Ast &ast, std::string *reason = nullptr);
/// What `parse(toFql(visual))` gives, without the text. Rows with a problem never hold.
Ast fromVisual(const VisualTrigger &visual);
/// The text to store. Reads back as the same rows. Fails with the first row's problem, or fql-row-none when there is
/// none.
Result<std::string> toFql(const VisualTrigger &visual);

} // namespace hookbench::fql
