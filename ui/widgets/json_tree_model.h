#pragma once
// A JSON value as a tree, made as it is opened: a million items cost what is looked at. Containers of more than a
// thousand are divided into ranges ("0 … 999"). Texts are escaped for display and cut in the cells, not in what
// is copied.
#include "core/json/value.h"

#include <QAbstractItemModel>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hookbench::widgets {

/// A place in a value: the position of each member or item on the way.
using JsonPlace = std::vector<std::size_t>;

/// Where a key or a scalar contains `needle`, in document order, at most `most` of them.
std::vector<JsonPlace> findInJson(
    json::Value root, std::string_view needle, bool caseSensitive, std::size_t most, const std::function<bool()> &stop);

/// One step on the way to a value: a key, or the number of an item.
struct JsonStep
{
    std::string key;
    bool isItem = false;
};

class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role { TokenRole = Qt::UserRole + 1 /**< int(TokenKind) of the value */ };
    static constexpr std::size_t kRange = 1000;

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setDocument(json::Document document);
    QModelIndex indexOf(const JsonPlace &place);
    json::Value valueAt(const QModelIndex &index) const;
    /// A part of a long container, no value of its own.
    bool isRange(const QModelIndex &index) const;
    /// From the document to that value; of a range: to its container.
    std::vector<JsonStep> stepsTo(const QModelIndex &index) const;
    /// JSON pointer; of a range: that of its container.
    std::string pointerOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    Node *childOf(Node &node, std::size_t row) const;

    json::Document m_document;
    std::unique_ptr<Node> m_root; ///< its only child is the document
};

} // namespace hookbench::widgets
