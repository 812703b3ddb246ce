#pragma once
// The record of everything that was sent: one SQLite file, mode 0600, in WAL mode, shared safely by several processes.
//
// Durability: a committed append survives the death of the program (kill -9) at any moment, whole or not at all. It may
// be lost, never torn, when the power fails within seconds of it: synchronous=NORMAL does not wait for the disk on each
// commit.
//
// A file that is damaged, foreign or of a newer version is an explained error and is never changed.
// Threads: any; each thread gets its own connection on first use. Calls block on the disk: not for the window's thread
// when much is appended.
#include "core/base/result.h"
#include "core/journal/record.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hookbench::journal {

class Journal
{
public:
    /// Opens or makes the file; its folder must be there.
    /// Error codes: journal-damaged, journal-foreign, journal-newer, journal-open, journal-busy, file-no-permission.
    static Result<std::unique_ptr<Journal>> open(const std::string &path);
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    // Every call below may answer journal-busy (another process held the file too long), journal-full (disk),
    // journal-damaged, journal-io or journal-conflict (an id twice, or one that was never added).
    Result<void> add(const Run &run);
    /// All of it in one transaction, or nothing.
    Result<void> append(const Batch &batch);

    Result<std::uint64_t> count() const;
    /// At most `limit` deliveries older than `before` (a row's sequence; nullopt: from the newest), newest first.
    Result<std::vector<DeliveryRow>> page(std::optional<std::int64_t> before, std::size_t limit) const;
    /// The same by place in the list: `offset` 0 is the newest.
    Result<std::vector<DeliveryRow>> pageAt(std::uint64_t offset, std::size_t limit) const;
    /// The whole delivery; nullopt when there is none of that id.
    Result<std::optional<DeliveryRecord>> delivery(const std::string &id) const;
    Result<std::vector<Run>> runs(std::size_t limit) const;

    const std::string &path() const;

private:
    class Connections;
    explicit Journal(std::shared_ptr<Connections> connections);
    std::shared_ptr<Connections> m_connections;
};

} // namespace hookbench::journal
