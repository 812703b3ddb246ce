#include "core/mapping/liquid_variables.h"

#include "core/json/value.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hookbench::mapping {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-' || c == '?'
        || static_cast<unsigned char>(c) >= 0x80;
}
bool isStringQuote(char c)
{
    return c == '"' || c == '\'';
}

// Whether a step can follow a dot.
bool isProperty(std::string_view key)
{
    const auto starts = [](char c) { return isWord(c) && !isDigit(c) && c != '-' && c != '?'; };
    return !key.empty() && starts(key[0])
        && std::all_of(key.begin(), key.end(), [](char c) { return isWord(c) && c != '?'; });
}

struct Found
{
    LiquidVariable variable;
    std::string root;
};

// Reads the expressions of one tag or output.
class Expressions
{
public:
    Expressions(std::string_view text, std::vector<Found> &found)
        : m_text(text)
        , m_found(found)
    {
    }

    /// Values, operators, filters with their arguments.
    void scanAll()
    {
        while (m_at < m_text.size()) {
            if (!scanOperand())
                ++m_at;
        }
    }

    std::string_view word()
    {
        skipBlanks();
        const std::size_t start = m_at;
        while (m_at < m_text.size() && isWord(m_text[m_at]))
            ++m_at;
        return m_text.substr(start, m_at - start);
    }
    void skipTo(char c)
    {
        const std::size_t at = m_text.find(c, m_at);
        m_at = at == std::string_view::npos ? m_text.size() : at + 1;
    }
    std::string_view rest() const { return m_text.substr(m_at); }

private:
    enum class StepKind { Word, Quoted, Number, Variable };
    struct Step
    {
        StepKind kind;
        std::string text;
    };

    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool startsNumber() const { return isDigit(peek()) || ((peek() == '-' || peek() == '+') && isDigit(peek(1))); }
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }

    // True when something was read.
    bool scanOperand()
    {
        skipBlanks();
        if (peek() == '|') { // a filter's name is no variable
            ++m_at;
            word();
            return true;
        }
        const std::size_t start = m_at;
        const bool startsWord = isWord(peek()) && !isDigit(peek()) && peek() != '-';
        const std::string_view first = startsWord ? word() : std::string_view();
        if (isOperator(first))
            return true;
        skipBlanks();
        if (!first.empty() && peek() == ':' && isInFilter(start)) { // a named argument
            ++m_at;
            return true;
        }
        m_at = start;
        std::vector<Found> inner;
        const std::vector<Step> steps = readValue(inner);
        if (!steps.empty())
            m_found.push_back(variableOf(steps));
        m_found.insert(m_found.end(), inner.begin(), inner.end());
        return m_at > start;
    }

    bool isInFilter(std::size_t at) const { return m_text.substr(0, at).find('|') != std::string_view::npos; }

    static bool isOperator(std::string_view text)
    {
        return text == "and" || text == "or" || text == "not" || text == "contains";
    }
    static bool isLiteral(std::string_view text)
    {
        static constexpr std::array<std::string_view, 6> kLiterals{ "true", "false", "nil", "null", "empty", "blank" };
        return std::find(kLiterals.begin(), kLiterals.end(), text) != kLiterals.end();
    }

    // The steps of a variable; none for a literal. Variables inside brackets go to `inner`.
    std::vector<Step> readValue(std::vector<Found> &inner)
    {
        skipBlanks();
        bool isLiteralValue = true;
        const std::size_t start = m_at;
        if (isStringQuote(peek())) {
            readQuoted();
        } else if (startsNumber()) {
            if (!readNumber())
                isLiteralValue = false;
        } else if (isWord(peek())) {
            isLiteralValue = isLiteral(word());
            if (!isLiteralValue)
                m_at = start;
        } else {
            isLiteralValue = false;
        }
        std::vector<Step> steps;
        for (;;) {
            if (peek() == '[') {
                ++m_at;
                steps.push_back(readBracket(inner));
            } else if (steps.empty() && !isLiteralValue && isWord(peek())) {
                steps.push_back({ StepKind::Word, std::string(word()) });
            } else if (peek() == '.' && isWord(peek(1)) && (isLiteralValue || !steps.empty())) {
                ++m_at;
                steps.push_back({ StepKind::Word, std::string(word()) });
            } else {
                return steps;
            }
        }
    }

    Step readBracket(std::vector<Found> &inner)
    {
        skipBlanks();
        Step step{ StepKind::Word, {} };
        const std::size_t start = m_at;
        if (isStringQuote(peek())) {
            step = { StepKind::Quoted, std::string(readQuoted()) };
        } else if (startsNumber() && readNumber()) {
            step = { StepKind::Number, std::string(m_text.substr(start, m_at - start)) };
        } else {
            std::vector<Found> deeper;
            const std::vector<Step> steps = readValue(deeper);
            if (!steps.empty()) {
                inner.push_back(variableOf(steps));
                step = { StepKind::Variable, inner.back().variable.text };
                inner.insert(inner.end(), deeper.begin(), deeper.end());
            }
        }
        skipTo(']');
        return step;
    }

    std::string_view readQuoted()
    {
        const char quote = peek();
        const std::size_t start = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != quote)
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        m_at = std::min(m_at, m_text.size());
        const std::string_view content = m_text.substr(start, m_at - start);
        m_at = std::min(m_at + 1, m_text.size());
        return content;
    }

    bool readNumber()
    {
        const std::size_t start = m_at;
        ++m_at;
        while (isDigit(peek()))
            ++m_at;
        if (peek() == '.' && isDigit(peek(1)))
            for (++m_at; isDigit(peek());)
                ++m_at;
        if (!isWord(peek()))
            return true;
        m_at = start;
        return false;
    }

    static Found variableOf(const std::vector<Step> &steps)
    {
        Found found;
        for (const Step &step : steps) {
            const bool first = &step == &steps.front();
            std::string &text = found.variable.text;
            if (step.kind == StepKind::Number)
                text += first ? step.text : '[' + step.text + ']';
            else if (step.kind == StepKind::Variable)
                text += first ? step.text : '[' + step.text + ']';
            else if (isProperty(step.text))
                text += (first ? "" : ".") + step.text;
            else
                text += "['" + step.text + "']";
            found.variable.keys.push_back(step.kind == StepKind::Variable ? "*" : step.text);
        }
        found.root = steps.front().text;
        return found;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Found> &m_found;
};

