#include "core/query/value.h"

#include "core/base/headers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <fmt/format.h>

namespace hookbench::query {

namespace {

struct Span
{
    double least = 0;
    double most = 0;
};

struct Unit
{
    std::string_view word;
    double factor;
};

constexpr std::array kSizes{ Unit{ "", 1 }, Unit{ "b", 1 }, Unit{ "k", 1e3 }, Unit{ "kb", 1e3 }, Unit{ "m", 1e6 },
    Unit{ "mb", 1e6 }, Unit{ "g", 1e9 }, Unit{ "gb", 1e9 } };
constexpr std::array kDurations{ Unit{ "", 1 }, Unit{ "ms", 1 }, Unit{ "s", 1e3 }, Unit{ "m", 6e4 },
    Unit{ "h", 3.6e6 } };
constexpr std::array kAges{ Unit{ "s", 1e3 }, Unit{ "m", 6e4 }, Unit{ "h", 3.6e6 }, Unit{ "d", 8.64e7 },
    Unit{ "w", 6.048e8 } };
constexpr std::array kCounts{ Unit{ "", 1 }, Unit{ "k", 1e3 }, Unit{ "m", 1e6 } };

std::optional<double> numberWithUnit(std::string_view text, std::span<const Unit> units)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || text.empty() || text.front() == '-' || !(number <= 1e15))
        return std::nullopt;
    const std::string word = asciiLower(text.substr(static_cast<std::size_t>(end - text.data())));
    for (const Unit &unit : units)
        if (unit.word == word)
            return number * unit.factor;
    return std::nullopt;
}

/// 404, 5xx, 40x, none.
std::optional<Span> statusSpan(std::string_view text)
{
    if (asciiLower(text) == "none")
        return Span{};
    if (text.size() != 3)
        return std::nullopt;
    Span span;
    bool open = false;
    for (const char c : text) {
        const bool any = c == 'x' || c == 'X';
        if ((!any && (c < '0' || c > '9')) || (open && !any))
            return std::nullopt;
        open = any;
        span.least = span.least * 10 + (any ? 0 : c - '0');
        span.most = span.most * 10 + (any ? 9 : c - '0');
    }
    return span;
}

std::optional<int> digits(std::string_view text, std::size_t &at, std::size_t count)
{
    if (at + count > text.size())
        return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i, ++at) {
        if (text[at] < '0' || text[at] > '9')
            return std::nullopt;
        number = number * 10 + (text[at] - '0');
    }
    return number;
}

bool accept(std::string_view text, std::size_t &at, std::string_view anyOf)
{
    if (at >= text.size() || anyOf.find(text[at]) == std::string_view::npos)
        return false;
    ++at;
    return true;
}

/// ISO 8601; local time when no zone is given. The span is the whole day, minute, second or millisecond.
std::optional<Span> momentSpan(std::string_view text)
{
    std::size_t at = 0;
    const auto year = digits(text, at, 4);
    if (!year || !accept(text, at, "-"))
        return std::nullopt;
    const auto month = digits(text, at, 2);
    if (!month || *month < 1 || *month > 12 || !accept(text, at, "-"))
        return std::nullopt;
    const auto day = digits(text, at, 2);
    if (!day || *day < 1 || *day > 31)
        return std::nullopt;
    std::tm moment{};
    moment.tm_year = *year - 1900;
    moment.tm_mon = *month - 1;
    moment.tm_mday = *day;
    moment.tm_isdst = -1;
    double length = 8.64e7;
    double fraction = 0;
    if (accept(text, at, "Tt ")) {
        const auto hour = digits(text, at, 2);
        if (!hour || *hour > 23 || !accept(text, at, ":"))
            return std::nullopt;
        const auto minute = digits(text, at, 2);
        if (!minute || *minute > 59)
            return std::nullopt;
        moment.tm_hour = *hour;
        moment.tm_min = *minute;
        length = 6e4;
        if (accept(text, at, ":")) {
            const auto second = digits(text, at, 2);
            if (!second || *second > 60)
                return std::nullopt;
            moment.tm_sec = *second;
            length = 1e3;
            if (accept(text, at, ".")) {
                const auto thousandths = digits(text, at, 3);
                if (!thousandths)
                    return std::nullopt;
                fraction = *thousandths;
                length = 1;
            }
        }
    }
    const int wantedDay = moment.tm_mday;
    double start = 0;
    if (at == text.size()) {
        start = static_cast<double>(std::mktime(&moment)) * 1e3;
    } else {
        double zone = 0;
        if (!accept(text, at, "Zz")) {
            const double sign = text[at] == '-' ? -1 : 1;
            if (!accept(text, at, "+-"))
                return std::nullopt;
            const auto hours = digits(text, at, 2);
            accept(text, at, ":");
            const auto minutes = digits(text, at, 2);
            if (!hours || *hours > 14 || !minutes || *minutes > 59)
                return std::nullopt;
            zone = sign * (*hours * 3.6e6 + *minutes * 6e4);
        }
        if (at != text.size())
            return std::nullopt;
        start = static_cast<double>(::timegm(&moment)) * 1e3 - zone;
    }
    if (moment.tm_mday != wantedDay) // the 31st of a month that has 30
        return std::nullopt;
    start += fraction;
    return Span{ start, start + length - 1 };
}

