import Foundation

/// Gathers what other threads report, and waits for it without polling.
public final class Recorder<Element: Sendable>: Sendable {
    private let condition = NSCondition()
    // Read and written under `condition` alone.
    nonisolated(unsafe) private var recorded: [Element] = []

    /// Nothing recorded yet.
    public init() {}

    /// Everything so far, in order.
    public var elements: [Element] {
        condition.withLock { recorded }
    }

    /// Adds one, from any thread.
    public func record(_ element: Element) {
        condition.withLock {
            recorded.append(element)
            condition.broadcast()
        }
    }

    /// Waits until what was recorded satisfies the condition.
    ///
    /// - Returns: whether it did in time.
    public func wait(within limit: Duration = .seconds(180), until isSatisfied: ([Element]) -> Bool) -> Bool {
        let deadline = Date(timeIntervalSinceNow: limit / .seconds(1))
        return condition.withLock {
            while !isSatisfied(recorded) {
                guard condition.wait(until: deadline) else { return isSatisfied(recorded) }
            }
            return true
        }
    }
}
