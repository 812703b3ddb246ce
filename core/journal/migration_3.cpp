// Version 3: the texts of a run's events, some in a row: a row for each cost more than all else that is written of a
// batch.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kToVersion3[] = {
    // Ascending events of one run. `key` is run * 2^32 + the index of the first; `places` and `lengths` tell the texts
    // in `texts` apart.
    R"(CREATE TABLE event_texts (
        key INTEGER PRIMARY KEY,
        last INTEGER NOT NULL, -- index of the last
        places TEXT NOT NULL, -- "0-3,7"
        lengths TEXT NOT NULL, -- "120,98,…", in bytes
        texts BLOB NOT NULL
    ))",
    R"(INSERT INTO event_texts (key, last, places, lengths, texts) SELECT key, key & 4294967295, key & 4294967295,
        length(CAST(text AS BLOB)), CAST(text AS BLOB) FROM event_text)",
    R"(DROP TABLE event_text)",
};

} // namespace

extern const Migration kMigration3;
const Migration kMigration3{ kToVersion3 };

} // namespace hookbench::journal
