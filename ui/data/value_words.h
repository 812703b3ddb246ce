#pragma once
// A value of a mapping as words on one line: variables as tokens, functions as pills around their operands, static
// values as JSON, and whatever has no form of its own as JSON too.
#include "core/json/value.h"

#include <QString>

#include <vector>

namespace hookbench::data {

struct Word
{
    enum class Kind { Plain, Variable, Text, Number, Keyword, Punctuation, Note, Json, Liquid, Function };

    Kind kind = Kind::Plain;
    QString text; ///< of a function its name
    std::vector<Word> inner{}; ///< the operands of a function
    friend bool operator==(const Word &, const Word &) = default;
};
using Words = std::vector<Word>;

Words wordsOf(json::Value value);
/// The same as plain text, for tool tips, search and screen readers: "Case lower ( context.traits.email )".
QString plainText(const Words &words);

/// A resolved value in short: its type mark, one line of text, and what colours it.
struct ValueGlance
{
    QString mark; ///< "Abc", "123", "T/F", "{}", "[]", "null"
    Word word;
};
ValueGlance glanceAt(json::Value value);

/// One line, safe to look at, at most `most` characters.
QString shortened(std::string_view text, qsizetype most = 200);

} // namespace hookbench::data
