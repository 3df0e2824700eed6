import Engine
import Foundation
import Testing
import Vocabulary
import Wire

@testable import SQLiteStore

@Suite("A store opens for its own worker, alone, and only where it ought to be") struct SQLiteOpeningTests {
    @Test("A missing file is not made unless told to, and nothing is left behind")
    func missing() throws {
        let place = try SQLitePlace()
        expect(.unusable, saying: "there is no store at", "restore") { try place.open(create: false) }
        #expect(!FileManager.default.fileExists(atPath: place.path))
        #expect(!FileManager.default.fileExists(atPath: place.path + ".lock"))
    }

    @Test("A store that was made once opens without being told")
    func again() throws {
        let place = try SQLitePlace()
        try place.use { _ = try $0.commit([.inbox(Samples.inbox())]) }
        #expect(try place.open(create: false).inboxRow(Samples.key) == Samples.inbox())
    }

    @Test("An empty file counts as missing")
    func emptyFile() throws {
        let place = try SQLitePlace()
        try Data().write(to: URL(filePath: place.path))
        expect(.unusable, saying: "is empty") { try place.open(create: false) }
        #expect(try place.open(create: true).outboxCount() == 0)
    }

    @Test("A second opener is refused while the first lives, and told which file is held")
    func locked() throws {
        let place = try SQLitePlace()
        try place.use { _ in
            expect(.unusable, saying: "in use", place.path + ".lock", "stop") { try place.open() }
        }
        #expect(throws: Never.self) { try place.open() }
    }

    @Test("Another worker's store is refused, by both names")
    func otherWorker() throws {
        let place = try SQLitePlace()
        _ = try place.open(worker: "cancellation")
        expect(.unusable, saying: "belongs to the worker cancellation, not to notifier") {
            try place.open(worker: "notifier")
        }
        #expect(throws: Never.self) { try place.open(worker: "cancellation") }
    }

    @Test("A file that is no database is refused and left as it is")
    func notADatabase() throws {
        let place = try SQLitePlace()
        let text = Data(String(repeating: "Dear diary, ", count: 100).utf8)
        try text.write(to: URL(filePath: place.path))
        expect(.unusable, saying: place.path, "restore a backup") { try place.open() }
        #expect(try Data(contentsOf: URL(filePath: place.path)) == text)
    }

    @Test("Another program's database is refused and left as it is")
    func otherProgram() throws {
        let place = try SQLitePlace()
        try place.foreign().execute("CREATE TABLE recipe (name TEXT)")
        let before = try Data(contentsOf: URL(filePath: place.path))
        expect(.unusable, saying: "another program") { try place.open() }
        #expect(try Data(contentsOf: URL(filePath: place.path)) == before)
    }

    @Test("A store newer than the program stops it, and both versions are named")
    func newer() throws {
        let place = try SQLitePlace()
        let known = Schema.migrations.count
        try place.open { try $0.file.session.execute("PRAGMA user_version = \(known + 1)") }
        expect(.unusable, saying: "version \(known + 1)", "up to \(known)") { try place.open() }
    }

    @Test("A store of an older version is brought up to date, and its cases go on")
    func older() throws {
        let place = try SQLitePlace()
        let past = try place.foreign()
        try past.execute(Schema.migrations[0])
        try past.execute(
            """
            PRAGMA user_version = 1; PRAGMA application_id = \(Schema.applicationID);
            INSERT INTO store VALUES (1, 'cancellation', 0, 1);
            INSERT INTO cases VALUES ('saas-to-local/old', 1, x'7b7d', x'5b5d', x'5b5d', 'user:intake', 7000);
            INSERT INTO handoffs VALUES (1, 'open', 'saas-to-local/old', 'cancellation.a.v1', '', 'ems', 'open',
                NULL, x'7b7d', x'5b5d', '4 business hours', 8000, 7000);
            INSERT INTO handoffs VALUES (2, 'done', 'saas-to-local/old', 'cancellation.b.v1', '', 'ems', 'answered',
                NULL, x'7b7d', x'5b226162225d', '1 business day', 8000, 7000);
            """)
        try place.open { store in
            let row = try #require(try store.caseRow("saas-to-local/old"))
            #expect(row.stage == .open)
            #expect(row.turns == 0)
            #expect(row.startedBy == .user("intake"))
            let open = try #require(try store.handoff("open"))
            #expect(open.clock.start == open.askedAt)
            #expect(open.clock.escalation == .days(1))
            #expect(open.revision == 0)
            // What was answered before revisions were kept counts as used.
            let done = try #require(try store.handoff("done"))
            #expect(done.revision == 1)
            #expect(done.answeredIn == 0)
            // No directory is noted: the clocks are set at the start.
            #expect(try store.directoryDigest() == nil)
        }
    }

    @Test("A folder that is not there is named, with what to do")
    func noFolder() throws {
        let folder = try Folder()
        expect(.unusable, saying: "missing/worker.sqlite.lock", "folder must exist") {
            try SQLiteStore.open(
                path: folder.path("missing/worker.sqlite"), create: true, worker: "cancellation")
        }
    }

    @Test("Only its user may read a store, its log, its index and its lock")
    func modes() throws {
        let place = try SQLitePlace()
        try place.use { store in
            _ = try store.commit([.inbox(Samples.inbox())])
            for file in ["", "-wal", "-shm", ".lock"].map({ place.path + $0 }) {
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(file)")
            }
        }
    }

    @Test("The log is a WAL, and every commit is forced to the disk")
    func durability() throws {
        let place = try SQLitePlace()
        for _ in 1...2 {
            let settings = try place.open { store in
                let session = store.file.session
                return (
                    try session.first("PRAGMA journal_mode", read: { try $0.text() }),
                    try session.count("PRAGMA synchronous")
                )
            }
            #expect(settings == ("wal", 2))
        }
    }

    @Test("The schema is the approved one")
    func schema() throws {
        let approved = try #require(
            Bundle.module.url(forResource: "schema", withExtension: "sql", subdirectory: "Approved"))
        let query = "SELECT sql || ';' FROM sqlite_schema WHERE sql NOT NULL ORDER BY tbl_name, rootpage"
        let schema = try SQLitePlace().open { store in
            try store.file.session.all(query, []) { try $0.text() }
        }
        let version = "-- version \(Schema.migrations.count)"
        let actual = ([version] + schema).joined(separator: "\n") + "\n"
        #expect(try actual == String(contentsOf: approved, encoding: .utf8))
    }
}