std::optional<Span> spanOf(std::string_view text, Kind kind)
{
    const auto same = [](const std::optional<double> &number) -> std::optional<Span> {
        return number ? std::optional(Span{ *number, *number }) : std::nullopt;
    };
    switch (kind) {
    case Kind::Status:
        return statusSpan(text);
    case Kind::Size:
        return same(numberWithUnit(text, kSizes));
    case Kind::Duration:
        return same(numberWithUnit(text, kDurations));
    default:
        return same(numberWithUnit(text, kCounts));
    }
}

const char *examplesOf(Kind kind)
{
    switch (kind) {
    case Kind::Status:
        return "a status as 404, 5xx or none";
    case Kind::Size:
        return "a size as 500, 10k or 2.5m";
    case Kind::Duration:
        return "a duration as 500, 2s or 1m";
    case Kind::Time:
        return "an age as 10m, 2h or 7d, or a time as 2026-11-22 or 2026-11-22T08:30";
    default:
        return "a number";
    }
}

} // namespace

std::optional<std::string> readNumbers(Term &term, Kind kind)
{
    const auto wrong = [&] { return fmt::format("\"{}\" was found, expected {}.", term.value, examplesOf(kind)); };
    if (kind == Kind::Time) {
        const bool since = term.field == Field::Since;
        if (const auto age = numberWithUnit(term.value, kAges)) {
            term.relative = true;
            (since ? term.least : term.most) = -*age;
            return std::nullopt;
        }
        const auto span = momentSpan(term.value);
        if (!span)
            return wrong();
        (since ? term.least : term.most) = since ? span->least : span->most;
        return std::nullopt;
    }
    const std::string_view value = term.value;
    const std::size_t dots = value.find("..");
    const auto low = spanOf(value.substr(0, dots), kind);
    const auto high = dots == std::string_view::npos ? low : spanOf(value.substr(dots + 2), kind);
    if (!low || !high || (dots != std::string_view::npos && term.compare > Compare::Same))
        return wrong();
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    // No answer is no status below 400.
    const double bottom = kind == Kind::Status ? 1 : -kInfinite;
    switch (term.compare) {
    case Compare::Like:
    case Compare::Same:
        term.least = low->least;
        term.most = high->most;
        break;
    case Compare::Less:
        term.least = bottom;
        term.most = std::nextafter(low->least, -kInfinite);
        break;
    case Compare::LessOrEqual:
        term.least = bottom;
        term.most = low->most;
        break;
    case Compare::Greater:
        term.least = std::nextafter(low->most, kInfinite);
        break;
    case Compare::GreaterOrEqual:
        term.least = low->least;
        break;
    }
    return std::nullopt;
}

} // namespace hookbench::query
