#include "ui/data/mapping_tree.h"

#include "core/json/pointer.h"
#include "core/mapping/path.h"
#include "ui/data/functions.h"
#include "ui/data/value_words.h"

namespace hookbench::data {

using json::Value;

namespace {

constexpr int kDeepestRow = 64; // rows; what is deeper shows as JSON

std::optional<std::string> below(const std::optional<std::string> &output, std::string_view key)
{
    return output ? std::optional(json::childPointer(*output, key)) : std::nullopt;
}

// Whether some part of a function holds fields or items.
bool hasRows(Value value, int depth)
{
    const ValueKind kind = kindOf(value);
    if (kind == ValueKind::Object || kind == ValueKind::Array)
        return true;
    if (!isFunction(kind) || kind == ValueKind::Literal || depth > kDeepestRow)
        return false;
    for (const Operand &operand : operandsOf(value))
        if (operand.type == Operand::Type::Value && operand.alsoAt.empty()
            && hasRows(json::valueAt(value, operand.pointer), depth + 1))
            return true;
    return false;
}

} // namespace

MappingTree::MappingTree(json::Document data)
    : m_data(std::move(data))
{
    const ValueKind kind = kindOf(m_data);
    if (kind == ValueKind::Nothing)
        return;
    if (kind == ValueKind::Object) {
        addMembers(-1, m_data, {}, std::string(), false, 0);
        return;
    }
    Row whole;
    whole.kind = Row::Kind::Whole;
    whole.name = QStringLiteral("data");
    whole.value = m_data;
    whole.output = std::string();
    addChildren(add(std::move(whole)), 0);
}

int MappingTree::add(Row row)
{
    const int number = static_cast<int>(m_rows.size());
    std::vector<int> &siblings = row.parent < 0 ? m_top : m_rows[static_cast<std::size_t>(row.parent)].children;
    row.place = static_cast<int>(siblings.size());
    siblings.push_back(number);
    m_places.insert(QByteArray::fromStdString(row.pointer), number);
    m_rows.push_back(std::move(row));
    return number;
}

void MappingTree::addMembers(int parent, Value object, const std::string &pointer,
    const std::optional<std::string> &output, bool insideItems, int depth)
{
    for (const json::Member &member : object.members()) {
        Row row;
        row.kind = Row::Kind::Field;
        row.pointer = json::childPointer(pointer, member.name());
        row.name = shortened(member.name());
        row.key = std::string(member.name());
        row.value = member.value;
        row.parent = parent;
        row.output = below(output, member.name());
        row.insideItems = insideItems;
        addChildren(add(std::move(row)), depth + 1);
    }
}

void MappingTree::addItems(int parent, Value array, const std::string &pointer,
    const std::optional<std::string> &output, bool insideItems, int depth)
{
    std::size_t index = 0;
    for (const Value item : array.items()) {
        Row row;
        row.kind = Row::Kind::Item;
        row.pointer = json::childPointer(pointer, index);
        row.name = QStringLiteral("[%1]").arg(index);
        row.value = item;
        row.parent = parent;
        row.output = below(output, std::to_string(index));
        row.insideItems = insideItems;
        addChildren(add(std::move(row)), depth + 1);
        ++index;
    }
}

void MappingTree::addChildren(int number, int depth)
{
    if (depth > kDeepestRow)
        return;
    const Row at = row(number); // a copy: rows move while their children are added
    const DirectiveParts directive = directiveParts(at.value);
    const auto takes = [&](const std::string &container, bool items) {
        m_rows[static_cast<std::size_t>(number)].container = container;
        m_rows[static_cast<std::size_t>(number)].takesItems = items;
    };
    switch (kindOf(at.value)) {
    case ValueKind::Object:
        takes(at.pointer, false);
        addMembers(number, at.value, at.pointer, at.output, at.insideItems, depth);
        return;
    case ValueKind::Array:
        takes(at.pointer, true);
        addItems(number, at.value, at.pointer, at.output, at.insideItems, depth);
        return;
    case ValueKind::ArrayItems:
        if (const Value shape = directive.argument.at(1); kindOf(shape) == ValueKind::Object) {
            const std::string pointer = at.pointer + "/@arrayPath/1";
            takes(pointer, false);
            addMembers(number, shape, pointer, below(at.output, "0"), true, depth);
            return;
        }
        break;
    case ValueKind::ExcludeWhenNull:
        if (kindOf(directive.argument) == ValueKind::Object) {
            const std::string pointer = at.pointer + "/@excludeWhenNull";
            takes(pointer, false);
            addMembers(number, directive.argument, pointer, at.output, at.insideItems, depth);
            return;
        }
        break;
    case ValueKind::Literal:
        return;
    default:
        break;
    }
    for (const Operand &operand : operandsOf(at.value)) {
        const Value value = json::valueAt(at.value, operand.pointer);
        if (operand.type != Operand::Type::Value || !operand.alsoAt.empty() || !hasRows(value, 0))
            continue;
        Row part;
        part.kind = Row::Kind::Part;
        part.pointer = at.pointer + operand.pointer;
        part.name = operand.label;
        part.value = value;
        part.parent = number;
        const bool made = directive.name == "@transform" && operand.pointer == "/@transform/mapping";
        part.insideItems = at.insideItems || made || directive.name == "@arrayPath";
        if (made)
            part.output = at.output;
        addChildren(add(std::move(part)), depth + 1);
    }
}

int MappingTree::find(const std::string &pointer) const
{
    return m_places.value(QByteArray::fromStdString(pointer), -1);
}

int MappingTree::findNearest(std::string pointer) const
{
    for (;;) {
        if (const int found = find(pointer); found >= 0)
            return found;
        const std::size_t slash = pointer.rfind('/');
        if (slash == std::string::npos)
            return -1;
        pointer.resize(slash);
    }
}

std::optional<std::string> MappingTree::topContainer() const
{
    return kindOf(m_data) == ValueKind::Object ? std::optional(std::string()) : std::nullopt;
}

bool MappingTree::hasShapeOf(const MappingTree &other) const
{
    if (m_rows.size() != other.m_rows.size())
        return false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &a = m_rows[i];
        const Row &b = other.m_rows[i];
        if (a.kind != b.kind || a.parent != b.parent || a.pointer != b.pointer || a.name != b.name)
            return false;
    }
    return true;
}

