#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/destination/formats/hcl_parser.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination::hcl {

namespace {

using json::Value;
using Kind = Expression::Kind;

/// Each looks for its end on its own; deeper ones would look at the same lines again and again.
constexpr std::size_t kMaxHeredocsInside = 8;

} // namespace

std::optional<Error> Parser::runTemplate(Expression &out, std::size_t depth)
{
    m_depth = depth;
    Template parts;
    while (!atEnd())
        if (!templatePart(parts))
            return std::move(m_error);
    if (!finish(out, std::move(parts), 0, 0))
        return std::move(m_error);
    if (out.kind == Kind::Unknown)
        note(std::string(out.value.asString()), 0);
    return std::nullopt;
}

bool Parser::quotedTemplate(Expression &out)
{
    const std::size_t begin = m_at++;
    const std::size_t unknowns = m_unknowns;
    Template parts;
    for (;;) {
        if (atEnd() || peek() == '\n')
            return failAt(begin, "hcl-syntax", "this text has no end on its line. Close it with \".");
        if (peek() == '"')
            break;
        if (!(peek() == '\\' ? escape(parts) : templatePart(parts)))
            return false;
    }
    ++m_at;
    return finish(out, std::move(parts), begin, unknowns);
}

bool Parser::heredoc(Expression &out)
{
    const std::size_t begin = m_at;
    const Level level(m_heredocs);
    if (m_heredocs > kMaxHeredocsInside)
        return failAt(begin, "hcl-depth", "too many texts of several lines inside each other.");
    const bool flush = peek(2) == '-';
    m_at += flush ? 3 : 2;
    const std::string_view marker = name();
    if (marker.empty())
        return expected("the marker of a text of several lines, as in <<EOT");
    while (isBlank(peek()))
        ++m_at;
    if (peek() != '\n')
        return expected("the end of the line behind the marker");
    const std::size_t first = ++m_at;
    std::size_t indent = std::string_view::npos;
    std::size_t end = first;
    std::size_t behind = 0;
    for (;; end = behind + 1) {
        if (end >= m_text.size())
            return failAt(begin, "hcl-syntax",
                fmt::format("this text has no end: no line holds \"{}\" alone.", escapeForDisplay(marker)));
        behind = std::min(m_text.find('\n', end), m_text.size());
        std::string_view line = m_text.substr(end, behind - end);
        const std::size_t blanks = std::min(line.find_first_not_of(" \t\r"), line.size());
        line.remove_prefix(blanks);
        while (!line.empty() && isBlank(line.back()))
            line.remove_suffix(1);
        if (line == marker)
            break;
        if (!line.empty())
            indent = std::min(indent, blanks);
    }
    const std::size_t unknowns = m_unknowns;
    Template parts;
    bool lineStarts = true;
    while (m_at < end) {
        if (flush && lineStarts && indent != std::string_view::npos)
            for (std::size_t i = 0; i < indent && isBlank(peek()); ++i)
                ++m_at;
        lineStarts = peek() == '\n';
        if (!templatePart(parts))
            return false;
    }
    if (m_at > end)
        return failAt(begin, "hcl-syntax", "a ${\xE2\x80\xA6} inside this text does not end before the text does.");
    m_at = behind;
    if (!finish(out, std::move(parts), begin, unknowns))
        return false;
    out.isHeredoc = true;
    return true;
}

bool Parser::templatePart(Template &parts)
{
    const char c = peek();
    if (c == '$' || c == '%') {
        std::size_t run = 1;
        while (peek(run) == c)
            ++run;
        if (peek(run) != '{' || run > 1) {
            // $${ is a plain ${, whatever stands before it.
            const bool escaped = peek(run) == '{';
            append(parts, std::string(escaped ? run - 1 : run, c) + (escaped ? "{" : ""));
            m_at += run + (escaped ? 1 : 0);
            return true;
        }
        m_at += 2;
        return c == '$' ? interpolation(parts) : directive(parts);
    }
    std::size_t end = m_at + 1;
    if (c != '\n')
        while (end < m_text.size() && m_text[end] != '\n' && m_text[end] != '"' && m_text[end] != '\\'
            && m_text[end] != '$' && m_text[end] != '%')
            ++end;
    append(parts, m_text.substr(m_at, end - m_at));
    m_at = end;
    return true;
}

void Parser::append(Template &parts, std::string_view text)
{
    parts.hasText = true;
    if (parts.trimNext) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin);
        parts.trimNext = false;
    }
    parts.text += text;
}

