import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A handoff lives in the engine: asked, held, answered in parts, taken back")
struct HandoffTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("A question carries all that an answer needs, in the body and in the properties")
    func question() throws {
        let sent = bench.deliver(try .begin("1", .ask(["key"]))).sent
        let question = try #require(sent.questions.first)
        let envelope = try #require(question.envelope)
        #expect(question.message.exchange == "baton.handoffs")
        #expect(question.message.routingKey == "runners.scripted")
        #expect(envelope.type == "scripted.errand.v1")
        #expect(envelope.subject == "play/c")
        #expect(envelope.source == "/workers/scripted")
        #expect(envelope.causationID == "1")
        #expect(envelope.replyTo == "answer.runners.scripted")
        #expect(envelope.answerType == "scripted.errand-answer.v1")
        #expect(envelope.due == "2026-03-03T14:00:00Z")
        #expect(envelope.data["items"] == ["key"])
        #expect(question.message.properties.replyTo == envelope.replyTo)
        #expect(question.message.properties.correlationID == envelope.correlationID)
        #expect(question.handoff != nil)
        #expect(envelope.contradiction(in: question.message.properties) == nil)
    }

    @Test("The trace of a message is handed on to all that it brings about")
    func trace() throws {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let post = try Post.begin("1", .ask(["key"]), .say("one")).with(["traceparent": .string(trace)])
        #expect(bench.deliver(post).sent.map { $0.envelope?.traceParent } == [trace, trace])
    }

    @Test("Held by a gate it is asked once, in the turn that opens the gate")
    func gate() throws {
        #expect(bench.deliver(try .begin("1", .ask(["key"], gated: true))).sent.isEmpty)
        #expect(bench.deliver(try .told("2", .remember("a"))).sent.isEmpty)
        #expect(bench.deliver(try .told("3", .openGate)).sent.questions.count == 1)
        #expect(bench.deliver(try .told("4", .openGate)).sent.isEmpty)
    }

    @Test("A gate opened in the same turn, even after the asking, holds nothing")
    func gateOpenedInTheSameTurn() throws {
        let said = bench.deliver(try .begin("1", .ask(["key"], gated: true), .openGate))
        #expect(said.sent.questions.count == 1)
    }

    @Test("A handoff that was held is due from the moment it is asked")
    func dueOfAHeldHandoff() throws {
        bench.deliver(try .begin("1", .ask(["key"], gated: true)))
        bench.pass(.seconds(24 * 3600))
        let sent = bench.deliver(try .told("2", .openGate)).sent
        #expect(sent.questions.first?.envelope?.due == "2026-03-04T14:00:00Z")
    }

    @Test("An early event may open the gate, too")
    func gateOpenedByAnEarlyEvent() throws {
        bench.deliver(
            try .begin("1", .ask(["key"], gated: true)), try .told("2", .wait(for: "a"), .openGate))
        #expect(bench.deliver(try .told("3", .remember("a"))).sent.questions.count == 1)
    }

    @Test("Handoffs under several keys are open side by side")
    func keys() throws {
        let sent = bench.deliver(
            try .begin(
                "1", .ask(["key"], key: "a", then: [.say("a")]), .ask(["map"], key: "b", then: [.say("b")]))
        ).sent
        #expect(sent.questions.count == 2)
        let said = bench.deliver(
            try .brought("2", ["map"], for: sent.questions.last?.handoff),
            try .brought("3", ["key"], for: sent.questions.first?.handoff))
        #expect(said.sent.words == ["b", "a"])
    }

    @Test("Asked again under its key, it replaces the one that is open")
    func replaced() throws {
        let first = bench.deliver(try .begin("1", .ask(["key"], then: [.say("old")]))).sent.questions.first
        let second = bench.deliver(try .told("2", .ask(["map"], then: [.say("new")]))).sent.questions.first
        #expect(first?.handoff != second?.handoff)
        let late = bench.deliver(try .brought("3", ["key"], for: first?.handoff))
        #expect(late.outcomes == ["refused"])
        #expect(late.settled.map(\.trouble) == [.revoked])
        #expect(bench.deliver(try .brought("4", ["map"], for: second?.handoff)).sent.words == ["new"])
    }

    @Test("Taken back, it takes no answer any more")
    func revoked() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"], then: [.say("in")]))).sent.questions.first?
            .handoff
        bench.deliver(try .told("2", .revoke()))
        let late = bench.deliver(try .brought("3", ["key"], for: handoff))
        #expect(late.outcomes == ["refused"])
        let id = try #require(handoff)
        #expect(
            late.sent.refusals.map(\.why) == [
                "the handoff \(id) was taken back: it is not needed any more"
            ])
        #expect(late.sent.words.isEmpty)
    }

    @Test("Taken back while a gate holds it, it is never asked")
    func revokedWhileHeld() throws {
        bench.deliver(try .begin("1", .ask(["key"], gated: true)), try .told("2", .revoke()))
        #expect(bench.deliver(try .told("3", .openGate)).sent.isEmpty)
    }

    @Test("Taking back what was answered changes nothing")
    func revokedAfterTheAnswer() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"]))).sent.questions.first?.handoff
        bench.deliver(try .brought("2", ["key"], for: handoff), try .told("3", .revoke()))
        let id = try #require(handoff)
        #expect(try bench.store.handoff(id)?.state == .answered)
    }

    @Test("A part keeps it open, and what remains is what the next answer is checked against")
    func parts() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key", "map", "ink"], then: [.say("all")])))
            .sent.questions.first?.handoff
        let id = try #require(handoff)
        #expect(bench.deliver(try .brought("2", ["map"], for: id)).sent.isEmpty)
        #expect(try bench.store.handoff(id)?.state == .open)
        #expect(try bench.store.handoff(id)?.question["items"] == ["key", "ink"])
        let twice = bench.deliver(try .brought("3", ["map", "key"], for: id))
        #expect(
            twice.sent.refusals.map(\.why) == [
                ".data.brought must be of what is still asked for, not \"map\""
            ])
        #expect(bench.deliver(try .brought("4", ["key", "ink"], for: id)).sent.words == ["all"])
        #expect(try bench.store.handoff(id)?.state == .answered)
    }

    @Test("Once all is answered a further answer is refused")
    func answerAfterTheLast() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"]))).sent.questions.first?.handoff
        bench.deliver(try .brought("2", ["key"], for: handoff))
        let more = bench.deliver(try .brought("3", [], for: handoff))
        #expect(more.settled.map(\.trouble) == [.answered])
    }

    @Test("Two different answers in one batch: the first stands")
    func twoAnswersInOneBatch() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"], then: [.say("once")]))).sent.questions
            .first?.handoff
        let said = bench.deliver(
            try .brought("2", ["key"], for: handoff), try .brought("3", ["key", "key"], for: handoff))
        #expect(said.outcomes == ["applied", "refused"])
        #expect(said.sent.words == ["once"])
    }

    @Test("A handoff held by a gate that is no more becomes a letter, not a secret")
    func gateThatIsNoMore() throws {
        let slot = HandoffRow.Slot(caseID: "play/c", type: "scripted.errand.v1", key: "")
        _ = try bench.store.commit([
            .caseRow(
                CaseRow(
                    id: "play/c", memoryVersion: 1, memory: ["words": [], "isGateOpen": false], held: ["h-1"],
                    since: .sample)),
            .handoff(
                HandoffRow(
                    id: "h-1", slot: slot, team: "runners", state: .held, gate: "trapdoor",
                    question: ["items": ["key"], "then": []], clock: HandoffClock(due: .hours(4)),
                    since: .sample)),
        ])
        let said = bench.deliver(try .told("1", .openGate))
        #expect(said.sent.questions.isEmpty)
        #expect(
            said.sent.letters.map(\.why) == [
                "scripted does not ask scripted.errand.v1, held by the gate trapdoor any more"
            ])
        #expect(bench.deliver(try .told("2")).sent.isEmpty)
    }

    @Test("What the checks refuse leaves no rest: what computes one may rely on them")
    func restOfARefusedAnswer() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key", "map"]))).sent.questions.first?.handoff
        let id = try #require(handoff)
        let question = try bench.store.handoff(id)?.question
        #expect(bench.deliver(try .brought("2", ["key", "ink"], for: id)).outcomes == ["refused"])
        #expect(try bench.store.handoff(id)?.question == question)
    }

    @Test("Revision 1 is the same answer whether it is said or not")
    func firstRevision() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"]))).sent.questions.first?.handoff
        let first = try Post.brought("2", ["key"], for: handoff)
        bench.deliver(first)
        let again = try first.with(["id": "3", "data": ["brought": ["key"], "by": "rita", "revision": 1]])
        #expect(bench.deliver(again).outcomes == ["duplicate"])
    }

    @Test("A reaction that throws leaves the handoff open for a better answer")
    func throwingAnswer() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"], then: [.fail("no such seat")])))
            .sent.questions.first?.handoff
        let id = try #require(handoff)
        #expect(bench.deliver(try .brought("2", ["key"], for: id)).outcomes == ["dead"])
        #expect(try bench.store.handoff(id)?.state == .open)
        #expect(try bench.store.handoff(id)?.answers == [])
    }
}
