#pragma once
// Where things live, by the XDG base directory specification. Pure: nothing is made but by prepareJournalPath.
#include "core/base/result.h"

#include <string>

namespace hookbench::storage {

/// $XDG_CONFIG_HOME/hookbench/hookbench.ini
std::string settingsPath();
/// $XDG_DATA_HOME/hookbench
std::string dataFolder();
/// $XDG_DATA_HOME/hookbench/journal.sqlite, shared by window and command line.
std::string journalPath();
/// journalPath(), after making its folder (0700) when it is missing.
Result<std::string> prepareJournalPath();

} // namespace hookbench::storage
