#include "ui/widgets/json_tree_model.h"

#include "core/base/display.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/tokens.h"

#include <QLocale>

#include <algorithm>

namespace hookbench::widgets {

namespace {

constexpr std::size_t kCellBytes = 400;
constexpr std::size_t kToolTipBytes = 4000;

QString cellText(std::string_view wtf8, std::size_t most)
{
    std::string_view cut = wtf8.substr(0, most);
    while (cut.size() < wtf8.size() && !cut.empty() && (static_cast<unsigned char>(wtf8[cut.size()]) & 0xC0U) == 0x80U)
        cut.remove_suffix(1);
    QString text = QString::fromStdString(escapeForDisplay(cut));
    return cut.size() < wtf8.size() ? QString(text + u'…') : text;
}

TokenKind tokenOf(json::Value value)
{
    switch (value.kind()) {
    case json::Kind::String:
        return TokenKind::Text;
    case json::Kind::Number:
        return TokenKind::Number;
    case json::Kind::Null:
    case json::Kind::Boolean:
        return TokenKind::Word;
    default:
        return TokenKind::Punctuation;
    }
}

json::Value childAt(json::Value container, std::size_t at)
{
    return container.isArray() ? container.at(at) : container.members()[at].value;
}

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

class Finder
{
public:
    Finder(std::string_view needle, bool caseSensitive, std::size_t most, const std::function<bool()> &stop)
        : m_needle(needle)
        , m_caseSensitive(caseSensitive)
        , m_most(most)
        , m_stop(stop)
    {
    }

    void look(json::Value value)
    {
        if (value.isContainer()) {
            for (std::size_t i = 0; i < value.size() && !isFull(); ++i) {
                if (++m_looked % 4096 == 0 && m_stop && m_stop())
                    m_most = 0;
                m_place.push_back(i);
                const bool keyHas = value.isObject() && contains(value.members()[i].name());
                const json::Value child = childAt(value, i);
                if (keyHas || (!child.isContainer() && holds(child)))
                    m_found.push_back(m_place);
                if (child.isContainer())
                    look(child);
                m_place.pop_back();
            }
        } else if (m_place.empty() && holds(value)) {
            m_found.push_back({});
        }
    }
    std::vector<JsonPlace> take() { return std::move(m_found); }

private:
    bool isFull() const { return m_found.size() >= m_most; }
    bool holds(json::Value value) const
    {
        return value.isString() ? contains(value.asString()) : contains(json::stringify(value));
    }
    bool contains(std::string_view text) const
    {
        if (m_caseSensitive)
            return text.find(m_needle) != std::string_view::npos;
        return std::search(text.begin(), text.end(), m_needle.begin(), m_needle.end(), [](char a, char b) {
            return lowerAscii(a) == lowerAscii(b);
        }) != text.end();
    }

    std::string_view m_needle;
    bool m_caseSensitive;
    std::size_t m_most;
    const std::function<bool()> &m_stop;
    std::size_t m_looked = 0;
    JsonPlace m_place;
    std::vector<JsonPlace> m_found;
};

} // namespace

std::vector<JsonPlace> findInJson(
    json::Value root, std::string_view needle, bool caseSensitive, std::size_t most, const std::function<bool()> &stop)
{
    Finder finder(needle, caseSensitive, most, stop);
    finder.look(root);
    return finder.take();
}

// Either a value or a range of a container's children. `span` is how many of them one child of this node stands for.
struct JsonTreeModel::Node
{
    Node *parent = nullptr;
    std::size_t row = 0;
    json::Value value; ///< of a range: the container
    json::Value key; ///< of a member
    std::size_t index = 0; ///< of a value: its place in its container; of a range: its first
    bool isRange = false;
    std::size_t first = 0; ///< of the container's children below this node
    std::size_t count = 0;
    std::size_t span = 1;
    std::vector<std::unique_ptr<Node>> children; ///< made when asked for

