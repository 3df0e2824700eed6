import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A timer fires when it is due, once, and never before what waits in the queue")
struct TimerTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    private static let hour: Duration = .seconds(3600)

    @Test("It fires at its time, not before, and not again")
    func fires() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        #expect(bench.pass(Self.hour - .milliseconds(1)).sent.isEmpty)
        #expect(bench.engine.nextCall(after: bench.now) == .milliseconds(1))
        #expect(bench.pass(.milliseconds(1)).sent.words == ["now"])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("Set again, it is moved")
    func moved() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("first")])))
        bench.deliver(try .told("2", .wake(at: .sample + Self.hour * 2, then: [.say("moved")])))
        #expect(bench.pass(Self.hour).sent.isEmpty)
        #expect(bench.pass(Self.hour).sent.words == ["moved"])
    }

    @Test("Taken back, it does not fire")
    func cancelled() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        bench.deliver(try .told("2", .cancelTimer()))
        #expect(bench.pass(Self.hour * 2).sent.isEmpty)
    }

    @Test("Under several keys there are several")
    func keys() throws {
        bench.deliver(
            try .begin(
                "1", .wake(at: .sample + Self.hour, key: "a", then: [.say("a")]),
                .wake(at: .sample + Self.hour * 2, key: "b", then: [.say("b")])))
        bench.deliver(try .told("2", .cancelTimer(key: "a")))
        #expect(bench.pass(Self.hour * 2).sent.words == ["b"])
    }

    @Test("Taken back by another that fires at the same moment, it does not fire")
    func cancelledByAnother() throws {
        bench.deliver(
            try .begin(
                "1", .wake(at: .sample + Self.hour, key: "a", then: [.say("a"), .cancelTimer(key: "b")]),
                .wake(at: .sample + Self.hour, key: "b", then: [.say("b"), .cancelTimer(key: "a")])))
        #expect(bench.pass(Self.hour).sent.words == ["a"])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("Set again after it fired, it fires again")
    func setAgain() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("one")])))
        bench.pass(Self.hour)
        bench.deliver(try .told("2", .wake(at: .sample + Self.hour * 2, then: [.say("two")])))
        #expect(bench.pass(Self.hour).sent.words == ["two"])
    }

    @Test("Set again by its own firing, it fires again and again")
    func setByItself() throws {
        let third = Step.wake(at: .sample + Self.hour * 3, then: [.say("three")])
        let second = Step.wake(at: .sample + Self.hour * 2, then: [.say("two"), third])
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("one"), second])))
        #expect((1...3).flatMap { _ in bench.pass(Self.hour).sent.words } == ["one", "two", "three"])
    }

    @Test("A firing that a crash undid happens again with the same ids")
    func crash() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now"), .ask(["key"])])))
        bench.silenceCommits()
        #expect(bench.pass(Self.hour).sent.isEmpty)
        bench.mendStore()
        try bench.restart()
        bench.begin()
        #expect(bench.actions.sent.words == ["now"])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("After a start none fires before what waited in the queue is taken")
    func backlog() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("late")])))
        try bench.restart()
        bench.begin(backlog: 2)
        #expect(bench.pass(Self.hour).sent.isEmpty)
        #expect(bench.deliver(try .told("2")).sent.isEmpty)
        #expect(bench.handle(.tick).sent.isEmpty)
        bench.deliver(try .told("3", .cancelTimer()))
        #expect(bench.handle(.tick).sent.isEmpty)
    }

    @Test("Not even one that is long due fires before the queue was measured")
    func unknownBacklog() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        try bench.restart()
        bench.handle(.tick)
        #expect(bench.pass(Self.hour).sent.isEmpty)
        bench.handle(.consuming(backlog: 0))
        #expect(bench.handle(.tick).sent.words == ["now"])
    }

    @Test("What came after the outage does not hold it")
    func laterMessages() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        bench.handle(.backlog(50))
        #expect(bench.pass(Self.hour).sent.words == ["now"])
    }

    @Test("While the queue is silent it is measured anew, and one who took from it meanwhile holds nothing")
    func measuredAnew() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        try bench.restart()
        bench.begin(backlog: 3)
        bench.pass(Self.hour)
        bench.handle(.backlog(0))
        #expect(bench.handle(.tick).sent.words == ["now"])
    }

    @Test("The queue is measured when it was silent for a while, and asked once")
    func measuredOnce() throws {
        try bench.restart()
        bench.begin(backlog: 3)
        #expect(bench.pass(.seconds(4)).contains(.measureBacklog) == false)
        #expect(bench.pass(.seconds(1)).contains(.measureBacklog))
        #expect(bench.handle(.tick).contains(.measureBacklog) == false)
        #expect(bench.pass(.seconds(1)).contains(.measureBacklog) == false)
    }

    @Test("A lost consumer holds timers until it is back and what waited is taken")
    func consumerLost() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("late")])))
        bench.handle(.consumerLost)
        #expect(bench.pass(Self.hour).sent.isEmpty)
        bench.handle(.consuming(backlog: 1))
        bench.deliver(try .told("2", .cancelTimer()))
        #expect(bench.handle(.tick).sent.isEmpty)
    }

    @Test("After an outage of the store none fires before what waited in the queue is taken")
    func storeOutage() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("late")])))
        bench.loseStore()
        bench.pass(.seconds(1))
        bench.deliver(try .told("2"))
        bench.mendStore()
        #expect(bench.pass(Self.hour).sent.isEmpty)
        bench.handle(.consuming(backlog: 1))
        #expect(bench.handle(.tick).sent.isEmpty)
        bench.deliver(try .told("3", .cancelTimer()))
        #expect(bench.handle(.tick).sent.isEmpty)
    }

    @Test("A measure that was asked before an outage says nothing of what gathered in it")
    func staleMeasure() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("late")])))
        bench.loseStore()
        bench.pass(.milliseconds(100))
        bench.deliver(try .told("2"))
        bench.handle(.backlog(0))
        bench.mendStore()
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("While nothing is taken because the outbox is full, none fires")
    func outboxFull() throws {
        var limits = Limits()
        limits.outbox = 2
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        bench.deliver(
            try .begin("1", .wake(at: .sample + Self.hour, then: [.say("late")]), .say("1"), .say("2")))
        bench.handle(.tick)
        #expect(bench.pass(Self.hour).sent.isEmpty)
        bench.confirmAll()
        bench.handle(.tick)
        bench.handle(.consuming(backlog: 1))
        bench.deliver(try .told("2", .cancelTimer()))
        #expect(bench.handle(.tick).sent.isEmpty)
    }

    @Test("While the two clocks disagree none fires; a minute after they agree again it does")
    func clocksDisagree() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        bench.now = Moment(wall: bench.now.wall + Self.hour, monotonic: bench.now.monotonic)
        #expect(bench.handle(.tick).sent.isEmpty)
        #expect(bench.pass(.seconds(59)).sent.isEmpty)
        #expect(bench.pass(.seconds(1)).sent.words == ["now"])
    }

    @Test("A clock that is set back and put right again has fired nothing")
    func clockSetBack() throws {
        bench.deliver(try .begin("1", .wake(at: .sample + Self.hour, then: [.say("now")])))
        bench.now = Moment(wall: bench.now.wall + Self.hour * 24, monotonic: bench.now.monotonic)
        bench.handle(.tick)
        bench.now = Moment(wall: .sample, monotonic: bench.now.monotonic)
        #expect(bench.handle(.tick).sent.isEmpty)
        #expect(bench.pass(.seconds(61)).sent.isEmpty)
        #expect(bench.pass(Self.hour).sent.words == ["now"])
    }

    @Test("One whose reaction throws becomes a letter, and the others fire")
    func throwing() throws {
        bench.deliver(
            try .begin(
                "1", .wake(at: .sample + Self.hour, key: "a", then: [.fail("no such seat")]),
                .wake(at: .sample + Self.hour, key: "b", then: [.say("b")])))
        let said = bench.pass(Self.hour)
        #expect(said.sent.words == ["b"])
        #expect(said.sent.letters.map(\.reason) == ["reaction-failed"])
        #expect(said.sent.letters.first?.message.properties.headers[.caseID] == "play/c")
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("One that the store does not take becomes a letter; the worker goes on")
    func unstorable() throws {
        bench.deliver(
            try .begin("1", case: "a", .wake(at: .sample + Self.hour, then: [.remember("too big")])),
            try .begin("2", case: "b", .wake(at: .sample + Self.hour, then: [.say("b")])))
        bench.failCommits(with: .content("a row of the case play/a is too big")) {
            if case .caseRow(let row) = $0 { row.id == "play/a" } else { false }
        }
        let said = bench.pass(Self.hour)
        #expect(said.news.isEmpty)
        #expect(said.sent.letters.map(\.reason) == ["unstorable"])
        #expect(said.sent.words == ["b"])
        #expect(bench.pass(Self.hour).sent.isEmpty)
    }

    @Test("A store that fails between two timers loses nothing of the first")
    func failsBetweenTwo() throws {
        bench.deliver(
            try .begin(
                "1", .wake(at: .sample + Self.hour, key: "a", then: [.say("a")]),
                .wake(at: .sample + Self.hour, key: "b", then: [.say("b")])))
        bench.handle(.confirmed(bench.published.map(\.number)))
        bench.failCommits(with: .unavailable("the disk is full")) {
            if case .timerGone(let slot) = $0 { slot.key == "b" } else { false }
        }
        let first = bench.pass(Self.hour)
        bench.mendStore()
        bench.pass(.seconds(1))
        bench.handle(.consuming(backlog: 0))
        let second = bench.handle(.tick)
        #expect((first + bench.actions).sent.words.contains("a"))
        #expect((bench.actions + second).sent.words.contains("b"))
    }

    @Test("More than fit one look fire one look after the other")
    func many() throws {
        var limits = Limits()
        limits.timers = 2
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        for number in 1...5 {
            bench.deliver(
                try .begin("\(number)", case: "c\(number)", .wake(at: .sample, then: [.say("\(number)")])))
        }
        #expect(bench.handle(.tick).sent.words.count == 2)
        #expect(bench.engine.nextCall(after: bench.now) == .zero)
        #expect(bench.handle(.tick).sent.words.count == 2)
        #expect(bench.handle(.tick).sent.words.count == 1)
    }
}
