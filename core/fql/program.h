#pragma once
// A trigger made ready to be matched against many events: paths cut, right sides turned into text and number once.
// Private to core/fql.
#include "core/fql/ast.h"
#include "core/fql/lookup.h"
#include "core/fql/trigger.h"

namespace hookbench::fql::detail {

/// What a condition or a group says. Fails: Segment's engine throws there.
enum class Answer { No, Yes, Fails };

class Program
{
public:
    explicit Program(Ast ast);
    Program(const Program &) = delete; // steps point into the AST
    Program &operator=(const Program &) = delete;

    const Ast &ast() const { return m_ast; }
    Result<bool> match(json::Value event) const;
    Trace explain(json::Value event) const;

private:
    struct Test
    {
        const Condition *condition = nullptr;
        Field field = Field::Type;
        Operator op = Operator::Unknown;
        bool hasText = true; ///< false where JavaScript cannot turn the right side into text
        bool hasSurrogates = false; ///< parts of texts must be compared as UTF-16
        double number = 0;
        std::string text;
        EventPath path;
    };
    struct Step
    {
        enum class Kind { Test, Group, Missing, Foreign };
        Kind kind = Kind::Foreign;
        Combinator combinator = Combinator::Unknown;
        bool hasChildren = true;
        std::size_t test = 0; ///< into m_tests
        std::size_t end = 0; ///< the step behind this one and all below it
        SourceRange source;
        const Group *group = nullptr;
    };

    void compile(const Node &node);
    void compile(const Condition &condition);
    void compile(const Group &group);
    Answer answer(std::size_t at, json::Value event, std::size_t &failed) const;
    Answer answerOfGroup(std::size_t at, json::Value event, std::size_t &failed) const;
    Answer explainStep(std::size_t at, json::Value event, bool reached, std::size_t parent, Trace &trace) const;
    Answer explainGroup(std::size_t at, json::Value event, bool reached, std::size_t parent, Trace &trace) const;
    Error failure(std::size_t at, json::Value event) const;

    static Answer answerOf(const Test &test, json::Value event);
    static Answer compare(const Test &test, json::Value actual);
    static std::optional<json::Value> seenBy(const Test &test, json::Value event);

    Ast m_ast;
    std::vector<Step> m_steps; ///< depth first; the first is the root
    std::vector<Test> m_tests;
};

} // namespace hookbench::fql::detail
