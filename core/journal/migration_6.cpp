// Version 6: what was parked and then discarded has a verdict of its own; until now it had failed, as cancelled.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kToVersion6[] = {
    "UPDATE delivery SET verdict = 5, failure = '' WHERE verdict = 2 AND failure = 'cancelled' AND attempts = 0",
};

} // namespace

extern const Migration kMigration6;
const Migration kMigration6{ kToVersion6 };

} // namespace hookbench::journal
