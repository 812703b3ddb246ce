#pragma once
// JSON pointers (RFC 6901) and edits by pointer. Documents are immutable: an edit gives a new one that shares the rest.
#include "core/base/result.h"
#include "core/json/value.h"

namespace hookbench::json {

/// `parent` + "/" + escaped key.
std::string childPointer(std::string_view parent, std::string_view key);
std::string childPointer(std::string_view parent, std::size_t index);
/// The keys of a pointer, unescaped.
std::vector<std::string> pointerKeys(std::string_view pointer);

/// The value there, or undefined.
Value valueAt(Value root, std::string_view pointer);

/// The document with the value at `pointer` replaced or, when its parent is there, added (objects: at the end; arrays:
/// at index = size or "-"). Error code: pointer-not-found.
Result<Document> replaced(const Document &document, std::string_view pointer, Value value);
/// The document without the member or item at `pointer`. Error code: pointer-not-found.
Result<Document> removed(const Document &document, std::string_view pointer);

} // namespace hookbench::json
