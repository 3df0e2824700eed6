/// Where a worker is killed on its way: the library `crash-points` ends its process there.
struct CrashPoint {
    /// What goes on when a worker comes to a point.
    enum Phase {
        /// It starts, or takes messages.
        case work
        /// It takes again what came back after a crash, one message at a time.
        case recovery
        /// It was asked to stop.
        case stop
    }

    /// In the library's words.
    let name: String
    let phase: Phase
    /// Which time the worker comes there may be its last.
    let passes: ClosedRange<Int>

    private init(_ name: String, in phase: Phase = .work, passes: ClosedRange<Int> = 1...1) {
        (self.name, self.phase, self.passes) = (name, phase, passes)
    }

    /// Every point, in the order of a worker's life.
    ///
    /// Passes are few enough to be reached within some seconds under load: a batch may be a commit for fifty messages.
    static let all = [
        CrashPoint("after the store is locked"),
        CrashPoint("before the run is noted"),
        CrashPoint("before connecting", passes: 1...2),
        CrashPoint("before login", passes: 1...2),
        CrashPoint("after login", passes: 1...2),
        CrashPoint("before consuming"),
        CrashPoint("after consuming"),

        CrashPoint("amid a delivery", passes: 1...20),
        CrashPoint("after a delivery", passes: 1...20),
        CrashPoint("before a suspect is noted", in: .recovery),
        CrashPoint("before a transaction", passes: 1...10),
        CrashPoint("after a transaction began", passes: 1...10),
        CrashPoint("before the inbox", passes: 1...20),
        CrashPoint("before the case", passes: 1...20),
        CrashPoint("before the handoff", passes: 1...20),
        CrashPoint("before the timer", passes: 1...20),
        CrashPoint("before the outbox", passes: 1...40),
        CrashPoint("before what is confirmed is dropped", passes: 1...5),
        CrashPoint("before a commit", passes: 1...10),
        CrashPoint("before the log is written", passes: 1...60),
        CrashPoint("amid the log", passes: 1...60),
        CrashPoint("after the log is written", passes: 1...60),
        CrashPoint("before the log is on disk", passes: 1...10),
        CrashPoint("after the log is on disk", passes: 1...10),
        CrashPoint("after a commit", passes: 1...10),
        CrashPoint("before acknowledging", passes: 1...5),
        CrashPoint("after acknowledging", passes: 1...5),
        CrashPoint("before publishing", passes: 1...40),
        CrashPoint("amid publishing", passes: 1...40),
        CrashPoint("after publishing", passes: 1...40),
        CrashPoint("after a confirm", passes: 1...5),

        CrashPoint("before cancelling", in: .stop),
        CrashPoint("after cancelling", in: .stop),
        CrashPoint("before the end is noted", in: .stop),
        CrashPoint("before the good-bye", in: .stop, passes: 1...2),
        CrashPoint("before the store is closed", in: .stop),
        CrashPoint("before the checkpoint is written", in: .stop),
        CrashPoint("amid the checkpoint", in: .stop, passes: 1...5),
        CrashPoint("after the checkpoint is written", in: .stop, passes: 1...5),
        CrashPoint("before the checkpoint is on disk", in: .stop),
        CrashPoint("after the checkpoint is on disk", in: .stop),
    ]
}
