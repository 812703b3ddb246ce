#pragma once
// What happened to a project, for views that refresh only what they show.
#include <string>

namespace hookbench::document {

struct Change
{
    enum class What {
        Everything, ///< another project, or a new one
        Destination, ///< its name, whether it is enabled, its settings, its masked headers
        MappingAdded, ///< at `index`
        MappingRemoved, ///< was at `index`
        MappingMoved, ///< from `index` to `to`
        Mapping, ///< something in the mapping at `index`: `pointer` says what
        EventAdded, ///< a saved event, at `index`
        EventRemoved,
        EventChanged,
        Tests, ///< the golden tests
    };

    What what = What::Everything;
    int index = -1;
    int to = -1;
    /// For Mapping: /name, /enabled, /trigger, /settings… as in the project file; empty: any of it.
    std::string pointer;
};

} // namespace hookbench::document
