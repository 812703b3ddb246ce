#pragma once
// Writes deliveries and attempts to the journal from a thread of its own, many in one transaction, so that neither
// sending nor the window waits for the disk. write() blocks only when much more is pending than the disk takes. While
// nothing is to be written, it makes what was written ready for full-text search.
// Threads: write(), flush() and error() from any.
#include "core/delivery/queue.h"
#include "core/journal/journal.h"
#include "core/pipeline/batches.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hookbench::pipeline {

class JournalWriter
{
public:
    /// `journal` must outlive this. `written` is called from the writer's thread after each transaction.
    explicit JournalWriter(journal::Journal &journal, std::function<void()> written = {});
    /// Writes what is pending, then returns.
    ~JournalWriter();
    JournalWriter(const JournalWriter &) = delete;
    JournalWriter &operator=(const JournalWriter &) = delete;

    void write(journal::Delivery delivery);
    void write(journal::Attempt attempt);
    void write(journal::Run run);
    void write(std::vector<journal::EventText> events);
    /// These deliveries were written as waiting and have not gone out.
    void park(std::vector<std::string> ids);
    /// Does this in the writer's thread, when no transaction is open; what is written meanwhile waits. Dropped when
    /// this ends before.
    void between(std::function<void(journal::Journal &)> work);
    /// Waits until everything written before is in the file.
    void flush();
    /// The first thing that went wrong; nothing is written after it.
    std::optional<Error> error() const;

private:
    void work();
    void index();
    template <typename Add>
    void enqueue(std::size_t bytes, Add add);

    journal::Journal &m_journal;
    std::function<void()> m_written;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::function<void(journal::Journal &)>> m_between;
    std::vector<journal::Run> m_runs;
    journal::Batch m_pending;
    std::size_t m_pendingBytes = 0;
    bool m_busy = false;
    bool m_stop = false;
    bool m_indexed = false; ///< nothing is left to index
    std::optional<Error> m_error;
    std::thread m_thread;
};

/// What a run knows of a delivery beside its request.
struct DeliveryOrigin
{
    std::string run; ///< id
    signing::Mode signatureMode = signing::Mode::FirstEvent;
    journal::SharedText mapping; ///< see mappingText
    std::vector<std::string> eventNames;
};

/// The journal's form of what the pipeline made and what became of it.
journal::Delivery toJournal(
    const std::string &id, DeliveryOrigin origin, const Dispatch &dispatch, Clock::WallTime created);
journal::Attempt toJournal(const delivery::Attempt &attempt);
/// The JSON of a mapping as the journal keeps it; destination::mappingFromJson reads it back.
journal::SharedText mappingText(const ReadyMapping &mapping);
/// What lists call an event: the name of a track or page event, else its type; empty when it has neither.
std::string eventName(json::Value event);

} // namespace hookbench::pipeline
