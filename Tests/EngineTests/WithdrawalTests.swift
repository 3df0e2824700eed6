import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Voyage
import Wire
import WorkerKit

@Suite("A case is taken back by its home until what cannot be undone was answered")
struct WithdrawalTests {
    let harbour: EngineBench<Harbour>
    let pilot: EngineBench<Pilot>

    init() throws {
        harbour = try .begun(Harbour.self)
        pilot = try .begun(Pilot.self)
    }

    private static let charter = Post(
        key: "start.voyage.intake",
        .envelope(id: "1", type: "harbour.charter.v1", subject: "voyage/v", data: ["ship": "Ada"]))

    private func withdraw(_ id: String = "w", case name: String = "voyage/v", reason: JSON = "the ship sank")
        -> Post
    {
        Post(
            key: "withdraw.voyage.intake",
            .envelope(
                id: id, type: "harbour.withdraw.v1", subject: name,
                data: ["by": "ada", "reason": reason]))
    }

    private func castOff(_ question: Sent) -> Post {
        .answer("off", to: question, ["at": "2026-03-03T10:00:00Z", "by": "rita"])
    }

    /// Carries events between the two until neither says any more.
    @discardableResult private func exchange(_ first: [Sent]) -> [Sent] {
        var said = first
        var pending = first.events
        while !pending.isEmpty {
            let next = pending.removeFirst()
            let heard =
                next.message.routingKey.hasPrefix("harbour.")
                ? pilot.deliver(Post(next.message)).sent : harbour.deliver(Post(next.message)).sent
            said += heard
            pending += heard.events
        }
        return said
    }

