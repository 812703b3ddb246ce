#pragma once
// Segment's parseFql, step by step: what every word was taken for, so that lint can say what a person did not expect.
// Private to core/fql.
#include "core/fql/ast.h"
#include "core/fql/lexer.h"

#include <array>
#include <deque>

namespace hookbench::fql {

/// What the parser made of one word and of those it took along.
struct Step
{
    enum class Kind {
        Condition, ///< words: field, operator, value
        Function, ///< words: name and what was taken for ( field , text ); the last one may be null
        Connective,
        Negation, ///< a ! without effect
        GroupOpened,
        GroupClosed, ///< words: the )
        Skipped,
    };
    Kind kind = Kind::Skipped;
    std::array<const Lexeme *, 6> words{};
    bool negated = false; ///< a function with a ! before it
    bool known = false; ///< a condition came of it; for GroupClosed: there is one inside
    SourceRange range;
};

/// A trigger that was read, or as far as it could be. Not to be copied: steps point to words.
struct Reading
{
    Reading() = default;
    Reading(Reading &&) = default;
    Reading &operator=(Reading &&) = default;

    std::vector<Lexeme> words; ///< paths joined, End last
    std::deque<Lexeme> ends; ///< the End of every group
    std::vector<Step> steps;
    Ast ast; ///< complete unless refused
    std::optional<Refusal> refusal;
    bool lexed = false; ///< all of the text could be cut into words
};

Reading read(std::string_view fql);

/// The part of the event that Segment's parser takes a word for, by what stands before its first dot.
std::optional<Field> fieldOf(std::string_view word);

} // namespace hookbench::fql
