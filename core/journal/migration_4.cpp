// Version 4: whose a waiting delivery is, so that what a killed program leaves can be told from what a living one
// sends.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kToVersion4[] = {
    // See owner.h; 0: written by an older version, which did not say.
    R"(ALTER TABLE delivery ADD COLUMN owner INTEGER NOT NULL DEFAULT 0)",
};

} // namespace

extern const Migration kMigration4;
const Migration kMigration4{ kToVersion4 };

} // namespace hookbench::journal
