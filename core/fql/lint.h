#pragma once
// What is wrong with a trigger and what is a trap: FQL that Segment accepts and reads differently from how people do.
//
// Errors (Segment refuses the trigger, or throws while matching it):
//   fql-empty fql-encoding fql-character fql-array-path fql-space fql-quotes fql-number fql-word fql-length
//   fql-parentheses fql-incomplete fql-function fql-no-condition fql-missing-condition fql-path
// Warnings (evaluated as Segment does, which is rarely what is meant):
//   fql-single-quotes        the quotes are part of the text
//   fql-mixed-connectives    the last and/or of a level counts for all of it
//   fql-connective-case      OR, AND: skipped, so the conditions are joined by and
//   fql-missing-connective   two conditions side by side are joined by and
//   fql-dangling-connective  and/or with no condition on one side of it
//   fql-unknown-field        skipped together with its comparison
//   fql-skipped-text         text that Segment skips
//   fql-unknown-operator     never holds
//   fql-not-boolean          `x != true` holds for whatever is not the text "true"
//   fql-constant-as-text     true, false or null compared as text: type, event and name know no such values
//   fql-not-a-number         < > compared with what is no number: never holds
//   fql-missing-value        the value is a piece of punctuation or the end of the trigger
//   fql-field-as-value       the right side is a path, taken as text
//   fql-match-pattern        match without a star at one end, or with stars at both
//   fql-function-field       contains/match on a field they do not know: the condition vanishes
//   fql-function-arguments   contains/match not written as contains(field, "text"): pieces are swallowed
//   fql-unsupported-function lowercase(), length(), typeof(), …: skipped
//   fql-unsupported-in       `in`: skipped
//   fql-negation             `not`, and ! before anything but contains( or match(: skipped
//   fql-function-in-group    parentheses end at the first `)`, which is the function's
//   fql-stray-parenthesis    a `)` without a `(`: skipped
//   fql-space                a missing space changes what is read
//   fql-path-step            a step like `1`, `and`, `null` breaks the path: never holds
//   fql-path-root            `properties` alone means properties.properties; `event.x` means event
//   fql-dotted-key           keys with a dot in them cannot be reached
//   fql-number               1e5, 1,000, .5, -: read as another number or text
//   fql-cut-word             a short word at the very end loses letters
// Warnings that `lint` and `screenLimits` give, not `inspect`: Segment evaluates these triggers, its screen takes none.
//   fql-screen-character     a double quote or a tilde
//   fql-screen-array         a position in an array
// Infos:
//   fql-event-type           type compared with a word that is no event type of Segment
#include "core/base/issue.h"
#include "core/fql/ast.h"

#include <optional>
#include <string_view>

namespace hookbench::fql {

/// A finding with its place and, where one replacement mends it, the replacement.
struct Finding
{
    Severity severity = Severity::Warning;
    std::string code;
    std::string message; ///< what was found, what Segment makes of it, what to write
    SourceRange range; ///< bytes; never empty unless at the end of the text
    std::optional<std::string> replacement; ///< for the bytes of `range`
};

/// The finding with its place: "Column 7: …", as the issue of `lint` tells it.
std::string placedMessage(std::string_view fql, const Finding &finding);

/// In the order of the text. At most one Error that refuses the trigger.
std::vector<Finding> inspect(std::string_view fql);

/// What Segment's engine evaluates and its mapping screen does not take, condition by condition.
std::optional<Finding> screenLimit(const Condition &condition);
std::vector<Finding> screenLimits(const Ast &ast);

/// All of it as rows of Problems: `pointer` is where the trigger stands in the project document, the place in the text
/// is told in the message.
Issues lint(std::string_view fql, std::string_view pointer);

} // namespace hookbench::fql
