#include "core/journal/encode.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace hookbench::journal {

namespace {

void escapeTo(std::string &out, std::string_view text, bool colons)
{
    for (const char c : text) {
        if (c == '\\' || (c == ':' && colons))
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
}

std::string unescaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        const char c = text[++at];
        out += c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
    return out;
}

/// The first `mark` that no backslash escapes.
std::size_t findBare(std::string_view text, char mark)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == mark)
            return at;
    }
    return std::string_view::npos;
}

/// What is before the next `mark`, which is taken away with it.
std::string_view takeUntil(std::string_view &text, char mark)
{
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

template <typename Number>
Number toNumber(std::string_view text)
{
    Number number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

std::string encodeHeaders(const Headers &headers)
{
    std::string text;
    for (const Header &header : headers) {
        escapeTo(text, header.name, true);
        text += ": ";
        escapeTo(text, header.value, false);
        text += '\n';
    }
    return text;
}

Headers decodeHeaders(std::string_view text)
{
    Headers headers;
    while (!text.empty()) {
        const std::string_view line = takeUntil(text, '\n');
        const std::size_t colon = std::min(findBare(line, ':'), line.size());
        headers.push_back(
            { unescaped(line.substr(0, colon)), unescaped(line.substr(std::min(colon + 2, line.size()))) });
    }
    return headers;
}

std::string encodeRedirects(const std::vector<Redirect> &redirects)
{
    std::string text;
    for (const Redirect &redirect : redirects) {
        text += fmt::format("{} {} ", redirect.status, redirect.method);
        escapeTo(text, redirect.url, false);
        text += '\n';
    }
    return text;
}

std::vector<Redirect> decodeRedirects(std::string_view text)
{
    std::vector<Redirect> redirects;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        Redirect redirect;
        redirect.status = toNumber<int>(takeUntil(line, ' '));
        redirect.method = takeUntil(line, ' ');
        redirect.url = unescaped(line);
        redirects.push_back(std::move(redirect));
    }
    return redirects;
}

std::string encodePhases(const std::vector<Phase> &phases)
{
    std::string text;
    for (const Phase &phase : phases)
        fmt::format_to(std::back_inserter(text), "{} {}\n", phase.name, std::round(phase.ms * 1000) / 1000);
    return text;
}

std::vector<Phase> decodePhases(std::string_view text)
{
    std::vector<Phase> phases;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        Phase phase;
        phase.name = takeUntil(line, ' ');
        phase.ms = toNumber<double>(line);
        phases.push_back(std::move(phase));
    }
    return phases;
}

std::string encodeNames(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        escapeTo(text, name, false);
        text += '\n';
    }
    return text;
}

std::vector<std::string> decodeNames(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty())
        names.push_back(unescaped(takeUntil(text, '\n')));
    return names;
}

std::string encodeEvents(const std::vector<std::uint32_t> &events)
{
    std::string text;
    for (std::size_t first = 0; first < events.size();) {
        std::size_t last = first;
        while (last + 1 < events.size() && events[last] != UINT32_MAX && events[last + 1] == events[last] + 1)
            ++last;
        if (first != 0)
            text += ',';
        fmt::format_to(std::back_inserter(text), "{}", events[first]);
        if (last != first)
            fmt::format_to(std::back_inserter(text), "-{}", events[last]);
        first = last + 1;
    }
    return text;
}

std::vector<std::uint32_t> decodeEvents(std::string_view text)
{
    std::vector<std::uint32_t> events;
    while (!text.empty()) {
        std::string_view range = takeUntil(text, ',');
        const auto first = toNumber<std::uint32_t>(takeUntil(range, '-'));
        const auto last = range.empty() ? first : toNumber<std::uint32_t>(range);
        for (std::uint64_t event = first; event <= last; ++event)
            events.push_back(static_cast<std::uint32_t>(event));
    }
    return events;
}

std::vector<std::uint64_t> decodeLengths(std::string_view text)
{
    std::vector<std::uint64_t> lengths;
    while (!text.empty())
        lengths.push_back(toNumber<std::uint64_t>(takeUntil(text, ',')));
    return lengths;
}

} // namespace hookbench::journal
