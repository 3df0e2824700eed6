import Engine
import Glibc
import Vocabulary

/// The machine's clocks.
final class MachineClock: Clock {
    var now: Moment {
        Moment(
            wall: Timestamp(milliseconds: Int64.read(CLOCK_REALTIME) / 1_000_000),
            monotonic: .nanoseconds(Int64.read(CLOCK_MONOTONIC)))
    }
}

extension Duration {
    /// What this thread has had of the processor.
    static var processorNow: Duration { .nanoseconds(Int64.read(CLOCK_THREAD_CPUTIME_ID)) }
}

/// What a body takes of the processor.
func timed(_ body: () throws -> Void) rethrows -> Duration {
    let start = Duration.processorNow
    try body()
    return .processorNow - start
}

extension Int64 {
    /// A clock's nanoseconds.
    fileprivate static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
