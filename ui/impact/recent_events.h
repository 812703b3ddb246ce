#pragma once
// The texts of the events to replay: the last of the loaded ones, or the last that became part of a delivery. A file's
// events are read a few at a time between the window's other work, the journal's on another thread: nobody waits.
#include "core/base/result.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace hookbench::document {
class EventList;
class Workbench;
} // namespace hookbench::document

namespace hookbench::impact {

class RecentEvents : public QObject
{
    Q_OBJECT
public:
    enum From { Loaded, Journal };

    explicit RecentEvents(document::Workbench &workbench, QObject *parent = nullptr);
    ~RecentEvents() override;

    /// Answers with ready() or failed(), later or at once; a newer question ends an older one.
    void read(From from, int count);
    void stop();
    bool isReading() const { return m_reading.isActive() || m_asking; }
    /// Oldest first.
    const std::vector<std::string> &texts() const { return m_texts; }
    /// Of the first text among the loaded events; those of the journal are counted from themselves.
    std::size_t firstIndex() const { return m_from == Loaded ? static_cast<std::size_t>(m_first) : 0; }

Q_SIGNALS:
    void ready();
    void failed(const hookbench::Error &error);

private:
    void readLoaded(int count);
    void readJournal(int count);
    void readMore();

    document::Workbench &m_workbench;
    From m_from = Loaded;
    int m_count = 0;
    std::vector<std::string> m_texts;
    QTimer m_reading;
    std::shared_ptr<const document::EventList> m_list; ///< that m_texts are of; null: of the journal, or of nothing
    qsizetype m_first = 0; ///< of m_texts in m_list
    std::stop_source m_stop;
    bool m_asking = false; ///< the journal
    bool m_journalKnown = false; ///< m_texts are its last events still
};

} // namespace hookbench::impact
