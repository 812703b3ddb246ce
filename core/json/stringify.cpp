#include "core/json/stringify.h"

#include "core/json/text_scan.h"

#include <array>
#include <cmath>
#include <cstring>
#include <double-conversion/double-conversion.h>

namespace hookbench::json {

namespace {

constexpr std::size_t kLongestNumber = 32;

char *writeInteger(char *out, std::uint64_t number)
{
    static constexpr char kPairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                     "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                     "8081828384858687888990919293949596979899";
    std::array<char, 20> digits;
    char *end = digits.data() + digits.size();
    char *at = end;
    while (number >= 100) {
        at -= 2;
        std::memcpy(at, kPairs + (number % 100) * 2, 2);
        number /= 100;
    }
    if (number >= 10) {
        at -= 2;
        std::memcpy(at, kPairs + number * 2, 2);
    } else {
        *--at = static_cast<char>('0' + number);
    }
    const auto length = static_cast<std::size_t>(end - at);
    std::memcpy(out, at, length);
    return out + length;
}

// Decimals of up to 15 digits and six places: m / 10^k is correctly rounded for such m and k, and no two decimals of 15
// digits share a double, so the first k that gives the number back is its shortest text.
char *writeShortDecimal(char *out, double magnitude)
{
    static constexpr std::array<double, 7> kPowers{ 1, 10, 100, 1e3, 1e4, 1e5, 1e6 };
    static constexpr std::array<std::uint64_t, 7> kIntegers{ 1, 10, 100, 1000, 10000, 100000, 1000000 };
    if (!(magnitude >= 1e-6 && magnitude < 1e9))
        return nullptr;
    for (std::size_t places = 1; places < kPowers.size(); ++places) {
        const double scaled = std::nearbyint(magnitude * kPowers[places]);
        if (scaled < 1e15 && scaled / kPowers[places] == magnitude) {
            const auto digits = static_cast<std::uint64_t>(scaled);
            out = writeInteger(out, digits / kIntegers[places]);
            *out++ = '.';
            std::uint64_t fraction = digits % kIntegers[places];
            for (std::size_t i = places; i-- > 0; fraction /= 10)
                out[i] = static_cast<char>('0' + fraction % 10);
            return out + places;
        }
    }
    return nullptr;
}

char *writeNumber(char *out, double number)
{
    if (number == 0) {
        *out++ = '0';
        return out;
    }
    const double magnitude = std::fabs(number);
    char *start = out;
    if (number < 0)
        *start++ = '-';
    if (magnitude < 9007199254740992.0 && std::trunc(magnitude) == magnitude)
        return writeInteger(start, static_cast<std::uint64_t>(magnitude));
    if (char *end = writeShortDecimal(start, magnitude))
        return end;
    double_conversion::StringBuilder builder(out, static_cast<int>(kLongestNumber));
    double_conversion::DoubleToStringConverter::EcmaScriptConverter().ToShortest(number, &builder);
    const int length = builder.position();
    builder.Finalize();
    return out + length;
}

char *copy(char *out, std::string_view text)
{
    if (text.empty())
        return out;
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

char *writeUnicodeEscape(char *out, unsigned unit)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out = copy(out, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        *out++ = kHex[(unit >> shift) & 0xF];
    return out;
}

char *writeEscaped(char *out, unsigned char byte)
{
    switch (byte) {
    case '"':
        return copy(out, "\\\"");
    case '\\':
        return copy(out, "\\\\");
    case '\b':
        return copy(out, "\\b");
    case '\f':
        return copy(out, "\\f");
    case '\n':
        return copy(out, "\\n");
    case '\r':
        return copy(out, "\\r");
    case '\t':
        return copy(out, "\\t");
    default:
        return writeUnicodeEscape(out, byte);
    }
}

char *writeQuoted(char *out, std::string_view text)
{
    *out++ = '"';
    const char *at = text.data();
    const char *end = at + text.size();
    while (at != end) {
        bool highBits = false;
        const char *stop = skipPlain(at, end, highBits);
        const std::string_view plain(at, static_cast<std::size_t>(stop - at));
        if (!highBits || !hasSurrogate(plain)) {
            out = copy(out, plain);
        } else {
            for (std::size_t i = 0; i < plain.size();) {
                const auto next = [&](std::size_t n) { return static_cast<unsigned char>(plain[i + n]); };
                if (next(0) == 0xED && i + 2 < plain.size() && next(1) >= 0xA0) {
                    out = writeUnicodeEscape(out, 0xD000U | (next(1) & 0x3FU) << 6 | (next(2) & 0x3FU));
                    i += 3;
                } else {
                    *out++ = plain[i++];
                }
            }
        }
        at = stop;
        if (at != end)
            out = writeEscaped(out, static_cast<unsigned char>(*at++));
    }
    *out++ = '"';
    return out;
}

std::size_t quotedBound(Value string)
{
    return (string.isClean() ? string.size() : string.size() * 6) + 2;
}

std::size_t bound(Value value)
{
    switch (value.kind()) {
    case Kind::Number:
        return kLongestNumber;
    case Kind::String:
        return quotedBound(value);
    case Kind::Array: {
        std::size_t total = 2;
        for (const Value item : value.items())
            total += bound(item) + 1;
        return total;
    }
    case Kind::Object: {
        std::size_t total = 2;
        for (const Member &member : value.members())
            total += quotedBound(member.key) + bound(member.value) + 2;
        return total;
    }
    default:
        return 5;
    }
}

char *writeString(char *out, Value string)
{
    if (!string.isClean())
        return writeQuoted(out, string.asString());
    *out++ = '"';
    out = copy(out, string.asString());
    *out++ = '"';
    return out;
}

char *write(char *out, Value value)
{
    switch (value.kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return copy(out, "null");
    case Kind::Boolean:
        return copy(out, value.asBoolean() ? "true" : "false");
    case Kind::Number:
        return std::isfinite(value.asNumber()) ? writeNumber(out, value.asNumber()) : copy(out, "null");
    case Kind::String:
        return writeString(out, value);
    case Kind::Array: {
        *out++ = '[';
        const char *first = out;
        for (const Value item : value.items()) {
            if (out != first)
                *out++ = ',';
            out = write(out, item);
        }
        *out++ = ']';
        return out;
    }
    case Kind::Object: {
        *out++ = '{';
        const char *first = out;
        for (const Member &member : value.members()) {
            if (member.value.isUndefined())
                continue;
            if (out != first)
                *out++ = ',';
            out = writeString(out, member.key);
            *out++ = ':';
            out = write(out, member.value);
        }
        *out++ = '}';
        return out;
    }
    }
    return out;
}

class Indenter
{
public:
    Indenter(std::string &out, int indent)
        : m_out(out)
        , m_step(static_cast<std::size_t>(indent), ' ')
    {
    }

    void write(Value value)
    {
        if (value.isArray()) {
            writeAll(
                '[', ']', value.items(), [](const Value &) { return true; },
                [this](const Value &item) { write(item); });
        } else if (value.isObject()) {
            writeAll(
                '{', '}', value.members(), [](const Member &member) { return !member.value.isUndefined(); },
                [this](const Member &member) {
                    stringifyTo(m_out, member.key);
                    m_out += ": ";
                    write(member.value);
                });
        } else {
            stringifyTo(m_out, value);
        }
    }

private:
    template <typename Range, typename Shown, typename Write>
    void writeAll(char open, char close, const Range &range, Shown shown, Write writeOne)
    {
        m_out += open;
        ++m_depth;
        bool any = false;
        for (const auto &one : range) {
            if (!shown(one))
                continue;
            m_out += any ? ",\n" : "\n";
            any = true;
            indent();
            writeOne(one);
        }
        --m_depth;
        if (any) {
            m_out += '\n';
            indent();
        }
        m_out += close;
    }

    void indent()
    {
        for (int i = 0; i < m_depth; ++i)
            m_out += m_step;
    }

    std::string &m_out;
    std::string m_step;
    int m_depth = 0;
};

} // namespace

void stringifyTo(std::string &out, Value value)
{
    const std::size_t before = out.size();
    out.resize(before + bound(value));
    const char *end = write(out.data() + before, value);
    out.resize(static_cast<std::size_t>(end - out.data()));
}

std::string stringify(Value value)
{
    std::string out;
    if (!value.isUndefined())
        stringifyTo(out, value);
    return out;
}

std::string stringify(Value value, int indent)
{
    std::string out;
    if (!value.isUndefined())
        Indenter(out, indent).write(value);
    return out;
}

void quoteTo(std::string &out, std::string_view wtf8)
{
    stringifyTo(out, Value::string(wtf8));
}

void numberTo(std::string &out, double number)
{
    if (std::isnan(number)) {
        out += "NaN";
    } else if (std::isinf(number)) {
        out += number < 0 ? "-Infinity" : "Infinity";
    } else {
        std::array<char, kLongestNumber> text;
        out.append(text.data(), writeNumber(text.data(), number));
    }
}

} // namespace hookbench::json
