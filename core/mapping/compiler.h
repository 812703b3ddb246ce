#pragma once
// Turns a mapping into nodes. What can only fail becomes a node that fails when it is resolved, as in Segment's engine,
// and a warning for those who want to know before. Private to core/mapping.
#include "core/mapping/node.h"
#include "core/mapping/path.h"
#include "core/mapping/place.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

class Compiler
{
public:
    /// Everything the nodes refer to lives in `arena`; so must the mapping.
    explicit Compiler(json::Arena &arena)
        : m_arena(arena)
        , m_places(arena)
    {
    }

    json::Arena &arena() { return m_arena; }
    Places &places() { return m_places; }

    /// Any part of a mapping: a directive, an object, an array, a scalar; undefined gives undefined.
    NodePtr compile(json::Value mapping, const Place *at, Absent absent);
    /// A whole mapping (see root.h) that was checked.
    NodePtr compileWhole(json::Value mapping, const Place *at);
    /// A whole mapping that the engine checks when it gets there: a mistake gives a node that fails.
    NodePtr compileUnchecked(json::Value mapping, const Place *at);
    /// The option `key` of a directive whose options are the object `options`.
    NodePtr compileOption(json::Value options, std::string_view key, const Place *at, Absent absent);

    NodePtr constant(json::Value value);
    NodePtr failure(const Place *at, const char *code, std::string message);
    void warn(const Place *at, const char *code, std::string message);

    const std::vector<Finding> &warnings() const { return m_warnings; }
    void noteLiquid() { m_usesLiquid = true; }
    bool usesLiquid() const { return m_usesLiquid; }

private:
    NodePtr compileObject(json::Value object, const Place *at, Absent absent);
    NodePtr compileArray(json::Value array, const Place *at, Absent absent);
    NodePtr compileDirective(json::Value object, const Place *at, Absent absent);

    json::Arena &m_arena;
    Places m_places;
    std::vector<Finding> m_warnings;
    bool m_usesLiquid = false;
};

} // namespace hookbench::mapping
