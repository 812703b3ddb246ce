// Version 2: what became of a delivery, the mapping and the events it was made of, what a reader did with it, and
// indexes for every column of the list.
//
// Sequences may have gaps from now on: pinned deliveries outlive older ones that are removed. `state` keeps the number
// of deliveries, so that counting a million costs nothing. Full text is filled in behind (see full_text.cpp): up to
// which delivery, `state` says. What is removed stays in it until it is made anew; sequences are never used twice.
#include "core/journal/schema.h"

namespace hookbench::journal {

namespace {

constexpr const char *kToVersion2[] = {
    R"(CREATE TABLE mapping (
        key INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE, -- SHA-256 of the text
        text TEXT NOT NULL -- the mapping's JSON as it was
    ))",
    // One text for each event of a run that became part of a delivery; `key` is run * 2^32 + the event's index.
    R"(CREATE TABLE event_text (key INTEGER PRIMARY KEY, text BLOB NOT NULL))",
    R"(CREATE TABLE event_name (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE))",
    R"(CREATE INDEX event_name_any_case ON event_name (name COLLATE NOCASE))",
    R"(CREATE TABLE event_in (
        name INTEGER NOT NULL REFERENCES event_name (key),
        delivery INTEGER NOT NULL REFERENCES delivery (sequence),
        PRIMARY KEY (name, delivery)
    ) WITHOUT ROWID)",
    R"(CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID)",
    R"(ALTER TABLE run ADD COLUMN kind TEXT NOT NULL DEFAULT 'send')",
    R"(ALTER TABLE delivery ADD COLUMN mapping INTEGER REFERENCES mapping (key))", // NULL: not known
    R"(ALTER TABLE delivery ADD COLUMN first_event INTEGER NOT NULL DEFAULT 0)", // the lowest index
    R"(ALTER TABLE delivery ADD COLUMN is_batch INTEGER NOT NULL DEFAULT 0)",
    // 0 unsigned, 1 first event, 2 whole body, 3 signed, but how was not kept
    R"(ALTER TABLE delivery ADD COLUMN signature_mode INTEGER NOT NULL DEFAULT 0)",
    R"(ALTER TABLE delivery ADD COLUMN origin TEXT NOT NULL DEFAULT '')", // id of the delivery this one repeats
    R"(ALTER TABLE delivery ADD COLUMN repeated_as TEXT NOT NULL DEFAULT '')",
    // 0 waiting, 1 delivered, 2 failed, 3 unknown
    R"(ALTER TABLE delivery ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0)",
    R"(ALTER TABLE delivery ADD COLUMN truncated INTEGER NOT NULL DEFAULT 0)",
    R"(ALTER TABLE delivery ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0)",
    R"(ALTER TABLE delivery ADD COLUMN seen INTEGER NOT NULL DEFAULT 0)", // 0 as `state` says, 1 read, 2 unread
    R"(ALTER TABLE request ADD COLUMN event_names TEXT NOT NULL DEFAULT '')", // one a line
    R"(ALTER TABLE attempt ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0)",
    R"(ALTER TABLE attempt ADD COLUMN note TEXT NOT NULL DEFAULT '')",
    R"(ALTER TABLE attempt ADD COLUMN phases TEXT NOT NULL DEFAULT '')",
    // What an older version knew of this.
    R"(UPDATE delivery SET
        is_batch = event_count > 1,
        verdict = CASE WHEN attempts = 0 THEN 0 WHEN failure = '' THEN 1 WHEN failure = 'no-final-answer' THEN 3 ELSE 2 END,
        signature_mode = CASE WHEN signature = '' THEN 0 WHEN signed_offset > 0 THEN 1
            WHEN event_count > 1 AND signed_length = body_bytes THEN 2 ELSE 3 END,
        truncated = coalesce((SELECT truncated FROM attempt WHERE delivery = sequence ORDER BY number DESC LIMIT 1), 0))",
    R"(UPDATE delivery SET first_event =
        coalesce((SELECT CAST(events AS INTEGER) FROM request WHERE request.delivery = sequence), 0))",
    R"(INSERT INTO state SELECT 'deliveries', count(*) FROM delivery)",
    R"(INSERT INTO state SELECT 'read-up-to', coalesce(max(sequence), 0) FROM delivery)",
    R"(INSERT INTO state VALUES ('indexed-up-to', 0), ('removed-unread', 0))",
    R"(CREATE INDEX delivery_created ON delivery (created))",
    R"(CREATE INDEX delivery_status ON delivery (status))",
    R"(CREATE INDEX delivery_verdict ON delivery (verdict))",
    R"(CREATE INDEX delivery_failure ON delivery (failure COLLATE NOCASE))",
    R"(CREATE INDEX delivery_mapping ON delivery (mapping_name COLLATE NOCASE))",
    R"(CREATE INDEX delivery_method ON delivery (method COLLATE NOCASE))",
    R"(CREATE INDEX delivery_url ON delivery (url COLLATE NOCASE))",
    R"(CREATE INDEX delivery_events ON delivery (event_count))",
    R"(CREATE INDEX delivery_bytes ON delivery (coalesce(body_bytes, 0)))",
    R"(CREATE INDEX delivery_duration ON delivery (duration_ms))",
    R"(CREATE INDEX delivery_attempts ON delivery (attempts))",
    R"(CREATE INDEX delivery_signature ON delivery (signature_mode))",
    R"(CREATE INDEX delivery_run ON delivery (run, first_event))",
    R"(CREATE INDEX delivery_origin ON delivery (origin) WHERE origin <> '')",
    R"(CREATE INDEX delivery_pinned ON delivery (pinned) WHERE pinned = 1)",
    R"(CREATE INDEX delivery_seen ON delivery (seen) WHERE seen <> 0)",
    R"(CREATE INDEX delivery_truncated ON delivery (truncated) WHERE truncated = 1)",
    R"(CREATE VIRTUAL TABLE search USING fts5 (url, mapping, events, body, response, message,
        content = '', columnsize = 0, tokenize = 'unicode61'))",
};

} // namespace

extern const Migration kMigration2;
const Migration kMigration2{ kToVersion2 };

} // namespace hookbench::journal
