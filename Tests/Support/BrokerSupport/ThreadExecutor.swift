import Foundation
import Synchronization

/// Runs blocking code on a thread of its own, as part of the calling task: expectations in it still belong to
/// their test, and Swift's cooperative pool is not held up.
public func onThread<Result: Sendable>(_ body: @Sendable () throws -> Result) async throws -> Result {
    let executor = ThreadExecutor()
    defer { executor.end() }
    return try await withTaskExecutorPreference(executor) { try body() }
}

/// One thread that runs a task's jobs.
private final class ThreadExecutor: TaskExecutor {
    private let queue = Mutex((jobs: [UnownedJob](), hasEnded: false))
    private let changed = DispatchSemaphore(value: 0)

    init() {
        Thread { self.run() }.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.jobs.append(job) }
        changed.signal()
    }

    func end() {
        queue.withLock { $0.hasEnded = true }
        changed.signal()
    }

    private func run() {
        let executor = asUnownedTaskExecutor()
        while true {
            changed.wait()
            let (jobs, hasEnded) = queue.withLock { queue in
                defer { queue.jobs = [] }
                return queue
            }
            for job in jobs { job.runSynchronously(on: executor) }
            if hasEnded { return }
        }
    }
}
