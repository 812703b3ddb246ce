#pragma once
// Whether one row matches a query, whatever keeps the row. Pure; any thread.
#include "core/query/query.h"

#include <string_view>
#include <vector>

namespace hookbench::query {

/// What a query asks a row for.
class Row
{
public:
    virtual ~Row() = default;
    /// Of Status (0: no answer), Events, Ms, Bytes, Attempt, Since and Until (when it was made, ms since 1970).
    virtual double number(Field field) const = 0;
    /// All texts of that field, those of a Header by name; of Words everything that is searched.
    virtual std::vector<std::string_view> texts(Field field, std::string_view header) const = 0;
    /// Whether it is "unread", "pinned", …
    virtual bool is(std::string_view state) const = 0;
};

/// `now`: milliseconds since 1970, for "since:10m".
bool matches(const Query &query, const Row &row, double now);

/// One text against a pattern: contained, or as a whole when there is a star. ASCII letters in any case.
bool contains(std::string_view text, const Pattern &pattern);
bool equals(std::string_view text, const Pattern &pattern);
/// The very same text, stars apart.
bool same(std::string_view text, const Pattern &pattern);

/// The words of a text as full-text search sees them: runs of letters and digits, folded to lower case without accents.
std::vector<std::string> wordsOf(std::string_view text);
/// Whether `words` stand in `text` in this order, side by side; the last may be the beginning of a longer one.
bool hasWords(std::string_view text, const std::vector<std::string> &words);

/// Milliseconds since 1970 of a Since or Until.
double momentOf(const Term &term, double now);

} // namespace hookbench::query
