#pragma once
// The reader behind hcl::parse. Private to formats: hcl_parser.cpp holds files, blocks and words, hcl_expression.cpp
// expressions, hcl_template.cpp texts with ${…} and %{…}, hcl_json.cpp the JSON syntax around such texts. What is false
// has put its reason into m_error.
#include "core/destination/formats/hcl.h"

#include <cstdint>
#include <optional>

namespace hookbench::destination::hcl {

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

inline bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

inline bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/// In Unicode's NFC, as Terraform keeps all texts.
std::string normalised(std::string text);

/// Where a text that was taken out of a file stands in it.
struct Origin
{
    std::string_view file;
    std::vector<std::uint32_t> offsets; ///< of each byte of the text, and of its end
};

/// While it lives, one level deeper.
struct Level
{
    explicit Level(std::size_t &depth)
        : m_depth(depth)
    {
        ++m_depth;
    }
    ~Level() { --m_depth; }
    Level(const Level &) = delete;
    Level &operator=(const Level &) = delete;
    std::size_t &m_depth;
};

/// Recursive descent over bytes that are known to be UTF-8. What is false has put its reason into m_error.
class Parser
{
public:
    /// `origin`, when given, says where errors and placeholders stand.
    Parser(std::string_view text, File &file, const Origin *origin = nullptr)
        : m_text(text)
        , m_file(file)
        , m_origin(origin)
    {
    }

    std::optional<Error> run();
    /// All of the text is one template, without quotes and escapes, that deep in other values.
    std::optional<Error> runTemplate(Expression &out, std::size_t depth);
    bool madePlaceholders() const { return m_unknowns > 0; }

private:
    /// While it lives, line feeds are white space (or, inside an object, are not).
    struct Newlines
    {
        Newlines(Parser &parser, bool ignored)
            : m_parser(parser)
            , m_before(parser.m_ignoreNewlines)
        {
            parser.m_ignoreNewlines = ignored;
        }
        ~Newlines() { m_parser.m_ignoreNewlines = m_before; }
        Newlines(const Newlines &) = delete;
        Newlines &operator=(const Newlines &) = delete;
        Parser &m_parser;
        bool m_before;
    };

    /// A %{if} or %{for} that waits for its end.
    struct OpenDirective
    {
        bool isFor = false;
        bool hadElse = false;
        std::size_t offset = 0;
    };

    /// A template's text as it grows.
    struct Template
    {
        std::string text;
        std::size_t parts = 0; ///< interpolations
        Expression only; ///< the last of them
        bool hasText = false;
        bool hasDirectives = false;
        std::vector<OpenDirective> open; ///< the innermost last
        bool trimNext = false; ///< behind "~}"
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool looksAt(std::string_view word) const { return m_text.compare(m_at, word.size(), word) == 0; }

    bool failAt(std::size_t offset, const char *code, const std::string &sentence);
    bool expected(std::string_view what);
    bool tooDeep() { return m_depth > kMaxDepth; }
    bool failDepth();
    /// Over blanks and comments; over line feeds when `newlines`.
    bool skip(bool newlines);
    bool skip() { return skip(m_ignoreNewlines); }
    std::string_view name();
    bool take(char c, std::string_view what);

    // Bodies
    bool body(Block &block, bool braced);
    bool labelsAndBody(Block &block);

    // Expressions
    bool expression(Expression &out);
    std::size_t operatorLength() const;
    bool operand(Expression &out);
    /// ".name", ".0", ".*", "[0]", "[*]" behind a value. They need not follow at once.
    bool traversal(bool &any);
    bool primary(Expression &out);
    bool number(Expression &out);
    /// true, false, null, a function's call or a reference.
    bool word(Expression &out);
    bool call(Expression &out, std::string_view function, std::size_t begin);
    bool collection(Expression &out);
    bool tuple(Expression &out);
    bool object(Expression &out);
    /// With the = or : behind it.
    bool objectKey(json::Value &key);
    /// Behind "for": "k, v in x : k => v... if c" and the bracket.
    bool forExpression(char close);
    /// "k, v in x"
    bool forHead();

    // Templates
    bool quotedTemplate(Expression &out);
    bool heredoc(Expression &out);
    /// One stretch of text without escapes, at most to the end of the line, or one ${…} or %{…}.
    bool templatePart(Template &parts);
    static void append(Template &parts, std::string_view text);
    bool escape(Template &parts);
    void trimBefore(Template &parts);
    bool closeSequence(Template &parts);
    bool interpolation(Template &parts);
    bool directive(Template &parts);
    /// else, endif and endfor
    bool directiveGoesOn(std::string_view keyword, std::size_t offset, Template &parts);
    bool finish(Expression &out, Template parts, std::size_t begin, std::size_t unknowns);

    // Placeholders
    void note(const std::string &text, std::size_t offset)
    {
        m_file.placeholders.try_emplace(text, m_origin ? m_origin->offsets[offset] : offset);
    }
    /// `out` becomes the placeholder of what stands there.
    bool unknown(Expression &out, std::size_t begin, std::size_t end);
    /// The value as a part of others; a placeholder is noted.
    bool plain(const Expression &expression, json::Value &value);
    /// The value; a text that jsonencode gives is counted.
    bool evaluated(const Expression &expression, json::Value &value);

    std::string_view m_text;
    File &m_file;
    const Origin *m_origin;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_heredocs = 0;
    std::size_t m_unknowns = 0; ///< placeholders made so far
    bool m_encodedUnknown = false; ///< the last jsonencode holds one
    bool m_ignoreNewlines = false;
    std::optional<Error> m_error;
};

} // namespace hookbench::destination::hcl
