import Engine
import Rehearsal
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import WorkerMain

@Suite("A worker's pulse") struct HeartTests {
    let stop = StopRequest()
    let clock = ScriptedClock()
    let store = MemoryStore()
    let world = AilingWorld()

    /// Runs a worker whose broker tells what a script says, a step a second, until the script is at its end.
    private func run(_ script: [[BrokerEvent]]) throws -> ScriptedBroker {
        var rest = script[...]
        let broker = ScriptedBroker { [stop, clock] broker, wait in
            clock.pass(wait)
            guard let events = rest.popFirst() else {
                stop.make()
                return []
            }
            return events
        }
        let store = store
        let loop = WorkerLoop(
            directory: try Directory(calendars: [], teams: [], users: [], products: []), budget: .seconds(1),
            stop: stop, watcher: Watcher(LogCapture().logger, SystemdNotifier([:]), clock: clock),
            machine: clock, clock: clock, patience: .seconds(1),
            openStore: { () throws(StoreError) in store }, broker: broker, world: world,
            program: WorkerProgram(IdleWorker.self))
        try loop.run()
        return broker
    }

    private func pulses(_ broker: ScriptedBroker) throws -> [Pulse] {
        try broker.messages.map { message in
            #expect(message.exchange == Exchange.records.rawValue)
            #expect(message.routingKey == "idle")
            #expect(message.properties.type == "idle.pulse.v1")
            return try StrictDecoder.decode(Pulse.self, from: Envelope(parsing: message.body).data)
        }
    }

    @Test("It goes out once the broker is there, and then every fifteen seconds")
    func often() throws {
        let seconds: [[BrokerEvent]] = (1...31).map { $0 == 1 || $0 == 16 ? [.confirmed([-1, -2])] : [] }
        let broker = try run([[.consumerLost("not yet")], [.consuming(backlog: 0)]] + seconds)
        let pulses = try pulses(broker)
        #expect(broker.published == [-1, -2, -3])
        let times = pulses.map(\.machineTime)
        #expect(zip(times, times.dropFirst()).map { $1 - $0 } == [.seconds(15), .seconds(15)])
        #expect(pulses.allSatisfy { $0.everySeconds == 15 && $0.store.id == "memory" && $0.troubles.isEmpty })
    }

    @Test("While one is on its way no other follows, and nothing waits for it when the worker stops")
    func underWay() throws {
        let broker = try run([[.consuming(backlog: 0)]] + Array(repeating: [], count: 60))
        #expect(broker.published == [-1])
        #expect(broker.calls.last == "close")
        #expect(try store.outboxCount() == 0)
        #expect(try store.identity().number == 0, "no pulse stands in a store")
    }

    @Test("One that the broker does not take is followed by the next")
    func refused() throws {
        let script: [[BrokerEvent]] = [[.consuming(backlog: 0)], [.setAside(-1, why: "ACCESS_REFUSED")]]
        let broker = try run(script + Array(repeating: [], count: 15))
        #expect(broker.published == [-1, -2])
    }

    @Test("It says since when the world, and the store, have kept the worker from its work")
    func troubles() throws {
        world.trouble = Pulse.Trouble(.mail, "refused the login", since: clock.now.wall)
        let broker = try run([[.consuming(backlog: 0)]])
        #expect(try pulses(broker).map(\.troubles) == [[try #require(world.trouble)]])
        let watcher = Watcher(LogCapture().logger, SystemdNotifier([:]), clock: clock)
        watcher.saw(.storeGone("disk full"))
        watcher.saw(.outboxFull(rows: 3))
        #expect(watcher.troubles.map(\.kind) == [.store, .outbox])
        #expect(watcher.troubles.first?.why == "disk full")
        watcher.saw(.storeBack)
        watcher.saw(.takingAgain)
        #expect(watcher.troubles.isEmpty)
    }
}

/// A world that may be ill.
final class AilingWorld: World {
    var trouble: Pulse.Trouble?

    func start(_ effect: EffectRow, timeout: Duration) {}
    func outcomes() -> [(id: String, outcome: EffectOutcome)] { [] }
}