    /// A voyage under way: loading is asked by the harbour, casting off by the pilot, who has passage.
    private func underWay() throws -> (load: Sent, castOff: Sent) {
        let said = exchange(harbour.deliver(Self.charter).sent)
        let load = try #require(said.questions.first { $0.type == "harbour.load-ship.v1" })
        return (load, try #require(said.questions.first { $0.type == "pilot.cast-off.v1" }))
    }

    @Test("What cannot be undone is asked only once its home gave passage")
    func passage() throws {
        let chartered = try #require(harbour.deliver(Self.charter).sent.events.first)
        let wanted = pilot.deliver(Post(chartered.message))
        #expect(wanted.sent.map(\.type) == ["pilot.passage-wanted.v1"])
        #expect(
            wanted.records.first?.handoffs.map(\.heldBecause) == [
                "pilot has not got leave yet to do what cannot be undone"
            ])
        #expect(pilot.deliver(Post(chartered.message)).sent.isEmpty)
        let given = harbour.deliver(Post(try #require(wanted.sent.first).message)).sent
        #expect(given.map(\.type) == ["harbour.passage-given.v1"])
        let asked = pilot.deliver(Post(try #require(given.first).message)).sent
        #expect(asked.map(\.type) == ["pilot.cast-off.v1"])
    }

    @Test("Before passage its home withdraws alone: what is open is taken back, everyone falls quiet")
    func beforePassage() throws {
        harbour.deliver(Self.charter)
        let said = harbour.deliver(withdraw())
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.map(\.type) == ["harbour.revocation.v1", "harbour.case-closing.v1"])
        #expect(said.sent.first?.why == "the case is withdrawn: the ship sank")
        let ended = exchange(said.sent)
        #expect(ended.map(\.type).suffix(2) == ["pilot.case-quiet.v1", "harbour.case-ended.v1"])
        #expect(ended.last?.envelope?.data == ["end": "withdrawn"])
    }

    @Test("A wish for passage that comes after the withdrawal is not granted")
    func passageTooLate() throws {
        let chartered = try #require(harbour.deliver(Self.charter).sent.events.first)
        let wanted = try #require(pilot.deliver(Post(chartered.message)).sent.first)
        harbour.deliver(withdraw())
        #expect(harbour.deliver(Post(wanted.message)).sent.isEmpty)
    }

    @Test(
        "After passage the worker that has it is asked; open there, it is taken back and the case withdrawn")
    func afterPassage() throws {
        let (_, castOff) = try underWay()
        let waiting = harbour.deliver(withdraw())
        #expect(waiting.outcomes == ["early"])
        #expect(waiting.sent.map(\.type) == ["harbour.withdrawal-wanted.v1"])
        #expect(waiting.records.first?.trouble?.why == "pilot is asked whether it is too late")
        let said = exchange(waiting.sent)
        #expect(said.compactMap(\.type).contains("pilot.revocation.v1"))
        #expect(said.last?.envelope?.data == ["end": "withdrawn"])
        #expect(harbour.deliver(withdraw()).outcomes == ["duplicate"])
        let verdicts = harbour.actions.records.filter { $0.heard.kind == .withdraw }.map(\.outcome)
        #expect(verdicts == [.early, .applied])
        let late = pilot.deliver(self.castOff(castOff)).sent
        #expect(late.refusals.map(\.reason) == ["revoked"])
        #expect(late.notices.map(\.type) == ["pilot.escalation.v1"])
        #expect(
            late.notices.first?.why
                == "an answer came though it was taken back (the case is withdrawn), and was refused; "
                + "what was done may have to be undone")
    }

    @Test(
        "After passage and its answer it is too late: the case goes on, and whoever withdrew is told the step"
    )
    func tooLate() throws {
        let (load, castOff) = try underWay()
        let off = pilot.deliver(self.castOff(castOff)).sent
        let waiting = harbour.deliver(withdraw())
        let said = exchange(waiting.sent)
        let sentence =
            "it is too late to withdraw voyage/v: \"Cast off the Ada\" is done, and cannot be undone"
        #expect(said.refusals.map(\.why) == [sentence])
        #expect(said.refusals.first?.message.routingKey == "front-desk.harbour")
        #expect(said.refusals.first?.envelope?.data["refused"] == "w")
        let verdict = try #require(harbour.actions.records.last { $0.heard.kind == .withdraw })
        #expect(verdict.outcome == .refused)
        #expect(verdict.trouble == RecordedTrouble(reason: "too-late", why: sentence))
        #expect(try harbour.store.handoff(try #require(load.handoff))?.state == .open)
        #expect(harbour.deliver(withdraw("w2")).sent.refusals.map(\.reason) == ["too-late"])
        #expect(exchange(off).last?.envelope?.data == ["end": "completed"])
    }

    @Test("A second withdrawal while the first waits is refused")
    func twice() throws {
        _ = try underWay()
        harbour.deliver(withdraw())
        let said = harbour.deliver(withdraw("w2"))
        #expect(said.sent.refusals.map(\.why) == ["the case voyage/v is being withdrawn already"])
    }

    @Test("What is wrong with a withdrawal is said in a sentence, and changes nothing")
    func bad() throws {
        harbour.deliver(Self.charter)
        let before = try harbour.store.caseRow("voyage/v")
        var elsewhere = withdraw("a")
        elsewhere.routingKey = "withdraw.play.intake"
        let refused: [(Post, String)] = [
            (withdraw("b", case: "voyage/nobody"), "there is no case voyage/nobody"),
            (
                try withdraw("c").with(["subject": nil]),
                "subject is missing; a withdrawal names its case there"
            ),
            (
                withdraw("d", case: "play/v"),
                "subject names the process play, but the message was sent to withdraw from voyage"
            ),
            (
                withdraw("e", reason: ""),
                ".data.reason must have 1 to 500 characters, not none that say something"
            ),
            (elsewhere, "harbour withdraws no case of play"),
            (
                try withdraw("f").with(["type": "harbour.charter.v1"]),
                "type is harbour.charter.v1, but a case of voyage is withdrawn by harbour.withdraw.v1"
            ),
        ]
        for (post, why) in refused {
            #expect(harbour.deliver(post).sent.refusals.map(\.why) == [why])
        }
        #expect(try harbour.store.caseRow("voyage/v")?.stage == before?.stage)
    }

    @Test("A case that ended is withdrawn no more")
    func ended() throws {
        harbour.deliver(Self.charter)
        exchange(harbour.deliver(withdraw()).sent)
        let said = harbour.deliver(withdraw("again"))
        #expect(said.sent.refusals.map(\.why) == ["the case voyage/v is withdrawn already"])
    }

    @Test("Passage that arrives after the word has nothing asked that cannot be undone")
    func latePassage() throws {
        let chartered = try #require(harbour.deliver(Self.charter).sent.events.first)
        let wanted = try #require(pilot.deliver(Post(chartered.message)).sent.first)
        let given = try #require(harbour.deliver(Post(wanted.message)).sent.first)
        let withdrawal = try #require(harbour.deliver(withdraw()).sent.events.first)
        let word = try #require(pilot.deliver(Post(withdrawal.message)).sent.events.first)
        #expect(word.type == "pilot.withdrawal-decided.v1")
        pilot.deliver(Post(given.message))
        var another = try Post(chartered.message).with(["id": "another"])
        another.properties.messageID = "another"
        #expect(pilot.deliver(another).sent.questions.isEmpty)
    }

    @Test("An answer between the word and the end is refused, and whoever is beyond the team is told")
    func crossing() throws {
        let (_, castOff) = try underWay()
        let waiting = harbour.deliver(withdraw())
        let asked = try #require(waiting.sent.events.first)
        pilot.deliver(Post(asked.message))
        let late = pilot.deliver(self.castOff(castOff)).sent
        #expect(late.refusals.map(\.reason) == ["revoked"])
        #expect(late.notices.map(\.type) == ["pilot.escalation.v1"])
    }

    @Test("A case that ends in another way while the word is awaited ends once")
    func endsOnce() throws {
        _ = try underWay()
        let waiting = harbour.deliver(withdraw())
        let asked = try #require(waiting.sent.events.first)
        let word = try #require(pilot.deliver(Post(asked.message)).sent.events.first)
        let sailed = Post(
            exchange: .events, key: "pilot.sailed",
            .envelope(id: "s", type: "pilot.sailed.v1", subject: "voyage/v", data: ["ship": "Ada"]))
        #expect(harbour.deliver(sailed).sent.compactMap(\.type).contains("harbour.case-closing.v1"))
        let again = harbour.deliver(Post(word.message)).sent
        #expect(again.map(\.type) == ["harbour.refusal.v1"])
        let verdict = try #require(harbour.actions.records.last { $0.heard.kind == .withdraw })
        #expect(verdict.trouble?.why == "the case voyage/v is completed already")
        #expect(try harbour.store.caseRow("voyage/v")?.stage == .closing(.completed, awaiting: ["pilot"]))
    }

    @Test("No answer is amended after its case has ended")
    func amendedAfterTheEnd() throws {
        let load = try #require(harbour.deliver(Self.charter).sent.questions.first)
        harbour.deliver(.answer("a", to: load, ["loaded": true, "by": "rita"]))
        exchange(harbour.deliver(withdraw()).sent)
        #expect(try harbour.store.caseRow("voyage/v")?.stage == .ended(.withdrawn))
        let said = harbour.deliver(.answer("b", to: load, ["loaded": true, "by": "rita", "revision": 2]))
        #expect(said.outcomes == ["refused"])
    }

    @Test("The declarations carry passage and withdrawals between the two, and nobody else")
    func declarations() throws {
        let harbour = try WorkerDeclaration(Harbour.self)
        let pilot = try WorkerDeclaration(Pilot.self)
        #expect(harbour.hears.contains("pilot.passage-wanted.v1"))
        #expect(harbour.publishes.map(\.type).contains("harbour.withdrawal-wanted.v1"))
        #expect(pilot.hears.contains("harbour.passage-given.v1"))
        #expect(pilot.publishes.map(\.type).contains("pilot.withdrawal-decided.v1"))
        #expect(!harbour.publishes.map(\.type.name).contains("passage-wanted"))
    }
}
