public import Engine
public import Vocabulary

/// A clock that only its owner moves.
public final class VirtualClock: Clock {
    /// Both clocks, as they were last set.
    public private(set) var now: Moment

    /// Starts at a time of day.
    public init(wall: Timestamp) { now = Moment(wall: wall, monotonic: .zero) }

    /// Lets time pass, by both clocks.
    public func advance(by duration: Duration) {
        now = Moment(wall: now.wall + duration, monotonic: now.monotonic + duration)
    }

    /// Somebody sets the time of day, forward or back; the other clock does not notice.
    public func setWall(by duration: Duration) {
        now = Moment(wall: now.wall + duration, monotonic: now.monotonic)
    }
}
