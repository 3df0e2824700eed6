import Vocabulary

/// The tables, and how a file gets from one version of them to the next.
enum Schema {
    /// Marks a file as a store of Baton's: "Batn".
    static let applicationID = 0x4261_746E

    /// What leads from each version to the next, from an empty file on. A released one is never edited.
    static let migrations = [first, second, third, fourth]

    /// The layout of a worker's file, which names the worker.
    static func layout(of worker: WorkerName) -> SQLiteLayout {
        SQLiteLayout(applicationID: applicationID, migrations: migrations) { session, isNew in
            if isNew {
                try session.run(
                    "INSERT INTO store (id, worker, running, memory_version) VALUES (1, ?, 0, 0)",
                    .text(worker.rawValue))
            }
            let owner = try session.first("SELECT worker FROM store") { try $0.text() }
            guard owner == worker.rawValue else {
                throw Unfit(
                    "belongs to the worker \(owner ?? "of no name"), not to \(worker); give each its own file"
                )
            }
        }
    }

    /// Ids, keys and digests are text, times milliseconds since 1970, documents canonical JSON.
    private static let first = """
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            worker TEXT NOT NULL,
            running INTEGER NOT NULL,
            memory_version INTEGER NOT NULL
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

        CREATE TABLE cases (
            id TEXT PRIMARY KEY,
            memory_version INTEGER NOT NULL,
            memory BLOB NOT NULL,
            held BLOB NOT NULL,
            early BLOB NOT NULL,
            started_by TEXT,
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- number: the order in which they were first wanted, which tells the newest of a slot
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
        ) STRICT;
        CREATE INDEX handoffs_by_slot ON handoffs (case_id, type, key);

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

        CREATE TABLE effects (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL,
            type TEXT NOT NULL,
            data BLOB NOT NULL,
            attempts INTEGER NOT NULL,
            at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX effects_by_time ON effects (at) WHERE at IS NOT NULL;

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

        CREATE TABLE suspects (
            key TEXT PRIMARY KEY,
            times INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """ + outbox

    /// The table of what is to be sent; every kind of file that sends has it.
    static let outbox = """
        -- AUTOINCREMENT: a number is never given twice, though its row is gone
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
        """

    /// The table of which file it is; every kind of file that sends has it.
    static let identity = """
        CREATE TABLE identity (
            id TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT;
        INSERT INTO identity (id, made_at)
            VALUES (lower(hex(randomblob(16))), CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));
        """

    /// Cases end, and their turns are counted.
    private static let second = """
        ALTER TABLE cases ADD COLUMN stage TEXT NOT NULL DEFAULT 'open';
        ALTER TABLE cases ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
        """

    /// Handoffs have a clock and someone who has them, answers are amended, cases withdrawn.
    private static let third = """
        ALTER TABLE store ADD COLUMN directory TEXT;
        ALTER TABLE cases ADD COLUMN last_outward INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cases ADD COLUMN too_late TEXT;
        ALTER TABLE cases ADD COLUMN passage TEXT NOT NULL DEFAULT 'none';
        ALTER TABLE cases ADD COLUMN withdrawal BLOB;
        ALTER TABLE handoffs ADD COLUMN held_because TEXT;
        ALTER TABLE handoffs ADD COLUMN reminder TEXT;
        ALTER TABLE handoffs ADD COLUMN escalation TEXT NOT NULL DEFAULT '1 business day';
        ALTER TABLE handoffs ADD COLUMN start INTEGER;
        ALTER TABLE handoffs ADD COLUMN reminded_at INTEGER;
        ALTER TABLE handoffs ADD COLUMN escalated_at INTEGER;
        ALTER TABLE handoffs ADD COLUMN stuck_at INTEGER;
        ALTER TABLE handoffs ADD COLUMN custody BLOB;
        ALTER TABLE handoffs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE handoffs ADD COLUMN answered_in INTEGER;
        ALTER TABLE handoffs ADD COLUMN original BLOB;
        ALTER TABLE handoffs ADD COLUMN wanted_by TEXT;
        ALTER TABLE handoffs ADD COLUMN revoked_because TEXT;
        ALTER TABLE handoffs ADD COLUMN redrives INTEGER NOT NULL DEFAULT 0;
        UPDATE handoffs SET start = asked_at;
        -- An answer from before revisions were kept counts as used: it is not amended.
        UPDATE handoffs SET revision = 1, answered_in = 0 WHERE CAST(answers AS TEXT) <> '[]';
        """

    /// A file can be told from another, and from its own past.
    private static let fourth =
        identity + """

            -- A file from before was there when it took its first message.
            UPDATE identity SET made_at = coalesce((SELECT min(at) FROM inbox), made_at);
            """
}
