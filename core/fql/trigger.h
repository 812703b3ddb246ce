#pragma once
// Triggers, in Segment's trigger language (FQL) as Segment's engine reads it, not as it is documented: what
// @segment/destination-subscriptions 3.37.0 answers is answered here. Parse once, match as often as you like: matching
// allocates nothing.
//
// A Trigger is a value; copies share what was parsed. Threads: const, use it from any.
#include "core/base/result.h"
#include "core/fql/ast.h"

#include <memory>

namespace hookbench::fql {

namespace detail {
class Program;
}

/// One condition, evaluated on its own whether or not Segment would have got to it.
struct ConditionTrace
{
    std::string field; ///< "properties.total"
    std::string op; ///< Segment's word: "=", "not_contains", "is_true", …
    std::string expected; ///< the right side as text; empty when the operator has none
    bool matched = false;
    bool reached = true; ///< false when an earlier condition had settled the answer
    json::Value seen; ///< what the event holds there, undefined when missing; lives as long as the event
    std::size_t sourceOffset = 0; ///< bytes of the FQL text
    std::size_t sourceLength = 0;
    std::size_t group = 0; ///< into Trace::groups; 0 is the whole trigger
    std::optional<Error> error; ///< what makes Segment throw here
};

/// Conditions between one pair of parentheses, or all of them.
struct GroupTrace
{
    std::string combinator; ///< "and" or "or"
    bool matched = false;
    std::size_t parent = 0; ///< into Trace::groups; its own index for the whole trigger
    std::size_t sourceOffset = 0;
    std::size_t sourceLength = 0;
};

struct Trace
{
    bool matched = false;
    std::string combinator = "and"; ///< of the whole trigger
    std::vector<ConditionTrace> conditions; ///< in the order of the text
    std::vector<GroupTrace> groups; ///< the first is the whole trigger
    std::optional<Error> error; ///< set when matches() fails on this event
};

class Trigger
{
public:
    /// `ast` must not be changed through handles kept elsewhere (its Documents are immutable anyway).
    explicit Trigger(Ast ast);

    /// Whether Segment would run the mapping. An undefined event matches nothing. Fails where Segment's engine throws:
    /// fql-missing-condition, fql-path, fql-event, fql-value, fql-ast.
    Result<bool> matches(json::Value event) const;
    /// The same answer, with every condition and the value it saw.
    Trace explain(json::Value event) const;

    const Ast &ast() const;

private:
    std::shared_ptr<const detail::Program> m_program;
};

/// Reads a trigger. Fails exactly where Segment's parser fails (such a trigger never matches), with a message that says
/// what to do and with Error::position set. Error codes: see lint.h.
Result<Trigger> parse(std::string_view fql);

} // namespace hookbench::fql
