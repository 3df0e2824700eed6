import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A team says who has a handoff, or why it cannot be done; the handoff stays open")
struct CustodyTests {
    let bench: EngineBench<Scripted>
    let question: Sent

    init() throws {
        bench = try .begun(Scripted.self)
        let sent = bench.deliver(try .begin("1", .ask(["key"], then: [.say("thanks")]))).sent
        question = try #require(sent.questions.first)
    }

    private static let hour: Duration = .seconds(3600)

    private func say(_ id: String, _ verb: String, _ data: JSON, to handoff: String? = nil) -> Post {
        Post(
            key: "answer.runners.scripted",
            .envelope(
                id: id, type: "scripted.\(verb).v1",
                correlation: handoff ?? question.envelope?.correlationID, data: data))
    }

    private func row() throws -> HandoffRow {
        let id = try #require(question.handoff)
        return try #require(try bench.store.handoff(id))
    }

    @Test("Accepted, it is on record who has it and since when")
    func accepted() throws {
        let said = bench.deliver(say("2", "accept", ["by": "rita"]))
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.isEmpty)
        let custody = Custody(.accepted, by: "rita", at: .sample)
        #expect(try row().custody == custody)
        #expect(said.records.first?.heard.kind == .accept)
        #expect(said.records.first?.handoffs.map(\.custody) == [custody])
    }

    @Test("Another of the team may take it over")
    func takenOver() throws {
        bench.deliver(say("2", "accept", ["by": "rita"]), say("3", "accept", ["by": "remo"]))
        #expect(try row().custody?.by == "remo")
    }

    @Test("Accepting stops no clock")
    func clockGoesOn() throws {
        bench.deliver(say("2", "accept", ["by": "rita"]))
        #expect(bench.pass(Self.hour * 2).sent.map(\.type) == ["scripted.reminder.v1"])
    }

    @Test("Declined, the escalation contact is told at once, with the reason")
    func declined() throws {
        let said = bench.deliver(say("2", "decline", ["by": "rita", "reason": "the lock was changed"]))
        #expect(said.sent.map(\.type) == ["scripted.escalation.v1"])
        #expect(said.sent.first?.why == "rita declined it: the lock was changed")
        #expect(try row().custody?.reason == "the lock was changed")
        // It may still be done in time: the period runs from when it is due, four hours after it was asked.
        #expect(bench.pass(Self.hour * 27).sent.isEmpty)
        let letter = try #require(bench.pass(Self.hour).sent.letters.first)
        #expect(
            letter.why?.contains("rita declined it at 2026-03-03T10:00:00Z: the lock was changed") == true)
    }

    @Test("Declined, it can be accepted and answered all the same")
    func answeredAfterAll() throws {
        bench.deliver(say("2", "decline", ["by": "rita", "reason": "no time"]))
        bench.deliver(say("3", "accept", ["by": "remo"]))
        #expect(try row().custody?.said == .accepted)
        #expect(bench.deliver(try .brought("4", ["key"], for: question.handoff)).sent.words == ["thanks"])
    }

    @Test(
        "Declined after it was overdue, the reason is told as well; declined once more, nobody is told again")
    func toldOnce() throws {
        bench.pass(Self.hour * 4)
        let said = bench.deliver(
            say("2", "decline", ["by": "rita", "reason": "no time"]),
            say("3", "decline", ["by": "remo", "reason": "neither"]))
        #expect(said.sent.map(\.why) == ["rita declined it: no time"])
        let row = try row()
        #expect(row.custody?.by == "remo")
        #expect(row.clock.escalatedAt == "2026-03-03T14:00:00Z", "the period that began then goes on")
    }

    @Test("Said twice, it is said once")
    func duplicate() {
        let post = say("2", "decline", ["by": "rita", "reason": "no time"])
        #expect(bench.deliver(post).outcomes == ["applied"])
        #expect(bench.deliver(post).outcomes == ["duplicate"])
    }

    @Test(
        "What says too little or too much is refused with what to do",
        arguments: [
            ("decline", ["by": "rita"], ".data.reason is missing"),
            (
                "decline", ["by": "rita", "reason": "  "],
                ".data.reason must have 1 to 500 characters, not none that say something"
            ),
            (
                "decline", ["by": "rita", "reason": .string(String(repeating: "x", count: 501))],
                ".data.reason must have 1 to 500 characters, not 501"
            ),
            ("accept", [:], ".data.by is missing"),
        ] as [(String, JSON, String)])
    func bad(_ verb: String, _ data: JSON, _ why: String) throws {
        let said = bench.deliver(say("2", verb, data))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.first?.why?.hasPrefix(why) == true, "\(said.sent)")
        #expect(try row().custody == nil)
    }

    @Test("What is answered or taken back is not accepted any more")
    func tooLate() throws {
        bench.deliver(try .brought("2", ["key"], for: question.handoff))
        let said = bench.deliver(say("3", "accept", ["by": "rita"]))
        #expect(said.sent.refusals.map(\.reason) == ["answered"])
    }

    @Test("Of another team, or of no handoff, it is refused")
    func strangers() {
        var other = say("2", "accept", ["by": "rita"])
        other.routingKey = "answer.ems.scripted"
        #expect(bench.deliver(other).sent.refusals.map(\.reason) == ["other-team"])
        let unknown = say("3", "accept", ["by": "rita"], to: "h-nobody-knows")
        #expect(bench.deliver(unknown).sent.refusals.map(\.reason) == ["unknown-handoff"])
    }
}
