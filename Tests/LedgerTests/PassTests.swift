import Engine
import LedgerMessages
import SQLiteStore
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("Passes over the queues of letters") struct PassTests {
    private let queue = "baton.carrier.dead"

    @Test("Each queue is looked through at the start; what the index never saw is listed from then on")
    func start() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = [desk.letter("a"), desk.letter("b")]
        desk.queues.lying["baton.unheard"] = [desk.unheard("start.movng.intake")]
        desk.pass()
        #expect(
            desk.queues.passes.sorted()
                == [
                    queue, "baton.ledger.dead", "baton.packer.dead", "baton.unheard",
                ].sorted())
        let page = try desk.bench.ask(AskLetters(limit: 10)).page
        #expect(page.total == 3)
        #expect(Set(page.elements.map(\.queue)) == [queue, "baton.unheard"])
        #expect(desk.lying(in: queue) == ["a", "b"])
    }

    @Test("What an operator settled is taken off; the rest stays, in its order")
    func settled() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = ["a", "b", "c", "d"].map { desk.letter($0) }
        desk.pass()
        try desk.settle(["b"], as: .redriven)
        try desk.settle(["d"], as: .discarded)
        desk.pass()
        #expect(desk.lying(in: queue) == ["a", "c"])
        #expect(try desk.states(["a", "b", "c", "d"]) == [.open, .redriven, .open, .discarded])
        let passes = desk.queues.passes.count
        desk.pass()
        #expect(desk.queues.passes.count == passes, "nothing is left to do")
    }

    @Test("A letter that lies there twice is left once")
    func twice() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = ["a", "b", "a"].map { desk.letter($0) }
        desk.pass()
        #expect(desk.lying(in: queue) == ["a", "b"])
        #expect(try desk.states(["a", "b"]) == [.open, .open])
    }

    @Test(
        "A letter that somebody took off is removed once it was missed twice, a minute apart; back again, it is open"
    )
    func removed() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = [desk.letter("a"), desk.letter("b")]
        desk.pass()
        let taken = desk.queues.lying[queue]?.removeFirst()
        desk.pass(for: .seconds(45))
        #expect(try desk.states(["a", "b"]) == [.open, .open], "it may be under way")
        desk.pass(for: .seconds(90))
        #expect(try desk.states(["a", "b"]) == [.removed, .open])
        #expect(try desk.lastEvent(of: "a").hasPrefix("it is not in its queue any more"))
        desk.queues.lying[queue]?.append(try #require(taken))
        desk.pass(for: .seconds(45))
        #expect(try desk.states(["a", "b"]) == [.open, .open])
        #expect(try desk.lastEvent(of: "a") == "it lies in its queue again")
    }

    @Test("While others hold some of a queue nothing counts as removed")
    func shared() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = [desk.letter("a")]
        desk.pass()
        desk.queues.lying[queue] = []
        desk.queues.isShared = true
        desk.pass(for: .seconds(600))
        #expect(try desk.states(["a"]) == [.open])
    }

    @Test("What an undo puts back by the default exchange is the letter that it was, whoever set it aside")
    func putBack() throws {
        let desk = try PassDesk()
        let ours = desk.letter("a")
        let death = Death(
            queue: "baton.carrier", exchange: "baton.events", routingKey: "k", reason: "delivery_limit")
        let brokers = desk.delivery("baton.dead", "carrier", death: death)
        let unheard = desk.unheard("start.movng.intake")
        desk.queues.lying = [queue: [ours, brokers], "baton.unheard": [unheard]]
        desk.pass()
        let ids = try desk.bench.ask(AskLetters(limit: 10)).page.elements.map(\.id)
        try desk.settle(ids, as: .discarded)
        desk.pass()
        #expect(desk.queues.count == 0)

        try desk.settle(ids, as: .open)
        desk.queues.lying = [
            queue: [ours, brokers].map { desk.delivery("", queue, $0.properties.headers, $0.body) },
            "baton.unheard": [
                desk.delivery(
                    "", "baton.unheard",
                    [.exchange: unheard.exchange, .routingKey: unheard.routingKey], unheard.body)
            ],
        ]
        desk.pass(for: .seconds(60))
        #expect(try desk.bench.ask(AskLetters(limit: 10)).page.elements.map(\.id).sorted() == ids.sorted())
        #expect(desk.queues.count == 3)
    }

    @Test("A queue that cannot be looked through is reported once, and looked through when it can")
    func unreachable() throws {
        let desk = try PassDesk()
        desk.queues.lying[queue] = [desk.letter("a")]
        desk.queues.isReachable = false
        desk.pass(for: .seconds(120))
        let queues = desk.reports.compactMap { report -> String? in
            if case .passBrokenOff(let queue, "the broker went home") = report { queue } else { nil }
        }
        #expect(queues.count == 4)
        #expect(Set(queues).count == 4)
        desk.queues.isReachable = true
        desk.pass(for: .seconds(60))
        #expect(try desk.states(["a"]) == [.open])
    }

    @Test("It is told how many messages the index has not seen, and by when nobody knows")
    func unseen() throws {
        let desk = try PassDesk()
        desk.pass()
        #expect(desk.unseen == 0)
        desk.queues.lying[queue] = [desk.letter("a"), desk.letter("b")]
        desk.pass(for: .seconds(16))
        #expect(desk.unseen == 2)
        desk.pass(for: .seconds(31))
        #expect(desk.unseen == 0)
        desk.queues.isReachable = false
        desk.pass(for: .seconds(16))
        #expect(desk.unseen == nil)
    }

    @Test("A queue whose pass took long is left alone for ten times as long")
    func pause() throws {
        let desk = try PassDesk()
        desk.pass()
        desk.queues.lying[queue] = (0..<3_000).map { desk.letter("l\($0)") }
        desk.pass(for: .seconds(60), step: .seconds(1))
        try desk.settle(["l1"], as: .discarded)
        desk.pass(for: .seconds(5), step: .seconds(1))
        try desk.settle(["l2"], as: .discarded)
        let before = desk.queues.passes.count
        desk.pass(for: .seconds(5), step: .seconds(1))
        #expect(desk.queues.passes.count == before)
        desk.pass(for: .seconds(60), step: .seconds(1))
        #expect(desk.lying(in: queue).contains("l2") == false)
    }
}

