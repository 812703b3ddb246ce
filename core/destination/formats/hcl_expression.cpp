#include "core/destination/formats/hcl_parser.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <fmt/format.h>

namespace hookbench::destination::hcl {

namespace {

using json::Value;
using Kind = Expression::Kind;

} // namespace

bool Parser::expression(Expression &out)
{
    const Level level(m_depth);
    if (tooDeep())
        return failDepth();
    const std::size_t begin = m_at;
    bool evaluated = true;
    for (;;) {
        if (!operand(out))
            return false;
        const std::size_t end = m_at;
        if (!skip())
            return false;
        if (const std::size_t length = operatorLength(); length != 0) {
            m_at += length;
            evaluated = false;
            if (!skip())
                return false;
            continue;
        }
        if (peek() == '?') {
            ++m_at;
            Expression branch;
            return skip() && expression(branch) && take(':', "\xE2\x80\x9C:\xE2\x80\x9D of a condition") && skip()
                && expression(branch) && unknown(out, begin, m_at);
        }
        m_at = end;
        out.offset = begin;
        return evaluated || unknown(out, begin, m_at);
    }
}

std::size_t Parser::operatorLength() const
{
    for (const std::string_view two : { "||", "&&", "==", "!=", "<=", ">=" })
        if (looksAt(two))
            return 2;
    const char c = peek();
    return c == '<' || c == '>' || c == '+' || c == '-' || c == '*' || c == '/' || c == '%' ? 1 : 0;
}

bool Parser::operand(Expression &out)
{
    const std::size_t begin = m_at;
    bool negative = false;
    bool inverted = false;
    while (peek() == '-' || (peek() == '!' && peek(1) != '=')) {
        inverted = inverted || peek() == '!';
        negative = !negative;
        ++m_at;
        if (!skip())
            return false;
    }
    const std::size_t signs = m_at - begin;
    if (!primary(out))
        return false;
    bool steps = false;
    if (!traversal(steps))
        return false;
    out.offset = begin;
    if (signs == 0 && !steps)
        return true;
    if (steps || inverted || out.kind != Kind::Value || !out.value.isNumber())
        return unknown(out, begin, m_at);
    if (negative)
        out.value = Value::number(-out.value.asNumber());
    return true;
}

bool Parser::traversal(bool &any)
{
    for (;;) {
        const std::size_t end = m_at;
        if (!skip())
            return false;
        if (peek() == '.' && !looksAt("...")) {
            ++m_at;
            if (!skip())
                return false;
            if (peek() == '*')
                ++m_at;
            else if (startsName(peek()))
                name();
            else if (isDigit(peek()))
                while (isDigit(peek()))
                    ++m_at;
            else
                return expected("a name behind the dot");
        } else if (peek() == '[') {
            ++m_at;
            const Newlines ignored(*this, true);
            if (!skip())
                return false;
            Expression index;
            if (peek() == '*')
                ++m_at;
            else if (!expression(index))
                return false;
            if (!take(']', "\xE2\x80\x9C]\xE2\x80\x9D"))
                return false;
        } else {
            m_at = end;
            return true;
        }
        any = true;
    }
}

bool Parser::primary(Expression &out)
{
    out.kind = Kind::Value;
    out.isHeredoc = false;
    if (atEnd())
        return expected("a value");
    const char c = peek();
    if (c == '"')
        return quotedTemplate(out);
    if (c == '{' || c == '[')
        return collection(out);
    if (isDigit(c))
        return number(out);
    if (c == '(') {
        ++m_at;
        const Newlines ignored(*this, true);
        return skip() && expression(out) && take(')', "\xE2\x80\x9C)\xE2\x80\x9D");
    }
    if (looksAt("<<"))
        return heredoc(out);
    if (startsName(c))
        return word(out);
    return expected("a value");
}

bool Parser::number(Expression &out)
{
    const std::size_t begin = m_at;
    while (isDigit(peek()))
        ++m_at;
    if (peek() == '.' && isDigit(peek(1)))
        for (++m_at; isDigit(peek());)
            ++m_at;
    if (const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        (peek() == 'e' || peek() == 'E') && isDigit(peek(1 + sign)))
        for (m_at += 1 + sign; isDigit(peek());)
            ++m_at;
    if (startsName(peek()))
        return expected("the end of the number");
    std::string_view lexeme = m_text.substr(begin, m_at - begin);
    while (lexeme.size() > 1 && lexeme[0] == '0' && isDigit(lexeme[1]))
        lexeme.remove_prefix(1);
    // Numbers become what JavaScript reads them as.
    const Result<Value> value = json::parseBorrowing(*m_file.arena, lexeme);
    if (!value)
        return failAt(begin, "hcl-syntax", "this is no number.");
    out.value = *value;
    return true;
}

bool Parser::word(Expression &out)
{
    const std::size_t begin = m_at;
    const std::string_view first = name();
    if (first == "true" || first == "false") {
        out.value = Value::boolean(first == "true");
        return true;
    }
    if (first == "null") {
        out.value = Value::null();
        return true;
    }
    bool isFunction = false;
    while (looksAt("::")) {
        m_at += 2;
        if (!startsName(peek()))
            return expected("the name of a function");
        name();
        isFunction = true;
    }
    const std::size_t end = m_at;
    if (!skip())
        return false;
    if (peek() == '(')
        return call(out, m_text.substr(begin, end - begin), begin);
    if (isFunction)
        return expected("\xE2\x80\x9C(\xE2\x80\x9D behind the function's name");
    m_at = end;
    return unknown(out, begin, end);
}

bool Parser::call(Expression &out, std::string_view function, std::size_t begin)
{
    ++m_at;
    const Newlines ignored(*this, true);
    const std::size_t unknowns = m_unknowns;
    std::size_t count = 0;
    Expression argument;
    for (;;) {
        if (!skip())
            return false;
        if (peek() == ')')
            break;
        if (!expression(argument) || !skip())
            return false;
        ++count;
        const bool isLast = looksAt("...");
        m_at += isLast ? 3 : 0;
        if (!skip())
            return false;
        if (peek() == ',' && !isLast)
            ++m_at;
        else if (peek() != ')')
            return expected(isLast ? "\xE2\x80\x9C)\xE2\x80\x9D behind ..."
                                   : "\xE2\x80\x9C,\xE2\x80\x9D or \xE2\x80\x9C)\xE2\x80\x9D");
    }
    ++m_at;
    if (function != "jsonencode" || count != 1)
        return unknown(out, begin, m_at);
    Value value;
    if (!plain(argument, value))
        return false;
    out.kind = Kind::Encoded;
    out.value = value;
    m_encodedUnknown = m_unknowns != unknowns;
    return true;
}

bool Parser::collection(Expression &out)
{
    const bool isObject = peek() == '{';
    const std::size_t begin = m_at;
    ++m_at;
    const Newlines newlines(*this, true);
    if (!skip())
        return false;
    const std::size_t inside = m_at;
    if (startsName(peek()) && name() == "for") {
        if (!skip())
            return false;
        // { for = 1 } is a mistake in Terraform too.
        return forExpression(isObject ? '}' : ']') && unknown(out, begin, m_at);
    }
    m_at = inside;
    return isObject ? object(out) : tuple(out);
}

bool Parser::tuple(Expression &out)
{
    std::vector<Value> items;
    for (;;) {
        if (!skip())
            return false;
        if (peek() == ']')
            break;
        Expression item;
        Value value;
        if (!expression(item) || !plain(item, value) || !skip())
            return false;
        items.push_back(value);
        if (peek() == ',')
            ++m_at;
        else if (peek() != ']')
            return expected("\xE2\x80\x9C,\xE2\x80\x9D or \xE2\x80\x9C]\xE2\x80\x9D");
    }
    ++m_at;
    out.kind = Kind::Value;
    out.value = json::makeArray(*m_file.arena, items);
    return true;
}

bool Parser::object(Expression &out)
{
    json::ObjectBuilder members(*m_file.arena);
    const Newlines kept(*this, false);
    for (;;) {
        if (!skip(true))
            return false;
        if (peek() == '}')
            break;
        Value key;
        Expression item;
        Value value;
        if (!objectKey(key) || !skip(false) || !expression(item) || !plain(item, value) || !skip(false))
            return false;
        members.add(key, value);
        if (peek() == ',')
            ++m_at;
        else if (peek() != '}' && peek() != '\n')
            return expected("\xE2\x80\x9C,\xE2\x80\x9D, a new line or \xE2\x80\x9C}\xE2\x80\x9D");
    }
    ++m_at;
    out.kind = Kind::Value;
    out.value = members.build();
    return true;
}

bool Parser::objectKey(Value &key)
{
    const std::size_t begin = m_at;
    Expression parsed;
    if (startsName(peek())) {
        const std::string_view bare = name();
        if (!skip(false))
            return false;
        if ((peek() == '=' && peek(1) != '=') || peek() == ':') {
            ++m_at;
            key = json::makeString(*m_file.arena, normalised(std::string(bare)));
            return true;
        }
        m_at = begin;
    }
    if (!expression(parsed) || !plain(parsed, key) || !skip(false))
        return false;
    if (key.isNumber() || key.isBoolean()) {
        std::string text = key.isBoolean() ? (key.asBoolean() ? "true" : "false") : std::string();
        if (key.isNumber())
            json::numberTo(text, key.asNumber());
        key = json::makeString(*m_file.arena, text);
    }
    if (!key.isString())
        return failAt(
            begin, "hcl-syntax", "the name of a member is a text, a number, or an expression in parentheses.");
    if ((peek() != '=' || peek(1) == '=') && peek() != ':')
        return expected("\xE2\x80\x9C=\xE2\x80\x9D or \xE2\x80\x9C:\xE2\x80\x9D behind the member's name");
    ++m_at;
    return true;
}

bool Parser::forExpression(char close)
{
    Expression part;
    if (!forHead() || !take(':', "\xE2\x80\x9C:\xE2\x80\x9D of the loop") || !skip() || !expression(part) || !skip())
        return false;
    if (close == '}') {
        if (!looksAt("=>"))
            return expected("\xE2\x80\x9C=>\xE2\x80\x9D");
        m_at += 2;
        if (!skip() || !expression(part) || !skip())
            return false;
        if (looksAt("..."))
            m_at += 3;
        if (!skip())
            return false;
    }
    if (startsName(peek())) {
        if (name() != "if")
            return expected("\xE2\x80\x9Cif\xE2\x80\x9D or the end of the loop");
        if (!skip() || !expression(part))
            return false;
    }
    return take(close, close == '}' ? "\xE2\x80\x9C}\xE2\x80\x9D" : "\xE2\x80\x9C]\xE2\x80\x9D");
}

bool Parser::forHead()
{
    Expression source;
    if (!skip())
        return false;
    if (name().empty())
        return expected("the name of a loop's variable");
    if (!skip())
        return false;
    if (peek() == ',') {
        ++m_at;
        if (!skip())
            return false;
        if (name().empty())
            return expected("the name of a loop's variable");
        if (!skip())
            return false;
    }
    const std::size_t begin = m_at;
    if (name() != "in") {
        m_at = begin;
        return expected("\xE2\x80\x9Cin\xE2\x80\x9D of the loop");
    }
    return skip() && expression(source);
}

} // namespace hookbench::destination::hcl
