public import Vocabulary

/// The time of day, and a clock that nobody sets.
public protocol Clock: AnyObject {
    /// Both clocks, read at one time.
    var now: Moment { get }
    /// How long a machine waits until so much time has passed by this clock. Default: as long.
    func machineTime(for duration: Duration) -> Duration
}

extension Clock {
    /// A clock that runs as fast as the machine's.
    public func machineTime(for duration: Duration) -> Duration { duration }
}

/// One moment by both clocks.
public struct Moment: Equatable, Sendable {
    /// The time of day.
    public let wall: Timestamp
    /// Time since some fixed point; never set, never runs backwards.
    public let monotonic: Duration

    /// Puts a moment together.
    public init(wall: Timestamp, monotonic: Duration) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
