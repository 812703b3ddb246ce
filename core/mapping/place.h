#pragma once
// Where a part of a mapping stands: a chain of steps up to the root, from which a JSON pointer is made when somebody
// asks. Private to core/mapping.
#include "core/base/issue.h"
#include "core/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

struct Place
{
    const Place *parent = nullptr; ///< null for the root
    std::string_view key; ///< the member's name, when the parent is an object
    std::size_t index = 0; ///< the item's place, when the parent is an array
    bool isItem = false;
};

/// `prefix` + the JSON pointer of `place`.
std::string pointerTo(const Place *place, std::string_view prefix = {});

/// Something to say about a part of a mapping.
struct Finding
{
    const Place *place;
    const char *code;
    std::string message;
};
/// With pointers below `pointer`; at most kMaxIssues of them.
Issues issuesOf(const std::vector<Finding> &findings, Severity severity, std::string_view pointer);
inline constexpr std::size_t kMaxIssues = 1000;

/// Makes places in an arena. Values that were moved inside the mapping before it was walked (the fields of a mapping
/// under a root directive) keep the place where the user wrote them.
class Places
{
public:
    explicit Places(json::Arena &arena)
        : m_arena(arena)
        , m_root(keep({}))
    {
    }

    const Place *root() const { return m_root; }
    const Place *member(const Place *parent, std::string_view key, json::Value value = {});
    const Place *item(const Place *parent, std::size_t index);

    void pushMoved(json::Value value, const Place *place) { m_moved.push_back({ value, place }); }
    void popMoved() { m_moved.pop_back(); }

private:
    struct Moved
    {
        json::Value value;
        const Place *place;
    };
    const Place *keep(const Place &place);

    json::Arena &m_arena;
    const Place *m_root; ///< in the arena too: what is compiled points to it for as long as the arena lives
    std::vector<Moved> m_moved;
};

} // namespace hookbench::mapping
