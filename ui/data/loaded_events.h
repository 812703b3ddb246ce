#pragma once
// The loaded events as the mapping's editor needs them, those its trigger matches when there are any: how many of them
// have something at a path, and samples to make fields from. Reads the list in slices of a few milliseconds, at most a
// hundred events and 8 MB of them. Window thread only.
#include "core/json/value.h"
#include "ui/document/project_document.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <string>
#include <vector>

namespace hookbench::data {

struct Coverage
{
    int absent = 0; ///< there is nothing at the path
    int of = 0; ///< events looked at
    friend bool operator==(const Coverage &, const Coverage &) = default;
};

/// In how many of the events the path (without "$.") leads to nothing.
Coverage coverageOf(const std::string &path, const std::vector<json::Document> &events);

class LoadedEvents : public QObject
{
    Q_OBJECT
public:
    explicit LoadedEvents(const document::ProjectDocument &document, QObject *parent = nullptr);

    /// Which events count: the others never reach the mapping. A trigger that cannot be read lets all of them count.
    void setTrigger(const std::string &fql);
    /// The loaded events that count, the current one as it is in the editor; it alone when none are loaded.
    const std::vector<json::Document> &events() const { return m_counting; }
    /// Some loaded events do not count.
    bool isFiltered() const { return m_counting.size() < m_events.size(); }
    /// There are more loaded events than are looked at.
    bool isPart() const { return !m_reading.isActive() && m_next < m_list->size(); }
    bool isReading() const { return m_reading.isActive(); }
    Coverage coverage(const std::string &path) const;

Q_SIGNALS:
    void changed();

private:
    void readAgain();
    void readSome();
    void takeCurrent();
    void filter();

    const document::ProjectDocument &m_document;
    std::shared_ptr<const document::EventList> m_list;
    std::vector<json::Document> m_events;
    std::vector<json::Document> m_counting;
    std::vector<qsizetype> m_indexes; ///< of m_events in the list
    std::string m_trigger;
    QTimer m_reading;
    qsizetype m_next = 0;
    std::size_t m_bytes = 0;
    mutable QHash<QByteArray, Coverage> m_known;
};

} // namespace hookbench::data
