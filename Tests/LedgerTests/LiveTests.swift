import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

/// The ledger's program on a real broker.
@Suite("baton-ledger at a real broker", .serialized) struct LiveTests {
    private static let cases = 400

    @Test(
        "Killed with -9 while records come, it has every one of them once, and answers everybody in their role"
    )
    func killed() async throws {
        try await onThread {
            let ledger = try LiveLedger()
            try ledger.start()
            let worker = try ledger.publisher(of: "cancellation")
            let administrator = try ledger.connection(of: nil)
            for part in 0..<4 {
                worker.publish(
                    try (0..<Self.cases / 4).map { try Self.records(of: part * Self.cases / 4 + $0) })
                // The broker has some of it by now; what the ledger has, nobody knows.
                ledger.kill()
                try ledger.start()
            }
            let intake = (user: "intake", try ledger.connection(of: "intake"))
            let last = AskVerdict(
                id: MessageID(stringLiteral: "form-case-\(Self.cases - 1)"), digest: nil, waitSeconds: 30)
            // On a machine with much else to do it may take a few questions until it has come so far.
            let verdict = (0..<4).lazy.compactMap { _ in
                try? ledger.ask(last, as: .starter, on: intake).verdict
            }.first
            #expect(verdict?.outcome == .applied)
            worker.stop(within: .seconds(20))

            let operations = (user: "operations", try ledger.connection(of: "operations"))
            let status = try ledger.ask(AskStatus(), as: .operator, on: operations)
            #expect(status.openCases == Self.cases)
            #expect(status.casesWithGaps == 0)
            let found = try ledger.ask(AskCases(limit: 200), as: .starter, on: intake)
            #expect(found.total == Self.cases)
            for summary in found.elements.prefix(20) {
                let story = try ledger.ask(AskCase(id: summary.id.rawValue), as: .operator, on: operations)
                #expect(story.entries.count == 2)
                #expect(story.alteredFrom == nil)
            }
            let team = (user: "cs-specialists", try ledger.connection(of: "cs-specialists"))
            #expect(try ledger.ask(AskInbox(limit: 1), as: .team, on: team).total == Self.cases)
            let other = (user: "sales", try ledger.connection(of: "sales"))
            #expect(try ledger.ask(AskCases(limit: 1), as: .team, on: other).total == 0)
            #expect(try administrator.inspectQueue("baton.ledger", on: 1).messages == 0)
            let end = ledger.stop()
            let log = try ledger.log()
            #expect(end == 0, "\(log)")
        }
    }

    @Test(
        "Copies of letters, of what the broker sets aside, and of what nobody hears, come with where they were sent"
    )
    func letters() async throws {
        try await onThread {
            let ledger = try LiveLedger()
            try ledger.start()
            let administrator = try ledger.connection(of: nil)
            try Self.publish("baton.commands", "start.nothing.guest", "unheard form", on: administrator)
            try Self.publish("baton.events", "cancellation.nobody-hears", "unheard event", on: administrator)
            try Self.publish("baton.commands", "start.saas-to-local.x", "poison", on: administrator)
            try Self.reject(oneOf: "baton.cancellation", on: administrator)
            try Self.publish("baton.records", "cancellation", "no record", on: administrator)
            let operations = (user: "operations", try ledger.connection(of: "operations"))
            var letters: [Letter] = []
            // The ledger's own letter goes out and comes back; each look is a question, and waits for its reply.
            for _ in 0..<200 where letters.count < 4 {
                letters = try ledger.ask(AskLetters(limit: 10), as: .operator, on: operations).page.elements
                    .map {
                        try ledger.ask(AskLetter(id: $0.id), as: .operator, on: operations)
                    }
            }
            let found = Set(letters.map { "\($0.summary.queue) \($0.summary.reason) \($0.excerpt ?? "")" })
            #expect(
                found == [
                    "baton.unheard unheard unheard form", "baton.unheard unheard unheard event",
                    "baton.cancellation.dead dead-lettered-by-the-broker poison",
                    "baton.ledger.dead unreadable no record",
                ])
            let form = try #require(letters.first { $0.excerpt == "unheard form" })
            #expect(form.exchange == "baton.commands")
            #expect(form.routingKey == "start.nothing.guest")
            // The letters themselves are where they were: the ledger has copies.
            for (queue, count) in [
                ("baton.unheard", 2), ("baton.cancellation.dead", 1), ("baton.ledger.dead", 1),
            ] {
                #expect(try administrator.inspectQueue(queue, on: 1).messages == count, "\(queue)")
            }
            let end = ledger.stop()
            let log = try ledger.log()
            #expect(end == 0, "\(log)")
        }
    }

    // MARK: What others do

    private static func records(of number: Int) throws -> Publication {
        let id = CaseID(stringLiteral: "saas-to-local/case-\(number)")
        let answered = TurnRecord(
            caseID: id, number: 2, at: "2026-03-02T16:00:00Z",
            heard: .init(
                kind: .event, type: "ordering.order-processed.v1", id: "e-\(number)",
                sender: .worker("ordering"), digest: "d"), outcome: .applied)
        let started = TurnRecord(
            caseID: id, number: 1, at: "2026-03-02T15:00:00Z",
            heard: .init(
                kind: .start, type: "cancellation.cancellation-form.v1", id: "form-case-\(number)",
                sender: .user("intake"), digest: "digest", data: ["firm": "Harbour Lane"]),
            outcome: .applied, customer: "Harbour Lane",
            handoffs: [
                .init(
                    id: HandoffID(stringLiteral: "handoff-\(number)"),
                    type: "cancellation.take-cancellation.v1",
                    answerType: "cancellation.take-cancellation-answer.v1", team: "cs-specialists", key: "",
                    state: .open, heldBecause: nil, since: "2026-03-02T15:00:00Z",
                    askedAt: "2026-03-02T15:00:00Z", clock: HandoffClock(due: .days(1)),
                    title: "Take the cancellation", lines: [], question: [:])
            ])
        let envelope = Envelope(
            id: MessageID(stringLiteral: "records-\(number)"), source: "/workers/cancellation",
            type: TurnRecords.type(of: "cancellation"),
            data: try JSON(encoding: TurnRecords(directory: "d", turns: [started, answered])))
        return Publication(
            token: Int64(number), exchange: "baton.records", routingKey: "cancellation",
            properties: Properties(), body: envelope.serialized())
    }

    private static func publish(_ exchange: String, _ key: String, _ text: String, on connection: Connection)
        throws
    {
        try connection.publish(
            Publication(
                token: 1, exchange: exchange, routingKey: key, properties: Properties(),
                body: Array(text.utf8)), on: 1, confirmedWithin: .seconds(120))
    }

    /// Refuses the one message of a queue, which the broker then sets aside by itself.
    private static func reject(oneOf queue: String, on connection: Connection) throws {
        try connection.openChannel(2)
        try connection.consume(queue, tag: "rejecting", on: 2)
        for case .delivered(let delivered, 2) in try connection.events(waitingAtMost: .seconds(120)) {
            try connection.giveBack(delivered.tag, multiple: false, requeue: false, on: 2)
        }
        try connection.cancel("rejecting", on: 2)
    }
}
