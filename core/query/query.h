#pragma once
// The filter language of deliveries: free text and terms, joined by and, or, not and parentheses.
//
//   status:5xx  status>=400  mapping:"Orders"  url:*/orders  method:PUT  events>1  ms>500  bytes>10k  attempt>1
//   sig:none error:timeout  since:10m  body:"…"  header[x-tenant]:acme  event:"Order Completed"  run:12  is:unread
//
// Terms side by side are joined by "and", which binds closer than "or"; "not", "-" and "!" turn round what follows. A
// colon asks for the field's own way of likeness (see field.h), ignoring the case of ASCII letters; = asks for the very
// same text; != is "not =". A * stands for any characters, and then the whole value has to match; \ takes the next
// character as it is. Numbers take < <= > >= and ranges: ms:100..500. "mapping:*" asks for any value.
//
// Pure values; any thread. An Error has its position in the text. Codes: query-field, query-value, query-quote,
// query-parenthesis, query-syntax, query-too-long.
#include "core/base/result.h"
#include "core/query/field.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::query {

inline constexpr std::size_t kMostBytes = 10'000;
inline constexpr std::size_t kMostTerms = 100;
inline constexpr std::size_t kMostDepth = 50;

/// Between stars, escapes undone: "*a*b" is {"", "a", "b"}. Without a star there is one piece.
using Pattern = std::vector<std::string>;

enum class Compare : std::uint8_t { Like, Same, Less, LessOrEqual, Greater, GreaterOrEqual }; // : = < <= > >=

struct Term
{
    Field field = Field::Words;
    std::string header; ///< name of a Header, lower case
    Compare compare = Compare::Like;
    std::string value; ///< as written, escapes undone; "5xx", "10k", "first-event"
    Pattern pattern{ std::string() }; ///< of texts and names
    /// Of numbers: inclusive ends; times are milliseconds since 1970, or from now when `relative`.
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool relative = false;
    std::size_t offset = 0; ///< where it stands in the text
    std::size_t length = 0;

    bool isPattern() const { return pattern.size() > 1; }
    friend bool operator==(const Term &, const Term &) = default;
};

struct Query
{
    enum class Node : std::uint8_t { All, Term, And, Or, Not };
    Node node = Node::All; ///< All: everything, the empty text
    Term term; ///< of a Term
    std::vector<Query> parts; ///< of And and Or two or more, of Not one

    bool isAll() const { return node == Node::All; }
    friend bool operator==(const Query &, const Query &) = default;
};

Result<Query> parse(std::string_view text);

/// In words: "status 500 to 599 and mapping is “Orders”".
std::string explain(const Query &query);

/// Names that may stand behind a field, for completion: the mappings of the journal, its events, …
struct KnownNames
{
    std::vector<std::string> mappings;
    std::vector<std::string> events;
    std::vector<std::string> urls;
    std::vector<std::string> headers;
    std::vector<std::string> projects;
};

struct Completion
{
    std::string label; ///< what is shown
    std::string insert; ///< what replaces the range, quoted when it has to be
    std::string summary; ///< may be empty
};

struct Completions
{
    std::size_t offset = 0; ///< of the bytes that are replaced
    std::size_t length = 0;
    std::vector<Completion> items; ///< the likeliest first
};

/// What may stand at `cursor` (a byte offset).
Completions complete(std::string_view text, std::size_t cursor, const KnownNames &names);

/// `value` as it has to be written behind a colon to mean itself.
std::string asValue(std::string_view value);

} // namespace hookbench::query
