package import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// The ledger at work: a synchronous state machine. What the broker tells goes in, what is to be done comes out.
///
/// It owns no thread, no clock and no socket. Of one batch the turns are recorded first, in one transaction, and
/// acknowledged; then its questions are answered. A question is held only in memory, and a reply is never kept:
/// whoever asks asks again.
package final class Ledger {
    let store: LedgerStore
    var answering: Answering
    let intake: Intake
    var relay = LetterRelay()
    var held: [HeldQuestion] = []
    /// What workers were asked about letters, by the ids of these questions.
    var trials: [String: HeldTrial] = [:]
    /// When the tasks that go on take their next letters, at a pace that their operators set.
    var paces: [String: Duration] = [:]
    /// Whether a task may go on.
    var hasTasks = false
    /// When a task wants to go on, by the monotonic clock; `nil` where all wait for others.
    var nextStep: Duration?
    /// When settled letters are looked through, by the monotonic clock.
    var nextForgetting: Duration = .zero
    /// The ids of messages that turns were recorded of, since held questions were last looked at.
    var heardOf: Set<String> = []
    /// Replies at the broker without a confirm, by their numbers, all below zero.
    var replies: Set<Int64> = []
    private var lastReply: Int64 = 0
    private var phase = Phase.storeGone(tries: 0, retryAt: .zero)
    private var isStopping = false
    private var jitter: SeededGenerator
    private var lastCommit: Duration = .zero
    private var actions: [Action] = []

    private enum Phase: Equatable {
        /// The store does not answer, or was not asked yet; it is tried at a time of the monotonic clock.
        case storeGone(tries: Int, retryAt: Duration)
        case up
    }

    /// Puts a ledger together.
    ///
    /// - Parameters:
    ///   - store: what it keeps.
    ///   - fleet: what the workers declare.
    ///   - version: the program's.
    ///   - seed: what back-off draws its jitter from.
    package init(store: LedgerStore, fleet: FleetOutline, version: String, seed: UInt64) {
        self.store = store
        answering = Answering(store: store, fleet: fleet, version: version)
        intake = Intake(finalEvents: fleet.finalEvents)
        jitter = SeededGenerator(seed: seed)
    }

    /// What is to be done.
    package enum Action: Equatable, Sendable {
        /// Consume, with this prefetch.
        case consume(prefetch: Int)
        /// Stop consuming; give back what was not acknowledged.
        case stopConsuming
        /// Acknowledge all up to this tag.
        case acknowledge(upTo: UInt64)
        /// Send replies, or letters of the outbox.
        case publish([OutboxRow])
        /// Tell whoever watches.
        case report(LedgerReport)
    }

    /// Takes in what happened, and that time passed, and says what is to be done, in order.
    package func handle(_ events: [BrokerEvent], at moment: Moment) -> [Action] {
        defer { actions = [] }
        var deliveries: [Delivery] = []
        for event in events {
            switch event {
            case .delivered(let delivery): deliveries.append(delivery)
            case .confirmed(let numbers): confirm(numbers)
            case .setAside(let number, let why): setAside(number, because: why)
            case .consuming, .consumerLost, .publishingHeld, .backlog: break
            }
        }
        do {
            if case .storeGone(_, let retryAt) = phase {
                // What was handed over before the consumer stopped goes back with its tags.
                if moment.monotonic >= retryAt { try begin(at: moment) }
            } else if !isStopping {
                try take(deliveries, at: moment)
            }
            if phase == .up {
                try dropConfirmed(at: moment)
                try settleTrials(at: moment)
                try settleHeld(at: moment)
                if !isStopping { try goOn(at: moment) }
            }
        } catch {
            storeFailed(error, at: moment)
        }
        return actions
    }

    /// When it wants to be called again at the latest, though nothing happens; `nil` for any time.
    package func nextCall(after moment: Moment) -> Duration? {
        if case .storeGone(_, let retryAt) = phase { return max(.zero, retryAt - moment.monotonic) }
        let confirmed = relay.confirmed.isEmpty ? nil : Limits.confirmedPatience
        let deadlines = [held.map(\.deadline).min(), trials.values.map(\.deadline).min(), nextStep]
        return ([confirmed] + deadlines.map { $0.map { max(.zero, $0 - moment.monotonic) } })
            .compactMap { $0 }.min()
    }

    /// Stops taking, and tells whoever waits for a verdict that it is not known yet.
    package func stop() -> [Action] {
        defer { actions = [] }
        isStopping = true
        emit(.stopConsuming)
        for question in held { reply(to: question.inquiry, Answering.reply(nil)) }
        held = []
        trials = [:]
        return actions
    }

    /// Whether the broker has everything it was given; a ledger that was stopped may end.
    package var isDrained: Bool { replies.isEmpty && relay.isEmpty }

    /// Ends in good order: drops letters that were confirmed.
    package func end() throws(StoreError) {
        guard phase == .up, !relay.confirmed.isEmpty else { return }
        try store.drop(relay.confirmed)
        relay.dropped()
    }

    /// Decides that something is to be done.
    func emit(_ action: Action) { actions.append(action) }

    // MARK: The store

    private func begin(at moment: Moment) throws(StoreError) {
        let resumed = try store.resume(of: answering.fleet, at: moment.wall)
        let rows = try store.begin()
        relay = LetterRelay()
        handOver(rows)
        ask(resumed.trials, at: moment)
        (hasTasks, paces) = (true, [:])
        if case .storeGone(let tries, _) = phase, tries > 0 { emit(.report(.storeBack)) }
        phase = .up
        if !isStopping { emit(.consume(prefetch: Limits.prefetch)) }
    }

    /// The store failed: nothing is taken until it answers again. What was handed over is given back, once.
    private func storeFailed(_ error: StoreError, at moment: Moment) {
        var tries = 0
        if case .storeGone(let before, _) = phase { tries = before + 1 }
        let isNews = phase == .up || tries == 1
        let whole = min(Limits.backoffMost, Limits.backoff * (1 << min(tries, 30)))
        let wait = whole * Double.random(in: 0.5...1, using: &jitter)
        if phase == .up { emit(.stopConsuming) }
        phase = .storeGone(tries: max(tries, 1), retryAt: moment.monotonic + wait)
        if isNews { emit(.report(.storeGone(error.description))) }
    }

    private func dropConfirmed(at moment: Moment) throws(StoreError) {
        guard !relay.confirmed.isEmpty, moment.monotonic - lastCommit >= Limits.confirmedPatience else {
            return
        }
        _ = try commit(Batch(), at: moment)
        if let after = relay.backlog, relay.isEmpty { handOver(try store.letters(after: after)) }
    }

    private func handOver(_ rows: [OutboxRow]) {
        relay.handOver(rows, isAll: rows.count < Limits.lettersInFlight)
        if !rows.isEmpty { emit(.publish(rows)) }
    }

    /// One transaction for a batch, and for the letters that the broker confirmed meanwhile.
    func commit(_ batch: Batch, at moment: Moment) throws(StoreError) {
        var batch = batch
        batch.sent = relay.confirmed
        guard !batch.isEmpty else { return }
        let recorded = try store.record(batch, of: answering.fleet, at: moment.wall)
        relay.dropped()
        lastCommit = moment.monotonic
        send(recorded.rows)
        ask(recorded.trials, at: moment)
        if !batch.commands.isEmpty || !batch.tried.isEmpty { hasTasks = true }
    }

    /// Hands over what joined the outbox; what older rows wait for, these wait for too.
    func send(_ rows: [OutboxRow]) {
        guard relay.backlog == nil, !rows.isEmpty else { return }
        handOver(rows)
    }

    // MARK: Replies

    /// Sends a reply; one that the broker cannot take now is not kept.
    func reply(to inquiry: Inquiry, _ answer: Answering.Answer, at now: Timestamp? = nil) {
        guard case .reply(let type, let data) = answer, let replyTo = inquiry.replyTo,
            let correlationID = inquiry.correlationID
        else { return }
        var envelope = Envelope(
            id: MessageID(stringLiteral: Fingerprint.short("\(replyTo)\n\(correlationID)")),
            source: "/ledger",
            type: type, time: now, correlationID: correlationID, data: data)
        var body = envelope.serialized()
        if body.count > Limits.replyBytes {
            let refused = QuestionRefused(
                .malformed,
                "the answer has \(body.count) bytes and a message at most \(Limits.replyBytes); ask for less")
            envelope = Envelope(
                id: envelope.id, source: envelope.source, type: QuestionRefused.type, time: now,
                correlationID: correlationID, data: Answering.document(refused))
            body = envelope.serialized()
        }
        sendUnkept(
            Outgoing(exchange: "", routingKey: replyTo, properties: envelope.properties, body: body))
    }

    /// Sends what is of use now or never.
    func sendUnkept(_ message: Outgoing) {
        lastReply -= 1
        replies.insert(lastReply)
        emit(.publish([OutboxRow(number: lastReply, message: message)]))
    }

    private func confirm(_ numbers: [Int64]) {
        replies.subtract(numbers)
        relay.confirm(numbers)
    }

    private func setAside(_ number: Int64, because why: String) {
        if replies.remove(number) != nil { return emit(.report(.replyLost(why))) }
        relay.strand(number)
        emit(.report(.stranded(number, why: why)))
    }
}
