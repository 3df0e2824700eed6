import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("The clock of a handoff: one reminder, one escalation, then stuck; and answerable all the while")
struct ClockTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    private static let hour: Duration = .seconds(3600)

    /// Asks the runners; they have four hours, and escalation a day, on a calendar that is always open.
    @discardableResult private func ask() throws -> Sent {
        let sent = bench.deliver(try .begin("1", .ask(["key", "map"], then: [.say("thanks")]))).sent
        return try #require(sent.questions.first)
    }

    private func row(of question: Sent) throws -> HandoffRow {
        let id = try #require(question.handoff)
        return try #require(try bench.store.handoff(id))
    }

    @Test("At half of its time the team is reminded, once")
    func reminder() throws {
        let question = try ask()
        #expect(bench.pass(Self.hour * 2 - .milliseconds(1)).sent.isEmpty)
        let said = bench.pass(.milliseconds(1)).sent
        #expect(said.map(\.type) == ["scripted.reminder.v1"])
        let reminder = try #require(said.first?.envelope)
        #expect(said.first?.message.routingKey == "runners.scripted")
        #expect(reminder.correlationID == question.envelope?.correlationID)
        #expect(reminder.due == question.envelope?.due)
        #expect(reminder.data == ["title": "Fetch key, map", "lines": []])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("When its time is up the escalation contact is told, once, with since when")
    func escalation() throws {
        let question = try ask()
        bench.pass(Self.hour * 2)
        let said = bench.pass(Self.hour * 2).sent
        #expect(said.map(\.type) == ["scripted.escalation.v1"])
        #expect(said.first?.why == question.envelope?.due.map { "it is overdue since \($0)" })
        #expect(bench.pass(Self.hour * 20).sent.isEmpty)
    }

    @Test("A reminder that was missed is not made up for: what is due is escalated")
    func lateReminder() throws {
        let question = try ask()
        #expect(bench.pass(Self.hour * 5).sent.map(\.type) == ["scripted.escalation.v1"])
        #expect(try row(of: question).clock.remindedAt == nil)
    }

    @Test("The escalation period runs from when the contact was told")
    func periodAfterAnOutage() throws {
        let question = try ask()
        bench.pass(Self.hour * 100)
        #expect(bench.pass(Self.hour * 23).sent.isEmpty)
        #expect(bench.pass(Self.hour).sent.letters.map(\.reason) == ["stuck"])
        #expect(try row(of: question).state == .open)
    }

    /// The letter of a handoff that nobody answered.
    private func stuck() throws -> (question: Sent, letter: Sent) {
        let question = try ask()
        bench.pass(Self.hour * 2)
        bench.pass(Self.hour * 2)
        let letter = try #require(bench.pass(Self.hour * 24).sent.letters.first)
        return (question, letter)
    }

    @Test("Stuck, it is a letter that says what it waits for, since when, and who was told")
    func letter() throws {
        let (question, letter) = try stuck()
        let headers = letter.message.properties.headers
        #expect(
            letter.why == """
                runners has not answered "Fetch key, map", asked at 2026-03-03T10:00:00Z, \
                due at 2026-03-03T14:00:00Z; the team was reminded at 2026-03-03T12:00:00Z, \
                its escalation contact was told at 2026-03-03T14:00:00Z
                """)
        #expect(headers[.handoff] == question.envelope?.correlationID)
        #expect(headers[.caseID] == "play/c")
        #expect(headers[.redrive] == "1")
        #expect(headers[.first] == "2026-03-03T10:00:00Z")
        #expect(headers[.attempts] == "1")
        #expect(bench.pass(Self.hour * 1000).sent.isEmpty)
    }

    @Test("Stuck, it can be answered all the same")
    func answeredThough() throws {
        let (question, letter) = try stuck()
        let said = bench.deliver(try .brought("2", ["key", "map"], for: question.handoff))
        #expect(said.sent.words == ["thanks"])
        #expect(bench.deliver(.redriving(letter.message)).outcomes == ["duplicate"])
    }

    @Test("Redriven, the team is asked again under the same handoff, and its clock begins anew")
    func redriven() throws {
        let (question, letter) = try stuck()
        bench.pass(Self.hour)
        let again = bench.deliver(.redriving(letter.message)).sent
        #expect(again.questions.map(\.handoff) == [question.handoff])
        #expect(again.questions.first?.id != question.id)
        #expect(again.questions.first?.envelope?.due == "2026-03-04T19:00:00Z")
        #expect(bench.pass(Self.hour * 2).sent.map(\.type) == ["scripted.reminder.v1"])
        bench.pass(Self.hour * 2)
        let next = try #require(bench.pass(Self.hour * 24).sent.letters.first)
        #expect(next.message.properties.headers[.redrive] == "2")
    }

    @Test("One letter, however often it is redriven, asks once")
    func redrivenTwice() throws {
        let letter = try stuck().letter
        #expect(bench.deliver(.redriving(letter.message)).outcomes == ["applied"])
        let again = bench.deliver(.redriving(letter.message, by: "", key: "baton.scripted"))
        #expect(again.outcomes == ["duplicate"])
        #expect(again.sent.isEmpty)
    }

    @Test("Answered, its clock is silent")
    func answered() throws {
        let question = try ask()
        bench.deliver(try .brought("2", ["key", "map"], for: question.handoff))
        #expect(bench.pass(Self.hour * 1000).sent.isEmpty)
        #expect(try bench.store.nextTimer() == nil)
    }

    @Test("Answered in part, the clock goes on for the rest")
    func answeredInPart() throws {
        let question = try ask()
        bench.pass(Self.hour)
        bench.deliver(try .brought("2", ["key"], for: question.handoff))
        let reminder = try #require(bench.pass(Self.hour).sent.first)
        #expect(reminder.envelope?.data["title"] == "Fetch map")
    }

    @Test("Taken back, its clock is silent, and a team that was asked is told why")
    func revoked() throws {
        try ask()
        let said = bench.deliver(try .told("2", .revoke())).sent
        #expect(said.map(\.type) == ["scripted.revocation.v1"])
        #expect(said.first?.why == "it is not needed any more")
        #expect(bench.pass(Self.hour * 1000).sent.isEmpty)
    }

    @Test("Held by a gate, it has no clock, and taken back nobody is told")
    func held() throws {
        bench.deliver(try .begin("1", .ask(["key"], gated: true)))
        #expect(bench.pass(Self.hour * 1000).sent.isEmpty)
        #expect(bench.deliver(try .told("2", .revoke())).sent.isEmpty)
    }

    @Test("After an outage no clock speaks before the answers that waited are taken")
    func answerBeforeTheClock() throws {
        let question = try ask()
        try bench.restart()
        bench.now = Moment(
            wall: bench.now.wall + Self.hour * 5, monotonic: bench.now.monotonic + Self.hour * 5)
        bench.begin(backlog: 1)
        #expect(bench.pass(.seconds(1)).sent.isEmpty)
        let said = bench.deliver(try .brought("2", ["key", "map"], for: question.handoff))
        #expect(said.sent.words == ["thanks"])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("Every step is on record as the clock's, with the handoff as it then stands")
    func records() throws {
        let question = try ask()
        let reminded = try #require(bench.pass(Self.hour * 2).records.first)
        #expect(reminded.heard.kind == .clock)
        #expect(reminded.heard.handoff == question.handoff)
        #expect(reminded.handoffs.map(\.clock.remindedAt) == ["2026-03-03T12:00:00Z"])
        #expect(reminded.sent.map(\.kind) == [.notice])
        #expect(reminded.timers.isEmpty)
    }

    // MARK: A calendar that is edited while cases are open

    @Test("Due times that were not reached follow an edited calendar")
    func editedCalendar() throws {
        try ask()
        try bench.restart(with: .sample(hours: ["08:00-12:00"]))
        bench.begin()
        // Two hours of the first morning, two of the second: half of four is noon.
        #expect(bench.pass(Self.hour * 2).sent.map(\.type) == ["scripted.reminder.v1"])
        #expect(bench.pass(Self.hour * 21).sent.isEmpty)
        #expect(bench.pass(Self.hour).sent.first?.why == "it is overdue since 2026-03-04T10:00:00Z")
    }

    @Test("What was said is not unsaid by an edited calendar")
    func notUnsaid() throws {
        let question = try ask()
        bench.pass(Self.hour * 4)
        try bench.restart(with: .sample(hours: ["08:00-12:00"]))
        bench.begin()
        let clock = try row(of: question).clock
        #expect(clock.escalatedAt == "2026-03-03T14:00:00Z")
        // It is due on the second morning now, and a business day later it is stuck.
        #expect(bench.pass(Self.hour * 44 - .milliseconds(1)).sent.isEmpty)
        #expect(bench.pass(.milliseconds(1)).sent.letters.map(\.reason) == ["stuck"])
        // What the broker had not confirmed left again, as the message that it was.
        #expect(Set(bench.actions.sent.notices.map(\.id)).count == 1)
    }

    @Test("Many open handoffs follow page by page, and no clock speaks before all have")
    func manyClocks() throws {
        var limits = Limits()
        limits.clocks = 2
        let bench = try EngineBench.begun(Scripted.self, limits: limits)
        for number in 1...5 {
            bench.deliver(try .begin("\(number)", case: "c\(number)", .ask(["key"])))
        }
        bench.now = Moment(
            wall: bench.now.wall + Self.hour * 2, monotonic: bench.now.monotonic + Self.hour * 2)
        try bench.restart(with: .sample(hours: ["08:00-11:00"]))
        bench.begin()
        #expect(bench.engine.nextCall(after: bench.now) == .zero)
        #expect(bench.handle(.tick).sent.isEmpty)
        #expect(bench.handle(.tick).sent.isEmpty)
        // Four hours on the new calendar: one today, three tomorrow; half of it is tomorrow at nine.
        #expect(bench.engine.nextCall(after: bench.now) == Self.hour * 21)
        #expect(
            bench.pass(Self.hour * 21).sent.map(\.type) == Array(repeating: "scripted.reminder.v1", count: 5))
    }
}
