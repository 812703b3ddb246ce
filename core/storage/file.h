#pragma once
// Whole files, read and written so that a user never loses one: a write either replaces the file or leaves the old one
// as it was, on disk, even when the power goes. Errors name the path, the reason and what to do. Paths are UTF-8.
// Threads: free functions without state.
#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hookbench::storage {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{ 256 } << 20;
/// Mode of new files: for their owner only.
inline constexpr unsigned kPrivateMode = 0600;

/// The bytes of a file, pipe or device. At most `maxBytes`; more is an error, not a cut.
/// Error codes: file-not-found, file-is-directory, file-no-permission, file-too-big, file-read.
Result<std::string> readFile(const std::string &path, std::size_t maxBytes = kDefaultMaxFileBytes);

/// Replaces the file with `bytes`, or makes it. Symbolic links are followed, to a target that does not exist yet too. A
/// new file gets `mode`; an existing one keeps its mode (and its owner where the system lets us) unless `mode` is
/// given. File and folder are synced before this returns. Error codes: file-not-found (no such folder),
/// file-is-directory, file-no-permission, file-disk-full, file-write.
Result<void> writeFileAtomically(
    const std::string &path, std::string_view bytes, std::optional<unsigned> mode = std::nullopt);

/// Makes a folder and the missing ones above it, for their owner only (0700). One that is there stays as it is.
/// Error codes: file-no-permission, file-not-directory, file-disk-full, file-write.
Result<void> makeFolder(const std::string &path);

} // namespace hookbench::storage