class Scanner
{
public:
    explicit Scanner(std::string_view source)
        : m_source(source)
    {
    }

    Result<std::vector<LiquidVariable>> run()
    {
        for (;;) {
            const std::size_t open = m_source.find('{', m_at);
            if (open == std::string_view::npos)
                break;
            m_at = open + 1;
            const char kind = m_at < m_source.size() ? m_source[m_at] : '\0';
            if (kind != '{' && kind != '%')
                continue;
            ++m_at;
            const std::size_t close = kind == '{' ? endOfOutput() : m_source.find("%}", m_at);
            if (close == std::string_view::npos)
                return fail("liquid-syntax",
                    std::string(kind == '{' ? "An output {{" : "A tag {%") + " is not closed. Close it with "
                        + (kind == '{' ? "}}." : "%}."));
            std::string_view inside = m_source.substr(m_at, close - m_at);
            m_at = close + 2;
            if (inside.starts_with('-'))
                inside.remove_prefix(1);
            if (inside.ends_with('-'))
                inside.remove_suffix(1);
            if (kind == '{')
                Expressions(inside, m_found).scanAll();
            else
                scanTag(inside);
        }
        return grouped();
    }

private:
    std::size_t endOfOutput() const
    {
        char quote = '\0';
        for (std::size_t at = m_at; at < m_source.size(); ++at) {
            const char c = m_source[at];
            if (quote != '\0') {
                if (c == '\\')
                    ++at;
                else if (c == quote)
                    quote = '\0';
            } else if (isStringQuote(c)) {
                quote = c;
            } else if (c == '}' && at + 1 < m_source.size() && m_source[at + 1] == '}') {
                return at;
            }
        }
        return std::string_view::npos;
    }

    void scanTag(std::string_view inside)
    {
        Expressions expressions(inside, m_found);
        const std::string_view name = expressions.word();
        if (name == "raw" || name == "comment") {
            skipBlock(name);
        } else if (name == "liquid") {
            std::string_view lines = expressions.rest();
            while (!lines.empty()) {
                const std::size_t end = std::min(lines.find('\n'), lines.size());
                scanTag(lines.substr(0, end));
                lines.remove_prefix(std::min(end + 1, lines.size()));
            }
        } else if (name == "assign") {
            expressions.skipTo('=');
            expressions.scanAll();
        } else if (name == "cycle") {
            const std::string_view rest = expressions.rest();
            Expressions(rest, m_found).scanAll();
        } else if (name == "if" || name == "elsif" || name == "unless" || name == "echo") {
            expressions.scanAll();
        }
    }

    void skipBlock(std::string_view name)
    {
        const std::string end = "end" + std::string(name);
        for (;;) {
            const std::size_t open = m_source.find("{%", m_at);
            const std::size_t close = m_source.find("%}", open);
            if (close == std::string_view::npos) {
                m_at = m_source.size();
                return;
            }
            std::string_view inside = m_source.substr(open + 2, close - open - 2);
            if (inside.starts_with('-'))
                inside.remove_prefix(1);
            m_at = close + 2;
            std::vector<Found> nothing;
            if (Expressions(inside, nothing).word() == end)
                return;
        }
    }

    std::vector<LiquidVariable> grouped() const
    {
        std::vector<std::string> roots;
        for (const Found &found : m_found)
            if (std::find(roots.begin(), roots.end(), found.root) == roots.end())
                roots.push_back(found.root);
        std::stable_partition(roots.begin(), roots.end(), json::isArrayIndex); // a JavaScript object's keys
        std::vector<LiquidVariable> variables;
        for (const std::string &root : roots)
            for (const Found &found : m_found)
                if (found.root == root
                    && std::none_of(variables.begin(), variables.end(),
                        [&](const LiquidVariable &known) { return known.text == found.variable.text; }))
                    variables.push_back(found.variable);
        return variables;
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    std::vector<Found> m_found;
};

} // namespace

Result<std::vector<LiquidVariable>> liquidVariables(std::string_view source)
{
    return Scanner(source).run();
}

} // namespace hookbench::mapping
