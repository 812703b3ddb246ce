#pragma once
// FQL cut into coloured pieces, for an editor. Never fails: what the language does not know is Invalid, and reading
// goes on.
#include <cstddef>
#include <string_view>
#include <vector>

namespace hookbench::fql {

enum class TokenKind {
    Field, ///< type, event, name, userId, or a path that starts with properties, traits or context; dots included
    Function, ///< contains, match
    Operator, ///< = != < <= > >= !
    Connective, ///< and, or
    String, ///< in double quotes
    Number,
    Constant, ///< true, false, null where a value stands
    Word, ///< any other word: as a value it is a text without quotes, elsewhere Segment skips it
    Punctuation, ///< ( ) , [ ] .
    Invalid, ///< makes Segment refuse the whole trigger, or, a string in single quotes, take the quotes for text
};

struct Token
{
    TokenKind kind = TokenKind::Invalid;
    std::size_t offset = 0; ///< bytes
    std::size_t length = 0;
    friend bool operator==(const Token &, const Token &) = default;
};

/// In the order of the text, not overlapping; white space is left out.
std::vector<Token> tokenize(std::string_view fql);

} // namespace hookbench::fql
