#pragma once
// The mapping of data as a tree of three columns: destination field, value, preview. Read-only towards the document:
// what the user asks for leaves as signals, and comes back as another mapping. The preview is one resolved value that
// is walked once; nothing is resolved per row.
#include "core/base/result.h"
#include "ui/data/mapping_tree.h"
#include "ui/data/value_words.h"

#include <QAbstractItemModel>

#include <functional>
#include <optional>

namespace hookbench::data {

/// What became of a row with the current event.
struct Outcome
{
    enum class State {
        Unknown, ///< no event, or inside a function that makes something new of it
        Known,
        LeftOut, ///< undefined: not in what is sent
        Failed, ///< `message` says why
        Waiting, ///< another row failed
    };
    State state = State::Unknown;
    json::Document value{};
    QString message{};
};

/// What resolving the data gave: the value, or the error with its place below data ("" when it is elsewhere). With an
/// error the value is what the parts without `faults` give, undefined when that is not known.
struct ResolvedData
{
    json::Document value;
    std::optional<Error> error;
    std::vector<Error> faults{}; ///< those below data
    bool known = false;
};

class MappingModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { FieldColumn, ValueColumn, PreviewColumn, ColumnCount };
    enum Role { PointerRole = Qt::UserRole + 1, NoteRole, HighlightRole };

    explicit MappingModel(QObject *parent = nullptr);

    void setMapping(json::Document data);
    void setResolved(ResolvedData resolved);
    /// "absent in 3 of 20 loaded events" for what a row reads; empty: nothing to say. Asked for rows that are shown.
    using Absence = std::function<QString(const Row &row)>;
    void setAbsence(Absence absence);
    void tellAbsenceChanged();
    /// Rows to mark, by place.
    void setHighlighted(std::vector<std::string> pointers);

    const MappingTree &tree() const { return m_tree; }
    const Row *rowAt(const QModelIndex &index) const;
    QModelIndex indexOf(const std::string &pointer, int column = FieldColumn) const;
    /// Of the nearest row at or around the place.
    QModelIndex indexNear(const std::string &pointer) const;
    const Words &words(const QModelIndex &index) const;
    Outcome outcome(const QModelIndex &index) const;
    /// The field or item that was taken along by a drag or copy.
    static constexpr auto kFieldMime = "application/x-hookbench-mapping-field";

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    /// Never changes anything itself: the answer to moveRequested or pathsDropped does.
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    void renameRequested(const std::string &pointer, const QString &name);
    void moveRequested(const std::string &pointer, const std::string &container, int before);
    void pathsDropped(const QStringList &paths, const std::string &container, int before);

private:
    struct Target
    {
        std::string container;
        int before;
    };
    std::optional<Target> targetOf(int row, const QModelIndex &parent) const;
    /// As targetOf, but a row that holds no fields stands for the place behind it.
    std::optional<Target> fieldTargetOf(int row, const QModelIndex &parent) const;
    const std::vector<int> &childrenOf(const QModelIndex &parent) const;
    void tellColumnChanged(Column first, Column last);
    void resolveRows();
    void markFaults();
    int markFault(const Error &fault); ///< the row; -1: none
    QString toolTip(const Row &row, const QModelIndex &index) const;

    MappingTree m_tree;
    ResolvedData m_resolved;
    std::vector<Outcome> m_outcomes;
    Absence m_absence;
    std::vector<std::string> m_highlighted;
    mutable std::vector<std::optional<Words>> m_words;
};

/// Paths in what was dragged or pasted: our own, or text of which every line begins with "$.".
QStringList droppedPaths(const QMimeData *data);

} // namespace hookbench::data
