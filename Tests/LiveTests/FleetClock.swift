import Foundation
import Vocabulary

/// A clock of a fleet's own, on which days pass in seconds: what its services are told to keep, and how to read it.
struct FleetClock {
    /// Where it begins, and how fast it runs.
    struct Pace {
        /// What it shows when it begins.
        let start: Timestamp
        /// How many times as fast as the machine's it runs.
        let speed: Int
    }

    private let pace: Pace
    private let since = Timestamp.machine

    /// Begins now.
    init(_ pace: Pace) { self.pace = pace }

    /// What it shows.
    var now: Timestamp { pace.start + (Timestamp.machine - since) * pace.speed }

    /// How much of its time passes in so much of the machine's.
    func time(within machineTime: Duration) -> Duration { machineTime * pace.speed }

    /// What a service that keeps it is told.
    var arguments: [String] { ["--clock", "\(pace.start) since \(since) times \(pace.speed)"] }
}

extension Timestamp {
    /// What the machine's clock shows.
    fileprivate static var machine: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
