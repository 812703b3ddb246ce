#pragma once
// Walks a mapping as Segment's validation does: objects and the options of directives, not the items of arrays, not the
// object that a @literal or @excludeWhenNull holds. Each directive says in its own file what it accepts.
// Private to core/mapping.
#include "core/json/value.h"
#include "core/mapping/place.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

class Checker;

/// An option of a directive.
struct Option
{
    std::string_view name;
    enum Need { Optional, Required } need;
    void (*check)(Checker &checker, json::Value value, const Place *at) = nullptr; ///< null: anything
};

class Checker
{
public:
    /// Places and what is moved for a root directive go into `arena`.
    explicit Checker(json::Arena &arena)
        : m_arena(arena)
        , m_places(arena)
    {
    }

    Places &places() { return m_places; }
    const std::vector<Finding> &mistakes() const { return m_mistakes; }

    /// A field, or any part of a mapping. Nothing is walked when it is too deep or large.
    void checkField(json::Value field);
    /// A whole mapping (see root.h). Neither is this.
    void checkMapping(json::Value mapping);

    void check(json::Value value, const Place *at);
    void checkWhole(json::Value mapping, const Place *at);
    /// The options of a directive: an object, what is inside each option, then what the option may be. The walk goes
    /// into each part once.
    void checkOptions(json::Value options, const Place *at, std::initializer_list<Option> known);

    // What an option or argument may be; nothing inside it is walked.
    static void expectText(Checker &checker, json::Value value, const Place *at);
    static void expectBoolean(Checker &checker, json::Value value, const Place *at);
    static void expectTextOrDirective(Checker &checker, json::Value value, const Place *at);
    static void expectObjectOrDirective(Checker &checker, json::Value value, const Place *at);

    // Whole arguments of directives that have no options.
    static void checkDirective(Checker &checker, json::Value value, const Place *at); ///< or anything else
    static void checkTextOrDirective(Checker &checker, json::Value value, const Place *at);

    void report(const Place *at, const char *code, std::string message);

private:
    void checkObject(json::Value object, const Place *at);
    void checkDirectiveObject(json::Value object, const Place *at);

    bool fits(json::Value mapping);

    json::Arena &m_arena;
    Places m_places;
    std::vector<Finding> m_mistakes;
};

/// Whether an object has a member whose name starts with @.
bool hasDirectiveKey(json::Value value);
/// Whether the engine runs an object as a directive, the first of its names: all start with @, _metadata excepted.
bool runsAsDirective(json::Value value);
/// "the number 42", "an object", "a directive", for messages.
std::string describe(json::Value value);

} // namespace hookbench::mapping
