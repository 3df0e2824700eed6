import Foundation

/// Bytes that passed a proxy, in one direction.
final class ByteCount: Sendable {
    private let condition = NSCondition()
    // Read and written under `condition` alone.
    nonisolated(unsafe) private var count = 0

    var total: Int { condition.withLock { count } }

    func add(_ bytes: Int) {
        condition.withLock {
            count += bytes
            condition.broadcast()
        }
    }

    func wait(for bytes: Int, within limit: Duration) -> Bool {
        let deadline = Date(timeIntervalSinceNow: limit / .seconds(1))
        return condition.withLock {
            while count < bytes {
                guard condition.wait(until: deadline) else { return count >= bytes }
            }
            return true
        }
    }
}
