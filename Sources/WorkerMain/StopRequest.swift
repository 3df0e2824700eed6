import Dispatch
import Synchronization

/// A request to stop, made once from any thread and heeded by the worker's own.
final class StopRequest: Sendable {
    private let state = Mutex<(isMade: Bool, wake: (@Sendable () -> Void)?)>((false, nil))
    private let made = DispatchSemaphore(value: 0)

    /// Whether the worker is to stop.
    var isMade: Bool { state.withLock { $0.isMade } }

    /// Asks the worker to stop, and wakes it where it waits.
    func make() {
        let wake = state.withLock { state in
            state.isMade = true
            return state.wake
        }
        made.signal()
        wake?()
    }

    /// Says what wakes the worker where it waits for its broker.
    func onceMade(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// Waits for the request, at most so long. Only the worker's thread waits.
    func wait(atMost duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        _ = made.wait(timeout: .now() + .nanoseconds(nanoseconds))
    }
}
