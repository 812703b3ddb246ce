// Version 5: which headers of a delivery its project masks. The values stay as they went over the wire; the names are
// kept because the project may be closed, or gone, when a delivery is shown.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kToVersion5[] = {
    "ALTER TABLE request ADD COLUMN masked_headers TEXT NOT NULL DEFAULT ''", // one a line
};

} // namespace

extern const Migration kMigration5;
const Migration kMigration5{ kToVersion5 };

} // namespace hookbench::journal
