#include "core/json/pointer.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace hookbench::json {

namespace {

std::optional<std::size_t> toIndex(std::string_view key)
{
    std::size_t index = 0;
    const auto [end, failed] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (failed != std::errc() || end != key.data() + key.size() || (key.size() > 1 && key[0] == '0'))
        return std::nullopt;
    return index;
}

tl::unexpected<Error> notFound(std::string_view pointer)
{
    return fail(
        "pointer-not-found", fmt::format("There is nothing at {} in this document.", pointer), std::string(pointer));
}

enum class Edit { Replace, Remove };

// Rebuilds the containers on the way to the edited place; everything beside the way is shared with the old document.
class Editor
{
public:
    Editor(Arena &arena, std::string_view pointer, Edit edit, Value value)
        : m_arena(arena)
        , m_keys(pointerKeys(pointer))
        , m_pointer(pointer)
        , m_edit(edit)
        , m_value(value)
    {
    }

    Result<Value> apply(Value at, std::size_t depth = 0)
    {
        if (depth == m_keys.size())
            return m_edit == Edit::Replace ? Result<Value>(m_value) : Result<Value>(Value());
        const std::string &key = m_keys[depth];
        const bool last = depth + 1 == m_keys.size();
        if (at.isObject()) {
            std::vector<Member> members(at.members().begin(), at.members().end());
            const auto found
                = std::find_if(members.begin(), members.end(), [&](const Member &m) { return m.name() == key; });
            if (found == members.end()) {
                if (!last || m_edit == Edit::Remove)
                    return notFound(m_pointer);
                members.push_back({ makeString(m_arena, key), m_value });
            } else if (last && m_edit == Edit::Remove) {
                members.erase(found);
            } else {
                Result<Value> inner = apply(found->value, depth + 1);
                if (!inner)
                    return inner;
                found->value = *inner;
            }
            return ObjectBuilder::build(m_arena, members);
        }
        if (at.isArray()) {
            std::vector<Value> items(at.items().begin(), at.items().end());
            const auto index = key == "-" ? std::optional(items.size()) : toIndex(key);
            if (!index || *index > items.size() || (*index == items.size() && (!last || m_edit == Edit::Remove)))
                return notFound(m_pointer);
            if (*index == items.size()) {
                items.push_back(m_value);
            } else if (last && m_edit == Edit::Remove) {
                items.erase(items.begin() + static_cast<std::ptrdiff_t>(*index));
            } else {
                Result<Value> inner = apply(items[*index], depth + 1);
                if (!inner)
                    return inner;
                items[*index] = *inner;
            }
            return makeArray(m_arena, items);
        }
        return notFound(m_pointer);
    }

private:
    Arena &m_arena;
    std::vector<std::string> m_keys;
    std::string_view m_pointer;
    Edit m_edit;
    Value m_value;
};

Result<Document> edited(const Document &document, std::string_view pointer, Edit edit, Value value)
{
    auto arena = std::make_shared<Arena>();
    arena->keepAlive(document.arena());
    return Editor(*arena, pointer, edit, copyInto(*arena, value)).apply(document.root()).map([&](Value root) {
        return Document(arena, root);
    });
}

} // namespace

std::string childPointer(std::string_view parent, std::string_view key)
{
    std::string pointer(parent);
    pointer += '/';
    for (const char c : key) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

std::string childPointer(std::string_view parent, std::size_t index)
{
    return fmt::format("{}/{}", parent, index);
}

std::vector<std::string> pointerKeys(std::string_view pointer)
{
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            keys.emplace_back();
        } else if (keys.empty()) {
            break; // a pointer starts with a slash
        } else if (pointer[i] == '~' && i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
            keys.back() += pointer[++i] == '0' ? '~' : '/';
        } else {
            keys.back() += pointer[i];
        }
    }
    return keys;
}

Value valueAt(Value root, std::string_view pointer)
{
    for (const std::string &key : pointerKeys(pointer)) {
        if (root.isObject()) {
            root = root.find(key);
        } else {
            const auto index = toIndex(key);
            root = index ? root.at(*index) : Value();
        }
    }
    return root;
}

Result<Document> replaced(const Document &document, std::string_view pointer, Value value)
{
    return edited(document, pointer, Edit::Replace, value);
}

Result<Document> removed(const Document &document, std::string_view pointer)
{
    return edited(document, pointer, Edit::Remove, Value());
}

} // namespace hookbench::json
