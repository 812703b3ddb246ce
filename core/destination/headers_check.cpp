#include "core/base/display.h"
#include "core/base/headers.h"
#include "core/base/utf8.h"
#include "core/destination/literal.h"
#include "core/destination/settings_check.h"
#include "core/json/pointer.h"
#include "core/mapping/coercion.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace hookbench::destination {

namespace {

/// What may be said of a header by its name alone.
struct NamedHeader
{
    std::string_view name;
    Severity severity;
    const char *code;
    std::string_view message; ///< {} stands for the name
};

constexpr std::string_view kFraming = "{} frames the request itself; the mapping's value is left out. Remove it.";

constexpr std::array<NamedHeader, 8> kNamedHeaders{ {
    { "connection", Severity::Warning, "header-framing", kFraming },
    { "content-length", Severity::Warning, "header-framing", kFraming },
    { "te", Severity::Warning, "header-framing", kFraming },
    { "trailer", Severity::Warning, "header-framing",
        "{} is left out, since it frames the request itself; Segment's client refuses to send with it. Remove it." },
    { "transfer-encoding", Severity::Warning, "header-framing", kFraming },
    { "upgrade", Severity::Warning, "header-framing", kFraming },
    { "host", Severity::Warning, "header-host",
        "{} is mapped: requests go to the URL's host but say they are for another one. Remove it unless that is "
        "meant." },
    { "x-signature", Severity::Warning, "header-signature-mapped",
        "{} is mapped: its value is sent instead of the computed signature, as in Segment. Remove it." },
} };

class HeaderCheck
{
public:
    HeaderCheck(std::string_view writtenName, std::string pointer, bool hasData, Issues &issues)
        : m_written(writtenName)
        , m_name(asciiLower(writtenName))
        , m_pointer(std::move(pointer))
        , m_hasData(hasData)
        , m_issues(issues)
    {
    }

    void checkName()
    {
        if (!isHeaderName(m_written))
            add(Severity::Error, "header-name",
                fmt::format("\"{}\" is no header name, so nothing would be sent. Names are made of letters, digits and "
                            "!#$%&'*+-.^_`|~.",
                    escapeForDisplay(m_written)));
    }

    void checkValue(json::Value value)
    {
        if (!isLiteral(value)) {
            noteName();
            return;
        }
        std::string text;
        if (!mapping::appendTextOf(text, value)) {
            add(Severity::Error, "header-value",
                fmt::format(
                    "{} is an object with a member \"toString\", which Segment cannot turn into text. Give it a text.",
                    m_written));
            return;
        }
        checkCharacters(text);
        if (text == "undefined") {
            add(Severity::Warning, "header-deleted",
                fmt::format("The text \"undefined\" removes the header {}, as it does in Segment.", m_written));
            return;
        }
        noteName();
        if (value.isNull())
            add(Severity::Warning, "header-null",
                fmt::format(
                    "{} is null, which is sent as the text \"null\". Remove the header or give it a text.", m_written));
        if (value.isContainer())
            add(Severity::Warning, "header-not-text",
                fmt::format("{} is {} and is sent as \"{}\". Give it a text.", m_written,
                    value.isArray() ? "an array" : "an object", escapeForDisplay(text)));
        if (m_name == "content-type" && m_hasData && text != "application/json")
            add(Severity::Warning, "header-content-type",
                "With data the content type is always application/json, whatever the mapping says.");
        if (m_name == "user-agent" && text.empty())
            add(Severity::Warning, "header-user-agent-empty",
                "An empty User-Agent goes out as one space, since Qt would otherwise write its own.");
    }

private:
    void add(Severity severity, const char *code, std::string message)
    {
        m_issues.push_back({ severity, code, m_pointer, std::move(message) });
    }

    void noteName()
    {
        for (const NamedHeader &named : kNamedHeaders)
            if (named.name == m_name)
                add(named.severity, named.code, fmt::format(fmt::runtime(named.message), m_written));
    }

    void checkCharacters(std::string_view text)
    {
        bool hasHigh = false;
        for (std::size_t at = 0; at < text.size();) {
            const std::int32_t c = nextCodePoint(text, at);
            if (c > 0xff || c == 0x7f || (c < 0x20 && c != '\t')) {
                add(Severity::Error, "header-value",
                    fmt::format("The value of {} holds {}. Header values are made of tab, printable ASCII and Latin-1 "
                                "characters, so nothing would be sent. Encode the value or leave the header out.",
                        m_written, c == '\r' || c == '\n' ? "a line break" : fmt::format("U+{:04X}", c)));
                return;
            }
            hasHigh = hasHigh || c > 0x7f;
        }
        if (hasHigh)
            add(Severity::Warning, "header-non-ascii",
                fmt::format(
                    "The value of {} is not ASCII. It goes out as Latin-1, which few receivers expect.", m_written));
    }

    std::string m_written;
    std::string m_name;
    std::string m_pointer;
    bool m_hasData;
    Issues &m_issues;
};

} // namespace

void checkHeaders(json::Value headers, bool hasData, std::string_view pointer, Issues &issues)
{
    std::vector<std::string> names;
    for (const json::Member &member : headers.members()) {
        const std::string at = json::childPointer(pointer, member.name());
        HeaderCheck check(member.name(), at, hasData, issues);
        check.checkName();
        check.checkValue(member.value);
        const std::string lower = asciiLower(member.name());
        if (std::find(names.begin(), names.end(), lower) != names.end())
            issues.push_back({ Severity::Warning, "header-duplicate", at,
                fmt::format(
                    "{} is there twice; header names ignore case, so both values are sent in one, joined by a comma.",
                    escapeForDisplay(member.name())) });
        names.push_back(lower);
    }
}

} // namespace hookbench::destination