Value scopeAt(Value data, const std::string &pointer, Value event, json::Arena &arena)
{
    Value at = data;
    Value scope = event;
    std::string walked;
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const DirectiveParts directive = directiveParts(at);
        const std::string_view next = i + 1 < keys.size() ? std::string_view(keys[i + 1]) : std::string_view();
        if (directive.name == "@arrayPath" && keys[i] == "@arrayPath" && next == "1") {
            const Value path = directive.argument.at(0);
            if (!path.isString())
                return {};
            const Value array = mapping::get(scope, mapping::Path::parseDirective(path.asString(), arena), arena);
            scope = array.isArray() ? array.at(0) : array;
        } else if (directive.name == "@transform" && keys[i] == "@transform" && next == "mapping") {
            return {};
        }
        at = json::valueAt(at, json::childPointer({}, keys[i]));
    }
    return scope;
}

std::optional<std::string> pathAtPlace(Value data, const std::string &pointer, std::string path)
{
    Value at = data;
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const DirectiveParts directive = directiveParts(at);
        if (directive.name == "@arrayPath" && keys[i] == "@arrayPath" && i + 1 < keys.size() && keys[i + 1] == "1") {
            const Value array = directive.argument.at(0);
            const std::string_view items = array.isString() ? shownPath(array.asString()) : std::string_view();
            const std::size_t end = path.find(']', items.size());
            if (!path.starts_with(items) || path.substr(items.size(), 1) != "[" || end == std::string::npos
                || path.substr(end + 1, 1) != ".")
                return std::nullopt;
            path.erase(0, end + 2);
        }
        at = json::valueAt(at, json::childPointer({}, keys[i]));
    }
    return path;
}

} // namespace hookbench::data
