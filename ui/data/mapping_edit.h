#pragma once
// Edits of a mapping of `data`: pure functions from one document to the next, which shares everything that was not
// touched. Places are JSON pointers below data; the order of fields is kept (JavaScript puts whole numbers first).
// Error codes: field-exists, field-into-itself, pointer-not-found.
#include "core/base/result.h"
#include "core/json/value.h"

#include <string>
#include <string_view>

namespace hookbench::data {

/// What the data is afterwards, and where the edited field stands then.
struct Edited
{
    json::Document data;
    std::string pointer;
};

/// Puts a field into the object at `container` in front of the member number `before` (at the end when there are
/// fewer). Dots and [0] in `name` make objects and arrays on the way, as in Segment, unless it is quoted.
Result<Edited> insertField(const json::Document &data, const std::string &container, std::size_t before,
    std::string_view name, json::Value value);
Result<Edited> insertItem(
    const json::Document &data, const std::string &container, std::size_t before, json::Value value);
Result<Edited> renameField(const json::Document &data, const std::string &pointer, std::string_view name);
Result<Edited> removeAt(const json::Document &data, const std::string &pointer);
/// A copy right behind it: "total 2", or one item more.
Result<Edited> duplicateAt(const json::Document &data, const std::string &pointer);
/// Takes the field or item away and puts it into `container`, an object or array, in front of child number `before` as
/// it was counted before. An item that becomes a field is called `fieldName`.
Result<Edited> moveTo(const json::Document &data, const std::string &pointer, const std::string &container,
    std::size_t before, std::string_view fieldName = "field");
/// One place up (-1) or down (+1) among its siblings; the same document when it is there already.
Result<Edited> nudge(const json::Document &data, const std::string &pointer, int by);

/// A name like this that the object does not have: "total", "total 2"…
std::string freshName(json::Value object, std::string_view like);
/// What stands around the last step of a pointer.
std::string parentPointer(const std::string &pointer);

} // namespace hookbench::data
