import Engine
import Vocabulary

/// A clock that moves when it is told to.
final class ScriptedClock: Clock {
    private(set) var now = Moment(wall: Timestamp(milliseconds: 0), monotonic: .seconds(1000))

    /// Lets time pass, by both clocks.
    func pass(_ duration: Duration) {
        now = Moment(wall: now.wall + duration, monotonic: now.monotonic + duration)
    }
}
