#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/destination/formats/hcl_parser.h"
#include "core/json/parse.h"

#include <fmt/format.h>
#include <unordered_set>

namespace hookbench::destination::hcl {

namespace {

using json::Value;
using Kind = Expression::Kind;

constexpr std::string_view kComment = "//"; // a member of this name is one, as JSON has none

unsigned hexDigitOf(char c)
{
    return static_cast<unsigned>(isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// Over a text that json::parse has found right, so nothing is checked twice. What is false has put its reason into
/// m_error.
class JsonReader
{
public:
    JsonReader(std::string_view text, std::size_t begin, File &file)
        : m_text(text)
        , m_at(begin)
        , m_file(file)
    {
    }

    std::optional<Error> run()
    {
        skip();
        if (peek() != '{')
            wrong("an object of blocks, such as { \"resource\": … }");
        else
            root();
        return std::move(m_error);
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skip()
    {
        while (m_at < m_text.size() && (isBlank(m_text[m_at]) || m_text[m_at] == '\n'))
            ++m_at;
    }

    bool wrong(std::string_view expected)
    {
        const TextPosition position = json::positionAt(m_text, m_at);
        const char c = peek();
        const char *found = c == '{' ? "an object"
            : c == '['               ? "an array"
            : c == '"'               ? "a text"
            : c == 'n'               ? "null"
            : c == 't' || c == 'f'   ? "a boolean"
                                     : "a number";
        m_error = Error{ "hcl-syntax",
            fmt::format("Line {}, column {}: found {}, expected {}.", position.line, position.column, found, expected),
            {}, position };
        return false;
    }

    /// Calls `read` with the name of each member and the place of that name, when m_at stands at its value.
    template <typename Read>
    bool members(Read read)
    {
        return listed('}', [this, &read] {
            const std::size_t begin = m_at;
            const std::string name = string().text;
            skip();
            ++m_at; // the colon
            skip();
            return read(name, begin);
        });
    }

    /// Calls `read` at each item.
    template <typename Read>
    bool items(Read read)
    {
        return listed(']', read);
    }

    template <typename Read>
    bool listed(char close, Read readOne)
    {
        const Level level(m_depth);
        ++m_at;
        for (skip(); peek() != close; skip()) {
            if (!readOne())
                return false;
            skip();
            if (peek() == ',')
                ++m_at;
        }
        ++m_at;
        return true;
    }

    bool pass()
    {
        if (peek() == '{')
            return members([this](const std::string &, std::size_t) { return pass(); });
        if (peek() == '[')
            return items([this] { return pass(); });
        if (peek() == '"') {
            for (++m_at; peek() != '"'; ++m_at)
                m_at += peek() == '\\' ? 1 : 0;
            ++m_at;
            return true;
        }
        word();
        return true;
    }

    /// A number, true, false or null.
    std::string_view word()
    {
        const std::size_t begin = m_at;
        m_at = std::min(m_text.find_first_of(",]} \t\r\n", m_at), m_text.size());
        return m_text.substr(begin, m_at - begin);
    }

    struct String
    {
        std::string text;
        Origin origin;
    };

    String string()
    {
        String out;
        out.origin.file = m_text;
        const auto place
            = [&](std::size_t at) { out.origin.offsets.resize(out.text.size(), static_cast<std::uint32_t>(at)); };
        ++m_at;
        while (peek() != '"') {
            const std::size_t begin = m_at;
            if (peek() == '\\')
                escape(out.text);
            else
                out.text += m_text[m_at++];
            place(begin);
        }
        out.origin.offsets.push_back(static_cast<std::uint32_t>(m_at));
        ++m_at;
        return out;
    }

    char32_t unit()
    {
        char32_t point = 0;
        for (int i = 0; i < 4; ++i)
            point = point * 16 + hexDigitOf(m_text[m_at++]);
        return point;
    }

    void escape(std::string &text)
    {
        ++m_at;
        const char c = m_text[m_at++];
        if (c != 'u') {
            constexpr std::string_view kEscapes = "bfnrt";
            const std::size_t which = kEscapes.find(c);
            text += which == std::string_view::npos ? c : "\b\f\n\r\t"[which];
            return;
        }
        char32_t point = unit();
        if (point >= 0xD800 && point < 0xDC00 && m_text.compare(m_at, 2, "\\u") == 0) {
            const std::size_t before = m_at;
            m_at += 2;
            if (const char32_t low = unit(); low >= 0xDC00 && low < 0xE000)
                point = 0x10000 + (point - 0xD800) * 0x400 + (low - 0xDC00);
            else
                m_at = before;
        }
        appendCodePoint(text, point >= 0xD800 && point < 0xE000 ? 0xFFFD : point); // half a pair, as Go reads it
    }

    bool root()
    {
        return members([this](const std::string &name, std::size_t begin) {
            if (name == "resource" || name == "data")
                return labelled({ name, {}, {}, {}, begin }, 2);
            if (name == "import")
                return labelled({ name, {}, {}, {}, begin }, 0);
            return pass();
        });
    }

    /// Blocks of one type: below as many names as they have labels; many of them as an array at any level.
    bool labelled(const Block &start, std::size_t labels)
    {
        if (peek() == '[')
            return items([&] { return labelled(start, labels); });
        if (peek() == 'n')
            return pass();
        if (peek() != '{')
            return wrong(
                labels > 0 ? "an object whose members are named after the block's labels" : "an object of arguments");
        if (labels == 0) {
            m_file.body.blocks.push_back(start);
            return body(m_file.body.blocks.back());
        }
        return members([&](const std::string &name, std::size_t begin) {
            if (name == kComment)
                return pass();
            Block inner = start;
            inner.labels.push_back(name);
            inner.offset = begin;
            return labelled(inner, labels - 1);
        });
    }

    bool body(Block &block)
    {
        std::unordered_set<std::string> names;
        return members([&](const std::string &name, std::size_t begin) {
            if (name == kComment)
                return pass();
            if (!names.insert(name).second) {
                const TextPosition position = json::positionAt(m_text, begin);
                m_error = Error{ "hcl-syntax",
                    fmt::format("Line {}, column {}: the argument \"{}\" stands here twice. Keep one of them.",
                        position.line, position.column, escapeForDisplay(name)),
                    {}, position };
                return false;
            }
            block.attributes.push_back({ name, {} });
            bool isUnknown = false;
            return expression(block.attributes.back().expression, isUnknown);
        });
    }

    bool expression(Expression &out, bool &isUnknown)
    {
        const std::size_t begin = m_at;
        out = { Kind::Value, {}, begin, false };
        isUnknown = false;
        if (peek() == '"')
            return text(out, isUnknown);
        if (peek() == '[') {
            std::vector<Value> values;
            if (!items([&] {
                    values.emplace_back();
                    return plain(values.back());
                }))
                return false;
            out.value = json::makeArray(*m_file.arena, values);
            return true;
        }
        if (peek() == '{') {
            json::ObjectBuilder object(*m_file.arena);
            if (!members([&](const std::string &name, std::size_t at) {
                    Value key;
                    Value value;
                    if (!memberName(name, at, key) || !plain(value))
                        return false;
                    object.add(key, value);
                    return true;
                }))
                return false;
            out.value = object.build();
            return true;
        }
        // Found right by json::parse before, all of them.
        out.value = json::parseBorrowing(*m_file.arena, word()).value_or(Value::null());
        return true;
    }

    /// A text as a template, "${…}" alone as the value it stands for.
    bool text(Expression &out, bool &isUnknown)
    {
        const std::size_t begin = m_at;
        const String string = this->string();
        if (string.text.find_first_of("$%") == std::string::npos) {
            out.value = json::makeString(*m_file.arena, normalised(string.text));
            return true;
        }
        Parser parser(string.text, m_file, &string.origin);
        if (auto error = parser.runTemplate(out, m_depth)) {
            m_error = std::move(error);
            return false;
        }
        out.offset = begin;
        isUnknown = parser.madePlaceholders();
        return true;
    }

    bool memberName(const std::string &name, std::size_t at, Value &key)
    {
        key = json::makeString(*m_file.arena, normalised(name));
        if (name.find_first_of("$%") == std::string::npos)
            return true;
        const std::size_t behind = m_at;
        m_at = at;
        const bool done = plain(key);
        m_at = behind;
        if (done && key.isString())
            return true;
        if (done) // "${1}", which Terraform makes a text of
            key = json::makeString(*m_file.arena, normalised(name));
        return done;
    }

    /// The value as a part of others; a placeholder is noted.
    bool plain(Value &value)
    {
        Expression part;
        bool isUnknown = false;
        if (!expression(part, isUnknown))
            return false;
        const Result<Value> result = plainValue(*m_file.arena, part);
        if (!result) {
            m_error = result.error();
            m_error->position = json::positionAt(m_text, part.offset);
            m_error->message = fmt::format(
                "Line {}, column {}: {}", m_error->position->line, m_error->position->column, result.error().message);
            return false;
        }
        value = *result;
        if (isUnknown && value.isString())
            m_file.placeholders.try_emplace(std::string(value.asString()), part.offset);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at;
    std::size_t m_depth = 0;
    File &m_file;
    std::optional<Error> m_error;
};

} // namespace

Result<File> parseJson(std::string_view text)
{
    if (text.size() > kMaxBytes)
        return fail(
            Error{ "hcl-size", fmt::format("The file has {} bytes, the limit is {}. Split it.", text.size(), kMaxBytes),
                {}, TextPosition() });
    const std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    {
        json::Arena scratch;
        if (const Result<Value> read = json::parseBorrowing(scratch, text.substr(begin)); !read)
            return fail(read.error());
    }
    File file;
    file.arena = std::make_shared<json::Arena>();
    if (auto error = JsonReader(text, begin, file).run())
        return fail(std::move(*error));
    return file;
}

} // namespace hookbench::destination::hcl
