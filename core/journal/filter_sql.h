#pragma once
// A filter as an SQL condition over `delivery d`, values bound, never spliced. Private to the room.
#include "core/journal/record.h"
#include "core/query/query.h"

#include <QVariant>

#include <string>
#include <vector>

namespace hookbench::journal {

struct Condition
{
    std::string sql = "1"; ///< with ? for the values
    std::vector<QVariant> values;
    /// Every row that matches fulfils the condition, but not every row that fulfils it matches: ask query::matches.
    bool exact = true;
};

struct RenderOptions
{
    WallMs now = 0;
    std::int64_t readUpTo = 0;
    bool fullText = true; ///< the rows asked for are in the full-text index; otherwise free text is not exact
    /// The rows asked for, so that subqueries need not look at all.
    std::int64_t lowest = 0;
    std::int64_t highest = INT64_MAX;
};

Condition render(const query::Query &filter, const RenderOptions &options);

/// Whether indexes of columns lead to the rows, so that few matches among a million are found without reading all.
bool isIndexed(const query::Query &filter);
/// Whether free text is asked for.
bool usesFullText(const query::Query &filter);

} // namespace hookbench::journal
