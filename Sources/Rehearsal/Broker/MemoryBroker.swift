import Engine
public import Vocabulary
public import Wire

/// A broker in memory: topic exchanges, quorum-like queues, an alternate exchange, and every fault that
/// at-least-once delivery allows.
///
/// It keeps what it took; whatever else may go wrong does, as it is drawn.
public final class MemoryBroker {
    /// What goes wrong.
    public let mischief: Mischief
    /// Messages of workers that it will never take, and why; takes all unless told otherwise.
    public var refuses: (_ exchange: String, _ routingKey: String) -> String? = { _, _ in nil }

    let history: History
    let clock: VirtualClock
    private(set) var goneUntil: Duration = .zero
    private let bindings: [Binding]
    private var queues: [String: MemoryQueue]

    /// Makes a broker with the queues its bindings lead to.
    ///
    /// - Parameters:
    ///   - bindings: which messages go where; fixed.
    ///   - clock: tells it what is late.
    ///   - history: hears of everything published and acknowledged.
    ///   - mischief: what goes wrong.
    public init(bindings: [Binding], clock: VirtualClock, history: History, mischief: Mischief) {
        self.bindings = bindings
        self.clock = clock
        self.history = history
        self.mischief = mischief
        queues = Dictionary(bindings.map { ($0.queue, MemoryQueue()) }) { first, _ in first }
    }

    /// Publishes as a person or a team does.
    ///
    /// - Returns: whether the broker confirmed it; if not, it may have arrived or not, and is published again.
    public func publish(
        _ parcel: Parcel, properties: MessageProperties = MessageProperties(), by user: String
    ) -> Bool {
        let luck = mischief.luck(of: user)
        if isGone || luck.strikes(.negativeConfirm) { return false }
        route(parcel, properties, from: .person(user))
        guard luck.strikes(.lostConfirm) else { return true }
        history.saw(.lostConfirm)
        return false
    }

    /// Takes everything that has arrived in a queue, acknowledged at once, as a team's script does.
    public func take(_ queue: String) -> [QueuedMessage] {
        guard !isGone else { return [] }
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

    /// Nobody reaches it for a while; what it took is there again afterwards.
    func leave(for outage: Duration) {
        history.record(.mishap("the broker is gone for \(outage)"))
        history.saw(.brokerGone)
        goneUntil = clock.now.monotonic + outage
    }

    /// From now on everybody reaches it.
    func calm() { goneUntil = .zero }

    /// Whether nobody reaches it.
    var isGone: Bool { clock.now.monotonic < goneUntil }

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
            let isDoubled = mischief.luck(of: name).strikes(.duplicate)
            if isDoubled { history.saw(.duplicate) }
            for _ in 0..<(isDoubled ? 2 : 1) { queues[name]?.add(message, readyAt: arrival(in: name)) }
        }
        history.record(
            .published(Publication(parcel, properties: properties, publisher: publisher, queues: names)))
    }

    /// The next message of a queue, mostly the first.
    func next(in queue: String) -> QueuedMessage? {
        queues[queue]?.take(at: clock.now.monotonic) { count in
            let luck = mischief.luck(of: queue)
            guard count > 1, luck.strikes(.reorder) else { return 0 }
            history.saw(.reordering)
            return Int.random(in: 1..<count, using: &luck[.reorder])
        }
    }

    /// Takes back what was not acknowledged; as RabbitMQ does, it may count it only a little later.
    func giveBack(_ messages: [QueuedMessage], to queue: String) {
        guard !messages.isEmpty else { return }
        queues[queue]?.giveBack(messages, readyAt: arrival(in: queue))
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

    private func arrival(in queue: String) -> Duration {
        let now = clock.now.monotonic
        let luck = mischief.luck(of: queue)
        guard luck.strikes(.delay) else { return now }
        let isLong = luck[.delay].chance(Rehearsal.Limits.longDelays)
        return now
            + luck[.delay].duration(
                isLong ? Rehearsal.Limits.longDelayMilliseconds : Rehearsal.Limits.delayMilliseconds)
    }
}
