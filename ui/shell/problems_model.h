#pragma once
// The issues of the document as rows: severity, sentence, place.
#include "core/base/issue.h"
#include "core/destination/project.h"

#include <QAbstractTableModel>

namespace hookbench::shell {

/// "Orders, URL": what a pointer into the project means to a user.
QString placeWords(const destination::Project &project, std::string_view pointer);

class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, MessageColumn, PlaceColumn, ColumnCount };
    enum Role { PointerRole = Qt::UserRole + 1 };

    explicit ProblemsModel(QObject *parent = nullptr);

    /// Errors first, then warnings, then what is worth knowing; as the check gave them among each other.
    void setIssues(const Issues &issues, const destination::Project &project);
    const Issue &issue(int row) const { return m_rows.at(static_cast<std::size_t>(row)).issue; }
    int errors() const { return m_errors; }
    int warnings() const { return m_warnings; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        Issue issue;
        QString place;
        friend bool operator==(const Row &, const Row &) = default;
    };
    std::vector<Row> m_rows;
    int m_errors = 0;
    int m_warnings = 0;
};

} // namespace hookbench::shell
