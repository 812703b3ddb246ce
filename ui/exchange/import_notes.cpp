#include "ui/exchange/import_notes.h"

#include "core/json/pointer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::exchange {

namespace {

std::string mappingPlace(int index)
{
    return json::childPointer("/mappings", static_cast<std::size_t>(index));
}

/// Which mapping a path leads into.
std::optional<int> mappingOf(const std::string &path)
{
    const std::vector<std::string> keys = json::pointerKeys(path);
    if (keys.size() < 2 || keys[0] != "mappings" || keys[1].empty()
        || keys[1].find_first_not_of("0123456789") != std::string::npos || keys[1].size() > 6)
        return std::nullopt;
    return std::stoi(keys[1]);
}

/// Where the mapping that was at `index` is now; -1: nowhere.
int indexAfter(int index, const document::Change &change)
{
    switch (change.what) {
    case document::Change::What::MappingAdded:
        return index >= change.index ? index + 1 : index;
    case document::Change::What::MappingRemoved:
        return index == change.index ? -1 : index > change.index ? index - 1 : index;
    case document::Change::What::MappingMoved:
        if (index == change.index)
            return change.to;
        if (change.index < index && index <= change.to)
            return index - 1;
        return change.to <= index && index < change.index ? index + 1 : index;
    default:
        return index;
    }
}

} // namespace

bool isAtOrBelow(std::string_view path, std::string_view place)
{
    return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
}

bool followChange(Issues &notes, const document::Change &change)
{
    const auto isEdited = [&](const Issue &note) {
        const std::optional<int> mapping = mappingOf(note.path);
        if (change.what == document::Change::What::Everything)
            return true;
        if (change.what == document::Change::What::Destination)
            return !mapping;
        if (change.what == document::Change::What::MappingRemoved)
            return mapping == change.index;
        if (change.what != document::Change::What::Mapping || mapping != change.index)
            return false;
        const std::string place = mappingPlace(change.index) + change.pointer;
        return isAtOrBelow(note.path, place) || isAtOrBelow(place, note.path);
    };
    bool changed = std::erase_if(notes, isEdited) > 0;
    for (Issue &note : notes) {
        const std::optional<int> mapping = mappingOf(note.path);
        const int now = mapping ? indexAfter(*mapping, change) : -1;
        if (!mapping || now == *mapping)
            continue;
        note.path = mappingPlace(now) + note.path.substr(mappingPlace(*mapping).size());
        changed = true;
    }
    return changed;
}

Issues withNotes(const Issues &notes, const Issues &issues)
{
    Issues all = notes;
    for (const Issue &issue : issues)
        if (std::none_of(notes.begin(), notes.end(),
                [&](const Issue &note) { return note.code == issue.code && note.path == issue.path; }))
            all.push_back(issue);
    return all;
}

} // namespace hookbench::exchange
