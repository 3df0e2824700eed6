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
    /// How many others consumed the queue: what they hold is not counted, and does not come.
    private let others: Int
    private var consumers = 0
    /// How many came before the consumer at work.
    private var seenBefore = 0
    private var heardAt: Duration
    /// The tags of what is to leave.
    private var leaving: Set<UInt64> = []

    /// How a pass ended.
    public enum End: Equatable, Sendable {
        /// Everything that lay in the queue when it began has come.
        case whole
        /// Something that lay there may not have come: others hold it, or the broker sends no more.
        case partial
    }

    /// Begins a pass on a channel that is not open yet, or was an earlier pass's.
    ///
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is no such queue, with 403 where the user may
    ///   not read it; the channel is closed then.
    public init(over queue: String, on connection: Connection, channel: UInt16) throws(AMQPError) {
        self.queue = queue
        self.connection = connection
        self.channel = channel
        if connection.channels[channel] != nil { try connection.closeChannel(channel) }
        try connection.openChannel(channel)
        let found = try connection.inspectQueue(queue, on: channel)
        counted = found.messages
        others = found.consumers
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
            // It holds its fill, and keeps it.
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

    /// Has messages taken off when the pass ends, by their tags.
    ///
    /// Not before: a consumer that holds less than it may is sent more, out of the order in which things go back.
    public func takeOff(_ tags: [UInt64]) { leaving.formUnion(tags) }

    /// Ends the pass: takes off what is to leave, and gives the rest back to its place.
    ///
    /// Its channel stays open until the next pass on it: RabbitMQ holds back acknowledgements where many are under way,
    /// and forgets those of a channel that is closed.
    /// - Parameter patience: how long its order is cared for; after that what is left goes to the head of the queue in
    ///   any order. Three seconds suffice for some 100,000 messages where few leave from among them, and keep the caller
    ///   from other work no longer.
    public func giveBack(within patience: Duration = .seconds(3)) throws(AMQPError) {
        // What is on its way to a consumer that is cancelled goes back before all others.
        while end == nil, seen - seenBefore < Limits.passWindow {
            _ = try messages(waitingAtMost: Limits.passPatience)
        }
        try connection.cancel(tag, on: channel)
        try settle(within: patience)
    }

    /// Settles everything in order, so that the broker has each at the head of what it waits for.
    ///
    /// RabbitMQ returns what comes in one command in order up to 32 messages, beyond in none; and where 32 commands are
    /// under way it merges what follows, and holds it back. So each command settles what one consumer holds, or less,
    /// and after a few the broker is waited for until it counts them.
    private func settle(within patience: Duration) throws(AMQPError) {
        let waiting = try connection.inspectQueue(queue, on: channel).messages
        let deadline = Duration.monotonicNow + patience
        let window = UInt64(Limits.passWindow)
        var (next, returned, commands) = (UInt64(1), 0, 0)
        while next <= seen {
            let isLeaving = leaving.contains(next)
            let heldByOne = (next - 1) / window * window + window
            let most = min(UInt64(seen), heldByOne, isLeaving ? heldByOne : next + Limits.orderedReturns - 1)
            var last = next
            while last < most, leaving.contains(last + 1) == isLeaving { last += 1 }
            if isLeaving {
                try connection.acknowledge(last, multiple: true, on: channel)
            } else {
                try connection.giveBack(last, multiple: true, on: channel)
                returned += Int(last - next) + 1
            }
            next = last + 1
            commands += 1
            guard commands == Limits.commandsUnderWay else { continue }
            commands = 0
            let emptied = Int(last / window)
            try wait(until: deadline, forMessages: waiting + returned, consumers: consumers - emptied)
        }
        // All that came after the end, and so was not seen.
        try connection.giveBack(0, multiple: true, on: channel)
        try wait(until: deadline, forMessages: 0, consumers: 0)
    }

    /// Waits until the broker counts at least so many messages that wait, and at most so many of the pass's consumers:
    /// one that was cancelled is counted for as long as it holds something.
    private func wait(until deadline: Duration, forMessages messages: Int, consumers: Int) throws(AMQPError) {
        while .monotonicNow < deadline {
            let found = try connection.inspectQueue(queue, on: channel)
            if found.messages >= messages, found.consumers <= others + consumers { return }
        }
    }

    private func conclude(hasHeard: Bool = true) {
        if seen >= counted {
            end = others > 0 ? .partial : .whole
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
