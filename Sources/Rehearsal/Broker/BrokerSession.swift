public import Engine
import Vocabulary
import Wire

/// One run's connection to the broker: it keeps itself connected, and publishes until it is confirmed.
public final class BrokerSession: Broker {
    private let broker: MemoryBroker
    private let worker: WorkerName
    private let queue: String
    private let crash: CrashSwitch
    private let luck: Luck
    /// The prefetch that is wished for; `nil` while nothing is to be consumed.
    private var wanted: Int?
    /// The prefetch that the registered consumer has.
    private var inForce: Int?
    private var isConnected = false
    private var lostUntil: Duration?
    private var heldUntil: Duration?
    private var lastTag: UInt64 = 0
    /// The last tag of the consumers before this one: what they hold does not count against its prefetch.
    private var lastTagBefore: UInt64 = 0
    /// Prefetched in the order of their tags; only those up to ``lastHandedOver`` were seen by the worker.
    private var unacknowledged: [(delivery: Delivery, message: QueuedMessage)] = []
    private var lastHandedOver: UInt64 = 0
    /// How many went back since the queue was last counted for a consumer; late, where faults delay them.
    private var wentBack = 0
    private var sendings: [Sending] = []
    private var news: [BrokerEvent] = []

    /// A row on its way to the broker, until the worker was told that it is there.
    private struct Sending {
        enum State: Equatable {
            case due(Duration)
            case travelling(until: Duration)
            case confirmed
            case done
        }
        let row: OutboxRow
        var state: State
    }

    init(_ broker: MemoryBroker, worker: WorkerName, crash: CrashSwitch) {
        self.broker = broker
        self.worker = worker
        self.crash = crash
        queue = QueueName.worker(worker)
        luck = broker.mischief.luck(of: worker.rawValue)
    }

    private var now: Duration { broker.clock.now.monotonic }
    private var isReachable: Bool { lostUntil == nil && !broker.isGone }

    /// Whether nothing is unacknowledged or unconfirmed.
    var isQuiet: Bool { unacknowledged.isEmpty && sendings.isEmpty && news.isEmpty && inForce == wanted }

    // MARK: Broker

    /// Starts consuming, or goes on with another prefetch.
    public func consume(prefetch: Int) {
        guard crash.isAlive else { return }
        wanted = prefetch
    }

    /// Stops consuming, and gives back what was not acknowledged.
    public func stopConsuming() {
        guard crash.isAlive else { return }
        wanted = nil
        inForce = nil
        news.removeAll(where: \.isOfConsumer)
        giveBack()
    }

    /// Acknowledges; a tag of before a loss names nothing any more.
    public func acknowledge(upTo tag: UInt64) {
        guard crash.survives(.beforeAcknowledge) else { return }
        while let first = unacknowledged.first, first.delivery.tag <= tag {
            unacknowledged.removeFirst()
            broker.history.record(.acknowledged(first.delivery, by: worker))
        }
        _ = crash.survives(.afterAcknowledge)
    }

    /// Sends rows until they are confirmed or set aside.
    public func publish(_ rows: [OutboxRow]) {
        guard crash.survives(.beforePublish) else { return }
        for (index, row) in rows.enumerated() {
            guard index == 0 || crash.survives(.amidPublish) else { return }
            var sending = Sending(row: row, state: .due(now))
            advance(&sending)
            sendings.append(sending)
        }
        _ = crash.survives(.afterPublish)
    }

    /// Counts what has arrived in the queue; where there is no connection, nobody answers.
    public func measureBacklog() {
        guard crash.isAlive, isConnected else { return }
        news.append(.backlog(broker.count(in: queue)))
    }

