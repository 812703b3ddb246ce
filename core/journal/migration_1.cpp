// Version 1: runs, deliveries, attempts.
//
// A list of deliveries reads `delivery` alone: it is narrow, and holds the outcome of the last attempt. Bodies are
// apart. `sequence` has no gaps as long as only the oldest rows are ever removed (AUTOINCREMENT takes no number back,
// and a transaction that fails takes none): count and place in the list are arithmetic, however long the list is. Times
// are milliseconds since 1970. Text that is not UTF-8 is kept as a blob.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kStatements[] = {
    R"(CREATE TABLE run (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        started INTEGER NOT NULL,
        project_id TEXT NOT NULL,
        project_name TEXT NOT NULL
    ))",
    R"(CREATE TABLE delivery (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        run INTEGER NOT NULL REFERENCES run (key),
        created INTEGER NOT NULL,
        mapping_index INTEGER NOT NULL,
        mapping_name TEXT NOT NULL,
        method TEXT NOT NULL,
        url TEXT NOT NULL,
        event_count INTEGER NOT NULL,
        body_bytes INTEGER, -- NULL: no body
        signature TEXT NOT NULL,
        signed_offset INTEGER,
        signed_length INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL DEFAULT 0, -- this and what follows: of the last attempt
        reason TEXT NOT NULL DEFAULT '',
        failure TEXT NOT NULL DEFAULT '',
        duration_ms REAL NOT NULL DEFAULT 0
    ))",
    R"(CREATE TABLE request (
        delivery INTEGER PRIMARY KEY REFERENCES delivery (sequence),
        events TEXT NOT NULL,
        headers BLOB NOT NULL,
        body BLOB NOT NULL
    ))",
    R"(CREATE TABLE attempt (
        delivery INTEGER NOT NULL REFERENCES delivery (sequence),
        number INTEGER NOT NULL,
        started INTEGER NOT NULL,
        duration_ms REAL NOT NULL,
        status INTEGER NOT NULL,
        reason TEXT NOT NULL,
        failure TEXT NOT NULL,
        message TEXT NOT NULL,
        redirects TEXT NOT NULL,
        truncated INTEGER NOT NULL,
        request_headers BLOB NOT NULL,
        response_headers BLOB NOT NULL,
        response_body BLOB NOT NULL,
        PRIMARY KEY (delivery, number)
    ))",
};

} // namespace

extern const Migration kMigration1;
const Migration kMigration1{ kStatements };

} // namespace hookbench::journal
