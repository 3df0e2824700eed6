public import Vocabulary
public import WorkerKit

/// What a program runs: one worker, without naming its type; see ``RunningWorker``.
public struct WorkerProgram: Sendable {
    /// The worker's name.
    public let name: WorkerName
    /// The teams that it asks, and every directory must have.
    public let teams: [Team]
    /// Puts the worker to work.
    public let start: @Sendable (RunningWorker.Seams) throws(StoreError) -> RunningWorker

    /// The program of a worker; made in the worker's own program, it is compiled for it.
    public init<W: Worker>(_ worker: W.Type) {
        name = W.name
        teams = W.Messages.handoffs.map { $0.team }
        start = { seams throws(StoreError) in try RunningWorker(W.self, over: seams) }
    }
}
