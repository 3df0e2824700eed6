/// A look at everything that a queue holds, so that some of it can be taken off; the rest keeps its place.
///
/// What comes is held unacknowledged until the pass ends, and its bodies are the caller's to drop. RabbitMQ gives a
/// message back to its place only in a queue with a delivery limit, which each pass counts towards. A connection that
/// is lost gives everything back by itself. It belongs to its connection's thread.
public final class QueuePass {
    /// The queue.
    public let queue: String
    /// How many messages waited in it when the pass began.
    public let counted: Int
    /// How many came so far.
    public private(set) var seen = 0
    /// How it ended; `nil` while more is to come.
    public private(set) var end: End?

    private let connection: Connection
    private let channel: UInt16
    /// Whether others consumed the queue: what they hold is not counted, and does not come.
    private let isShared: Bool
    private var consumers = 0
    /// How many came before the consumer at work.
    private var seenBefore = 0
    private var heardAt: Duration

    /// How a pass ended.
    public enum End: Equatable, Sendable {
        /// Everything that lay in the queue when it began has come.
        case whole
        /// Something that lay there may not have come: others hold it, or the broker sends no more.
        case partial
    }

    /// Begins a pass on a channel that is not open yet.
    ///
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is no such queue, with 403 where the user may
    ///   not read it; the channel is closed then.
    public init(over queue: String, on connection: Connection, channel: UInt16) throws(AMQPError) {
        self.queue = queue
        self.connection = connection
        self.channel = channel
        try connection.openChannel(channel)
        let found = try connection.inspectQueue(queue, on: channel)
        counted = found.messages
        isShared = found.consumers > 0
        heardAt = .monotonicNow
        try connection.setPrefetch(Limits.passWindow, on: channel)
        // Who may not read learns it though there is nothing to read.
        try addConsumer()
        conclude()
    }

    /// What has come, waiting for it at most so long; nothing once the pass has come to its end.
    ///
    /// - Throws: when the connection is lost, or the broker ends the pass; what was held goes back.
    public func messages(waitingAtMost wait: Duration) throws(AMQPError) -> [Delivered] {
        guard end == nil else { return [] }
        if seen - seenBefore >= Limits.passWindow {
            // What is taken off would let others come to it, out of the order in which consumers give back.
            try connection.cancel(tag, on: channel)
            try addConsumer()
        }
        var messages: [Delivered] = []
        for event in try connection.events(waitingAtMost: wait) {
            switch event {
            case .delivered(let delivered, channel): messages.append(delivered)
            case .channelClosed(channel, let error): throw error
            case .consumerCancelled:
                throw .closed("the broker took the consumer of \(queue) back; is the queue gone?")
            default: break
            }
        }
        seen += messages.count
        if !messages.isEmpty { heardAt = .monotonicNow }
        conclude(hasHeard: !messages.isEmpty)
        return messages
    }

    /// Takes messages off, by their tags.
    public func takeOff(_ tags: [UInt64]) throws(AMQPError) {
        try connection.corked { () throws(AMQPError) in
            for tag in tags { try connection.acknowledge(tag, multiple: false, on: channel) }
        }
    }

    /// Ends the pass and closes its channel: what was not taken off goes back to its place.
    public func giveBack() throws(AMQPError) {
        // Before anything goes back: it would come again.
        try connection.cancel(tag, on: channel)
        try connection.giveBack(0, multiple: true, on: channel)
        try connection.closeChannel(channel)
    }

    private func conclude(hasHeard: Bool = true) {
        if seen >= counted {
            end = isShared ? .partial : .whole
        } else if !hasHeard, .monotonicNow - heardAt > Limits.passPatience {
            end = .partial
        }
    }

    private func addConsumer() throws(AMQPError) {
        consumers += 1
        seenBefore = seen
        try connection.consume(queue, tag: tag, on: channel)
    }

    /// The consumer's at work. RabbitMQ gives back consumer by consumer in the order of their tags, so that order is
    /// the one they came in.
    private var tag: String { "pass-\(String(consumers + 1_000_000_000).dropFirst())" }
}
