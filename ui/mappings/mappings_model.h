#pragma once
// The document's mappings as a list, with what the current event means to each of them. Edits go through the document.
#include "ui/document/workbench.h"

#include <QAbstractListModel>

namespace hookbench::mappings {

enum class Match { Unknown, Yes, No };

class MappingsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { EnabledRole = Qt::UserRole + 1, TriggerRole, MethodRole, HostRole, BatchRole, MatchRole, WhyRole };

    explicit MappingsModel(document::Workbench &workbench, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void take(const document::Change &change);
    Match matchOf(int row) const;
    QString whyNot(int row) const;

    document::Workbench &m_workbench;
};

} // namespace hookbench::mappings
