import Glibc
import Synchronization

/// Ends a send that blocks for ever.
///
/// librabbitmq sends with a blocking socket and without a time-out, and while it does its heartbeat cannot
/// fire. One thread for the whole process looks once a second and shuts down the socket of a send that is
/// overdue: `shutdown(2)` is the only call another thread may make, and the blocked send then fails.
final class SendWatchdog: Sendable {
    static let shared = SendWatchdog()

    private struct Watch {
        let socket: Int32
        var due: Duration?
    }
    private struct State {
        var watches: [Int: Watch] = [:]
        var next = 0
        var isRunning = false
    }
    private let state = Mutex(State())

    /// Begins to watch a socket; the number names it.
    func add(_ socket: Int32) -> Int {
        state.withLock { state in
            state.next += 1
            state.watches[state.next] = Watch(socket: socket)
            if !state.isRunning {
                state.isRunning = true
                _ = PlainThread { self.run() }
            }
            return state.next
        }
    }

    /// Stops watching; must come before the socket is closed, or the number might be another file's by then.
    func remove(_ watch: Int) { state.withLock { $0.watches[watch] = nil } }

    /// A send begins.
    func begin(_ watch: Int) {
        let due = Duration.monotonicNow + .seconds(Limits.sendSeconds)
        state.withLock { $0.watches[watch]?.due = due }
    }

    /// A send ended.
    func end(_ watch: Int) { state.withLock { $0.watches[watch]?.due = nil } }

    private func run() {
        while true {
            sleep(1)
            let now = Duration.monotonicNow
            state.withLock { state in
                for (number, watch) in state.watches {
                    guard let due = watch.due, due < now else { continue }
                    shutdown(watch.socket, Int32(SHUT_RDWR))
                    state.watches[number]?.due = nil
                }
            }
        }
    }
}
