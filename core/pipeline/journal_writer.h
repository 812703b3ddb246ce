#pragma once
// Writes deliveries and attempts to the journal from a thread of its own, many in one transaction, so that neither
// sending nor the window waits for the disk. write() blocks only when much more is pending than the disk takes.
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
    /// Waits until everything written before is in the file.
    void flush();
    /// The first thing that went wrong; nothing is written after it.
    std::optional<Error> error() const;

private:
    void work();
    template <typename Add>
    void enqueue(std::size_t bytes, Add add);

    journal::Journal &m_journal;
    std::function<void()> m_written;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<journal::Run> m_runs;
    journal::Batch m_pending;
    std::size_t m_pendingBytes = 0;
    bool m_busy = false;
    bool m_stop = false;
    std::optional<Error> m_error;
    std::thread m_thread;
};

/// The journal's form of what the pipeline made and what became of it.
journal::Delivery toJournal(
    const std::string &id, const std::string &run, const Dispatch &dispatch, Clock::WallTime created);
journal::Attempt toJournal(const delivery::Attempt &attempt);

} // namespace hookbench::pipeline