    /// Tells what happened; does not wait, as time passes between steps.
    public func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        guard crash.isAlive else { return [] }
        recover()
        establish()
        for index in sendings.indices { advance(&sendings[index]) }
        var events = news
        news = []
        let heard = confirmsToHear()
        if !heard.isEmpty {
            guard crash.survives(.beforeConfirm) else { return [] }
            events.append(.confirmed(heard))
            sendings.removeAll { $0.state == .done }
            guard crash.survives(.afterConfirm) else { return [] }
        }
        sendings.removeAll { $0.state == .done }
        prefetchMore()
        let deliveries = unacknowledged.map(\.delivery).filter { $0.tag > lastHandedOver }.prefix(batch)
        guard let last = deliveries.last else { return events }
        guard crash.survives(.beforeHandOver) else { return [] }
        lastHandedOver = last.tag
        if deliveries.contains(where: { $0.returns > 0 }) { broker.history.saw(.redelivery) }
        guard crash.survives(.afterHandOver) else { return [] }
        return events + deliveries.map { .delivered($0) }
    }

    // MARK: What goes wrong

    /// The connection is lost: what was not acknowledged goes back, what was not confirmed is sent again.
    public func lose(for outage: Duration) {
        guard lostUntil == nil else { return }
        broker.history.record(.mishap("\(worker) loses its connection for \(outage)"))
        broker.history.saw(.connectionLoss)
        lostUntil = now + outage
        if isConnected || wanted != nil {
            news.append(.consumerLost("the connection to the broker was lost"))
        }
        isConnected = false
        inForce = nil
        news.removeAll(where: \.isOfConsumer)
        giveBack()
        for index in sendings.indices where sendings[index].state != .done {
            drop(sendings[index])
            sendings[index].state = .due(now + outage)
        }
    }

    /// The broker blocks publishing for a while.
    public func hold(for duration: Duration) {
        broker.history.saw(.publishingHeld)
        heldUntil = now + duration
        news.append(.publishingHeld("the broker is short of memory"))
    }

    /// From now on it reaches the broker.
    func calm() {
        if lostUntil != nil { lostUntil = now }
        for index in sendings.indices {
            if case .due = sendings[index].state { sendings[index].state = .due(now) }
        }
    }

    /// The process is gone: what was on the wire arrives, or does not.
    public func close() {
        giveBack()
        sendings.forEach(drop)
        sendings = []
    }

    /// What was on the wire when the connection broke arrived, or did not.
    private func drop(_ sending: Sending) {
        guard case .travelling = sending.state, Bool.random(using: &luck[.slowPublish]) else { return }
        arrive(sending.row)
    }

    private func recover() {
        if let until = lostUntil, now >= until { lostUntil = nil }
        if let until = heldUntil, now >= until {
            heldUntil = nil
            news.append(.publishingHeld(nil))
        }
    }

    // MARK: Consuming

    /// Connects where there is no connection, and registers the consumer as it is wished for.
    private func establish() {
        guard let wanted, inForce != wanted, isReachable else { return }
        isConnected = true
        if inForce == nil { broker.beginConsuming(queue, by: worker) }
        inForce = wanted
        lastTagBefore = lastTag
        news.append(.consuming(backlog: broker.count(in: queue) + wentBack))
        wentBack = 0
    }

    private func prefetchMore() {
        guard let inForce else { return }
        var held = unacknowledged.count { $0.delivery.tag > lastTagBefore }
        while held < inForce, let message = broker.next(in: queue) {
            held += 1
            lastTag += 1
            let delivery = Delivery(
                tag: lastTag, exchange: message.exchange, routingKey: message.routingKey,
                properties: message.properties, body: message.body, returns: message.returns)
            unacknowledged.append((delivery, message))
        }
    }

    private func giveBack() {
        broker.giveBack(unacknowledged.map(\.message), to: queue)
        wentBack += unacknowledged.count
        unacknowledged = []
    }

    // MARK: Publishing

    /// Takes a row as far as it comes by now.
    private func advance(_ sending: inout Sending) {
        if case .due(let at) = sending.state, at <= now, isReachable, heldUntil == nil {
            transmit(&sending)
        }
        if case .travelling(let until) = sending.state, until <= now {
            arrive(sending.row)
            sending.state = stateAfterArrival()
        }
    }

    private func transmit(_ sending: inout Sending) {
        let message = sending.row.message
        if let why = broker.refusal(of: message) {
            news.append(.setAside(sending.row.number, why: why))
            sending.state = .done
        } else if luck.strikes(.negativeConfirm) {
            broker.history.saw(.negativeConfirm)
            sending.state = .due(now + luck[.negativeConfirm].duration(Rehearsal.Limits.resendMilliseconds))
        } else if luck.strikes(.slowPublish) {
            sending.state = .travelling(
                until: now + luck[.slowPublish].duration(Rehearsal.Limits.travelMilliseconds))
        } else {
            arrive(sending.row)
            sending.state = stateAfterArrival()
        }
    }

    private func arrive(_ row: OutboxRow) {
        broker.route(Parcel(row.message), row.message.properties, from: .worker(worker))
    }

    /// The confirm is on its way back, or never comes: then the row is sent again after a timeout.
    private func stateAfterArrival() -> Sending.State {
        guard luck.strikes(.lostConfirm) else { return .confirmed }
        broker.history.saw(.lostConfirm)
        return .due(now + luck[.lostConfirm].duration(Rehearsal.Limits.resendMilliseconds))
    }

    private func confirmsToHear() -> [Int64] {
        var numbers: [Int64] = []
        for index in sendings.indices where sendings[index].state == .confirmed {
            numbers.append(sendings[index].row.number)
            sendings[index].state = .done
        }
        return numbers
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
}
