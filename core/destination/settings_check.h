#pragma once
// The literal parts of a mapping's settings, checked field by field. `pointer` is where the value stands in the
// project. Private to the room.
#include "core/base/issue.h"
#include "core/json/value.h"

#include <string_view>

namespace hookbench::destination {

/// All fields.
void checkSettings(json::Value settings, std::string_view pointer, Issues &issues);
/// A URL that is a URI.
void checkUrl(std::string_view url, std::string_view pointer, Issues &issues);
/// An object of headers; evaluated values are left out. `hasData`: whether requests can have a body.
void checkHeaders(json::Value headers, bool hasData, std::string_view pointer, Issues &issues);

} // namespace hookbench::destination
