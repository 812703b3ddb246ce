#pragma once
// A journal of many deliveries: how fast it fills, opens, scrolls, filters, sorts, searches, and what it needs.
#include <cstdint>
#include <string>

namespace hookbench::bench {

/// Prints a line for each measurement. The file is made in `folder`, and kept there for the next call when `keep`.
void measureJournal(const std::string &folder, std::int64_t deliveries);

} // namespace hookbench::bench
