import Cancellation
import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A bad answer is refused with a sentence, and the handoff stays open")
struct BadAnswerTests {
    let bench: EngineBench<Cancellation>
    /// The open question of the case.
    let handoff: String

    init() throws {
        bench = try .begun(Cancellation.self)
        let sent = bench.deliver(.form("form", case: "c")).sent
        handoff = try #require(sent.questions.first?.handoff?.rawValue)
    }

    private func expectRefusal(
        _ post: Post, _ kind: Trouble.Kind, _ sentence: String, toldTo team: Team = "cs-specialists",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let row = try bench.store.handoff(HandoffID(handoff))
        let verdict = bench.judge(
            post, between: .form("before", case: "before"), and: .form("after", case: "after"))
        #expect(verdict.outcome == "refused", sourceLocation: sourceLocation)
        #expect(verdict.kind == kind, sourceLocation: sourceLocation)
        #expect(verdict.why == sentence, sourceLocation: sourceLocation)
        #expect(verdict.refusal?.message.routingKey == "\(team).cancellation", sourceLocation: sourceLocation)
        #expect(verdict.effects.isEmpty, sourceLocation: sourceLocation)
        #expect(verdict.neighbours == ["applied", "applied"], sourceLocation: sourceLocation)
        #expect(try bench.store.handoff(HandoffID(handoff)) == row, sourceLocation: sourceLocation)
    }

    @Test("An answer to no handoff is told where to name it")
    func noHandoff() throws {
        try expectRefusal(
            .taken("a", handoff).with(["correlationid": nil]), .malformed,
            "correlationid is missing; an answer names its handoff there, as the question did")
    }

    @Test("An answer to an unknown handoff is told which")
    func unknownHandoff() throws {
        try expectRefusal(
            .taken("a", "h-77"), .unknownHandoff,
            "there is no handoff \"h-77\" with cancellation; copy correlationid from the question")
    }

    @Test("Another team cannot answer, and is not told whom the question was put to")
    func otherTeam() throws {
        try expectRefusal(
            .answer(
                "a", to: handoff, "take-cancellation", from: "cs-representatives",
                ["role": "specialist", "by": "carl"]),
            .otherTeam, "the handoff \(handoff) was asked of another team than cs-representatives",
            toldTo: "cs-representatives")
    }

    @Test("An answer of another type is told the right one")
    func otherType() throws {
        try expectRefusal(
            .restored("a", handoff).onKey("answer.cs-specialists.cancellation"), .unknownType,
            "type is cancellation.provide-trial-answer.v1, but the handoff \(handoff) is answered by "
                + "cancellation.take-cancellation-answer.v1")
    }

    @Test("An answer that names another case contradicts its handoff")
    func otherCase() throws {
        try expectRefusal(
            .taken("a", handoff).with(["subject": "saas-to-local/d"]), .contradiction,
            "subject is saas-to-local/d, but the handoff \(handoff) belongs to saas-to-local/c")
    }

    @Test("An answer by nobody is told to say by whom")
    func byNobody() throws {
        try expectRefusal(
            .answer("a", to: handoff, "take-cancellation", ["role": "specialist"]), .malformed,
            ".data.by is missing")
    }

    @Test("A value that is none of a list is told with the list")
    func unknownRole() throws {
        try expectRefusal(
            .answer("a", to: handoff, "take-cancellation", ["role": "intern", "by": "ada"]), .malformed,
            ".data.role must be one of \"specialist\", \"lead\", \"manager\", not \"intern\"")
    }

    @Test("A field nobody asked for is refused")
    func unknownField() throws {
        try expectRefusal(
            .answer("a", to: handoff, "take-cancellation", ["role": "lead", "by": "ada", "colour": "red"]),
            .malformed, ".data.colour is not a known field")
    }

    @Test("A correlationid longer than a property can carry is refused where it is read")
    func endlessCorrelation() throws {
        let endless = String(repeating: "h", count: 300)
        let said = bench.deliver(.taken("a", endless))
        #expect(said.outcomes == ["refused"])
        for sent in said.sent { #expect((sent.message.properties.correlationID ?? "").utf8.count <= 255) }
    }

    @Test("The same answer twice is one answer, under whatever id it comes")
    func sameAnswerTwice() throws {
        let first = Post.taken("a", handoff)
        #expect(bench.deliver(first).outcomes == ["applied"])
        let again = bench.deliver(first.returned(), .taken("b", handoff))
        #expect(again.outcomes == ["duplicate", "duplicate"])
        #expect(again.sent.isEmpty)
    }

    @Test("A second, different answer is refused, and the first stands")
    func differentAnswer() throws {
        bench.deliver(.taken("a", handoff))
        try expectRefusal(
            .taken("b", handoff, by: "bob"), .answered,
            "the handoff \(handoff) has another answer already, "
                + "which cancellation has gone on from; it cannot be amended any more")
    }

    @Test("An answer to a handoff that a gate still holds is refused: nobody was asked")
    func answerToHeldHandoff() throws {
        let form = bench.deliver(.form("trial", case: "trial", trial: true)).sent
        let take = try #require(form.questions.first?.handoff)
        bench.deliver(.taken("taken", take.rawValue))
        let row = try #require(try bench.store.caseRow("saas-to-local/trial"))
        let held = try #require(row.held.first)
        try expectRefusal(
            .processed("a", held.rawValue), .unknownHandoff,
            "there is no handoff \"\(held)\" with cancellation; copy correlationid from the question")
    }

    @Test("Only who took the cancellation processes it, unless another says why")
    func anotherPerson() throws {
        let taken = bench.deliver(.taken("a", handoff)).sent
        let process = try #require(taken.questions.first?.handoff?.rawValue)
        try expectRefusal(
            .processed("b", process, by: "bob"), .rule,
            ".data.by must be ada, who took this step; anyone else says why in .data.onBehalf")
    }

    @Test("An answer to another worker on this worker's queue is a dead letter")
    func answerToAnotherWorker() {
        let verdict = bench.judge(
            .taken("a", handoff).onKey("answer.cs-specialists.ordering"),
            between: .form("before", case: "before"), and: .form("after", case: "after"))
        #expect(verdict.outcome == "dead")
        #expect(verdict.kind == .misrouted)
        #expect(
            verdict.why == "key \"answer.cs-specialists.ordering\" is not one of cancellation's; "
                + "it takes start.<process>.<user>, withdraw.<process>.<user> and answer.<team>.cancellation")
        #expect(verdict.effects.isEmpty)
    }
}

extension Post {
    /// The same message by another key.
    fileprivate func onKey(_ key: String) -> Post {
        var post = self
        post.routingKey = key
        return post
    }
}
