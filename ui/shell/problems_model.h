#pragma once
// The issues of the document as rows: severity, sentence, place, and the one thing to do where there is one.
#include "core/base/issue.h"
#include "core/destination/project.h"
#include "ui/document/quick_fix.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace hookbench::shell {

/// "Orders, URL": what a pointer into the project means to a user.
QString placeWords(const destination::Project &project, std::string_view pointer);

/// "Error", "Warning", "Note".
QString severityWords(Severity severity);

class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, MessageColumn, FixColumn, PlaceColumn, ColumnCount };
    enum Role { PointerRole = Qt::UserRole + 2 };

    explicit ProblemsModel(QObject *parent = nullptr);

    /// Errors first, then warnings, then what is worth knowing; as the check gave them among each other.
    void setIssues(const Issues &issues, const destination::Project &project);
    /// What mends the row; computed when first asked for, against the project the issues are of.
    const std::optional<document::QuickFix> &fix(int row) const;
    const Issue &issue(int row) const { return m_rows.at(static_cast<std::size_t>(row)).issue; }
    int errors() const { return m_errors; }
    int warnings() const { return m_warnings; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString fixWords(int row) const;

    struct Row
    {
        Issue issue;
        QString place;
        bool operator==(const Row &other) const { return issue == other.issue && place == other.place; }
    };
    struct Known
    {
        bool asked = false;
        std::optional<document::QuickFix> fix;
    };
    std::vector<Row> m_rows;
    mutable std::vector<Known> m_fixes; ///< of the rows
    destination::Project m_project;
    int m_errors = 0;
    int m_warnings = 0;
};

} // namespace hookbench::shell
