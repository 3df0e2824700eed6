import Engine
import Rehearsal
import Testing
import Vocabulary

@testable import WorkerMain

/// The clocks that keep the same promises.
enum ClockKind: String, CaseIterable, CustomTestStringConvertible {
    case system = "the machine's"
    case virtual = "virtual"

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
        }
    }
}

@Suite("The clock of a worker") struct ClockTests {
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
}
