#include "core/journal/literals.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>

#include <QByteArray>

namespace hookbench::journal {

namespace {

/// Linux takes 128 KiB in one argument; other systems less for all of them together.
constexpr std::size_t kLongestArgument = 100'000;

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Characters that are not seen, break lines or turn the text around: C1, separators, bidirectional controls, BOM.
bool isHarmful(std::int32_t code)
{
    return (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E || code == 0x200F
        || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

/// What both languages write the same way between double quotes.
std::string quoted(std::string_view utf8)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t start = at;
        const std::int32_t code = nextCodePoint(utf8, at);
        if (code == '"' || code == '\\')
            out.append({ '\\', static_cast<char>(code) });
        else if (code == '\n')
            out += "\\n";
        else if (code == '\r')
            out += "\\r";
        else if (code == '\t')
            out += "\\t";
        else if (code < 0x20)
            out += fmt::format("\\x{:02x}", code);
        else if (isHarmful(code))
            out += fmt::format("\\u{:04x}", code);
        else
            out += utf8.substr(start, at - start);
    }
    return out + '"';
}

/// Between double quotes, everything outside ASCII as \xNN.
std::string escapedBytes(std::string_view bytes)
{
    std::string out = "\"";
    for (const char c : bytes) {
        if (c == '"' || c == '\\')
            out.append({ '\\', c });
        else if (isControl(c) || static_cast<unsigned char>(c) >= 0x80)
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + '"';
}

} // namespace

bool shellCanCarry(std::string_view bytes)
{
    if (bytes.size() > kLongestArgument || findInvalidUtf8(bytes) != kValidUtf8)
        return false;
    return std::none_of(bytes.begin(), bytes.end(), [](char c) { return isControl(c) && c != '\n'; });
}

std::string shellWord(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + '\'';
}

std::string shellBytes(std::string_view bytes)
{
    const auto plain = [](char c) { return !isControl(c) && static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(bytes.begin(), bytes.end(), plain))
        return shellWord(bytes);
    std::string format;
    for (const char c : bytes) {
        if (c == '%')
            format += "%%";
        else if (c == '\\')
            format += "\\\\";
        else if (plain(c))
            format += c;
        else
            format += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
    return "\"$(printf -- " + shellWord(format) + ")\"";
}

std::string pythonText(std::string_view utf8)
{
    return quoted(utf8);
}

std::string pythonLatin1(std::string_view bytes)
{
    return escapedBytes(bytes);
}

std::string pythonBytes(std::string_view bytes)
{
    return 'b' + escapedBytes(bytes);
}

std::string javascriptText(std::string_view utf8)
{
    return quoted(utf8);
}

std::string javascriptLatin1(std::string_view bytes)
{
    return escapedBytes(bytes);
}

std::string latin1ToUtf8(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
        appendCodePoint(out, static_cast<unsigned char>(c));
    return out;
}

std::string base64(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

} // namespace hookbench::journal
