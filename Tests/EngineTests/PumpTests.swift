import Engine
import EngineBench
import Rehearsal
import StrictJSON
import Testing
import Vocabulary
import Wire

/// A broker that tells what it was given to tell, and notes what it is asked.
private final class NotedBroker: Broker {
    var told: [BrokerEvent] = []
    var asked: [String] = []
    var wait: Duration?

    func consume(prefetch: Int) { asked.append("consume \(prefetch)") }
    func stopConsuming() { asked.append("stop") }
    func acknowledge(upTo tag: UInt64) { asked.append("acknowledge \(tag)") }
    func publish(_ rows: [OutboxRow]) { asked.append("publish \(rows.count)") }
    func measureBacklog() { asked.append("measure") }

    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        self.wait = wait
        defer { told = [] }
        return told
    }
}

private final class StillClock: Clock {
    var now = Moment(wall: .sample, monotonic: .seconds(1))
}

/// A world in which every effect ends at once.
private final class QuickWorld: World {
    private var ended: [(id: String, outcome: EffectOutcome)] = []
    private let outcome: EffectOutcome

    init(_ outcome: EffectOutcome) { self.outcome = outcome }

    func start(_ effect: EffectRow, timeout: Duration) { ended.append((effect.id, outcome)) }
    func outcomes() -> [(id: String, outcome: EffectOutcome)] {
        defer { ended = [] }
        return ended
    }
}

@Suite("The pump hands on what happened, in order, and does what the engine says")
struct PumpTests {
    private let broker = NotedBroker()
    private let clock = StillClock()
    private let pump: Pump<Scripted>

    init() throws {
        let engine = try Engine(Scripted.self, store: MemoryStore(), directory: .sample(), seed: 1)
        pump = Pump(
            engine, broker: broker, clock: clock, world: QuickWorld(try .done(.say("sent"))))
        pump.step(waitingAtMost: .zero)
        broker.told = [.consuming(backlog: 0)]
        pump.step(waitingAtMost: .zero)
        broker.asked = []
    }

    @Test("It consumes once the store is there")
    func consumes() throws {
        let other = NotedBroker()
        let engine = try Engine(Scripted.self, store: MemoryStore(), directory: .sample(), seed: 1)
        Pump(engine, broker: other, clock: clock, world: NoWorld()).step(waitingAtMost: .zero)
        #expect(other.asked == ["consume 300"])
    }

    @Test("Deliveries that came together are one batch; what came between parts them")
    func batches() throws {
        broker.told = [
            .delivered(try Post.begin("1", case: "a").delivery(tag: 1)),
            .delivered(try Post.begin("2", case: "b").delivery(tag: 2)), .publishingHeld("memory alarm"),
            .backlog(0), .delivered(try Post.begin("3", case: "d", .say("three")).delivery(tag: 3)),
        ]
        pump.step(waitingAtMost: .zero)
        #expect(broker.asked == ["acknowledge 2", "publish 1", "acknowledge 3", "publish 2"])
    }

    @Test("An effect is started in one step and its outcome taken in the next")
    func effects() throws {
        broker.told = [.delivered(try Post.begin("1", .run("mail")).delivery(tag: 1))]
        pump.step(waitingAtMost: .zero)
        #expect(broker.asked == ["acknowledge 1", "publish 1"])
        pump.step(waitingAtMost: .zero)
        #expect(broker.asked == ["acknowledge 1", "publish 1", "publish 2"])
    }

    @Test("It waits no longer than until the next timer is due")
    func waits() throws {
        broker.told = [
            .delivered(try Post.begin("1", .wake(at: .sample + .seconds(5), then: [])).delivery(tag: 1))
        ]
        pump.step(waitingAtMost: .seconds(60))
        pump.step(waitingAtMost: .seconds(60))
        #expect(broker.wait == .seconds(5))
        pump.step(waitingAtMost: .seconds(1))
        #expect(broker.wait == .seconds(1))
    }

    @Test("Told to stop, it stops consuming and sends what is left")
    func stops() throws {
        broker.told = [.delivered(try Post.begin("1", .say("one")).delivery(tag: 1))]
        pump.step(waitingAtMost: .zero)
        pump.stop()
        #expect(broker.asked.last == "stop")
        #expect(!pump.isDrained)
        broker.told = [.confirmed([1, 2])]
        pump.step(waitingAtMost: .zero)
        #expect(pump.isDrained)
    }
}
