#include "ui/trigger/field_catalogue.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/project_document.h"
#include "ui/trigger/conditions.h"
#include "ui/trigger/trigger_words.h"

#include <algorithm>

namespace hookbench::trigger {

namespace {

using namespace std::chrono_literals;

constexpr auto kDelay = 200ms; // while an event is being typed
constexpr std::size_t kMostFields = 6'000;
constexpr int kDeepest = 12;
constexpr qsizetype kMostValues = 12;
constexpr int kLongestSeen = 60;
constexpr qsizetype kMostEvents = 60;
constexpr std::size_t kMostBytes = 4'000'000;
constexpr std::size_t kLargestEvent = 400'000; // larger ones take longer to read than a frame

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Most paths are written in FQL as they are; the others have to be spelled step by step.
bool isPlain(const QString &field)
{
    for (const QStringView step : QStringView(field).split(u'.')) {
        if (step.isEmpty() || step == u"and" || step == u"or" || step == u"null"
            || (step[0] >= u'0' && step[0] <= u'9'))
            return false;
        for (const QChar c : step)
            if (c != u'_' && !(c >= u'0' && c <= u'9') && !(c >= u'a' && c <= u'z') && !(c >= u'A' && c <= u'Z'))
                return false;
    }
    return true;
}

} // namespace

FieldCollector::FieldCollector()
{
    for (const char *field : { "type", "event", "name", "userId" })
        entry(QString::fromLatin1(field), false);
    entry(QStringLiteral("type"), false).values = QStringList(callTypes().begin(), callTypes().end());
}

bool FieldCollector::isFull() const
{
    return m_entries.size() >= kMostFields;
}

FieldEntry &FieldCollector::entry(const QString &field, bool inArray)
{
    const auto known = m_known.constFind(field);
    if (known != m_known.cend())
        return m_entries[*known];
    m_known.insert(field, m_entries.size());
    m_entries.push_back({ field, field, {}, inArray });
    if (isPlain(field))
        return m_entries.back();
    if (const Result<fql::VisualRow> row = readField(field))
        m_entries.back().fql = QString::fromStdString(fql::fieldInFql(*row));
    return m_entries.back();
}

void FieldCollector::add(json::Value event)
{
    if (!event.isObject())
        return;
    for (const char *field : { "event", "name", "userId" })
        if (const json::Value value = event.find(field); !value.isUndefined())
            collect(value, QString::fromLatin1(field), kDeepest, false);
    for (const char *root : { "properties", "traits", "context" })
        if (const json::Value value = event.find(root); value.isObject())
            for (const json::Member &member : value.members())
                if (!member.name().empty() && member.name().find_first_of(".[]") == std::string_view::npos)
                    collect(member.value, QString(QString::fromLatin1(root) + u'.' + text(member.name())), 0, false);
}

void FieldCollector::collect(json::Value value, const QString &field, int depth, bool inArray)
{
    if (isFull() && !m_known.contains(field))
        return;
    FieldEntry &found = entry(field, inArray);
    if (!value.isContainer()) {
        QString seen = value.isString() ? text(value.asString().substr(0, 4 * kLongestSeen))
                                        : QString::fromStdString(json::stringify(value));
        if (seen.size() <= kLongestSeen && found.values.size() < kMostValues && !found.values.contains(seen))
            found.values.append(seen);
        return;
    }
    if (depth >= kDeepest)
        return;
    // Keys with a dot or a bracket in them cannot be reached by a trigger.
    if (value.isObject()) {
        for (const json::Member &member : value.members())
            if (!member.name().empty() && member.name().find_first_of(".[]") == std::string_view::npos)
                collect(member.value, QString(field + u'.' + text(member.name())), depth + 1, inArray);
    } else if (value.size() > 0) {
        collect(value.at(0), QString(field + QStringLiteral("[0]")), depth + 1, true);
    }
}

FieldCatalogue::FieldCatalogue(document::ProjectDocument &document, QObject *parent)
    : QAbstractListModel(parent)
    , m_document(document)
    , m_entries(FieldCollector().entries())
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    m_step.setInterval(0);
    connect(&m_delay, &QTimer::timeout, this, &FieldCatalogue::startReading);
    connect(&m_step, &QTimer::timeout, this, &FieldCatalogue::readNext);
    const auto soon = [this] {
        m_step.stop();
        m_delay.start();
    };
    connect(&document, &document::ProjectDocument::eventsChanged, this, soon);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, soon);
    m_delay.start();
}

void FieldCatalogue::startReading()
{
    m_collector = FieldCollector();
    m_collector.add(m_document.currentEvent().event);
    m_next = 0;
    m_bytes = 0;
    m_step.start();
}

void FieldCatalogue::readNext()
{
    const document::EventList &events = m_document.events();
    if (m_next < std::min(events.size(), kMostEvents) && m_bytes < kMostBytes && !m_collector.isFull()) {
        const Result<std::string> event = events.textAt(m_next++);
        if (!event || event->size() > kLargestEvent)
            return;
        m_bytes += event->size();
        if (const Result<json::Document> parsed = json::parse(*event))
            m_collector.add(*parsed);
        return;
    }
    m_step.stop();
    if (m_collector.entries() == m_entries)
        return;
    beginResetModel();
    m_entries = m_collector.entries();
    endResetModel();
}

QStringList FieldCatalogue::valuesOf(const QString &field) const
{
    const auto found = std::ranges::find(m_entries, field.trimmed(), &FieldEntry::field);
    return found == m_entries.end() ? QStringList() : found->values;
}

int FieldCatalogue::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant FieldCatalogue::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FieldEntry &entry = m_entries[static_cast<std::size_t>(index.row())];
    const QString name = fieldWords(entry.field);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return entry.field;
    case NameRole:
        return name;
    case SearchRole:
        return name.isEmpty() ? entry.field : QString(entry.field + u' ' + name);
    case DetailRole:
        if (entry.inArray)
            return tr("in an array");
        return name.isEmpty() && !entry.values.isEmpty()
            ? QString::fromStdString(escapeForDisplay(entry.values.first().toStdString()))
            : QString();
    case Qt::ToolTipRole:
        return entry.inArray ? tr("Segment's own screen takes no positions in arrays; its engine does.") : QString();
    case Qt::AccessibleTextRole:
        return name.isEmpty() ? entry.field : tr("%1, %2").arg(name, entry.field);
    default:
        return {};
    }
}

} // namespace hookbench::trigger
