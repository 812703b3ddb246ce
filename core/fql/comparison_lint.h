#pragma once
// What is a trap inside one comparison or one function call. Private to core/fql.
#include "core/fql/lint.h"
#include "core/fql/parser.h"

namespace hookbench::fql {

/// What was read, with the text it was read from.
struct Subject
{
    std::string_view fql;
    const Reading &reading;

    /// The word behind `word`, or null. Words made up at the end of a group have none.
    const Lexeme *after(const Lexeme *word) const;
    /// Whether `right` stands directly behind `left`.
    static bool touches(const Lexeme *left, const Lexeme *right);
    std::string_view text(SourceRange range) const { return fql.substr(range.offset, range.length); }
};

/// True when words behind the comparison are skipped for a reason that is told.
bool inspectComparison(const Subject &subject, const Step &step, std::vector<Finding> &findings);
/// `inGroup`: between parentheses, where the function's own `)` is the end of the group.
void inspectFunction(const Subject &subject, const Step &step, bool inGroup, std::vector<Finding> &findings);

} // namespace hookbench::fql
