#include "ui/shell/problems_model.h"

#include "core/json/pointer.h"
#include "ui/document/outcome_words.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/row_delegate.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hookbench::shell {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Problems", text);
}

QString fieldWords(const std::vector<std::string> &keys)
{
    struct Field
    {
        const char *key;
        const char *words;
    };
    static constexpr Field kFields[] = {
        { "name", QT_TRANSLATE_NOOP("Problems", "Name") },
        { "trigger", QT_TRANSLATE_NOOP("Problems", "Trigger") },
        { "url", QT_TRANSLATE_NOOP("Problems", "URL") },
        { "method", QT_TRANSLATE_NOOP("Problems", "Method") },
        { "headers", QT_TRANSLATE_NOOP("Problems", "Headers") },
        { "data", QT_TRANSLATE_NOOP("Problems", "Data") },
        { "enable_batching", QT_TRANSLATE_NOOP("Problems", "Enable batching") },
        { "batch_size", QT_TRANSLATE_NOOP("Problems", "Batch size") },
        { "batch_keys", QT_TRANSLATE_NOOP("Problems", "Batch keys") },
    };
    std::size_t at = 2; // behind /mappings/N
    if (keys.size() > at && keys[at] == "settings")
        ++at;
    if (keys.size() <= at)
        return {};
    QString field = QString::fromStdString(keys[at]);
    for (const Field &known : kFields)
        if (keys[at] == known.key)
            field = words(known.words);
    // Headers and data: the keys below say which one; directives are no names.
    QString names;
    for (++at; at < keys.size(); ++at) {
        const bool isArrayPath = keys[at] == "@arrayPath" && at + 1 < keys.size() && keys[at + 1] == "1";
        if (isArrayPath) { // what an item takes
            names += QStringLiteral("[]");
            ++at;
        } else if (keys[at].starts_with('@') && keys[at] != "@excludeWhenNull") {
            break;
        } else if (!keys[at].starts_with('@')) {
            names += (names.isEmpty() ? QString() : QStringLiteral(".")) + QString::fromStdString(keys[at]);
        }
    }
    return names.isEmpty() ? field : QString(field + u' ' + names);
}

} // namespace

QString severityWords(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return words(QT_TRANSLATE_NOOP("Problems", "Error"));
    case Severity::Warning:
        return words(QT_TRANSLATE_NOOP("Problems", "Warning"));
    case Severity::Info:
        return words(QT_TRANSLATE_NOOP("Problems", "Note"));
    }
    return {};
}

QString placeWords(const destination::Project &project, std::string_view pointer)
{
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    if (keys.size() < 2 || keys[0] != "mappings")
        return words(QT_TRANSLATE_NOOP("Problems", "Destination"));
    const std::size_t index = std::strtoul(keys[1].c_str(), nullptr, 10);
    if (index >= project.mappings.size())
        return words(QT_TRANSLATE_NOOP("Problems", "Destination"));
    const QString name = QString::fromStdString(project.mappings[index].name);
    const QString field = fieldWords(keys);
    return field.isEmpty() ? name : QString(name + u", " + field);
}

ProblemsModel::ProblemsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ProblemsModel::setIssues(const Issues &issues, const destination::Project &project)
{
    std::vector<Row> rows;
    rows.reserve(issues.size());
    for (const Issue &issue : issues)
        rows.push_back({ issue, placeWords(project, issue.path) });
    std::ranges::stable_sort(rows, {}, [](const Row &row) { return static_cast<int>(row.issue.severity); });
    m_project = project; // shares its JSON
    m_fixes.assign(rows.size(), {});
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    const auto count = [this](Severity severity) {
        return static_cast<int>(
            std::ranges::count(m_rows, severity, [](const Row &row) { return row.issue.severity; }));
    };
    m_errors = count(Severity::Error);
    m_warnings = count(Severity::Warning);
    endResetModel();
}

const std::optional<document::QuickFix> &ProblemsModel::fix(int row) const
{
    Known &known = m_fixes.at(static_cast<std::size_t>(row));
    if (!std::exchange(known.asked, true))
        known.fix = document::quickFix(m_project, issue(row));
    return known.fix;
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(static_cast<std::size_t>(index.row()));
    const QString message = QString::fromStdString(row.issue.message);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == MessageColumn ? message
            : index.column() == PlaceColumn    ? row.place
            : index.column() == FixColumn      ? fixWords(index.row())
                                               : QString();
    case Qt::ToolTipRole:
        return index.column() == SeverityColumn ? severityWords(row.issue.severity)
            : index.column() == MessageColumn   ? message
            : index.column() == FixColumn       ? fixWords(index.row())
                                                : QString(row.place + u"\n" + QString::fromStdString(row.issue.path));
    case Qt::AccessibleTextRole:
        return index.column() == SeverityColumn ? severityWords(row.issue.severity) : data(index, Qt::DisplayRole);
    case widgets::RowDelegate::kIconRole:
        return index.column() == SeverityColumn ? QByteArray(document::severityIcon(row.issue.severity)) : QByteArray();
    case widgets::RowDelegate::kToneRole:
        return index.column() == FixColumn ? QVariant(static_cast<int>(widgets::Tone::Accent)) : QVariant();
    case PointerRole:
        return QString::fromStdString(row.issue.path);
    default:
        return {};
    }
}

QString ProblemsModel::fixWords(int row) const
{
    const auto &known = fix(row);
    return known ? known->words : QString();
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MessageColumn:
        return tr("Problem");
    case PlaceColumn:
        return tr("Where");
    case FixColumn:
        return tr("Quick fix");
    default:
        return QString();
    }
}

} // namespace hookbench::shell
