-- version 4
CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    memory_version INTEGER NOT NULL,
    memory BLOB NOT NULL,
    held BLOB NOT NULL,
    early BLOB NOT NULL,
    started_by TEXT,
    since INTEGER NOT NULL
, stage TEXT NOT NULL DEFAULT 'open', turns INTEGER NOT NULL DEFAULT 0, last_outward INTEGER NOT NULL DEFAULT 0, too_late TEXT, passage TEXT NOT NULL DEFAULT 'none', withdrawal BLOB) STRICT, WITHOUT ROWID;
CREATE TABLE early (
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    redrive INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    type TEXT NOT NULL,
    data BLOB NOT NULL,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    notice_at INTEGER,
    PRIMARY KEY (sender, id, redrive)
) STRICT, WITHOUT ROWID;
CREATE INDEX early_by_notice ON early (notice_at) WHERE notice_at IS NOT NULL;
CREATE TABLE effects (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    type TEXT NOT NULL,
    data BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX effects_by_time ON effects (at) WHERE at IS NOT NULL;
CREATE TABLE handoffs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    team TEXT NOT NULL,
    state TEXT NOT NULL,
    gate TEXT,
    question BLOB NOT NULL,
    answers BLOB NOT NULL,
    due TEXT NOT NULL,
    asked_at INTEGER,
    since INTEGER NOT NULL
, held_because TEXT, reminder TEXT, escalation TEXT NOT NULL DEFAULT '1 business day', start INTEGER, reminded_at INTEGER, escalated_at INTEGER, stuck_at INTEGER, custody BLOB, revision INTEGER NOT NULL DEFAULT 0, answered_in INTEGER, original BLOB, wanted_by TEXT, revoked_because TEXT, redrives INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX handoffs_by_slot ON handoffs (case_id, type, key);
CREATE TABLE identity (
    id TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE inbox (
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    redrive INTEGER NOT NULL,
    case_id TEXT,
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (sender, id, redrive)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange TEXT NOT NULL,
    routing_key TEXT NOT NULL,
    message_id TEXT,
    type TEXT,
    correlation_id TEXT,
    reply_to TEXT,
    timestamp INTEGER,
    app_id TEXT,
    headers BLOB,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    worker TEXT NOT NULL,
    running INTEGER NOT NULL,
    memory_version INTEGER NOT NULL
, directory TEXT) STRICT;
CREATE TABLE suspects (
    key TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE timers (
    case_id TEXT NOT NULL,
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    armed INTEGER NOT NULL,
    at INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (case_id, type, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_time ON timers (at);
