#pragma once
// The record of everything that was sent: one SQLite file, mode 0600, in WAL mode, shared safely by several processes.
//
// Durability: a committed append survives the death of the program (kill -9) at any moment, whole or not at all. It may
// be lost, never torn, when the power fails within seconds of it: synchronous=NORMAL does not wait for the disk on each
// commit.
//
// A file that is damaged, foreign or of a newer version is an explained error and is never changed; see salvage.h for
// what can be done about a damaged one. One of an older version is brought up to date when it is opened.
// Threads: any; each thread gets its own connection on first use. Calls block on the disk: not for the window's thread
// when much is appended, listed or removed. count(), rows() of a screenful, delivery() and marks are quick.
#include "core/base/result.h"
#include "core/journal/listing.h"
#include "core/journal/record.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace hookbench::journal {

/// What may be kept; 0: no limit. Pinned and parked deliveries stay, whatever the limits.
struct Retention
{
    WallMs olderThan = 0; ///< deliveries made before that moment go
    std::uint64_t bytes = 0; ///< of the file; the oldest deliveries go until it is below
};

/// What cleaning up did.
struct Removal
{
    std::uint64_t deliveries = 0;
    std::uint64_t bytes = 0; ///< that the file needs less, or could need less after compact()
};

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
    /// Makes the texts of at most `limit` more deliveries ready for full-text search, oldest first. False: none were
    /// left. Search finds the others too, only more slowly.
    Result<bool> indexSome(std::size_t limit);

    Result<std::uint64_t> count() const;
    /// How many match. journal-stopped when `stop` was requested.
    Result<std::uint64_t> count(const query::Query &filter, WallMs now, std::stop_token stop = {}) const;
    /// The sequences of the deliveries that match, in their order, handed to `found` in pieces as they are found, until
    /// it answers false. In the order of time the newest come first and at once, however many there are; other orders
    /// and filters by number or name begin at once as well where an index has them. journal-stopped when `stop` was
    /// requested.
    Result<void> list(const Listing &listing, WallMs now, std::stop_token stop, const Found &found) const;
    /// The deliveries of these sequences, in this order; those that are gone are left out.
    Result<std::vector<DeliveryRow>> rows(std::span<const std::int64_t> sequences) const;
    /// The next `limit` deliveries of a listing behind `after` (nullopt: from its beginning).
    Result<std::vector<DeliveryRow>> page(
        const Listing &listing, const std::optional<DeliveryRow> &after, std::size_t limit, WallMs now) const;
    /// At most `limit` deliveries older than `before` (a row's sequence; nullopt: from the newest), newest first.
    Result<std::vector<DeliveryRow>> page(std::optional<std::int64_t> before, std::size_t limit) const;
    /// The same by place in the list: `offset` 0 is the newest. Slow far down a list with gaps: prefer list().
    Result<std::vector<DeliveryRow>> pageAt(std::uint64_t offset, std::size_t limit) const;
    /// The whole delivery; nullopt when there is none of that id.
    Result<std::optional<DeliveryRecord>> delivery(const std::string &id) const;
    /// The JSON texts of events of a run, in the order of `indexes`; empty where none was kept.
    Result<std::vector<std::string>> eventTexts(const std::string &run, std::span<const std::uint32_t> indexes) const;
    /// The JSON texts of the last `limit` events that became part of deliveries, oldest first: fewer when together they
    /// would have more than `mostBytes`. Those of runs that sent something again are left out. journal-stopped when
    /// `stop` was requested.
    Result<std::vector<std::string>> newestEvents(
        std::size_t limit, std::uint64_t mostBytes, std::stop_token stop = {}) const;
    /// Newest first.
    Result<std::vector<Run>> runs(std::size_t limit) const;
    /// What a filter may name, for completion: bounded, and quick.
    Result<query::KnownNames> names() const;

    /// Deliveries are unread until somebody says otherwise.
    Result<void> setRead(std::span<const std::int64_t> sequences, bool read);
    /// All that are there now.
    Result<void> setAllRead();
    Result<std::uint64_t> unread() const;
    /// Pinned deliveries outlive any retention.
    Result<void> setPinned(std::span<const std::int64_t> sequences, bool pinned);

    /// Those of these deliveries that were parked are waiting from now on, and the caller's to send: nobody else, in
    /// whatever process, gets them too.
    Result<std::vector<std::int64_t>> unpark(std::span<const std::int64_t> sequences);
    /// What waits, and the program that was to send it is gone: from now on its outcome is unknown, as that of an
    /// attempt that failed as "program-ended". What a living program sends, in whatever process, is left alone. Done
    /// whenever a journal is opened. How many they were.
    Result<std::uint64_t> settleAbandoned();
    /// At most `limit` parked deliveries will never go out: they are discarded. How many they were.
    Result<std::uint64_t> discardParked(std::size_t limit);

    /// Takes these deliveries out, pinned or not, with the events that nothing else is made of.
    Result<Removal> remove(std::span<const std::int64_t> sequences);
    /// Takes out what is older or more than may be kept.
    Result<Removal> enforce(const Retention &retention, std::stop_token stop = {});
    /// Gives the space of removed deliveries back to the disk and makes full text anew. Needs as much free disk as the
    /// file is large, and the file to itself.
    Result<Removal> compact();
    /// Of the file, without what compact() would give back.
    Result<std::uint64_t> usedBytes() const;

    const std::string &path() const;

private:
    class Connections;
    explicit Journal(std::shared_ptr<Connections> connections);
    std::shared_ptr<Connections> m_connections;
};

} // namespace hookbench::journal
