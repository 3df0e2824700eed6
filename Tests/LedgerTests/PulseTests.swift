import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("What the ledger hears of how workers do") struct PulseTests {
    private static let old = Pulse.Store(id: "old", madeAt: "2026-01-01T00:00:00Z", number: 10)

    private func pulse(
        _ store: Pulse.Store, at machineTime: Timestamp, troubles: [Pulse.Trouble] = []
    ) -> Pulse {
        Pulse(
            version: "1", at: machineTime, machineTime: machineTime, startedAt: Turns.noon, everySeconds: 15,
            directory: "d", store: store, outbox: 0, early: 0, effects: 0, troubles: troubles)
    }

    private func delivery(
        _ data: JSON, as type: MessageType = Pulse.type(of: "carrier"), on bench: LedgerBench
    ) -> BrokerEvent {
        let envelope = Envelope(id: "p", source: "/workers/carrier", type: type, data: data)
        return bench.delivery(
            Exchange.records.rawValue, "carrier", envelope.serialized(), envelope.properties)
    }

    /// The carrier says a pulse with a store, so long after the last one.
    private func hear(
        _ store: Pulse.Store, after wait: Duration = .seconds(15), ahead skew: Duration = .zero,
        on bench: LedgerBench
    ) throws {
        bench.step([], after: wait)
        let pulse = pulse(store, at: bench.now + skew)
        bench.step([delivery(try JSON(encoding: pulse), on: bench)])
    }

    private func carrier(_ bench: LedgerBench) throws -> AskStatus.WorkerStatus {
        try #require(try bench.ask(AskStatus()).workers.first { $0.name == "carrier" })
    }

    private func later(_ number: Int64) -> Pulse.Store {
        Pulse.Store(id: Self.old.id, madeAt: Self.old.madeAt, number: number)
    }

    @Test("The last pulse of each worker is told, with when it came, also after a start")
    func last() throws {
        let bench = try LedgerBench()
        #expect(try carrier(bench).pulse == nil)
        try hear(Self.old, on: bench)
        try hear(later(11), ahead: .seconds(9), on: bench)
        let heard = try #require(try carrier(bench).pulse)
        #expect(heard.pulse.store.number == 11)
        #expect(heard.receivedAt == bench.now)
        #expect(heard.skew == .seconds(9))
        #expect(try carrier(bench).storeNews.isEmpty)
        #expect(try carrier(bench.crashed()).pulse == heard)
    }

    @Test("A store whose number went back was restored, and both numbers are told for a week")
    func restored() throws {
        let bench = try LedgerBench()
        try hear(later(42), on: bench)
        try hear(later(17), on: bench)
        let news = AskStatus.StoreNews(.restored, "went back from number 42 to 17", at: bench.now)
        #expect(try carrier(bench).storeNews == [news])
        try hear(later(18), on: bench)
        #expect(try carrier(bench).storeNews == [news], "it is told once")
        bench.step([], after: .seconds(7 * 86_400))
        #expect(try carrier(bench).storeNews.isEmpty)
    }

    @Test("A pulse that is handed over again is no store that went back")
    func again() throws {
        let bench = try LedgerBench()
        let pulses = try (1...3).map { number in
            delivery(
                try JSON(encoding: pulse(later(Int64(number)), at: Turns.minute(number))), on: bench)
        }
        bench.step(pulses)
        bench.step(pulses)
        #expect(try carrier(bench).storeNews.isEmpty)
    }

    @Test("An empty store in place of the one before is told, whatever the worker's clock says")
    func emptied() throws {
        for skew in [Duration.seconds(-4000), .zero, .seconds(4000)] {
            let bench = try LedgerBench()
            try hear(later(42), ahead: skew, on: bench)
            let empty = Pulse.Store(id: "new", madeAt: bench.now + skew + .seconds(5), number: 0)
            try hear(empty, ahead: skew, on: bench)
            let news = try carrier(bench).storeNews
            #expect(news.map(\.kind) == [.emptied])
            #expect(news.first?.what == "is another one, made empty \(empty.madeAt)")
        }
    }

    @Test("Another store that was there before is told as one")
    func exchanged() throws {
        let bench = try LedgerBench()
        try hear(later(42), on: bench)
        try hear(Pulse.Store(id: "older", madeAt: "2025-12-01T00:00:00Z", number: 400), on: bench)
        #expect(try carrier(bench).storeNews.map(\.kind) == [.exchanged])
    }

    @Test("Two stores that are heard in turn are two at one time")
    func doubled() throws {
        let bench = try LedgerBench()
        let second = Pulse.Store(id: "new", madeAt: bench.now + .seconds(20), number: 0)
        try hear(later(42), on: bench)
        try hear(second, after: .seconds(10), on: bench)
        #expect(try carrier(bench).storeNews.map(\.kind) == [.emptied])
        try hear(later(43), after: .seconds(5), on: bench)
        let news = try carrier(bench).storeNews
        #expect(news.map(\.kind) == [.doubled, .emptied])
        #expect(
            news.first?.what
                == "are two at one time, made \(Self.old.madeAt) and \(second.madeAt)")
    }

    @Test("A newer program's pulse, and one that cannot be read, make no letter")
    func unknown() throws {
        let bench = try LedgerBench()
        bench.step([
            delivery(["beats": 2], as: "carrier.pulse.v2", on: bench), delivery(["beats": 2], on: bench),
        ])
        #expect(bench.sent.isEmpty)
        #expect(bench.actions.contains(.acknowledge(upTo: 2)))
        #expect(try carrier(bench).pulse == nil)
    }

    @Test("The ledger says which store is its own")
    func own() throws {
        let bench = try LedgerBench()
        let store = try bench.ask(AskStatus()).store
        #expect(store.id.count == 32)
        #expect(try bench.crashed().ask(AskStatus()).store == store)
    }
}
