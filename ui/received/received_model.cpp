#include "ui/received/received_model.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "ui/theme/fonts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace hookbench::received {

namespace {

constexpr std::size_t kLargestCounted = 4'000'000;

int countEvents(const std::string &body)
{
    if (!body.starts_with('[') || body.size() > kLargestCounted)
        return 1;
    json::Arena arena;
    const auto value = json::parseBorrowing(arena, body);
    return value && value->isArray() ? static_cast<int>(value->size()) : 1;
}

QString sizeText(std::size_t bytes)
{
    if (bytes < 1000)
        return ReceivedModel::tr("%1 B").arg(bytes);
    const double kilo = static_cast<double>(bytes) / 1000;
    return kilo < 1000 ? ReceivedModel::tr("%1 KB").arg(QLocale().toString(kilo, 'f', 1))
                       : ReceivedModel::tr("%1 MB").arg(QLocale().toString(kilo / 1000, 'f', 1));
}

bool isNumeric(int column)
{
    return column == ReceivedModel::EventsColumn || column == ReceivedModel::SizeColumn;
}

} // namespace

QString verdictWords(signing::Verdict verdict, int events)
{
    switch (verdict) {
    case signing::Verdict::ValidWholeBody:
        return ReceivedModel::tr("Valid, whole body");
    case signing::Verdict::ValidFirstEvent:
        return ReceivedModel::tr("Valid, first of %1").arg(events);
    case signing::Verdict::Invalid:
        return ReceivedModel::tr("Invalid");
    case signing::Verdict::Unsigned:
        return ReceivedModel::tr("Unsigned");
    case signing::Verdict::NoSecret:
        return ReceivedModel::tr("Not checked");
    }
    return {};
}

const char *verdictIcon(signing::Verdict verdict)
{
    switch (verdict) {
    case signing::Verdict::ValidWholeBody:
        return "ok";
    case signing::Verdict::ValidFirstEvent:
        return "ok-part";
    case signing::Verdict::Invalid:
        return "fail";
    default:
        return "dash";
    }
}

ReceivedModel::ReceivedModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ReceivedModel::setLimit(int requests)
{
    m_limit = requests;
    drop();
}

void ReceivedModel::add(std::vector<receiver::ReceivedRequest> requests)
{
    if (requests.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(requests.size()) - 1);
    for (receiver::ReceivedRequest &request : requests) {
        m_bytes += request.body.size();
        const int events = countEvents(request.body);
        m_rows.push_front({ std::move(request), events });
    }
    endInsertRows();
    drop();
}

void ReceivedModel::drop()
{
    std::size_t kept = m_rows.size();
    std::size_t bytes = m_bytes;
    while (kept > 1 && (kept > static_cast<std::size_t>(m_limit) || bytes > kMostBytes))
        bytes -= m_rows[--kept].request.body.size();
    if (kept == m_rows.size())
        return;
    beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_rows.size()) - 1);
    m_rows.resize(kept);
    m_bytes = bytes;
    endRemoveRows();
}

void ReceivedModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_bytes = 0;
    endResetModel();
}

int ReceivedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReceivedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReceivedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case TimeColumn:
            return QDateTime::fromMSecsSinceEpoch(row.request.at.time_since_epoch().count())
                .toString(QStringLiteral("HH:mm:ss.zzz"));
        case SignatureColumn:
            return verdictWords(row.request.verdict, row.events);
        case MethodColumn:
            return QString::fromStdString(escapeForDisplay(row.request.method));
        case PathColumn:
            return QString::fromStdString(escapeForDisplay(row.request.target));
        case EventsColumn:
            return QLocale().toString(row.events);
        case SizeColumn:
            return sizeText(row.request.body.size());
        case AnsweredColumn:
            return QString::number(row.request.answeredStatus);
        default:
            return {};
        }
    case IconRole:
        return index.column() == SignatureColumn ? QByteArray(verdictIcon(row.request.verdict))
            : index.column() == AnsweredColumn   ? QByteArray(row.request.answeredStatus / 100 == 2 ? "ok" : "fail")
                                                 : QByteArray();
    case Qt::FontRole:
        return index.column() == SignatureColumn ? QVariant() : QVariant(theme::font(theme::Text::Mono));
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant ReceivedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case SignatureColumn:
        return tr("Signature");
    case MethodColumn:
        return tr("Method");
    case PathColumn:
        return tr("Path");
    case EventsColumn:
        return tr("Events");
    case SizeColumn:
        return tr("Size");
    case AnsweredColumn:
        return tr("Answered");
    default:
        return {};
    }
}

} // namespace hookbench::received