bool Parser::escape(Template &parts)
{
    const std::size_t begin = m_at++;
    const char c = peek();
    ++m_at;
    const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {
        const std::size_t which = std::string_view("nrt\"\\").find(c);
        if (which == std::string_view::npos)
            return failAt(begin, "hcl-syntax",
                "this escape does not exist. There are \\n, \\r, \\t, \\\", \\\\, \\uNNNN and \\UNNNNNNNN.");
        append(parts, std::string(1, "\n\r\t\"\\"[which]));
        return true;
    }
    char32_t point = 0;
    for (std::size_t i = 0; i < digits; ++i, ++m_at) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(peek() | 0x20));
        if (digit == std::string_view::npos)
            return failAt(begin, "hcl-syntax", fmt::format("\\{} wants {} hexadecimal digits.", c, digits));
        point = point * 16 + static_cast<char32_t>(digit);
    }
    std::string text;
    appendCodePoint(text, point > 0x10FFFF || (point >= 0xD800 && point < 0xE000) ? 0xFFFD : point);
    append(parts, text);
    return true;
}

void Parser::trimBefore(Template &parts)
{
    if (peek() != '~')
        return;
    ++m_at;
    while (!parts.text.empty() && (isBlank(parts.text.back()) || parts.text.back() == '\n'))
        parts.text.pop_back();
}

bool Parser::closeSequence(Template &parts)
{
    if (!skip())
        return false;
    parts.trimNext = peek() == '~';
    if (parts.trimNext)
        ++m_at;
    return take('}', "\xE2\x80\x9C}\xE2\x80\x9D");
}

bool Parser::interpolation(Template &parts)
{
    const Newlines ignored(*this, true);
    trimBefore(parts);
    m_encodedUnknown = false;
    if (!skip() || !expression(parts.only))
        return false;
    ++parts.parts;
    Value value;
    if (!evaluated(parts.only, value) || !closeSequence(parts))
        return false;
    if (value.isNumber())
        json::numberTo(parts.text, value.asNumber());
    else if (value.isBoolean())
        parts.text += value.asBoolean() ? "true" : "false";
    else if (value.isString())
        parts.text += value.asString();
    else if (!unknown(parts.only, parts.only.offset, m_at - 1)) // null, a list, an object: only alone
        return false;
    else
        parts.text += parts.only.value.asString();
    // Alone, it gives its value and not that value's text.
    if (parts.only.kind == Kind::Unknown && !value.isString())
        parts.only = { Kind::Value, value, parts.only.offset, false };
    if (parts.text.size() > kMaxBytes)
        return failAt(parts.only.offset, "hcl-size", fmt::format("the text grows beyond {} bytes.", kMaxBytes));
    return true;
}

bool Parser::directive(Template &parts)
{
    const Newlines ignored(*this, true);
    const std::size_t begin = m_at - 2;
    trimBefore(parts);
    if (!skip())
        return false;
    parts.hasDirectives = true;
    const std::string_view keyword = name();
    Expression condition;
    if (keyword == "if") {
        if (!skip() || !expression(condition))
            return false;
        parts.open.push_back({ false, false, begin });
    } else if (keyword == "for") {
        if (!forHead())
            return false;
        parts.open.push_back({ true, false, begin });
    } else if (keyword != "else" && keyword != "endif" && keyword != "endfor") {
        return expected("if, else, endif, for or endfor behind %{ (a plain %{ is written %%{)");
    } else if (!directiveGoesOn(keyword, begin, parts)) {
        return false;
    }
    return closeSequence(parts);
}

bool Parser::directiveGoesOn(std::string_view keyword, std::size_t offset, Template &parts)
{
    OpenDirective *open = parts.open.empty() ? nullptr : &parts.open.back();
    const bool fits = open && open->isFor == (keyword == "endfor") && !(keyword == "else" && open->hadElse);
    if (!fits)
        return failAt(offset, "hcl-syntax",
            fmt::format("this %{{{}}} belongs to no %{{{}}} before it.", keyword, keyword == "endfor" ? "for" : "if"));
    if (keyword == "else")
        open->hadElse = true;
    else
        parts.open.pop_back();
    return true;
}

bool Parser::finish(Expression &out, Template parts, std::size_t begin, std::size_t unknowns)
{
    out.offset = begin;
    if (!parts.open.empty())
        return failAt(parts.open.back().offset, "hcl-syntax",
            parts.open.back().isFor ? "this %{for} has no %{endfor} in its text."
                                    : "this %{if} has no %{endif} in its text.");
    if (parts.hasDirectives)
        return unknown(out, begin, m_at);
    if (parts.parts == 1 && !parts.hasText) {
        out = parts.only;
        out.offset = begin;
        return true;
    }
    out.kind = Kind::Value;
    const std::string text = normalised(std::move(parts.text));
    out.value = json::makeString(*m_file.arena, text);
    if (m_unknowns != unknowns)
        note(text, begin);
    return true;
}

} // namespace hookbench::destination::hcl
