import Synchronization

/// What a publisher has to tell, on its own thread.
public enum PublisherEvent: Equatable, Sendable {
    /// The broker has these, and keeps them.
    case confirmed([Int64])
    /// The broker closes the channel over this one; it is not sent again.
    case setAside(Int64, AMQPError)
    /// Nothing goes out for now, and why; `nil` when it does again.
    case held(String?)
}

/// Publishes with confirms, on a thread and a connection of its own, until the broker has everything.
///
/// It connects again by itself, to the next of its hosts, with jittered back-off, and sends again what was
/// not confirmed. A publication that the broker refuses with a nack is sent again after a back-off of its
/// own, and holds nobody up. One that closes the channel is found by sending the unconfirmed ones one at a
/// time, and set aside. Nothing is sent while the broker blocks the connection. A peer that confirms nothing
/// for too long is given up.
public final class Publisher: Sendable {
    private let mailbox: PublisherMailbox
    private let thread: PlainThread
    private let ended = Wakeup()

    /// Starts the thread; connects with the first publication.
    ///
    /// - Parameters:
    ///   - options: where and how to connect.
    ///   - report: hears every event, on the publisher's thread; must not block.
    public init(_ options: ConnectionOptions, report: @escaping @Sendable (PublisherEvent) -> Void) {
        let mailbox = PublisherMailbox()
        self.mailbox = mailbox
        thread = PlainThread(named: "publisher") { [ended] in
            var loop = PublisherLoop(options, mailbox: mailbox, report: report)
            loop.run()
            ended.wake()
        }
    }

    /// Takes messages to publish; returns at once.
    public func publish(_ publications: [Publication]) {
        mailbox.post { $0.publications += publications }
    }

    /// Publishes what it has, waits for its confirms as long as it may, closes the connection and ends the
    /// thread. A thread inside a call at a silent broker is left to end by itself.
    public func stop(within patience: Duration) {
        let deadline = Duration.monotonicNow + patience
        mailbox.post { $0.stopAt = deadline }
        // A little longer, for the good-bye after a confirm in the last moment.
        if ended.wait(atMost: patience + .milliseconds(500)) { thread.join() }
    }
}

/// Hands publications from callers to the publisher's thread.
final class PublisherMailbox: Sendable {
    struct Content {
        var publications: [Publication] = []
        var stopAt: Duration?
    }

    let wakeup = Wakeup()
    private let content = Mutex(Content())

    func post(_ change: (inout Content) -> Void) {
        content.withLock { change(&$0) }
        wakeup.wake()
    }

    /// Takes the publications out; leaves the order to stop in.
    func take() -> Content {
        content.withLock { content in
            defer { content.publications = [] }
            return content
        }
    }
}
