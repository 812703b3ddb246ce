#pragma once
// A trigger as Segment's parser understands it: a group of conditions that all or any must hold, groups inside. It can
// also hold what Segment's engine merely puts up with (unknown operators, parentheses without a condition, foreign
// JSON), so that matching and generating answer as the engine does. Values; `source` is where a condition stands in the
// text it was read from.
#include "core/base/result.h"
#include "core/json/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hookbench::fql {

/// What part of an event a condition looks at; the last three have a path below them.
enum class Field { Type, Event, Name, UserId, Property, Trait, Context };

enum class Operator {
    Equals, ///< the same text; nothing but text ever equals
    NotEquals, ///< not the same text: true as well for whatever is missing or no text
    Less, ///< Less to NumberNotEquals: false unless the event has a number
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    NumberEquals,
    NumberNotEquals,
    Contains, ///< Contains to NotEndsWith: false unless the event has a text
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    Exists, ///< neither missing nor null
    NotExists,
    IsTrue, ///< the boolean, not the text
    IsFalse,
    Unknown, ///< never holds
};

enum class Combinator { And, Or, Unknown /*never holds*/ };

/// The right side or the path of a condition: nothing, a boolean, a number, a text (WTF-8), or, from foreign JSON only,
/// a null, an array or an object.
using Literal = std::variant<std::monostate, bool, double, std::string, json::Document>;

/// Bytes of the text the trigger was read from; both 0 when it was not read from a text.
struct SourceRange
{
    std::size_t offset = 0;
    std::size_t length = 0;
    std::size_t end() const { return offset + length; }
    friend bool operator==(const SourceRange &, const SourceRange &) = default;
};

struct Condition
{
    Field field = Field::Type;
    Literal path; ///< below properties, traits or context: "products.0.sku"
    Operator op = Operator::Equals;
    Literal unknownOperator; ///< when op is Unknown
    Literal expected;
    SourceRange source;
};

/// Where a condition should be and none is: parentheses around nothing that Segment knows. Matching it is an error.
struct Missing
{
    SourceRange source;
};

/// A child of no known type, from foreign JSON: never holds, cannot be generated.
struct Foreign
{
};

struct Node;

struct Group
{
    Combinator combinator = Combinator::And;
    Literal unknownCombinator; ///< when combinator is Unknown
    std::vector<Node> children;
    bool hasChildren
        = true; ///< false, from foreign JSON only, when `children` is no array: an error once it is looked at
    SourceRange source;
};

struct Node : std::variant<Condition, Group, Missing, Foreign>
{
    using variant::variant;
};

struct Ast
{
    Group root;
    std::optional<std::string> error; ///< foreign JSON that stands for a trigger which could not be read: never matches
};

/// As Segment's AST spells it: "event-property", "not_starts_with", "and".
std::string_view fieldType(Field field);
std::string_view operatorName(Operator op); ///< empty for Unknown
Operator operatorNamed(std::string_view name); ///< Unknown for all other names
std::string_view combinatorName(Combinator combinator); ///< empty for Unknown
/// The same; unknown ones as they were written.
std::string operatorText(const Condition &condition);
std::string combinatorText(const Group &group);

/// As FQL spells it: "type", "event", "name", "userId", "properties", "traits", "context".
std::string_view fieldWord(Field field);
/// Property, Trait and Context.
bool hasPath(Field field);
/// "properties.products.0.sku", for people.
std::string fieldText(const Condition &condition);
/// The right side as JavaScript's String() prints it, for people; empty when there is none.
std::string expectedText(const Condition &condition);

/// Segment's JSON form. Missing children are null. NaN and infinities stay numbers (JSON prints them as null).
json::Value toJson(json::Arena &arena, const Ast &ast);
/// Takes whatever Segment's engine takes; what it would stumble over is kept and stumbled over when it is reached.
/// Fails for null and undefined only. Error code: fql-ast.
Result<Ast> fromJson(json::Value value);

} // namespace hookbench::fql
