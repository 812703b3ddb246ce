#pragma once
// The rows of a mapping of `data`: fields of objects, items of arrays, the fields an item of an @arrayPath takes, and
// those parts of functions that hold fields themselves. Each row knows its place in the mapping (a JSON pointer below
// data) and the place of its result in what comes out. Values, immutable once built.
#include "core/json/value.h"

#include <QHash>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace hookbench::data {

struct Row
{
    enum class Kind {
        Whole, ///< data itself, when it is no object of fields
        Field,
        Item,
        Part, ///< of a function, e.g. "Object 2" of a merge
    };

    Kind kind = Kind::Field;
    std::string pointer;
    QString name; ///< the key, shown; "[2]" of an item; the words for a part
    std::string key; ///< of a field, exactly
    json::Value value;
    int parent = -1; ///< -1: at the top
    int place = 0; ///< among its siblings
    std::vector<int> children;
    /// Where a new field or item of this row goes, when it takes any; and which of the two.
    std::optional<std::string> container;
    bool takesItems = false;
    /// JSON pointer of its result in the resolved data; none where a function makes something new of it.
    std::optional<std::string> output;
    bool insideItems = false; ///< `$.` is an item or a made object here, not the event
};

class MappingTree
{
public:
    MappingTree() = default;
    explicit MappingTree(json::Document data);

    const json::Document &data() const { return m_data; }
    const std::vector<Row> &rows() const { return m_rows; }
    const Row &row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }
    const std::vector<int> &top() const { return m_top; }
    /// -1: there is none.
    int find(const std::string &pointer) const;
    /// The row of that place, or the nearest one around it.
    int findNearest(std::string pointer) const;
    /// Where fields go that are added to the top; none when data is no object.
    std::optional<std::string> topContainer() const;

    /// Same rows under the same names in the same places: only values may differ.
    bool hasShapeOf(const MappingTree &other) const;

private:
    int add(Row row);
    void addChildren(int parent, int depth);
    void addMembers(int parent, json::Value object, const std::string &pointer,
        const std::optional<std::string> &output, bool insideItems, int depth);
    void addItems(int parent, json::Value array, const std::string &pointer, const std::optional<std::string> &output,
        bool insideItems, int depth);

    json::Document m_data;
    std::vector<Row> m_rows;
    std::vector<int> m_top;
    QHash<QByteArray, int> m_places;
};

/// What stands for the event at that place of the mapping: the event, or the first item of the array that an @arrayPath
/// around it reads. Undefined where only running the mapping could tell.
json::Value scopeAt(json::Value data, const std::string &pointer, json::Value event, json::Arena &arena);

/// How that place of the mapping names `path` of the event: as it is, or, where `$.` is an item of an @arrayPath,
/// without what leads to the item. nullopt: the path does not lead into such an item.
std::optional<std::string> pathAtPlace(json::Value data, const std::string &pointer, std::string path);

} // namespace hookbench::data
