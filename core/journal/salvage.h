#pragma once
// What to do about a damaged journal: it is moved aside, untouched, and what can still be read of it is copied into a
// new one.
// Threads: any. Takes as long as copying the file.
#include "core/journal/journal.h"

#include <optional>
#include <string>

namespace hookbench::journal {

/// What became of a damaged file.
struct Salvage
{
    std::string movedTo; ///< FILE.damaged-20261122-083000, with what SQLite keeps beside it
    std::uint64_t deliveries = 0; ///< that the new file holds
    std::uint64_t lost = 0; ///< deliveries that were found but not whole
    bool isComplete = false; ///< every table could be read to its end
    std::string message; ///< all of this for people
};

struct Opened
{
    std::unique_ptr<Journal> journal;
    std::optional<Salvage> salvage; ///< set when the file was damaged
};

/// As Journal::open, and a damaged file does not end it. Error codes: those of Journal::open, and journal-salvage when
/// the damaged file cannot be moved or no new one can be made.
Result<Opened> openOrSalvage(const std::string &path, WallMs now);

/// The same whatever is wrong with the file: for damage that shows only when it is read, and for a file that is no
/// journal where one has to be. Nobody else may have it open. Error codes: journal-salvage and those of Journal::open.
Result<Opened> salvage(const std::string &path, WallMs now);

} // namespace hookbench::journal
