import Engine
import Foundation
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import SQLiteStore

@Suite("A store that fails says why, keeps what it promised, and goes on") struct SQLiteFaultTests {
    @Test("A full disk refuses a whole commit, and takes it once there is room again")
    func full() throws {
        try SQLitePlace().open { store in
            _ = try store.commit([.inbox(Samples.inbox()), .send(Samples.message())])
            let large = String(repeating: "hush", count: 25_000)
            let changes: [Change] = [
                .caseRow(Samples.caseRow()), .send(Samples.message(large)), .suspect("m", times: 1),
            ]

            try store.limitPages(toMoreThanUsed: 5)
            expect(.unavailable, saying: "worker.sqlite", "free space") { try store.commit(changes) }
            #expect(try store.caseRow(Samples.caseID) == nil)
            #expect(try store.suspicions(of: "m") == 0)
            #expect(try store.outboxCount() == 1)
            #expect(try store.inboxRow(Samples.key) == Samples.inbox())

            try store.limitPages(toMoreThanUsed: 1_000_000)
            #expect(try store.commit(changes).count == 1)
            #expect(try store.outboxCount() == 2)
        }
    }

    @Test("Another program that writes makes it unavailable until it is done")
    func busy() throws {
        let place = try SQLitePlace()
        let store = try place.open()
        try SQLSession(path: place.path).transaction { _ throws in
            expect(.unavailable, saying: "another program") { try store.commit([.inbox(Samples.inbox())]) }
            #expect(try store.inboxRow(Samples.key) == nil, "reading goes on")
        }
        _ = try store.commit([.inbox(Samples.inbox())])
        #expect(try store.inboxRow(Samples.key) == Samples.inbox())
    }

    @Test("A file gone read-only makes it unavailable, not unusable")
    func readOnly() throws {
        try SQLitePlace().open { store in
            try store.file.session.execute("PRAGMA query_only = 1")
            expect(.unavailable, saying: "writable") { try store.commit([.inbox(Samples.inbox())]) }
            try store.file.session.execute("PRAGMA query_only = 0")
            _ = try store.commit([.inbox(Samples.inbox())])
        }
    }

    @Test(
        "Content that no column takes refuses the whole commit, and is not shown",
        arguments: Unstorable.allCases)
    func content(_ unstorable: Unstorable) throws {
        try SQLitePlace().open { store in
            expect(.content, saying: "worker.sqlite") {
                try store.commit([.inbox(Samples.inbox()), unstorable.change])
            }
            #expect(try store.inboxRow(Samples.key) == nil)
            _ = try store.commit([.inbox(Samples.inbox())])
        }
    }

    enum Unstorable: CaseIterable {
        case keyWithNUL, headerWithNUL, memoryWithNUL, memoryTooDeep, memoryTooLarge, durationWithoutText

        var change: Change {
            var row = Samples.caseRow()
            switch self {
            case .keyWithNUL: return .suspect("hush\0hush", times: 1)
            case .headerWithNUL:
                let properties = MessageProperties(headers: [.why: "hush\0"])
                return .send(Outgoing(exchange: .dead, routingKey: "a", properties: properties, body: []))
            case .memoryWithNUL: row.memory = ["hush": "hush\0"]
            case .memoryTooDeep: row.memory = (0..<65).reduce("hush") { deeper, _ in [deeper] }
            case .memoryTooLarge: row.memory = .string(String(repeating: "hush", count: 1 << 20))
            case .durationWithoutText:
                return .handoff(
                    HandoffRow(
                        id: "h-1", slot: Samples.slot, team: "cs", state: .held, gate: nil, question: "hush",
                        clock: HandoffClock(due: .elapsed(.milliseconds(1))), since: Samples.time(0)))
            }
            return .caseRow(row)
        }
    }

    @Test("A document as deep as can be read is taken, and comes back")
    func deepest() throws {
        try SQLitePlace().open { store in
            var row = Samples.caseRow()
            row.memory = (0..<64).reduce("bottom") { deeper, _ in [deeper] }
            _ = try store.commit([.caseRow(row)])
            #expect(try store.caseRow(row.id) == row)
        }
    }

    @Test("A row that somebody else spoiled is reported, not guessed at nor shown")
    func spoiled() throws {
        try SQLitePlace().open { store in
            _ = try store.commit([.caseRow(Samples.caseRow()), .inbox(Samples.inbox())])
            try store.file.session.execute(
                "UPDATE cases SET memory = CAST('hush {' AS BLOB); UPDATE inbox SET verdict = 'hush'")
            expect(.unusable, saying: "restore a backup") { try store.inboxRow(Samples.key) }
            expect(.unusable, saying: "restore a backup") { try store.caseRow(Samples.caseID) }
        }
    }

    @Test("What was committed is in file and log, though the process never closed them")
    func killed() throws {
        let place = try SQLitePlace()
        let store = try place.open()
        let numbers = try store.commit([.caseRow(Samples.caseRow()), .send(Samples.message())])
        _ = try store.beginRun()
        try place.copy(logBytes: nil).open { survivor in
            #expect(try survivor.caseRow(Samples.caseID) == Samples.caseRow())
            #expect(try survivor.outboxRows(after: 0, atMost: 9).map(\.number) == numbers)
            let ended = try survivor.beginRun()
            #expect(!ended, "the run before did not end")
        }
        withExtendedLifetime(store) {}
    }

    @Test("However much of the log is lost with the power, each commit is there whole or not at all")
    func torn() throws {
        let place = try SQLitePlace()
        try place.use { _ in }
        let store = try place.open()
        for number in 1...8 {
            let row = Samples.caseRow(try Self.caseID(number))
            _ = try store.commit([.caseRow(row), .send(Samples.message("\(number)"))])
        }
        let size = try Data(contentsOf: URL(filePath: place.path + "-wal")).count
        var lengths: Set<Int> = []
        for logBytes in stride(from: 0, through: size, by: 1500) {
            try place.copy(logBytes: logBytes).open { survivor in
                let sent = try survivor.outboxRows(after: 0, atMost: 99).map(\.message)
                for number in 1...8 {
                    let row = try survivor.caseRow(Self.caseID(number))
                    #expect(
                        (row != nil) == sent.contains(Samples.message("\(number)")),
                        "case \(number) of a log cut at \(logBytes)")
                }
                lengths.insert(sent.count)
            }
        }
        #expect(lengths.isSuperset(of: 1...7), "the log was cut between all commits")
        withExtendedLifetime(store) {}
    }

    private static func caseID(_ number: Int) throws -> CaseID { try CaseID("saas-to-local/firm-\(number)") }
}

extension SQLiteStore {
    /// Plays a disk with room for so many more pages.
    fileprivate func limitPages(toMoreThanUsed count: Int) throws {
        let used = try file.session.count("PRAGMA page_count")
        try file.session.execute("PRAGMA max_page_count = \(used + count)")
    }
}

extension SQLitePlace {
    /// What a machine that went down finds on its disk: the file, and as much of the log as was written.
    fileprivate func copy(logBytes: Int?) throws -> SQLitePlace {
        let copy = try SQLitePlace()
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        let log = try Data(contentsOf: URL(filePath: path + "-wal"))
        try log.prefix(logBytes ?? log.count).write(to: URL(filePath: copy.path + "-wal"))
        return copy
    }
}
