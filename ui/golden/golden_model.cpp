#include "ui/golden/golden_model.h"

#include "core/base/display.h"
#include "core/json/pointer.h"
#include "ui/widgets/row_delegate.h"

namespace hookbench::golden {

namespace {

using pipeline::GoldenOutcome;
using pipeline::GoldenVerdict;

constexpr int kPlacesNamed = 3;

QString text(json::Value value)
{
    return value.isString() ? QString::fromStdString(std::string(value.asString())) : QString();
}

QString oneLine(const std::string &text)
{
    return QString::fromStdString(escapeForDisplay(text));
}

/// "body/amount/total" as people write it: amount.total.
QString placeWords(const std::string &place)
{
    constexpr std::string_view kBody = "body/";
    if (!place.starts_with(kBody))
        return place == "url" ? QStringLiteral("URL") : oneLine(place);
    QStringList keys;
    for (const std::string &key : json::pointerKeys(place.substr(kBody.size() - 1)))
        keys << oneLine(key);
    return keys.join(u'.');
}

const char *iconOf(const GoldenOutcome *outcome)
{
    if (!outcome)
        return "dash";
    switch (outcome->verdict) {
    case GoldenVerdict::Passed:
        return "ok";
    case GoldenVerdict::Failed:
        return "fail";
    case GoldenVerdict::Error:
        return "warn";
    }
    return "";
}

} // namespace

QString resultWords(const GoldenOutcome &outcome)
{
    if (outcome.error)
        return GoldenModel::tr("Cannot be run: %1").arg(oneLine(outcome.error->message));
    if (outcome.verdict == GoldenVerdict::Passed)
        return outcome.fired ? GoldenModel::tr("As expected") : GoldenModel::tr("Does not fire, as expected");
    if (outcome.test && !outcome.test->expect.fires)
        return GoldenModel::tr("Fires, and should not");
    if (!outcome.fired)
        return outcome.silence.reason.empty() ? GoldenModel::tr("Does not fire, and should")
                                              : GoldenModel::tr("Does not fire: %1, saw %2")
                                                    .arg(oneLine(outcome.silence.reason), oneLine(outcome.silence.saw));
    QStringList places;
    for (const pipeline::GoldenDifference &difference : outcome.differences)
        if (places.size() < kPlacesNamed)
            places << placeWords(difference.place);
    const auto more = static_cast<int>(outcome.differences.size()) - places.size();
    QString words = GoldenModel::tr("Not as expected: %1").arg(places.join(QStringLiteral(", ")));
    if (more > 0)
        words += GoldenModel::tr(" and %n more", nullptr, static_cast<int>(more));
    return words;
}

void GoldenModel::setTests(const json::Document &tests)
{
    const auto count = [](json::Value value) { return value.isArray() ? value.size() : 0; };
    if (count(tests) == count(m_tests)) {
        m_tests = tests;
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_tests = tests;
    m_report.reset();
    endResetModel();
}

void GoldenModel::setReport(pipeline::GoldenReportPtr report)
{
    if (!report || static_cast<int>(report->outcomes.size()) != rowCount())
        return;
    m_report = std::move(report);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const GoldenOutcome *GoldenModel::outcomeAt(int row) const
{
    return m_report && row >= 0 && row < rowCount() ? &m_report->outcomes[static_cast<std::size_t>(row)] : nullptr;
}

int GoldenModel::failing() const
{
    int failing = 0;
    for (int row = 0; row < rowCount(); ++row)
        if (const GoldenOutcome *outcome = outcomeAt(row))
            failing += outcome->verdict != GoldenVerdict::Passed;
    return failing;
}

int GoldenModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_tests->isArray() ? 0 : static_cast<int>(m_tests->size());
}

int GoldenModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GoldenModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const json::Value test = m_tests->at(static_cast<std::size_t>(index.row()));
    const GoldenOutcome *outcome = outcomeAt(index.row());
    if (role == widgets::RowDelegate::kIconRole && index.column() == NameColumn)
        return QByteArray(iconOf(outcome));
    if (role == Qt::EditRole && index.column() == NameColumn)
        return text(test.find("name"));
    if (role == Qt::AccessibleTextRole && index.column() == NameColumn)
        return tr("%1, %2").arg(data(index, Qt::DisplayRole).toString(),
            data(index.siblingAtColumn(ResultColumn), Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case NameColumn: {
        const QString name = oneLine(text(test.find("name")).toStdString());
        return name.isEmpty() ? tr("test %1").arg(index.row() + 1) : name;
    }
    case MappingColumn:
        return oneLine(text(test.find("mapping")).toStdString());
    case ResultColumn:
        return outcome ? resultWords(*outcome) : tr("Not run yet");
    default:
        return {};
    }
}

bool GoldenModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || index.column() != NameColumn || name.isEmpty())
        return false;
    Q_EMIT renamed(index.row(), name);
    return true;
}

Qt::ItemFlags GoldenModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.column() == NameColumn ? usual | Qt::ItemIsEditable : usual;
}

QVariant GoldenModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Test");
    case MappingColumn:
        return tr("Mapping");
    case ResultColumn:
        return tr("Result");
    default:
        return {};
    }
}

} // namespace hookbench::golden
