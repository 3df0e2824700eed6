import CSQLite
import Engine
import Foundation
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import SQLiteStore

@Suite("A store can be told from another, and from its own past") struct IdentityTests {
    @Test("Its number rises with every row of the outbox, and never goes back", arguments: StoreKind.allCases)
    func number(in kind: StoreKind) throws {
        let place = try kind.place()
        try place.use { store in
            #expect(try store.identity().number == 0)
            let numbers = try store.commit([.send(Samples.message()), .send(Samples.message())])
            #expect(try store.identity().number == numbers.last)
            _ = try store.commit([.sent(numbers)])
            #expect(try store.identity().number == numbers.last)
        }
        #expect(try place.use { try $0.identity().number } == 2)
    }

    @Test("A file keeps its id and the time it was made; another file has its own")
    func files() throws {
        let place = try SQLitePlace()
        let before = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) - 1)
        let first = try place.open { try $0.identity() }
        #expect(first.id.count == 32)
        #expect(first.madeAt >= before && first.madeAt - before < .seconds(600))
        #expect(try place.open { try $0.identity() } == first)
        #expect(try SQLitePlace().open { try $0.identity().id } != first.id)
    }

    @Test("A backup that is put back has the same id and a lower number")
    func restored() throws {
        let place = try SQLitePlace()
        let backup = place.path + ".backup"
        try place.open { store in
            _ = try store.commit([.send(Samples.message())])
            try store.file.session.backUp(to: backup)
            _ = try store.commit([.send(Samples.message())])
        }
        let last = try place.open { try $0.identity() }
        for file in [place.path, place.path + "-wal", place.path + "-shm"] {
            try? FileManager.default.removeItem(atPath: file)
        }
        try FileManager.default.moveItem(atPath: backup, toPath: place.path)
        let restored = try place.open { try $0.identity() }
        #expect((restored.id, restored.madeAt) == (last.id, last.madeAt))
        #expect((restored.number, last.number) == (1, 2))
    }

    @Test("A file of an older version was made when it took its first message")
    func older() throws {
        let place = try SQLitePlace()
        let past = try place.foreign()
        for migration in Schema.migrations.prefix(3) { try past.execute(migration) }
        try past.execute(
            """
            PRAGMA user_version = 3; PRAGMA application_id = \(Schema.applicationID);
            INSERT INTO store (id, worker, running, memory_version) VALUES (1, 'cancellation', 0, 0);
            INSERT INTO inbox VALUES ('user:intake', 'a', 0, NULL, 'd', 'applied', 9000);
            INSERT INTO inbox VALUES ('user:intake', 'b', 0, NULL, 'd', 'applied', 7000);
            """)
        #expect(try place.open { try $0.identity().madeAt } == Timestamp(milliseconds: 7000))
    }

    @Test(
        "Effects that wait for a try are counted, those out of tries are not", arguments: StoreKind.allCases)
    func effects(in kind: StoreKind) throws {
        try kind.place().use { store in
            let effects = [Samples.time(1), Samples.time(2), nil].enumerated().map { index, at in
                Change.effect(
                    EffectRow(
                        id: "e-\(index)", caseID: Samples.caseID, type: Samples.type, data: [:], attempts: 1,
                        at: at))
            }
            _ = try store.commit(effects)
            #expect(try store.effectCount() == 2)
        }
    }
}

extension SQLSession {
    /// Makes a copy as `sqlite3`'s `.backup` does.
    fileprivate func backUp(to path: String) throws {
        try Data().write(to: URL(filePath: path))
        let copy = try SQLSession(path: path)
        let backup = try #require(sqlite3_backup_init(copy.connection, "main", connection, "main"))
        #expect(sqlite3_backup_step(backup, -1) == SQLITE_DONE)
        #expect(sqlite3_backup_finish(backup) == SQLITE_OK)
    }
}
