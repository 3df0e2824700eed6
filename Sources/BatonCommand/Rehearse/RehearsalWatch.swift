internal import Rehearsal
internal import Synchronization

/// How far a campaign has come, and how long it takes.
final class RehearsalWatch: Sendable {
    private let total: Int
    private let began = ContinuousClock.now
    private let progress = Mutex(Progress())

    /// Begins to watch so many histories.
    init(of total: Int) { self.total = total }

    /// How long it has been.
    var elapsed: Duration { ContinuousClock.now - began }

    /// Tells how far they are.
    func tell(_ outcome: Campaign.Outcome) {
        progress.withLock { $0.tell(outcome.histories, of: total) }
    }

    /// They are over.
    func end() { progress.withLock { $0.end() } }
}
