import Engine
import Vocabulary

/// A clock that began at another time than the machine's and runs faster: for a demonstration that shows days in
/// seconds, by the same business rules.
///
/// Both its clocks are the machine's monotonic one, so they never disagree.
final class QuickClock: Clock {
    private let setting: Setting
    private let machine: any Clock
    /// What the machine's monotonic clock showed when this one began.
    private let origin: Duration

    /// Begins, or goes on with a clock that other services keep already.
    init(_ setting: Setting, over machine: any Clock) {
        self.setting = setting
        self.machine = machine
        let now = machine.now
        origin = now.monotonic - (now.wall - setting.since)
    }

    var now: Moment {
        let passed = (machine.now.monotonic - origin) * setting.speed
        return Moment(wall: setting.start + passed, monotonic: passed)
    }

    func machineTime(for duration: Duration) -> Duration { duration / setting.speed }

    /// What such a clock is.
    struct Setting: Equatable, Sendable, CustomStringConvertible {
        /// What it showed when it began.
        let start: Timestamp
        /// What the machine's clock showed then.
        let since: Timestamp
        /// How many times as fast as the machine's it runs.
        let speed: Int
    }
}

extension QuickClock.Setting {
    /// An example of one.
    static let example = "2026-11-16T14:00:00Z since 2026-11-21T10:00:00Z times 3600"

    /// Reads `<its first moment> since <the machine's> times <speed>`.
    init?(rawValue: String) {
        let words = rawValue.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 5, words[1] == "since", words[3] == "times",
            let start = Timestamp(rawValue: words[0]), let since = Timestamp(rawValue: words[2]),
            let speed = Int(words[4]), Limits.clockSpeeds.contains(speed)
        else { return nil }
        self.init(start: start, since: since, speed: speed)
    }

    /// The same.
    var description: String { "\(start) since \(since) times \(speed)" }
}
