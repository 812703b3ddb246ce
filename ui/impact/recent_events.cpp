#include "ui/impact/recent_events.h"

#include "ui/document/event_list.h"
#include "ui/document/workbench.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace hookbench::impact {

namespace {

constexpr int kReadStretchMs = 4;
constexpr std::uint64_t kMostJournalBytes = 64'000'000;

} // namespace

RecentEvents::RecentEvents(document::Workbench &workbench, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
{
    m_reading.setInterval(0);
    connect(&m_reading, &QTimer::timeout, this, &RecentEvents::readMore);
    connect(&workbench.session(), &pipeline::Session::journalChanged, this, [this] { m_journalKnown = false; });
}

RecentEvents::~RecentEvents()
{
    m_stop.request_stop();
}

void RecentEvents::read(From from, int count)
{
    stop();
    if (from != m_from || count != m_count) {
        m_texts.clear();
        m_list.reset();
        m_journalKnown = false;
    }
    m_from = from;
    m_count = count;
    from == Loaded ? readLoaded(count) : readJournal(count);
}

void RecentEvents::stop()
{
    m_reading.stop();
    m_stop.request_stop();
    if (std::exchange(m_asking, false))
        m_journalKnown = false;
}

void RecentEvents::readLoaded(int count)
{
    const std::shared_ptr<const document::EventList> list = m_workbench.document().eventList();
    const qsizetype first = std::max<qsizetype>(0, list->size() - count);
    if (list != m_list || first != m_first) {
        m_list = list;
        m_first = first;
        m_texts.clear();
    }
    m_reading.start();
}

void RecentEvents::readMore()
{
    QElapsedTimer timer;
    timer.start();
    const auto wanted = static_cast<std::size_t>(m_list->size() - m_first);
    while (m_texts.size() < wanted && timer.elapsed() < kReadStretchMs)
        m_texts.push_back(m_list->textAt(m_first + static_cast<qsizetype>(m_texts.size())).value_or(std::string()));
    if (m_texts.size() < wanted)
        return;
    m_reading.stop();
    Q_EMIT ready();
}

void RecentEvents::readJournal(int count)
{
    if (m_journalKnown) {
        Q_EMIT ready();
        return;
    }
    m_stop = std::stop_source();
    m_asking = m_workbench.session().journal() != nullptr;
    if (!m_asking) {
        Q_EMIT failed({ "journal-open", tr("There is no journal in this session.").toStdString(), {}, {} });
        return;
    }
    using Texts = Result<std::vector<std::string>>;
    m_journalKnown = true; // what is written from now on makes it old again
    m_workbench.session().onJournal(pipeline::Session::Lane::Listing, this,
        [this, stop = m_stop.get_token(), count](journal::Journal &journal, const pipeline::Session::Tell &tell) {
            tell([this, stop,
                     texts = std::make_shared<Texts>(
                         journal.newestEvents(static_cast<std::size_t>(count), kMostJournalBytes, stop))] {
                if (stop.stop_requested())
                    return;
                m_asking = false;
                if (*texts) {
                    m_texts = std::move(**texts);
                    Q_EMIT ready();
                } else {
                    m_journalKnown = false;
                    Q_EMIT failed(texts->error());
                }
            });
        });
}

} // namespace hookbench::impact
