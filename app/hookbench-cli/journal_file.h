#pragma once
// What commands over a journal share: the file, and the filter of --query.
#include "app/hookbench-cli/command.h"
#include "core/base/result.h"
#include "core/journal/journal.h"
#include "core/query/query.h"

#include <memory>
#include <string>

namespace hookbench::cli {

void addQueryOption(QCommandLineParser &parser);
/// The filter of --query; everything when it is absent. The message of an Error shows where it stands.
Result<query::Query> readQuery(const QCommandLineParser &parser);
/// Opens or makes a journal. One that is damaged is moved aside and salvaged, and that is said.
Result<std::unique_ptr<journal::Journal>> openJournal(const std::string &path);
/// A journal that is there already; code file-not-found otherwise.
Result<std::unique_ptr<journal::Journal>> openExistingJournal(const std::string &path);
/// The same, read to its end first: damage that shows only then is salvaged too.
Result<std::unique_ptr<journal::Journal>> openSalvagedJournal(const std::string &path);
/// Milliseconds since 1970.
journal::WallMs wallNow();

} // namespace hookbench::cli
