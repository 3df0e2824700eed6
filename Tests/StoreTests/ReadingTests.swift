import Engine
import Testing

@testable import SQLiteStore

@Suite("A batch reads from one state of its file") struct ReadingTests {
    let place: SQLitePlace
    let store: SQLiteStore
    let intruder: SQLSession

    init() throws {
        place = try SQLitePlace()
        store = try place.open()
        _ = try store.commit([.suspect("m", times: 1)])
        intruder = try SQLSession(path: place.path)
    }

    /// What an operator might do with `sqlite3`.
    private func write(_ times: Int) throws {
        try intruder.run("UPDATE suspects SET times = ?", .integer(times))
    }

    @Test("What another program writes meanwhile is seen by the next batch, not by this one")
    func oneState() throws {
        store.beginReading()
        #expect(try store.suspicions(of: "m") == 1)
        try write(2)
        #expect(try store.suspicions(of: "m") == 1)
        store.endReading()
        #expect(try store.suspicions(of: "m") == 2)
    }

    @Test("A commit ends it, takes effect beside what another wrote meanwhile, and is read at once")
    func commit() throws {
        store.beginReading()
        #expect(try store.suspicions(of: "m") == 1)
        try write(2)
        _ = try store.commit([.suspect("n", times: 7)])
        #expect(try store.suspicions(of: "m") == 2)
        #expect(try store.suspicions(of: "n") == 7)
        store.endReading()
        #expect(try store.suspicions(of: "n") == 7)
    }

    @Test("A commit that another program keeps from happening leaves nothing begun")
    func busy() throws {
        store.beginReading()
        #expect(try store.suspicions(of: "m") == 1)
        try intruder.transaction { _ in
            expect(.unavailable, saying: "another program") { try store.commit([.suspect("m", times: 5)]) }
        }
        store.endReading()
        _ = try store.commit([.suspect("m", times: 6)])
        #expect(try store.suspicions(of: "m") == 6)
    }
}
