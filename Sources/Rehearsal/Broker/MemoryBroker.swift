import Engine
public import Vocabulary
public import Wire

/// A broker in memory: topic exchanges, quorum-like queues, an alternate exchange, and every fault that
/// at-least-once delivery allows.
///
/// It keeps what it took; whatever else may go wrong does, as its faults and its random numbers say.
public final class MemoryBroker {
    /// What goes wrong from now on.
    public var faults: Faults
    /// Messages of workers that it will never take, and why; takes all unless told otherwise.
    public var refuses: (_ exchange: String, _ routingKey: String) -> String? = { _, _ in nil }

    let history: History
    let clock: VirtualClock
    var random: SeededGenerator
    private let bindings: [Binding]
    private var queues: [String: MemoryQueue]

    /// Makes a broker with the queues its bindings lead to.
    ///
    /// - Parameters:
    ///   - bindings: which messages go where; fixed.
    ///   - clock: tells it what is late.
    ///   - history: hears of everything published and acknowledged.
    ///   - faults: what goes wrong.
    ///   - random: what it draws faults from.
    public init(
        bindings: [Binding], clock: VirtualClock, history: History, faults: Faults = .none,
        random: SeededGenerator
    ) {
        self.bindings = bindings
        self.clock = clock
        self.history = history
        self.faults = faults
        self.random = random
        queues = Dictionary(bindings.map { ($0.queue, MemoryQueue()) }) { first, _ in first }
    }

    /// Publishes as a person or a team does.
    ///
    /// - Returns: whether the broker confirmed it; if not, it may have arrived or not, and is published again.
    public func publish(
        _ parcel: Parcel, properties: MessageProperties = MessageProperties(), by user: String
    ) -> Bool {
        if random.chance(faults.negativeConfirm) { return false }
        route(parcel, properties, from: .person(user))
        guard random.chance(faults.lostConfirm) else { return true }
        history.saw(.lostConfirm)
        return false
    }

    /// Takes everything that has arrived in a queue, acknowledged at once, as a team's script does.
    public func take(_ queue: String) -> [QueuedMessage] {
        var messages: [QueuedMessage] = []
        while let message = next(in: queue) { messages.append(message) }
        return messages
    }

    /// Connects a worker.
    public func session(for worker: WorkerName) -> BrokerSession {
        BrokerSession(self, worker: worker, crash: CrashSwitch())
    }

    /// Whether nothing is in a queue or on its way there.
    public func isEmpty(_ queue: String) -> Bool { queues[queue]?.isEmpty ?? true }

    // MARK: For sessions

    /// Why it will never take a message of a worker; `nil` where it does.
    func refusal(of message: Outgoing) -> String? {
        guard Exchange(rawValue: message.exchange) != nil else {
            return "the broker refused: 404 there is no exchange \(message.exchange)"
        }
        return refuses(message.exchange, message.routingKey)
    }

    /// Leads a message into its queues, or to the alternate exchange where nobody listens.
    func route(_ parcel: Parcel, _ properties: MessageProperties, from publisher: Publication.Publisher) {
        var names = queues(for: parcel.exchange, parcel.routingKey)
        if names.isEmpty { names = queues(for: Exchange.unheard.rawValue, parcel.routingKey) }
        let message = QueuedMessage(
            exchange: parcel.exchange, routingKey: parcel.routingKey, properties: properties,
            body: parcel.body)
        for name in names {
            let isDoubled = random.chance(faults.duplicate)
            if isDoubled { history.saw(.duplicate) }
            for _ in 0..<(isDoubled ? 2 : 1) { queues[name]?.add(message, readyAt: arrival()) }
        }
        history.record(
            .published(Publication(parcel, properties: properties, publisher: publisher, queues: names)))
    }

    /// The next message of a queue, mostly the first.
    func next(in queue: String) -> QueuedMessage? {
        queues[queue]?.take(at: clock.now.monotonic) { count in
            guard count > 1, random.chance(faults.reorder) else { return 0 }
            history.saw(.reordering)
            return Int.random(in: 1..<count, using: &random)
        }
    }

    /// Takes back what was not acknowledged; as RabbitMQ does, it may count it only a little later.
    func giveBack(_ messages: [QueuedMessage], to queue: String) {
        guard !messages.isEmpty else { return }
        queues[queue]?.giveBack(messages, readyAt: arrival())
    }

    /// Notes that a worker's consumer is registered after a pause.
    func beginConsuming(_ queue: String, by worker: WorkerName) {
        let waiting = queues[queue]?.beginConsuming(at: clock.now.monotonic) ?? []
        history.record(.consuming(worker, waiting: waiting.map(Parcel.init)))
    }

    func count(in queue: String) -> Int { queues[queue]?.count(at: clock.now.monotonic) ?? 0 }

    private func queues(for exchange: String, _ routingKey: String) -> [String] {
        var names: [String] = []
        for binding in bindings where binding.matches(exchange: exchange, routingKey: routingKey) {
            if !names.contains(binding.queue) { names.append(binding.queue) }
        }
        return names
    }

    private func arrival() -> Duration {
        let now = clock.now.monotonic
        return random.chance(faults.delay) ? now + random.duration(Rehearsal.Limits.delayMilliseconds) : now
    }
}
