#include "ui/data/loaded_events.h"

#include "core/fql/trigger.h"
#include "core/json/parse.h"
#include "core/mapping/path.h"

#include <QElapsedTimer>

namespace hookbench::data {

namespace {

constexpr qsizetype kMostEvents = 100;
constexpr std::size_t kMostEventBytes = 8'000'000;
constexpr std::size_t kLargestEvent = 1'000'000;
constexpr int kSliceMs = 4;

} // namespace

Coverage coverageOf(const std::string &path, const std::vector<json::Document> &events)
{
    json::Arena arena;
    const mapping::Path parsed = mapping::Path::parse(path, arena);
    Coverage coverage;
    for (const json::Document &event : events) {
        ++coverage.of;
        coverage.absent += mapping::get(event, parsed, arena).isUndefined() ? 1 : 0;
    }
    return coverage;
}

LoadedEvents::LoadedEvents(const document::ProjectDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
{
    m_reading.setInterval(0);
    connect(&m_reading, &QTimer::timeout, this, &LoadedEvents::readSome);
    connect(&document, &document::ProjectDocument::eventsChanged, this, &LoadedEvents::readAgain);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, &LoadedEvents::takeCurrent);
    readAgain();
}

Coverage LoadedEvents::coverage(const std::string &path) const
{
    const QByteArray key = QByteArray::fromStdString(path);
    const auto known = m_known.constFind(key);
    if (known != m_known.constEnd())
        return *known;
    const Coverage coverage = coverageOf(path, m_counting);
    m_known.insert(key, coverage);
    return coverage;
}

void LoadedEvents::readAgain()
{
    m_list = m_document.eventList();
    m_events.clear();
    m_counting.clear();
    m_indexes.clear();
    m_next = 0;
    m_bytes = 0;
    m_known.clear();
    if (m_list->size() > 0)
        m_reading.start();
    else
        takeCurrent();
}

void LoadedEvents::readSome()
{
    QElapsedTimer timer;
    timer.start();
    while (m_next < std::min(m_list->size(), kMostEvents) && m_bytes < kMostEventBytes) {
        const auto text = m_list->textAt(m_next++);
        if (text && text->size() <= kLargestEvent) {
            m_bytes += text->size();
            if (auto event = json::parse(*text); event && event->root().isObject()) {
                m_events.push_back(std::move(*event));
                m_indexes.push_back(m_next - 1);
            }
        }
        if (timer.elapsed() >= kSliceMs)
            return;
    }
    m_reading.stop();
    takeCurrent();
}

void LoadedEvents::takeCurrent()
{
    if (m_reading.isActive())
        return;
    const json::Document &current = m_document.currentEvent().event;
    const auto at = std::find(m_indexes.begin(), m_indexes.end(), m_document.currentEventIndex());
    if (at != m_indexes.end()) {
        if (current->isObject())
            m_events[static_cast<std::size_t>(at - m_indexes.begin())] = current;
    } else if (m_indexes.empty()) {
        m_events.clear();
        if (current->isObject())
            m_events.push_back(current);
    }
    filter();
}

void LoadedEvents::setTrigger(const std::string &fql)
{
    if (fql == m_trigger)
        return;
    m_trigger = fql;
    if (!m_reading.isActive())
        filter();
}

void LoadedEvents::filter()
{
    m_known.clear();
    m_counting.clear();
    if (const auto trigger = fql::parse(m_trigger))
        for (const json::Document &event : m_events)
            if (trigger->matches(event).value_or(false))
                m_counting.push_back(event);
    if (m_counting.empty())
        m_counting = m_events;
    Q_EMIT changed();
}

} // namespace hookbench::data
