import Engine
import Glibc
import Vocabulary

/// The machine's clocks.
///
/// The monotonic one stands still while a machine sleeps, on purpose: a virtual machine that was suspended then shows as
/// a disagreement of the two, and timers wait until answers that waited with it were taken.
final class SystemClock: Clock {
    var now: Moment {
        let wall = read(CLOCK_REALTIME)
        let monotonic = read(CLOCK_MONOTONIC)
        return Moment(
            wall: Timestamp(milliseconds: Int64(wall.tv_sec) * 1000 + Int64(wall.tv_nsec) / 1_000_000),
            monotonic: .seconds(monotonic.tv_sec) + .nanoseconds(monotonic.tv_nsec))
    }

    private func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
