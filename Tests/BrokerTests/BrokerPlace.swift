import Engine
import Testing
import Vocabulary
import Wire

/// A broker with the queue of one worker, and everybody else who talks to it.
protocol BrokerPlace {
    /// The broker as the worker sees it.
    var session: any Broker { get }
    /// Publishes as others do, and waits until the broker has it.
    func publish(_ message: Outgoing) throws
    /// Takes a queue's messages away, all that lie there.
    func take(_ queue: String) throws -> [Outgoing]
    /// Breaks every connection of the worker.
    func breakConnections() throws
    /// Lets a moment pass at the most, and tells what happened in it.
    func events(batch: Int) -> [BrokerEvent]
}

/// What every place has: the worker's queue hears commands, another queue hears events, nobody hears handoffs
/// but the queue of the unheard; and the worker may publish to every exchange but one.
enum Scene {
    static let worker: WorkerName = "sample"
    static let eventQueue = "events"
    static let forbidden = Exchange.redrive
    static let bindings = [
        (exchange: Exchange.commands, pattern: "start.*.*", queue: QueueName.worker(worker)),
        (exchange: .events, pattern: "#", queue: eventQueue),
        (exchange: .unheard, pattern: "#", queue: QueueName.unheard),
    ]

    /// A message for the worker.
    static func command(_ text: String) -> Outgoing {
        Outgoing(
            exchange: .commands, routingKey: "start.sample-process.ada", properties: MessageProperties(),
            body: Array(text.utf8))
    }

    /// A row of the worker's outbox, with everything that a message can carry.
    static func row(
        _ number: Int64, exchange: String = Exchange.events.rawValue, key: String = "sample.done"
    ) -> OutboxRow {
        let properties = MessageProperties(
            messageID: "m-\(number)", type: "sample.done.v1", correlationID: "c-\(number)",
            replyTo: "answer.team.sample", timestampSeconds: 1_764_000_000 + number, appID: "sample",
            headers: [.why: "naïve № \(number)", .sender: "user:ada", .redrive: "1"])
        return OutboxRow(
            number: number,
            message: Outgoing(
                exchange: exchange, routingKey: key, properties: properties, body: Array("{\(number)}".utf8)))
    }
}

extension BrokerPlace {
    /// Publishes commands, one after the other.
    func publish(_ texts: [String]) throws {
        for text in texts { try publish(Scene.command(text)) }
    }

    /// Listens until what was told is enough, or far too long.
    func hear(batch: Int = 100, until isEnough: ([BrokerEvent]) -> Bool) -> [BrokerEvent] {
        let deadline = ContinuousClock.now + .seconds(120)
        var heard: [BrokerEvent] = []
        while !isEnough(heard), ContinuousClock.now < deadline { heard += events(batch: batch) }
        return heard
    }

    /// Listens until so many deliveries have come.
    func deliveries(_ count: Int, batch: Int = 100) -> [Delivery] {
        hear(batch: batch) { $0.deliveries.count >= count }.deliveries
    }

    /// Everything that is told up to how many messages wait now: the answer to a question closes it.
    func measured() -> [BrokerEvent] {
        session.measureBacklog()
        return hear { !$0.backlogs.isEmpty }
    }

    /// Measures until so many wait: RabbitMQ counts what was given back only once it is written down.
    func reachesBacklog(_ count: Int) -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline { if measured().backlogs.last == count { return true } }
        return false
    }

    /// Listens until so many rows are confirmed or set aside.
    func outcomes(of count: Int) -> [BrokerEvent] {
        hear { $0.confirmed.count + $0.setAside.count >= count }
    }
}

extension [BrokerEvent] {
    var deliveries: [Delivery] {
        compactMap { if case .delivered(let delivery) = $0 { delivery } else { nil } }
    }
    var consuming: [Int] {
        compactMap { if case .consuming(let backlog) = $0 { backlog } else { nil } }
    }
    var backlogs: [Int] {
        compactMap { if case .backlog(let count) = $0 { count } else { nil } }
    }
    var losses: Int {
        count { if case .consumerLost = $0 { true } else { false } }
    }
    var confirmed: [Int64] {
        flatMap { event -> [Int64] in if case .confirmed(let numbers) = event { numbers } else { [] } }
    }
    var setAside: [(number: Int64, why: String)] {
        compactMap { if case .setAside(let number, let why) = $0 { (number, why) } else { nil } }
    }
}

extension [Delivery] {
    var texts: [String] { map { String(decoding: $0.body, as: UTF8.self) } }
}

extension [Outgoing] {
    var texts: [String] { map { String(decoding: $0.body, as: UTF8.self) } }
}
