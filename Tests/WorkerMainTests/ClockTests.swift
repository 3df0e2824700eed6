import Engine
import Rehearsal
import Testing
import Vocabulary

@testable import WorkerMain

/// The clocks that keep the same promises.
enum ClockKind: String, CaseIterable, CustomTestStringConvertible {
    case system = "the machine's"
    case virtual = "virtual"
    case quick = "a demonstration's"

    var testDescription: String { rawValue }

    /// A clock, and what lets a little time pass on it.
    func clock() -> (clock: any Clock, pass: () -> Void) {
        switch self {
        case .system:
            let clock = SystemClock()
            return (
                clock,
                {
                    let start = clock.now.monotonic
                    while clock.now.monotonic - start < .milliseconds(1) {}
                }
            )
        case .virtual:
            let clock = VirtualClock(wall: Timestamp(milliseconds: 1_764_000_000_000))
            return (clock, { clock.advance(by: .milliseconds(7)) })
        case .quick:
            let machine = VirtualClock(wall: Timestamp(milliseconds: 1_764_000_000_000))
            let setting = QuickClock.Setting(
                start: Timestamp(milliseconds: 0), since: machine.now.wall, speed: 3600)
            return (QuickClock(setting, over: machine), { machine.advance(by: .milliseconds(7)) })
        }
    }
}

@Suite("The clock of a worker")
struct ClockTests {
    @Test("The clock that nobody sets runs on, never backwards", arguments: ClockKind.allCases)
    func monotonic(of kind: ClockKind) {
        let (clock, pass) = kind.clock()
        var last = clock.now.monotonic
        for _ in 0..<20 {
            pass()
            let now = clock.now.monotonic
            #expect(now > last)
            last = now
        }
    }

    @Test("While nobody sets the time of day, both clocks measure the same", arguments: ClockKind.allCases)
    func agreement(of kind: ClockKind) {
        let (clock, pass) = kind.clock()
        let start = clock.now
        for _ in 0..<20 { pass() }
        let end = clock.now
        let difference = (end.wall - start.wall) - (end.monotonic - start.monotonic)
        // Whole milliseconds, and two readings that a busy machine may part.
        #expect((.milliseconds(-500)...(.milliseconds(500))).contains(difference))
        #expect(end.wall > start.wall)
    }

    @Test("A demonstration's clock shows the same in every service, whenever it began to keep it")
    func quick() throws {
        let machine = VirtualClock(wall: "2026-11-21T10:00:00Z")
        let setting = try #require(
            QuickClock.Setting(rawValue: "2026-11-16T14:00:00Z since 2026-11-21T10:00:00Z times 3600"))
        let first = QuickClock(setting, over: machine)
        #expect(first.now.wall == "2026-11-16T14:00:00Z")
        machine.advance(by: .seconds(2))
        let second = QuickClock(setting, over: machine)
        for clock in [first, second] { #expect(clock.now.wall == "2026-11-16T16:00:00Z") }
        #expect(second.now.monotonic == first.now.monotonic)
        #expect(first.machineTime(for: .seconds(7200)) == .seconds(2))
    }

    @Test(
        "A clock's setting is read back as it is written, and nothing else is one",
        arguments: [
            "", "2026-11-16T14:00:00Z", "2026-11-16T14:00:00Z since 2026-11-21T10:00:00Z times 0",
            "2026-11-16T14:00:00Z since 2026-11-21T10:00:00Z times 86401",
            "2026-11-16T14:00:00Z since  2026-11-21T10:00:00Z times 2",
            "2026-11-16 since 2026-11-21T10:00:00Z times 2",
        ])
    func setting(bad: String) {
        #expect(QuickClock.Setting(rawValue: bad) == nil)
        let example = QuickClock.Setting(rawValue: QuickClock.Setting.example)
        #expect(example?.description == QuickClock.Setting.example)
    }
}
