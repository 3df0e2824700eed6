package import AMQP
package import Engine
import Synchronization
package import Vocabulary
import Wire

/// RabbitMQ as one worker's broker: one connection to consume on the caller's thread, another to publish on
/// its own.
///
/// Two, because a broker that holds up publishers does so by connection, and acknowledgements must still get
/// through. Nothing is declared: before it consumes it looks whether the topology is there, and says what is
/// missing.
package final class RabbitMQBroker: Broker {
    private let options: ConnectionOptions
    private let queue: String
    private let wakeup = Wakeup()
    private let mailbox: Mailbox
    private let publisher: Publisher

    private var connection: Connection?
    /// The prefetch that is wished for; `nil` while nothing is to be consumed.
    private var wanted: Int?
    /// The prefetch that the registered consumer has.
    private var inForce: Int?
    private var consumers = 0
    /// The last tag that was told. A connection counts from 1; the tags told go on where the last one's ended.
    private var lastTag: UInt64 = 0
    /// Told by connections before this one.
    private var earlierTags: UInt64 = 0
    /// What stands under tags up to this one was acknowledged or went back: for RabbitMQ to hear of them again
    /// closes the channel, or acknowledges what came after a loss.
    private var settledTag: UInt64 = 0
    /// How many deliveries went back since the queue was last counted for a consumer: RabbitMQ counts them only
    /// once it has got to them.
    private var wentBack = 0
    /// What was heard and not yet told, because a call tells only so many deliveries.
    private var untold: [BrokerEvent] = []
    private var nextEndpoint = 0
    private var tries = 0
    private var retryAt: ContinuousClock.Instant = .now
    private var lostBecause: String?

    private static let channel: UInt16 = 1

    /// Prepares both connections; the first call of ``events(waitingAtMost:batch:)`` makes the consumer's.
    ///
    /// - Parameters:
    ///   - options: where and how to connect; the name is given a suffix for each connection.
    ///   - worker: the worker whose queue is consumed.
    package init(
        _ options: ConnectionOptions, worker: WorkerName
    ) {
        self.options = options.named("\(options.name) (consuming)")
        queue = QueueName.worker(worker)
        let mailbox = Mailbox(wakeup: wakeup)
        self.mailbox = mailbox
        publisher = Publisher(options.named("\(options.name) (publishing)")) { event in mailbox.post(event) }
    }

    /// Ends a wait in ``events(waitingAtMost:batch:)``; may be called from any thread.
    package func wake() { wakeup.wake() }

    /// What ends a wait, for other threads to keep.
    package var waker: Wakeup { wakeup }

    /// Publishes what it was given, as far as time allows, and closes both connections.
    package func close(within patience: Duration) {
        publisher.stop(within: patience)
        connection?.close()
        connection = nil
    }

    // MARK: Consuming

    package func consume(prefetch: Int) { wanted = prefetch }

    package func stopConsuming() {
        wanted = nil
        untold.removeAll { $0.isOfConsumer }
        guard let connection, inForce != nil else { return }
        inForce = nil
        do throws(AMQPError) {
            try connection.cancel(consumerTag, on: Self.channel)
            // What was under way when the consumer was cancelled is here by now, and goes back with the rest.
            let late = try connection.events(waitingAtMost: .zero)
            try connection.giveBack(0, multiple: true, on: Self.channel)
            wentBack += held + late.count { if case .delivered = $0 { true } else { false } }
            settledTag = lastTag
        } catch { lose(because: error) }
    }

    package func acknowledge(upTo tag: UInt64) {
        guard tag > settledTag, let connection else { return }
        settledTag = tag
        do throws(AMQPError) {
            try connection.acknowledge(tag - earlierTags, multiple: true, on: Self.channel)
        } catch { lose(because: error) }
    }

    package func measureBacklog() {
        guard let connection else { return }
        do throws(AMQPError) {
            untold.append(.backlog(try connection.inspectQueue(queue, on: Self.channel).messages))
        } catch { lose(because: error) }
    }

    /// How many deliveries were told and neither acknowledged nor given back.
    private var held: Int { Int(lastTag - settledTag) }

    private var consumerTag: String { "\(queue)-\(consumers)" }

    // MARK: Publishing

    package func publish(_ rows: [OutboxRow]) {
        publisher.publish(rows.map(Publication.init))
    }

    // MARK: Events

    package func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        if wanted != nil { establish() }
        var told = mailbox.take()
        if untold.isEmpty { listen(waitingAtMost: told.isEmpty ? wait : .zero) }
        told += mailbox.take()
        var deliveries = 0
        var count = 0
        for event in untold {
            if case .delivered = event { deliveries += 1 }
            if deliveries > batch { break }
            count += 1
        }
        told += untold[..<count]
        untold.removeFirst(count)
        return told
    }

    private func listen(waitingAtMost wait: Duration) {
        guard let connection else {
            let rest = wanted == nil ? wait : min(wait, retryAt - .now)
            wakeup.wait(atMost: max(.zero, rest))
            return
        }
        do throws(AMQPError) {
            for event in try connection.events(waitingAtMost: wait, wakeup: wakeup) {
                switch event {
                case .delivered(var delivered, _):
                    delivered.tag += earlierTags
                    lastTag = delivered.tag
                    untold.append(.delivered(Delivery(delivered)))
                case .consumerCancelled(let tag) where tag == consumerTag && inForce != nil:
                    throw .closed("the broker took the consumer of \(queue) back; is the queue gone?")
                case .channelClosed(_, let error): throw error
                case .consumerCancelled, .confirmed, .returned, .blocked, .unblocked: break
                }
            }
        } catch { lose(because: error) }
    }

    /// Connects where there is no connection, and registers the consumer as it is wished for.
    private func establish() {
        guard inForce != wanted, let prefetch = wanted, connection != nil || ContinuousClock.now >= retryAt
        else {
            return
        }
        do throws(AMQPError) {
            let connection = try connected()
            if inForce != nil { try connection.cancel(consumerTag, on: Self.channel) }
            inForce = nil
            let backlog = try connection.inspectQueue(queue, on: Self.channel).messages
            try connection.setPrefetch(prefetch, on: Self.channel)
            consumers += 1
            try connection.consume(queue, tag: consumerTag, on: Self.channel)
            inForce = prefetch
            tries = 0
            lostBecause = nil
            untold.append(.consuming(backlog: backlog + wentBack))
            wentBack = 0
        } catch { lose(because: error) }
    }

    private func connected() throws(AMQPError) -> Connection {
        if let connection { return connection }
        let endpoint = options.endpoints[nextEndpoint % options.endpoints.count]
        nextEndpoint += 1
        let connection = try Connection.open(endpoint, options)
        try connection.openChannel(Self.channel)
        for exchange in [Exchange.events, .handoffs, .dead, .records] {
            try connection.inspectExchange(exchange.rawValue, on: Self.channel)
        }
        self.connection = connection
        return connection
    }

    /// The connection is of no use any more; what it handed over and was not acknowledged, the broker takes
    /// back.
    private func lose(because error: AMQPError) {
        connection = nil
        inForce = nil
        wentBack += held
        earlierTags = lastTag
        settledTag = lastTag
        untold.removeAll { $0.isOfConsumer }
        let longest = min(Double(1 << min(tries, 10)) * 0.2, 15)
        retryAt = .now + .seconds(Double.random(in: longest / 2...longest))
        tries += 1
        guard lostBecause != error.description else { return }
        lostBecause = error.description
        untold.append(.consumerLost(error.description))
    }
}

/// Where the publisher's thread leaves what it has to tell.
private final class Mailbox: Sendable {
    private let wakeup: Wakeup
    private let events = Mutex<[BrokerEvent]>([])

    init(wakeup: Wakeup) { self.wakeup = wakeup }

    func post(_ event: PublisherEvent) {
        events.withLock { $0.append(BrokerEvent(event)) }
        wakeup.wake()
    }

    func take() -> [BrokerEvent] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}

extension BrokerEvent {
    /// Whether it speaks of a connection that may be gone by now.
    fileprivate var isOfConsumer: Bool {
        switch self {
        case .delivered, .consuming, .backlog: true
        case .consumerLost, .confirmed, .setAside, .publishingHeld: false
        }
    }

    fileprivate init(_ event: PublisherEvent) {
        switch event {
        case .confirmed(let tokens): self = .confirmed(tokens)
        case .setAside(let token, let error): self = .setAside(token, why: error.description)
        case .held(let why): self = .publishingHeld(why)
        }
    }
}

extension ConnectionOptions {
    fileprivate func named(_ name: String) -> ConnectionOptions {
        var options = self
        options.name = name
        return options
    }
}
