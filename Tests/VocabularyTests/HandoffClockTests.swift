import Testing
import Vocabulary

@Suite("The clock of a handoff, on any calendar")
struct HandoffClockTests {
    /// What a clock said, and when.
    private struct Said: Equatable {
        let step: HandoffClock.Step
        let at: Timestamp
    }

    private static func duration(using generator: inout SeededGenerator) -> BusinessDuration {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: .days(Int.random(in: 0...5, using: &generator))
        case 1: .hours(Int.random(in: 0...40, using: &generator))
        case 2: .minutes(Int.random(in: 0...600, using: &generator))
        default: .elapsed(.seconds(Int.random(in: 0...400_000, using: &generator)))
        }
    }

    private static func clock(using generator: inout SeededGenerator) -> HandoffClock {
        let reminder = Bool.random(using: &generator) ? duration(using: &generator) : nil
        return HandoffClock(
            due: duration(using: &generator), reminder: reminder, escalation: duration(using: &generator))
    }

    @Test(
        "It says each thing once, in order, never before its time, and then no more",
        arguments: 0..<100 as Range<UInt64>)
    func order(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = try CalendarPropertyTests.Sample(using: &generator)
        let calendar = sample.calendar
        for _ in 0..<20 {
            var clock = Self.clock(using: &generator)
            #expect(clock.next(on: calendar) == nil)
            clock.begin(at: sample.moment(using: &generator))
            let due = try #require(clock.dueAt(on: calendar))
            var said: [Said] = []
            while let next = clock.next(on: calendar) {
                let before = next.at - .milliseconds(1)
                #expect(said.count < 3, "seed \(seed): \(said)")
                #expect(clock.step(at: before, on: calendar) == nil, "seed \(seed): \(next)")
                // A worker that was down says it late.
                let late = Int.random(in: 0...3, using: &generator) == 0
                let now =
                    max(next.at, said.last?.at ?? next.at)
                    + (late ? .seconds(Int.random(in: 0...500_000, using: &generator)) : .zero)
                let step = try #require(clock.step(at: now, on: calendar), "seed \(seed)")
                clock.say(step, at: now)
                said.append(Said(step: step, at: now))
            }
            let steps = said.map(\.step)
            #expect(
                steps == [.reminder, .escalation, .stuck] || steps == [.escalation, .stuck],
                "seed \(seed): \(steps)")
            if steps.first == .reminder { #expect(said[0].at < due, "seed \(seed)") }
            let escalated = try #require(clock.escalatedAt)
            #expect(escalated >= due)
            #expect(try #require(clock.stuckAt) >= calendar.adding(clock.escalation, to: escalated))
        }
    }

    @Test(
        "A calendar that is edited at any time moves what is to come, and takes nothing back",
        arguments: 0..<100 as Range<UInt64>)
    func edited(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = try CalendarPropertyTests.Sample(using: &generator)
        let edited = try CalendarPropertyTests.Sample(using: &generator).calendar
        for _ in 0..<20 {
            var clock = Self.clock(using: &generator)
            clock.begin(at: sample.moment(using: &generator))
            let edit = Int.random(in: 0...3, using: &generator)
            var (calendar, said, now) = (sample.calendar, [Said](), clock.start ?? .distantFuture)
            for turn in 0..<4 {
                if turn == edit {
                    calendar = edited
                    #expect(
                        [clock.remindedAt, clock.escalatedAt, clock.stuckAt].compactMap { $0 }
                            == said.map(\.at))
                }
                guard let next = clock.next(on: calendar) else { continue }
                now = max(now, next.at)
                let step = try #require(clock.step(at: now, on: calendar))
                clock.say(step, at: now)
                said.append(Said(step: step, at: now))
            }
            #expect(Set(said.map(\.step)).count == said.count, "seed \(seed): \(said)")
            #expect(said.last?.step == .stuck)
        }
    }

    @Test("Declined before it is due, it is not escalated again, and stuck a period after it was due")
    func declined() throws {
        let calendar = BusinessCalendar.fallback
        var clock = HandoffClock(due: .elapsed(.seconds(7200)), escalation: .elapsed(.seconds(3600)))
        clock.begin(at: "2026-03-02T10:00:00Z")
        clock.say(.escalation, at: "2026-03-02T10:10:00Z")
        #expect(clock.next(on: calendar) == .init(step: .stuck, at: "2026-03-02T13:00:00Z"))
    }

    @Test("Begun anew, it has said nothing yet")
    func anew() {
        var clock = HandoffClock(due: .elapsed(.seconds(7200)))
        clock.begin(at: "2026-03-02T10:00:00Z")
        for step in HandoffClock.Step.allCases { clock.say(step, at: "2026-03-03T10:00:00Z") }
        clock.begin(at: "2026-03-04T10:00:00Z")
        #expect(clock.next(on: .fallback) == .init(step: .reminder, at: "2026-03-04T11:00:00Z"))
    }
}
