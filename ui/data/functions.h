#pragma once
// What a value of a mapping is, in Segment's words, and what can be said about it: the kinds a user chooses from, and
// the operands each function takes. Pure functions over JSON; whatever does not fit a form exactly is Raw, and members
// a form does not know stay where they are.
#include "core/json/value.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::data {

enum class ValueKind {
    Nothing, ///< an operand that is not there
    Variable,
    MixedText,
    Text,
    Number,
    Boolean,
    Null,
    Object,
    Array,
    Coalesce,
    If,
    Case,
    Replace,
    Flatten,
    Json,
    ArrayItems,
    Merge,
    Transform,
    ExcludeWhenNull,
    Liquid,
    Literal,
    Raw, ///< valid or not: only its JSON can be shown
};

ValueKind kindOf(json::Value value);
/// "Event variable", "Coalesce": as in lists of choices.
QString kindName(ValueKind kind);
/// One sentence: what it does.
QString kindHint(ValueKind kind);
/// Kinds in the order in which they are offered.
const std::vector<ValueKind> &offeredKinds();
bool isFunction(ValueKind kind);

/// The directive of an object that holds one, with its @, and its argument; an empty name for anything else.
struct DirectiveParts
{
    std::string_view name;
    json::Value argument;
};
DirectiveParts directiveParts(json::Value value);

/// A part of a function that the user sets.
struct Operand
{
    enum class Type {
        Value, ///< any value, a function too
        Path, ///< of the event, as text
        Liquid,
        MixedText,
        Json,
        Text, ///< at most `most` characters
        Choice, ///< one of `choices`
        Flag, ///< true or false; absent means `flagDefault`
        Test, ///< what an @if asks: the name of its first option
    };

    Type type = Type::Value;
    std::string pointer; ///< below the value
    std::string alsoAt; ///< a second place that always holds the same
    QString label;
    std::vector<std::pair<std::string, QString>> choices{}; ///< what is written, what is shown
    int most = 0;
    bool flagDefault = false;
    bool optional = false; ///< may be absent
    bool removable = false; ///< one of a list
};
std::vector<Operand> operandsOf(json::Value value);

/// The value with the operand set. An undefined `to` removes what is optional.
json::Document withOperand(const json::Document &value, const Operand &operand, json::Value to);
/// @merge with one object more.
json::Document withAnotherObject(const json::Document &value);

/// A value of that kind, made of the one there was as far as it can be: a variable becomes the operand of a function, a
/// text with one variable that variable. _metadata stays with a directive.
json::Document converted(json::Value from, ValueKind to);

/// A path without its "$."; what the user sees.
std::string_view shownPath(std::string_view path);
/// {"@path": "$.…"}
json::Document variableOf(std::string_view shownPath);

/// What stands for itself and what is taken from the event, in the order of a text with variables.
struct TextPart
{
    std::string_view text;
    bool isVariable = false;
    friend bool operator==(const TextPart &, const TextPart &) = default;
};
std::vector<TextPart> textParts(std::string_view source);

/// The paths a value reads directly from what stands for the event at its place, without those inside an item shape or
/// behind a @transform. Without "$.".
std::vector<std::string> pathsIn(json::Value value);

} // namespace hookbench::data