/// Passes over scripted queues, beside a ledger on a real file.
private final class PassDesk {
    let bench: LedgerBench
    let queues = ScriptedQueues()
    private(set) var reports: [LedgerReport] = []
    private var monotonic: Duration = .seconds(1)
    private lazy var passes = LetterPasses(
        bench.ledger.store, queues, of: bench.ledger.answering.fleet
    ) { [unowned self] in reports.append($0) }

    init() throws { bench = try LedgerBench() }

    var unseen: Int? { passes.unseen }

    /// Lets time pass, a step at a time.
    func pass(for time: Duration = .seconds(10), step: Duration = .milliseconds(250)) {
        let end = monotonic + time
        while monotonic < end {
            monotonic += step
            bench.now = bench.now + step
            passes.step(at: Moment(wall: bench.now, monotonic: monotonic))
        }
    }

    func delivery(
        _ exchange: String, _ key: String, _ headers: [Header: String] = [:], _ body: [UInt8] = [1],
        death: Death? = nil
    ) -> Delivery {
        Delivery(
            tag: 0, exchange: exchange, routingKey: key, properties: MessageProperties(headers: headers),
            body: body, returns: 0, death: death)
    }

    func letter(_ id: String) -> Delivery {
        delivery(
            "baton.dead", "carrier", [.letter: id, .reason: "malformed", .why: "it is torn"], Array(id.utf8))
    }

    func unheard(_ key: String) -> Delivery { delivery("baton.commands", key) }

    func lying(in queue: String) -> [String] {
        (queues.lying[queue] ?? []).compactMap { $0.properties.headers[.letter] }
    }

    /// As an operator's command does.
    func settle(_ letters: [String], as state: LetterState) throws {
        try bench.ledger.store.file.write("settle a letter in") { session in
            for letter in letters {
                try session.run(
                    "UPDATE letters SET state = ?, is_off = is_off AND ? <> 'open' WHERE id = ?",
                    .text(state.rawValue), .text(state.rawValue), .text(letter))
            }
        }
    }

    func states(_ letters: [String]) throws -> [LetterState] {
        try bench.ledger.store.file.read("read the letters of") { session in
            try letters.compactMap {
                try session.first("SELECT state FROM letters WHERE id = ?", .text($0)) { try $0.word() }
            }
        }
    }

    func lastEvent(of letter: String) throws -> String {
        try bench.ledger.store.file.read("read the letters of") { session in
            try session.first(
                "SELECT why FROM letter_events WHERE letter = ? ORDER BY place DESC LIMIT 1", .text(letter)
            ) { try $0.text() } ?? ""
        }
    }
}
