#include "ui/data/sources.h"

#include "core/json/pointer.h"
#include "ui/data/functions.h"

#include <algorithm>

namespace hookbench::data {

namespace {

using Keys = std::vector<std::string>;

constexpr std::string_view kSetting = "data";
constexpr std::string_view kEvery = "*";

/// How many steps they share from the start; "*" is any step.
std::size_t shared(const Keys &a, const Keys &b)
{
    const std::size_t length = std::min(a.size(), b.size());
    std::size_t at = 0;
    while (at < length && (a[at] == b[at] || a[at] == kEvery || b[at] == kEvery))
        ++at;
    return at;
}

bool isPrefix(const Keys &prefix, const Keys &keys)
{
    return prefix.size() <= keys.size() && shared(prefix, keys) == prefix.size();
}

/// "$.a.b[0]" → a, b, 0.
Keys keysOf(std::string_view path)
{
    path = shownPath(path);
    Keys keys;
    std::string key;
    for (const char c : path) {
        if (c != '.' && c != '[' && c != ']') {
            key += c;
        } else if (!key.empty()) {
            keys.push_back(std::move(key));
            key.clear();
        }
    }
    if (!key.empty())
        keys.push_back(std::move(key));
    return keys;
}

/// The steps of a source's output below data; nothing when it feeds another setting.
std::optional<Keys> belowData(const mapping::Source &source)
{
    Keys keys = json::pointerKeys(source.outputPointer);
    if (keys.empty() || keys.front() != kSetting)
        return std::nullopt;
    keys.erase(keys.begin());
    return keys;
}

} // namespace

std::vector<std::string> sourcesOf(const Row &row, const std::vector<mapping::Source> &sources)
{
    std::vector<std::string> paths;
    if (!row.output) { // inside a function that makes something new: what it names itself is all that is known
        if (!row.insideItems)
            for (const std::string &path : pathsIn(row.value))
                paths.push_back("$." + path);
        return paths;
    }
    const Keys wanted = json::pointerKeys(*row.output);
    for (const mapping::Source &source : sources) {
        const auto output = belowData(source);
        if (output && isPrefix(wanted, *output) && std::ranges::find(paths, source.eventPath) == paths.end())
            paths.push_back(source.eventPath);
    }
    return paths;
}

std::vector<std::string> readersOf(
    std::string_view eventPath, const MappingTree &tree, const std::vector<mapping::Source> &sources)
{
    const Keys part = keysOf(eventPath);
    std::vector<std::string> readers;
    if (part.empty())
        return readers;
    std::vector<Keys> outputs;
    for (const mapping::Source &source : sources) {
        const Keys read = keysOf(source.eventPath);
        if (!isPrefix(read, part) && !isPrefix(part, read))
            continue;
        if (auto output = belowData(source))
            outputs.push_back(std::move(*output));
    }
    if (outputs.empty())
        return readers;
    std::vector<int> best(outputs.size(), -1);
    std::vector<std::size_t> depth(outputs.size(), 0);
    for (std::size_t number = 0; number < tree.rows().size(); ++number) {
        const Row &row = tree.rows()[number];
        if (!row.output)
            continue;
        const Keys keys = json::pointerKeys(*row.output);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            if (isPrefix(keys, outputs[i]) && (best[i] < 0 || keys.size() >= depth[i])) {
                best[i] = static_cast<int>(number);
                depth[i] = keys.size();
            }
        }
    }
    for (const int number : best)
        if (number >= 0 && std::ranges::find(readers, tree.row(number).pointer) == readers.end())
            readers.push_back(tree.row(number).pointer);
    return readers;
}

} // namespace hookbench::data
