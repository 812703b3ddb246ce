#pragma once
// Project documents of older formats, made current step by step. Each step lives in a file of its own,
// migrations/from_N.cpp, and is a row of the table in migrations.cpp; kFormatVersion is 1, the first format, so the
// table is empty.
#include "core/base/result.h"
#include "core/json/value.h"

#include <span>

namespace hookbench::destination {

struct Migration
{
    int from = 0; ///< makes a document of format `from` one of format `from` + 1
    Result<json::Document> (*migrate)(const json::Document &document) = nullptr;
};

std::span<const Migration> migrations();

/// The number behind "hookbench". Error code: project-version (missing or no whole number above 0).
Result<int> versionOf(json::Value document);

/// `document` brought from its format to `current`, the number in it included. Error codes: project-version,
/// project-newer.
Result<json::Document> migrated(const json::Document &document, int current, std::span<const Migration> steps);

} // namespace hookbench::destination
