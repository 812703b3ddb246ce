#pragma once
// The journal's tables, by version. A migration is a list of statements from one version to the next; they run in one
// transaction, with PRAGMA user_version. A released migration is never edited: a change is a new one.
#include <cstdint>
#include <span>

namespace hookbench::journal {

/// In the file's header, bytes 68-71: "HkBj". Tells a journal from any other SQLite file.
inline constexpr std::uint32_t kApplicationId = 0x486B426A;

using Migration = std::span<const char *const>;

/// From an empty file to version 1, from 1 to 2, …
std::span<const Migration> migrations();
/// The version this program writes.
inline int schemaVersion()
{
    return static_cast<int>(migrations().size());
}

} // namespace hookbench::journal
