#pragma once
// The texts of an import, read from files and folders: of a folder the Terraform files in it and below (.tf, .tf.json);
// without any, its .json and .hookbench files. Hidden files and folders (.terraform, .git) are left out, links to
// folders are not followed. A file that several names lead to is read once.
//
// Blocks while it reads; any thread. Error codes: those of storage::readFile, import-nothing, import-size,
// import-cancelled.
#include "core/base/result.h"
#include "core/destination/formats/exchange.h"

#include <atomic>
#include <string>
#include <vector>

namespace hookbench::destination {

inline constexpr std::size_t kMaxImportFileBytes = std::size_t{ 64 } << 20;
inline constexpr std::size_t kMaxImportBytes = std::size_t{ 256 } << 20; ///< of all files together
inline constexpr std::size_t kMaxImportEntries = 200'000; ///< files and folders that are looked at

/// `paths` are UTF-8. `cancelled`, when given, ends the work soon after it has become true.
Result<std::vector<NamedText>> readImportFiles(
    const std::vector<std::string> &paths, const std::atomic<bool> *cancelled = nullptr);

} // namespace hookbench::destination
