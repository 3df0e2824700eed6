import Foundation

/// How the pumps behave now.
final class Gate: Sendable {
    private let condition = NSCondition()
    // Read and written under `condition` alone.
    nonisolated(unsafe) private var current = FaultyProxy.Behaviour.passing

    var behaviour: FaultyProxy.Behaviour {
        get { condition.withLock { current } }
        set {
            condition.withLock {
                current = newValue
                condition.broadcast()
            }
        }
    }

    /// Waits while nothing passes; then says what does.
    func pass() -> FaultyProxy.Behaviour {
        condition.withLock {
            while current == .stalling { condition.wait() }
            return current
        }
    }

    /// Waits as long as bytes are to be late, or are to be so no more.
    func delay() {
        condition.withLock {
            guard case .delaying(let span) = current else { return }
            let deadline = Date(timeIntervalSinceNow: span / .seconds(1))
            while case .delaying = current, condition.wait(until: deadline) {}
        }
    }
}
