import Cancellation
import CancellationMessages
import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("From SaaS to a local installation, steps 1 to 3")
struct CancellationStoryTests {
    let bench: EngineBench<Cancellation>

    init() throws { bench = try .begun(Cancellation.self) }

    /// The one question that a message brings about.
    private func question(after post: Post) throws -> Sent {
        let questions = bench.deliver(post).sent.questions
        try #require(questions.count == 1)
        return try #require(questions.first)
    }

    @Test("A form is taken by a specialist, processed by the same, and the cancellation made known")
    func withoutTrial() throws {
        let take = try question(after: .form("form", case: "weber"))
        #expect(take.type == "cancellation.take-cancellation.v1")
        #expect(take.message.routingKey == "cs-specialists.cancellation")
        #expect(take.envelope?.subject == "saas-to-local/weber")
        let process = try question(after: .taken("taken", try #require(take.handoff).rawValue, by: "ada"))
        #expect(process.type == "cancellation.process-cancellation.v1")
        #expect(process.message.routingKey == "cs-specialists.cancellation")
        #expect(process.envelope?.data["taker"] == "ada")
        let sent = bench.deliver(.processed("done", try #require(process.handoff).rawValue, by: "ada")).sent
        let event = try #require(sent.events.first)
        #expect(sent.count == 1)
        #expect(event.message.routingKey == "cancellation.subscription-cancelled")
        #expect(event.envelope?.subject == "saas-to-local/weber")
        let cancelled = try StrictDecoder.decode(
            SubscriptionCancelled.self, from: try #require(event.envelope?.data))
        #expect(
            cancelled
                == SubscriptionCancelled(
                    firm: Firm(id: "F-4711", name: "Weber & Söhne"), products: ["crm-saas", "payroll-saas"],
                    newProducts: [], netFirmAdministrator: "admin@weber.example",
                    salesRepresentative: "sales@example.com", csRepresentative: "cs@example.com",
                    taker: "ada", confirmation: "C-1", at: "2026-03-03T09:30:00Z"))
    }

    @Test(
        "A firm that wants a trial gets it first; nothing is cancelled before it works on its restored data")
    func withTrial() throws {
        let take = try question(after: .form("form", case: "weber", trial: true))
        let trial = try question(after: .taken("taken", try #require(take.handoff).rawValue))
        #expect(trial.type == "cancellation.provide-trial.v1")
        #expect(trial.message.routingKey == "cs-representatives.cancellation")
        let process = try question(after: .restored("restored", try #require(trial.handoff).rawValue))
        #expect(process.type == "cancellation.process-cancellation.v1")
        let sent = bench.deliver(.processed("done", try #require(process.handoff).rawValue)).sent
        #expect(sent.events.map(\.type) == ["cancellation.subscription-cancelled.v1"])
    }

    @Test("A trial that is not restored yet is no answer")
    func notRestored() throws {
        let take = try question(after: .form("form", case: "weber", trial: true))
        let trial = try question(after: .taken("taken", try #require(take.handoff).rawValue))
        let said = bench.deliver(
            .answer(
                "restored", to: try #require(trial.handoff).rawValue, "provide-trial",
                from: "cs-representatives",
                ["restored": false, "at": "2026-03-03T09:00:00Z", "saidBy": "wanda", "by": "carl"]))
        #expect(
            said.sent.refusals.map(\.why) == [
                ".data.restored must be true; answer once the firm has restored its data"
            ])
        #expect(said.sent.questions.isEmpty)
    }

    @Test("Someone above the specialists may take it, too", arguments: ["lead", "manager"])
    func takenByALead(role: String) throws {
        let take = try question(after: .form("form", case: "weber"))
        let process = try question(
            after: .answer(
                "taken", to: try #require(take.handoff).rawValue, "take-cancellation",
                ["role": .string(role), "by": "lea"]))
        #expect(process.envelope?.data["taker"] == "lea")
    }

    @Test("Another than the taker processes it only on the taker's behalf, with the reason")
    func onBehalf() throws {
        let take = try question(after: .form("form", case: "weber"))
        let process = try question(after: .taken("taken", try #require(take.handoff).rawValue, by: "ada"))
        let id = try #require(process.handoff).rawValue
        let without = bench.deliver(.processed("bob-1", id, by: "bob"))
        #expect(without.outcomes == ["refused"])
        #expect(without.sent.events.isEmpty)
        let with = bench.deliver(.processed("bob-2", id, by: "bob", data: ["onBehalf": "ada is ill"]))
        #expect(with.sent.events.count == 1)
    }

    @Test(
        "A confirmation without a number, or of tomorrow, is refused",
        arguments: [
            (
                ["confirmation": ""] as [String: JSON?],
                ".data.confirmation must have 1 to 64 characters, not 0"
            ), (["at": "2026-03-04T09:00:00Z"], ".data.at must lie in the past, not at 2026-03-04T09:00:00Z"),
        ])
    func badConfirmation(bent: [String: JSON?], sentence: String) throws {
        let take = try question(after: .form("form", case: "weber"))
        let process = try question(after: .taken("taken", try #require(take.handoff).rawValue))
        let said = bench.deliver(.processed("done", try #require(process.handoff).rawValue, data: bent))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.events.isEmpty)
    }

    @Test("It is cancelled once, whoever says it again")
    func once() throws {
        let take = try question(after: .form("form", case: "weber"))
        let process = try question(after: .taken("taken", try #require(take.handoff).rawValue))
        let id = try #require(process.handoff).rawValue
        let said = bench.deliver(
            .processed("1", id), .processed("1", id).returned(), .processed("2", id),
            .processed("3", id, data: ["confirmation": "C-2"]))
        #expect(said.outcomes == ["applied", "duplicate", "duplicate", "refused"])
        #expect(said.sent.events.count == 1)
    }

    @Test("Cases do not touch each other")
    func twoCases() throws {
        let weber = try question(after: .form("f1", case: "weber", trial: true))
        let maler = try question(after: .form("f2", case: "maler"))
        #expect(
            try question(after: .taken("t2", try #require(maler.handoff).rawValue)).type
                == "cancellation.process-cancellation.v1")
        #expect(
            try question(after: .taken("t1", try #require(weber.handoff).rawValue)).type
                == "cancellation.provide-trial.v1")
    }
}
