// A script of curl calls to the Public API: the one that the export writes, or one by hand. Nothing is run: of the
// words of the shell, those that are JSON of a destination or a subscription are read.
#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/destination/formats/findings.h"
#include "core/destination/stand_in.h"
#include "core/json/parse.h"

#include <fmt/format.h>

namespace hookbench::destination {

namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kJsonOf = "$(json_text \"$"; // of the export's own script: a variable as a JSON string

/// Words of the shell, unquoted; comments are passed over.
class WordReader
{
public:
    explicit WordReader(std::string_view text)
        : m_text(text)
    {
    }

    bool next()
    {
        for (;;) {
            m_at = std::min(m_text.find_first_not_of(kBlank, m_at), m_text.size());
            if (m_at == m_text.size())
                return false;
            if (m_text[m_at] != '#')
                break;
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        }
        m_begin = m_at;
        m_word.clear();
        while (m_at < m_text.size() && kBlank.find(m_text[m_at]) == std::string_view::npos && piece()) { }
        return true;
    }

    const std::string &word() const { return m_word; }
    std::size_t begin() const { return m_begin; }

private:
    /// False: the word ends here.
    bool piece()
    {
        const char c = m_text[m_at];
        if (c == '\'') {
            const std::size_t end = std::min(m_text.find('\'', m_at + 1), m_text.size());
            m_word += m_text.substr(m_at + 1, end - m_at - 1);
            m_at = std::min(end + 1, m_text.size());
        } else if (c == '"') {
            doubleQuoted();
        } else if (c == '\\' && m_at + 1 < m_text.size()) {
            if (m_text[m_at + 1] != '\n')
                m_word += m_text[m_at + 1];
            m_at += 2;
        } else {
            // A bracket or an operator is a word of its own: what is quoted beside it begins or ends there.
            const bool isOperator = std::string_view("()<>|;&").find(c) != std::string_view::npos;
            if (isOperator && m_at > m_begin)
                return false;
            m_word += c;
            ++m_at;
            return !isOperator;
        }
        return true;
    }

    void doubleQuoted()
    {
        ++m_at;
        if (m_text.compare(m_at, kJsonOf.size(), kJsonOf) == 0) {
            m_at += kJsonOf.size();
            const std::size_t end = std::min(m_text.find_first_of("\")", m_at), m_text.size());
            m_word += fmt::format("\"${{var.{}}}\"", m_text.substr(m_at, end - m_at));
            m_at = std::min(end + std::string_view("\")\"").size(), m_text.size());
            return;
        }
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size()
                && std::string_view("\"\\$`").find(m_text[m_at + 1]) != std::string_view::npos)
                ++m_at;
            m_word += m_text[m_at++];
        }
        m_at = std::min(m_at + 1, m_text.size());
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
    std::string m_word;
};

/// What the environment was to tell becomes an issue.
void noteVariables(json::Value value, const std::string &pointer, std::size_t line, Issues &issues)
{
    visitTexts(value, pointer, [&](std::string_view text, const std::string &place) {
        if (standInOf(text) == StandIn::Placeholder)
            issues.push_back({ Severity::Warning, "placeholder", place,
                fmt::format("{} stands for a value that the script takes from the environment (line {}). Put the "
                            "value in.",
                    escapeForDisplay(text), line) });
    });
}

} // namespace

Result<void> findInCurl(const NamedText &text, Findings &findings)
{
    if (const std::size_t invalid = findInvalidUtf8(text.text); invalid != kValidUtf8) {
        const TextPosition position = json::positionAt(text.text, invalid);
        return fail(inText({ "import-shape",
                               fmt::format("Line {}, column {}: the byte 0x{:02X} is not valid UTF-8.", position.line,
                                   position.column, static_cast<unsigned char>(text.text[invalid])),
                               {}, position },
            text.name));
    }
    WordReader words(text.text);
    while (words.next()) {
        const bool isOurs = words.word().starts_with('{')
            && (words.word().find("\"metadataId\"") != std::string::npos
                || words.word().find("\"actionId\"") != std::string::npos);
        if (!isOurs)
            continue;
        const TextPosition position = json::positionAt(text.text, words.begin());
        const std::size_t destinations = findings.destinations.size();
        const std::size_t mappings = findings.mappings.size();
        if (Result<void> found = findInSegmentJson({ {}, words.word() }, findings); !found) {
            Error error = std::move(found.error());
            error.position = position;
            error.message = fmt::format(
                "Line {}, column {}: the JSON that begins here: {}", position.line, position.column, error.message);
            return fail(inText(std::move(error), text.name));
        }
        for (std::size_t i = destinations; i < findings.destinations.size(); ++i) {
            FoundDestination &found = findings.destinations[i];
            const json::Value secret = found.settings->find("sharedSecret");
            found.secretUnknown = secret.isString() && standInOf(secret.asString()) == StandIn::Placeholder;
            if (found.secretUnknown)
                found.issues.push_back({ Severity::Warning, "placeholder", "/settings",
                    fmt::format("The shared secret is unknown: the script takes it from the environment (line {}). "
                                "Enter it before you sign.",
                        position.line) });
        }
        for (std::size_t i = mappings; i < findings.mappings.size(); ++i) {
            FoundMapping &found = findings.mappings[i];
            // Its destination's id is what the call before it answered.
            if (found.destination.name.empty() && !findings.destinations.empty())
                found.destination = findings.destinations.back().names.front();
            noteVariables(found.mapping.settings, "/settings", position.line, found.issues);
        }
    }
    return {};
}

} // namespace hookbench::destination
