import CRabbitMQ
import Glibc
import Synchronization

/// A thread of the operating system, for calls that block: they have no place on Swift's cooperative pool.
public final class PlainThread: Sendable {
    private let handle: pthread_t
    private let isJoined = Mutex(false)

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: what `ps -L` and debuggers show; Linux keeps 15 bytes.
    ///   - body: what it does; it ends with it.
    /// - Precondition: the system has room for a thread.
    public init(named name: String = "amqp", _ body: @escaping @Sendable () -> Void) {
        var started: pthread_t = 0
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        let status = pthread_create(
            &started, nil,
            { box in
                guard let box else { return nil }
                Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(status == 0, "cannot start a thread: \(String(cString: strerror(status)))")
        handle = started
    }

    deinit {
        // One that nobody waited for gives its memory back by itself.
        if !isJoined.withLock({ $0 }) { pthread_detach(handle) }
    }

    /// Waits until it has ended; a second call returns at once.
    public func join() {
        let isFirst = isJoined.withLock { isJoined in
            defer { isJoined = true }
            return !isJoined
        }
        if isFirst { pthread_join(handle, nil) }
    }

    private final class Body: Sendable {
        private let name: String
        private let body: @Sendable () -> Void

        init(name: String, run body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            baton_name_thread(name)
            body()
        }
    }
}
