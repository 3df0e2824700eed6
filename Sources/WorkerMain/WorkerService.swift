import AMQP
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a worker's loop on a thread of its own, and carries the request to stop to it.
///
/// The loop waits for a socket and for the disk, which no thread of Swift's shared pool may.
struct WorkerService: Service {
    /// The thread's name, of which Linux keeps 15 bytes.
    let name: String
    /// How long the loop takes to stop, at the latest.
    let patience: Duration
    /// What the loop heeds.
    let stop: StopRequest
    /// The worker's log.
    let logger: Logger
    /// The loop.
    let loop: @Sendable () throws -> Void

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await onOwnThread() }
            group.addTask {
                try await gracefulShutdown()
                // Listens before it stops: from the first sign of stopping on, a second signal counts.
                let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
                stop.make()
                try await withThrowingTaskGroup(of: Void.self) { ends in
                    ends.addTask { try await endWhenPatienceEnds() }
                    ends.addTask { await end(at: signals) }
                    try await ends.waitForAll()
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func onOwnThread() async throws {
        try await withCheckedThrowingContinuation { continuation in
            _ = PlainThread(named: name) { continuation.resume(with: Result(catching: loop)) }
        }
    }

    private func endWhenPatienceEnds() async throws {
        try await Task.sleep(for: patience)
        logger.error(
            "The worker did not stop in time; it ends as it is, and what it had taken is taken again")
        ExitCode.failed.endNow()
    }

    private func end(at signals: UnixSignalsSequence) async {
        for await signal in signals {
            logger.warning("A second signal: ending at once", metadata: [LogKey.reason: "\(signal)"])
            ExitCode.failed.endNow()
        }
    }
}
