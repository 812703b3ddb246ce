#include "ui/document/counterpart.h"

namespace hookbench::document {

namespace {

std::vector<int> named(const std::vector<destination::Mapping> &mappings, const std::string &name)
{
    std::vector<int> out;
    for (std::size_t i = 0; i < mappings.size(); ++i)
        if (mappings[i].name == name)
            out.push_back(static_cast<int>(i));
    return out;
}

} // namespace

std::optional<int> counterpart(
    const std::vector<destination::Mapping> &saved, const std::vector<destination::Mapping> &now, int index)
{
    const std::string &name = now.at(static_cast<std::size_t>(index)).name;
    const std::vector<int> before = named(saved, name);
    std::size_t rank = 0;
    for (const int twin : named(now, name))
        rank += twin < index;
    if (rank < before.size())
        return before[rank];
    if (!before.empty() || static_cast<std::size_t>(index) >= saved.size())
        return std::nullopt;
    const std::string &old = saved[static_cast<std::size_t>(index)].name;
    if (named(now, old).empty())
        return index;
    return std::nullopt;
}

} // namespace hookbench::document
