import SQLiteStore

/// The tables of the ledger's file.
enum LedgerLayout {
    /// Marks a file as a ledger's ("Batl"), so that no worker takes it for its store.
    static let layout = SQLiteLayout(applicationID: 0x4261_746C, migrations: [first])

    /// Ids, names and digests are text, times milliseconds since 1970, documents canonical JSON.
    private static let first =
        """
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            directory_digest TEXT NOT NULL
        ) STRICT;
        INSERT INTO ledger (id, directory_digest) VALUES (1, '');

        -- place, head: the end of the chain; home and what follows: from the start and the end of the case, which its
        -- home alone knows; NULL while they are not on record; search: id and customer in lower case
        CREATE TABLE cases (
            id TEXT PRIMARY KEY,
            process TEXT NOT NULL,
            place INTEGER NOT NULL,
            head TEXT NOT NULL,
            moved_at INTEGER NOT NULL,
            home TEXT,
            customer TEXT,
            search TEXT,
            started_by TEXT,
            started_at INTEGER,
            state TEXT NOT NULL,
            ended_at INTEGER
        ) STRICT;
        CREATE INDEX cases_by_move ON cases (moved_at DESC, id DESC) WHERE customer IS NOT NULL;
        CREATE INDEX cases_by_state ON cases (state, moved_at DESC, id DESC) WHERE customer IS NOT NULL;
        CREATE INDEX cases_by_starter ON cases (started_by, moved_at DESC, id DESC);

        -- body: NULL once it was erased; the digest stays
        CREATE TABLE entries (
            case_id TEXT NOT NULL,
            place INTEGER NOT NULL,
            worker TEXT NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            digest TEXT NOT NULL,
            body BLOB
        ) STRICT;
        CREATE UNIQUE INDEX entries_by_place ON entries (case_id, place);
        CREATE UNIQUE INDEX entries_by_number ON entries (case_id, worker, number, digest);

        -- recorded: how many different numbers came; restored: whether one came again with other content
        CREATE TABLE participants (
            case_id TEXT NOT NULL,
            worker TEXT NOT NULL,
            highest INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            restored INTEGER NOT NULL,
            PRIMARY KEY (case_id, worker)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX participants_with_gaps ON participants (case_id) WHERE recorded < highest;

        -- place: where it stood in its turn; due_at: on the calendar of the directory whose digest is kept above
        CREATE TABLE handoffs (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL,
            worker TEXT NOT NULL,
            process TEXT NOT NULL,
            team TEXT NOT NULL,
            state TEXT NOT NULL,
            since INTEGER NOT NULL,
            place INTEGER NOT NULL,
            due_at INTEGER,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX handoffs_open ON handoffs (due_at, id) WHERE state = 'open';
        CREATE INDEX handoffs_open_by_team ON handoffs (team, due_at, id) WHERE state = 'open';
        CREATE INDEX handoffs_by_case ON handoffs (case_id, team, state);

        CREATE TABLE effects (
            case_id TEXT NOT NULL,
            worker TEXT NOT NULL,
            id TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (case_id, worker, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE timers (
            case_id TEXT NOT NULL,
            worker TEXT NOT NULL,
            type TEXT NOT NULL,
            key TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (case_id, worker, type, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE verdicts (
            sender TEXT NOT NULL,
            id TEXT NOT NULL,
            digest TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT,
            why TEXT,
            case_id TEXT,
            worker TEXT NOT NULL,
            at INTEGER NOT NULL,
            head TEXT,
            PRIMARY KEY (sender, id, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX verdicts_by_id ON verdicts (id);

        -- place: the order in which the index learned of them; row_kind: what it names in place of a message;
        -- heard_id, redrive: under which id and number its worker records what it makes of it, sent back;
        -- settled_at: since when it is not open; task: the task that is still to take it in hand; is_off: whether it
        -- is off its queue; missed: when a pass first missed it, 0 while none has;
        -- properties: what it is published with again
        CREATE TABLE letters (
            place INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            queue TEXT NOT NULL,
            worker TEXT,
            process TEXT,
            reason TEXT NOT NULL,
            why TEXT NOT NULL,
            first_at INTEGER NOT NULL,
            at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            type TEXT,
            sender TEXT,
            case_id TEXT,
            handoff TEXT,
            exchange TEXT,
            routing_key TEXT,
            row_kind TEXT,
            heard_id TEXT NOT NULL,
            redrive INTEGER,
            size INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'open',
            settled_at INTEGER,
            task TEXT,
            is_off INTEGER NOT NULL DEFAULT 0,
            missed INTEGER NOT NULL DEFAULT 0,
            properties BLOB NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        -- Holds all that filters but text ask for, so that counting a hundred thousand letters reads no letter.
        CREATE INDEX letters_by_time ON letters (state, at DESC, id DESC, worker, reason, process, case_id, first_at);
        CREATE INDEX letters_by_case ON letters (case_id, state, at DESC);
        CREATE INDEX letters_by_result ON letters (heard_id, redrive);
        CREATE INDEX letters_settled ON letters (settled_at) WHERE settled_at IS NOT NULL;
        CREATE INDEX letters_by_queue ON letters (queue, place, state, missed) WHERE is_off = 0;
        CREATE INDEX letters_to_clear ON letters (queue) WHERE is_off = 0 AND state <> 'open';
        CREATE INDEX letters_by_task ON letters (task, place) WHERE task IS NOT NULL;

        -- what was done with a letter, in order; outcome and what follows: what its worker made of it, sent back
        CREATE TABLE letter_events (
            letter TEXT NOT NULL,
            place INTEGER NOT NULL,
            state TEXT NOT NULL,
            at INTEGER NOT NULL,
            user TEXT,
            person TEXT,
            why TEXT NOT NULL,
            task TEXT,
            outcome TEXT,
            outcome_why TEXT,
            again TEXT,
            PRIMARY KEY (letter, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX letter_events_by_task ON letter_events (task, outcome) WHERE task IS NOT NULL;

        -- stage: how many letters the stage under way takes; stage_began: how many were done when it began;
        -- done, well, failed, passed_over: letters; what waits for its turn stands in letters.task
        CREATE TABLE letter_tasks (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            user TEXT NOT NULL,
            person TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            command TEXT NOT NULL,
            type TEXT NOT NULL,
            digest TEXT NOT NULL,
            state TEXT NOT NULL,
            why TEXT,
            is_staged INTEGER NOT NULL,
            per_second INTEGER,
            stage INTEGER NOT NULL,
            stage_began INTEGER NOT NULL,
            is_forced INTEGER NOT NULL,
            done INTEGER NOT NULL,
            well INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            passed_over INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX letter_tasks_by_time ON letter_tasks (at DESC, id DESC);
        CREATE INDEX letter_tasks_running ON letter_tasks (at) WHERE state = 'running';

        -- commands whose letter's worker is asked first what it would do; body: the command's envelope
        CREATE TABLE letter_commands (
            user TEXT NOT NULL,
            id TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (user, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE workers (
            name TEXT PRIMARY KEY,
            last_turn INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;


        """ + SQLSession.outboxTable
}
