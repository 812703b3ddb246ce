#pragma once
// JSON.parse: RFC 8259 exactly as JavaScript reads it (no BOM, no comments, lone surrogate escapes accepted), over
// UTF-8. Invalid UTF-8, too much depth or size are errors that name the byte offset, line and column.
#include "core/base/result.h"
#include "core/json/value.h"

namespace hookbench::json {

struct ParseLimits
{
    std::size_t depth = 1024; ///< containers inside containers
    std::size_t bytes = std::size_t{ 512 } << 20;
};

/// Error codes: json-empty, json-syntax, json-utf8, json-depth, json-size.
Result<Document> parse(std::string_view text, const ParseLimits &limits = {});

/// Parses into `arena`; strings without escapes point into `text`, which must live as long as the Value.
Result<Value> parseBorrowing(Arena &arena, std::string_view text, const ParseLimits &limits = {});

/// Line and column of `offset` in `text`.
TextPosition positionAt(std::string_view text, std::size_t offset);

} // namespace hookbench::json
