#include "core/destination/formats/hcl_parser.h"

#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/json/parse.h"

#include <QString>

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace hookbench::destination::hcl {

namespace {

using json::Value;
using Kind = Expression::Kind;

constexpr std::size_t kLongestPlaceholder = 200;

bool continuesName(char c)
{
    return startsName(c) || isDigit(c) || c == '-';
}

} // namespace

std::string normalised(std::string text)
{
    const bool ascii
        = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii ? text : QString::fromStdString(text).normalized(QString::NormalizationForm_C).toStdString();
}

std::optional<Error> Parser::run()
{
    if (m_text.starts_with("\xEF\xBB\xBF"))
        m_at = 3;
    body(m_file.body, false);
    return std::move(m_error);
}

bool Parser::failAt(std::size_t offset, const char *code, const std::string &sentence)
{
    offset = std::min(offset, m_text.size());
    const TextPosition position
        = m_origin ? json::positionAt(m_origin->file, m_origin->offsets[offset]) : json::positionAt(m_text, offset);
    m_error
        = Error{ code, fmt::format("Line {}, column {}: {}", position.line, position.column, sentence), {}, position };
    return false;
}

bool Parser::expected(std::string_view what)
{
    std::string found = "the end of the text";
    if (!atEnd()) {
        std::size_t end = m_at;
        nextCodePoint(m_text, end);
        found = m_text[m_at] == '\n'
            ? "the end of the line"
            : "\xE2\x80\x9C" + escapeForDisplay(m_text.substr(m_at, end - m_at)) + "\xE2\x80\x9D";
    }
    return failAt(m_at, "hcl-syntax", fmt::format("found {}, expected {}.", found, what));
}

bool Parser::failDepth()
{
    return failAt(m_at, "hcl-depth", fmt::format("nested deeper than {} levels. Flatten it.", kMaxDepth));
}

bool Parser::skip(bool newlines)
{
    while (!atEnd()) {
        const char c = m_text[m_at];
        if (isBlank(c) || (newlines && c == '\n')) {
            ++m_at;
        } else if (c == '#' || looksAt("//")) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (looksAt("/*")) {
            const std::size_t end = m_text.find("*/", m_at + 2);
            if (end == std::string_view::npos)
                return failAt(m_at, "hcl-syntax", "this comment has no end. Close it with */.");
            m_at = end + 2;
        } else {
            break;
        }
    }
    return true;
}

std::string_view Parser::name()
{
    const std::size_t begin = m_at;
    while (!atEnd() && continuesName(m_text[m_at]))
        ++m_at;
    return m_text.substr(begin, m_at - begin);
}

bool Parser::take(char c, std::string_view what)
{
    if (!skip())
        return false;
    if (peek() != c || atEnd())
        return expected(what);
    ++m_at;
    return true;
}

bool Parser::body(Block &block, bool braced)
{
    const Level level(m_depth);
    if (tooDeep())
        return failDepth();
    std::unordered_set<std::string_view> names;
    if (!skip(false))
        return false;
    const bool onOneLine = braced && !atEnd() && peek() != '\n' && peek() != '}';
    for (;;) {
        if (!skip(true))
            return false;
        if (atEnd())
            return !braced
                || expected("\xE2\x80\x9C}\xE2\x80\x9D, the end of the block that begins on line "
                    + std::to_string(json::positionAt(m_text, block.offset).line));
        if (braced && peek() == '}') {
            ++m_at;
            return true;
        }
        if (!startsName(peek()))
            return expected("a name, of a block or an argument");
        const std::size_t begin = m_at;
        const std::string_view word = name();
        if (!skip(false))
            return false;
        if (peek() == '=' && peek(1) != '=') {
            ++m_at;
            if (!names.insert(word).second)
                return failAt(begin, "hcl-syntax",
                    fmt::format("the argument \"{}\" stands here twice. Keep one of them.", escapeForDisplay(word)));
            block.attributes.push_back({ std::string(word), {} });
            Expression &value = block.attributes.back().expression;
            if (!skip(false) || !expression(value))
                return false;
            if (value.kind == Kind::Unknown)
                note(std::string(value.value.asString()), value.offset);
        } else if (onOneLine) {
            return failAt(
                begin, "hcl-syntax", "a block on one line holds one argument and nothing else. Break the line.");
        } else {
            block.blocks.emplace_back();
            block.blocks.back().type = word;
            block.blocks.back().offset = begin;
            if (!labelsAndBody(block.blocks.back()))
                return false;
        }
        if (!skip(false))
            return false;
        if (onOneLine && peek() != '}')
            return expected("\xE2\x80\x9C}\xE2\x80\x9D: a block on one line holds one argument");
        if (!onOneLine && !atEnd() && peek() != '\n')
            return expected("the end of the line");
    }
}

bool Parser::labelsAndBody(Block &block)
{
    for (;;) {
        if (!skip(false))
            return false;
        if (peek() == '{') {
            ++m_at;
            return body(block, true);
        }
        Expression label;
        if (peek() == '"') {
            const std::size_t unknowns = m_unknowns;
            if (!quotedTemplate(label))
                return false;
            if (!label.value.isString() || m_unknowns != unknowns)
                return failAt(label.offset, "hcl-syntax", "a label is a plain text, without ${\xE2\x80\xA6}.");
            block.labels.emplace_back(label.value.asString());
        } else if (startsName(peek())) {
            block.labels.emplace_back(name());
        } else {
            return expected("\xE2\x80\x9C=\xE2\x80\x9D and a value, or \xE2\x80\x9C{\xE2\x80\x9D and a block");
        }
    }
}

bool Parser::unknown(Expression &out, std::size_t begin, std::size_t end)
{
    std::string source;
    bool cut = false;
    for (std::size_t at = begin; at < end;) {
        if (source.size() >= kLongestPlaceholder) {
            cut = true;
            break;
        }
        const std::size_t from = at;
        nextCodePoint(m_text, at);
        const char c = m_text[from];
        if (isBlank(c) || c == '\n') {
            if (!source.empty() && source.back() != ' ')
                source += ' ';
        } else {
            source += m_text.substr(from, at - from);
        }
    }
    while (!source.empty() && source.back() == ' ')
        source.pop_back();
    const std::string text = "${" + source + (cut ? "\xE2\x80\xA6}" : "}");
    out = { Kind::Unknown, json::makeString(*m_file.arena, text), begin, false };
    ++m_unknowns;
    return true;
}

bool Parser::evaluated(const Expression &expression, Value &value)
{
    const Result<Value> result = plainValue(*m_file.arena, expression);
    if (!result)
        return failAt(expression.offset, "hcl-size", result.error().message);
    value = *result;
    // Inside each other, a short text can stand for a long one, again and again.
    if (expression.kind == Kind::Encoded && (m_file.encodedBytes += value.asString().size()) > kMaxBytes)
        return failAt(expression.offset, "hcl-size",
            fmt::format("jsonencode inside other values gives texts of more than {} bytes together. Split the file.",
                kMaxBytes));
    return true;
}

bool Parser::plain(const Expression &expression, Value &value)
{
    if (!evaluated(expression, value))
        return false;
    if (expression.kind == Kind::Unknown || (expression.kind == Kind::Encoded && m_encodedUnknown))
        note(std::string(value.asString()), expression.offset);
    return true;
}

Result<File> parse(std::string_view text)
{
    if (text.size() > kMaxBytes) {
        return fail(
            Error{ "hcl-size", fmt::format("The file has {} bytes, the limit is {}. Split it.", text.size(), kMaxBytes),
                {}, TextPosition() });
    }
    if (const std::size_t invalid = findInvalidUtf8(text); invalid != kValidUtf8) {
        const TextPosition position = json::positionAt(text, invalid);
        return fail(Error{ "hcl-utf8",
            fmt::format("Line {}, column {}: the byte 0x{:02X} is not valid UTF-8. Save the file as UTF-8.",
                position.line, position.column, static_cast<unsigned char>(text[invalid])),
            {}, position });
    }
    File file;
    file.arena = std::make_shared<json::Arena>();
    // Error positions and placeholders refer to the text only while it is read: numbers and names are copied.
    if (auto error = Parser(text, file).run())
        return fail(std::move(*error));
    return file;
}

} // namespace hookbench::destination::hcl
