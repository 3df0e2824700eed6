import Glibc

/// A thread of the operating system, for calls that block: they have no place on Swift's cooperative pool.
public final class PlainThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: shown by `ps -L`; cut at 15 bytes.
    ///   - body: what it does; it ends with it.
    /// - Precondition: the system has room for a thread.
    public init(named name: String, _ body: @escaping @Sendable () -> Void) {
        var started: pthread_t = 0
        let box = Unmanaged.passRetained(Body(run: body))
        let status = pthread_create(&started, nil, { box in
            guard let box else { return nil }
            Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
            return nil
        }, box.toOpaque())
        precondition(status == 0, "cannot start the thread \(name): \(String(cString: strerror(status)))")
        pthread_setname_np(started, String(name.utf8.prefix(15)) ?? "baton")
        handle = started
    }

    /// Waits until it has ended; once.
    public func join() { pthread_join(handle, nil) }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
