#include "core/mapping/directives/directive.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace hookbench::mapping {

namespace {

constexpr std::array<const Directive *, 13> kDirectives{
    &kPathDirective,
    &kTemplateDirective,
    &kLiteralDirective,
    &kIfDirective,
    &kCaseDirective,
    &kReplaceDirective,
    &kArrayPathDirective,
    &kFlattenDirective,
    &kJsonDirective,
    &kMergeDirective,
    &kTransformDirective,
    &kExcludeWhenNullDirective,
    &kLiquidDirective,
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// How many characters must be put in, left out or replaced to get from one name to the other, whatever their case.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({ replaced, row[j] + 1, diagonal + 1 });
        }
    }
    return row.back();
}

} // namespace

std::span<const Directive *const> directives()
{
    return kDirectives;
}

const Directive *findDirective(std::string_view name)
{
    const auto *found = std::find_if(
        kDirectives.begin(), kDirectives.end(), [name](const Directive *directive) { return directive->name == name; });
    return found == kDirectives.end() ? nullptr : *found;
}

std::string unknownDirective(std::string_view name)
{
    constexpr std::size_t kNear = 2;
    constexpr std::size_t kLongestName = 40;
    if (name.size() <= kLongestName)
        for (const Directive *directive : kDirectives)
            if (distance(name, directive->name) <= kNear)
                return fmt::format("There is no directive {}. Did you mean {}?", name, directive->name);
    std::string names;
    for (const Directive *directive : kDirectives)
        names += (names.empty() ? "" : ", ") + std::string(directive->name);
    return fmt::format("There is no directive {}. Use one of {}.", name, names);
}

} // namespace hookbench::mapping
