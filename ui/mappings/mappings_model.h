#pragma once
// The document's mappings as a list, with what the current event means to each of them and what is wrong with it. Edits
// go through the document; a row is moved by dropping it between others.
#include "ui/document/workbench.h"

#include <QAbstractListModel>
#include <QStringList>

namespace hookbench::mappings {

enum class Match { Unknown, Yes, No };

class MappingsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        EnabledRole = Qt::UserRole + 1,
        TriggerRole, ///< QStringList, see triggerParts
        MethodRole,
        HostRole,
        BatchRole,
        MatchRole,
        StateRole, ///< a sentence: whether the current event is sent by it, and why not
        StateIconRole,
        ErrorRole, ///< the first error, empty: none
        SearchRole, ///< all a search looks into
    };

    explicit MappingsModel(document::Workbench &workbench, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

private:
    void take(const document::Change &change);
    void takeIssues();
    Match matchOf(int row) const;
    QString whyNot(int row) const;
    QString stateWords(int row) const;

    document::Workbench &m_workbench;
    QStringList m_errors; ///< of each mapping, as of the last check
};

} // namespace hookbench::mappings
