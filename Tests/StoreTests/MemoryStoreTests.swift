import Engine
import Rehearsal
import Testing

@Suite("The store in memory plays the faults of a real one") struct MemoryStoreTests {
    private let changes: [Change] = [.inbox(Samples.inbox()), .send(Samples.message())]

    @Test("A commit that fails before it takes effect changes nothing")
    func before() throws {
        let store = MemoryStore()
        let changes = changes
        store.fault = { step throws(StoreError) in
            if case .committing(changes) = step { throw .unavailable("disk full") }
        }
        #expect(throws: StoreError.unavailable("disk full")) { try store.commit(changes) }
        #expect(try store.inboxRow(Samples.key) == nil)
        #expect(try store.outboxCount() == 0)
        store.fault = { _ in }
        #expect(try store.commit(changes) == [1])
    }

    @Test("A commit whose caller dies after it took effect has taken effect")
    func after() throws {
        let store = MemoryStore()
        store.fault = { step throws(StoreError) in
            if case .committed = step { throw .unavailable("crashed") }
        }
        #expect(throws: StoreError.unavailable("crashed")) { try store.commit(changes) }
        #expect(try store.inboxRow(Samples.key) == Samples.inbox())
        #expect(try store.outboxRows(after: 0, atMost: 9).map(\.number) == [1])
    }

    @Test("A fault that lasts is met by reads and by the notes of a run, too")
    func lasting() throws {
        let store = MemoryStore()
        store.fault = { _ throws(StoreError) in throw .unavailable("gone") }
        #expect(throws: StoreError.unavailable("gone")) { try store.inboxRow(Samples.key) }
        #expect(throws: StoreError.unavailable("gone")) { try store.beginRun() }
        #expect(throws: StoreError.unavailable("gone")) { try store.endRun() }
        store.fault = { _ in }
        #expect(try store.beginRun(), "what failed was not noted")
    }
}
