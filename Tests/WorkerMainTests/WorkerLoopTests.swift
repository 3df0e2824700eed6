import Engine
import Rehearsal
import Testing
import Vocabulary
import Wire

@testable import WorkerMain

@Suite("A worker's thread") struct WorkerLoopTests {
    let stop = StopRequest()
    let clock = ScriptedClock()
    let store = MemoryStore()

    private func run(_ broker: ScriptedBroker) throws(StoreError) {
        let store = store
        try run(broker) { () throws(StoreError) in store }
    }

    private func run(
        _ broker: ScriptedBroker, openStore: @escaping () throws(StoreError) -> any Store
    ) throws(StoreError) {
        let loop = WorkerLoop(
            directory: try directory(), budget: .seconds(20), stop: stop,
            watcher: Watcher(LogCapture().logger, SystemdNotifier([:]), clock: clock), machine: clock,
            clock: clock,
            patience: .seconds(1), openStore: openStore, broker: broker, world: NoWorld(),
            program: WorkerProgram(IdleWorker.self))
        try loop.run()
    }

    private func directory() throws(StoreError) -> Directory {
        do {
            return try Directory(calendars: [], teams: [], users: [], products: [])
        } catch {
            throw .unusable("\(error)")
        }
    }

    /// Puts a message into the outbox, as a run before this one may have left it.
    private func leaveOne() throws {
        _ = try store.commit([
            .send(
                Outgoing(
                    exchange: .events, routingKey: "idle.done", properties: MessageProperties(), body: []))
        ])
    }

    @Test(
        "Asked to stop, it gives back its consumer, waits for confirms, notes the end and leaves the broker")
    func inOrder() throws {
        try leaveOne()
        var waits = 0
        let broker = ScriptedBroker { [stop, clock] broker, wait in
            clock.pass(wait)
            waits += 1
            if waits == 2 { stop.make() }
            return waits == 4 ? [.confirmed(broker.published)] : []
        }
        try run(broker)
        #expect(broker.calls == ["consume", "publish", "stop consuming", "close"])
        #expect(waits == 4)
        #expect(try store.outboxCount() == 0)
        #expect(try store.beginRun())
    }

    @Test("A stop takes no longer than its budget, and what was not confirmed stays in the store")
    func budget() throws {
        try leaveOne()
        var stoppedAt: Duration?
        let broker = ScriptedBroker { [stop, clock] broker, wait in
            if broker.calls.contains("publish"), !stop.isMade {
                stoppedAt = clock.now.monotonic
                stop.make()
            }
            clock.pass(wait)
            return []
        }
        try run(broker)
        let began = try #require(stoppedAt)
        #expect(clock.now.monotonic - began <= .seconds(21))
        #expect(broker.calls.last == "close")
        #expect(try store.outboxCount() == 1)
        #expect(try store.beginRun())
    }

    @Test("A store that cannot be opened yet is opened again")
    func unavailable() throws {
        var tries = 0
        let broker = ScriptedBroker { [stop] _, _ in
            stop.make()
            return []
        }
        try run(broker) { [store] () throws(StoreError) in
            tries += 1
            guard tries == 3 else { throw .unavailable("busy") }
            return store
        }
        #expect(tries == 3)
        #expect(try store.beginRun())
    }

    @Test("A store that can never be used ends the worker, and nothing is taken")
    func unusable() throws {
        let broker = ScriptedBroker { _, _ in [] }
        #expect(throws: StoreError.unusable("another worker's")) {
            try run(broker) { () throws(StoreError) in throw .unusable("another worker's") }
        }
        #expect(broker.calls == ["close"])
    }

    @Test("A stop ends the wait for a store that cannot be opened")
    func stopBeforeStart() throws {
        let broker = ScriptedBroker { _, _ in [] }
        try run(broker) { [stop] () throws(StoreError) in
            stop.make()
            throw .unavailable("busy")
        }
        #expect(broker.calls == ["close"])
    }
}