    void divide()
    {
        span = 1;
        while (count > span * kRange)
            span *= kRange;
        children.resize((count + span - 1) / span);
    }
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setDocument(json::Document document)
{
    beginResetModel();
    m_document = std::move(document);
    m_root = std::make_unique<Node>();
    if (!m_document->isUndefined())
        m_root->children.resize(1);
    endResetModel();
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

JsonTreeModel::Node *JsonTreeModel::childOf(Node &node, std::size_t row) const
{
    std::unique_ptr<Node> &child = node.children[row];
    if (child)
        return child.get();
    child = std::make_unique<Node>();
    child->parent = &node;
    child->row = row;
    if (&node == m_root.get()) {
        child->value = m_document;
    } else if (node.span > 1) {
        child->isRange = true;
        child->value = node.value;
        child->first = child->index = node.first + row * node.span;
        child->count = std::min(node.span, node.first + node.count - child->first);
        child->divide();
        return child.get();
    } else {
        child->index = node.first + row;
        child->value = childAt(node.value, child->index);
        if (node.value.isObject())
            child->key = node.value.members()[child->index].key;
    }
    child->count = child->value.isContainer() ? child->value.size() : 0;
    child->divide();
    return child.get();
}

QModelIndex JsonTreeModel::indexOf(const JsonPlace &place)
{
    if (m_root->children.empty())
        return {};
    QModelIndex at = index(0, 0);
    for (const std::size_t step : place) {
        Node *node = nodeOf(at);
        if (step >= node->count)
            return {};
        while (node->span > 1) { // through the ranges
            at = index(static_cast<int>((step - node->first) / node->span), 0, at);
            node = nodeOf(at);
        }
        at = index(static_cast<int>(step - node->first), 0, at);
    }
    return at;
}

json::Value JsonTreeModel::valueAt(const QModelIndex &index) const
{
    return index.isValid() ? nodeOf(index)->value : json::Value();
}

bool JsonTreeModel::isRange(const QModelIndex &index) const
{
    return index.isValid() && nodeOf(index)->isRange;
}

std::vector<JsonStep> JsonTreeModel::stepsTo(const QModelIndex &index) const
{
    std::vector<JsonStep> steps;
    for (const Node *node = nodeOf(index); node->parent && node->parent != m_root.get(); node = node->parent)
        if (!node->isRange)
            steps.push_back(node->key.isString() ? JsonStep{ std::string(node->key.asString()), false }
                                                 : JsonStep{ std::to_string(node->index), true });
    std::reverse(steps.begin(), steps.end());
    return steps;
}

std::string JsonTreeModel::pointerOf(const QModelIndex &index) const
{
    std::string pointer;
    for (const JsonStep &step : stepsTo(index))
        pointer = json::childPointer(pointer, step.key);
    return pointer;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    Node *node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= node->children.size()
        || (parent.isValid() && parent.column() != 0))
        return {};
    return createIndex(row, column, childOf(*node, static_cast<std::size_t>(row)));
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const Node *node = nodeOf(child);
    if (!node->parent || node->parent == m_root.get())
        return {};
    return createIndex(static_cast<int>(node->parent->row), 0, node->parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    const json::Value value = node.value;
    const bool isKey = index.column() == KeyColumn;
    const auto containerWords = [&] {
        return value.isArray() ? tr("%n items", nullptr, static_cast<int>(value.size()))
                               : tr("%n fields", nullptr, static_cast<int>(value.size()));
    };
    const auto keyText = [&](std::size_t most) -> QString {
        if (node.isRange)
            return tr("%1 … %2").arg(node.first).arg(node.first + node.count - 1);
        if (node.key.isString())
            return cellText(node.key.asString(), most);
        return node.parent == m_root.get() ? tr("(whole body)") : QString::number(node.index);
    };
    const auto valueText = [&](std::size_t most) -> QString {
        if (node.isRange)
            return {};
        if (value.isContainer())
            return (value.isArray() ? QStringLiteral("[ %1 ]") : QStringLiteral("{ %1 }")).arg(containerWords());
        if (value.isString())
            return u'"' + cellText(value.asString(), most) + u'"';
        return QString::fromStdString(json::stringify(value));
    };
    switch (role) {
    case Qt::DisplayRole:
        return isKey ? keyText(kCellBytes) : valueText(kCellBytes);
    case Qt::ToolTipRole:
        return isKey ? QString::fromStdString(escapeForDisplay(pointerOf(index))) : valueText(kToolTipBytes);
    case Qt::FontRole:
        return theme::font(theme::Text::Mono);
    case Qt::ForegroundRole:
        return tokenColor(isKey ? (node.key.isString() ? TokenKind::Key : TokenKind::Punctuation) : tokenOf(value));
    case TokenRole:
        return static_cast<int>(tokenOf(value));
    case Qt::AccessibleTextRole:
        return QString(keyText(kCellBytes) + u' ' + valueText(kCellBytes));
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Field") : tr("Value");
}

} // namespace hookbench::widgets
