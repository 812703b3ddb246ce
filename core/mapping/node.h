#pragma once
// A compiled mapping is a tree of nodes: one for each directive, object and array, constants for everything that no
// event can change. Nodes are immutable once built and may be resolved by several threads at once; what one resolve
// needs to remember lives in its Run. Private to core/mapping.
#include "core/base/result.h"
#include "core/json/value.h"
#include "core/mapping/counters.h"
#include "core/mapping/liquid_renderer.h"

#include <memory>
#include <string>

namespace hookbench::mapping {

struct Place;
class Tracer;

/// One resolve of one event.
struct Run
{
    json::Arena &out;
    LiquidRenderer *liquid = nullptr;
    std::unique_ptr<Counters> counters{}; ///< made by the first {% increment %}
    std::string scratch{}; ///< texts grow here before they move into `out`
    bool undefinedKept = false; ///< some object holds a member that is undefined: see Absent
    bool failed = false;
    Error error{};

    /// Notes the first failure and gives undefined. Whoever resolves a child looks at `failed` afterwards.
    json::Value fail(const Place *place, const char *code, std::string message);
    /// `value` with what counters wrote, for directives that read what is inside.
    json::Value settled(json::Value value) { return counters ? counters->settled(value, out) : value; }
};

/// What an object does with a member that resolved to undefined. The engine keeps all of them until the end, which only
/// @merge and @flatten can tell; everywhere else they are dropped at once.
enum class Absent { Drop, Keep };

class Node
{
public:
    Node() = default;
    Node(const Node &) = delete;
    Node &operator=(const Node &) = delete;
    virtual ~Node() = default;

    /// Undefined when run.failed. `payload` is the event, the item of an @arrayPath or the result of an @transform.
    virtual json::Value resolve(Run &run, json::Value payload) const = 0;
    /// The value, when no event can change it.
    virtual const json::Value *constant() const { return nullptr; }
    /// Tells which event paths feed which part of the output.
    virtual void trace(Tracer &tracer) const = 0;
};

using NodePtr = std::unique_ptr<const Node>;

/// `value` without the undefined members of its objects; shares what has none.
json::Value withoutUndefined(json::Value value, json::Arena &arena);

} // namespace hookbench::mapping
