package import Engine
import LedgerMessages
import StrictJSON
package import Vocabulary
import Wire

/// The ledger at work: a synchronous state machine. What the broker tells goes in, what is to be done comes out.
///
/// It owns no thread, no clock and no socket. Of one batch the turns are recorded first, in one transaction, and
/// acknowledged; then its questions are answered. A question is held only in memory, and a reply is never kept:
/// whoever asks asks again.
package final class Ledger {
    let store: LedgerStore
    let answering: Answering
    let intake: Intake
    var relay = LetterRelay()
    var held: [HeldQuestion] = []
    /// Messages in the queues of letters that the index has not seen; `nil` where the broker cannot be asked now.
    var unseen: Int?
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
                if moment.monotonic >= retryAt { try begin() }
            } else if !isStopping {
                try take(deliveries, at: moment)
            }
            if phase == .up {
                try dropConfirmed(at: moment)
                try settleHeld(at: moment)
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
        let deadline = held.map(\.deadline).min().map { max(.zero, $0 - moment.monotonic) }
        return [confirmed, deadline].compactMap { $0 }.min()
    }

    /// Stops taking, and tells whoever waits for a verdict that it is not known yet.
    package func stop() -> [Action] {
        defer { actions = [] }
        isStopping = true
        emit(.stopConsuming)
        for question in held { reply(to: question.inquiry, Answering.reply(nil)) }
        held = []
        return actions
    }

    /// Whether the broker has everything it was given; a ledger that was stopped may end.
    package var isDrained: Bool { replies.isEmpty && relay.isEmpty }

    /// Ends in good order: drops letters that were confirmed.
    package func end() throws(StoreError) {
        guard phase == .up, !relay.confirmed.isEmpty else { return }
        _ = try store.record(Batch(sent: relay.confirmed))
        relay.dropped()
    }

    /// Decides that something is to be done.
    func emit(_ action: Action) { actions.append(action) }

    // MARK: The store

    private func begin() throws(StoreError) {
        let rows = try store.begin()
        relay = LetterRelay()
        handOver(rows)
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
        try commit(Batch(), at: moment)
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
        let numbers = try store.record(batch)
        relay.dropped()
        lastCommit = moment.monotonic
        // What older letters wait for, these wait for too.
        guard relay.backlog == nil else { return }
        handOver(zip(numbers, batch.outgoing).map { OutboxRow(number: $0, message: $1) })
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
        lastReply -= 1
        replies.insert(lastReply)
        emit(
            .publish([
                OutboxRow(
                    number: lastReply,
                    message: Outgoing(
                        exchange: "", routingKey: replyTo, properties: envelope.properties, body: body))
            ]))
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

/// What a ledger's main logs; no content of any message is in it.
package enum LedgerReport: Equatable, Sendable {
    /// The store does not answer: nothing is taken until it does.
    case storeGone(String)
    /// The store answers again.
    case storeBack
    /// A delivery could not be read, and is a dead letter.
    case unreadable(key: String, why: String)
    /// A question was not answered.
    case questionDropped(UserName, why: String)
    /// The broker did not take a reply.
    case replyLost(String)
    /// The broker does not take a letter; it stays in the outbox.
    case stranded(Int64, why: String)
    /// A queue of letters could not be looked through; it is tried again.
    case passBrokenOff(queue: String, why: String)
}

/// Letters of the outbox on their way to the broker.
struct LetterRelay {
    private var inFlight: Set<Int64> = []
    /// Confirmed, and to be dropped with the next commit.
    private(set) var confirmed: [Int64] = []

    /// Whether everything was confirmed that the broker would take.
    var isEmpty: Bool { inFlight.isEmpty }

    /// The number above which rows wait in the store for the broker to confirm these; `nil` where none do.
    private(set) var backlog: Int64?

    /// Rows go to the broker; more may wait in the store.
    mutating func handOver(_ rows: [OutboxRow], isAll: Bool) {
        inFlight.formUnion(rows.map(\.number))
        backlog = isAll ? nil : rows.last?.number
    }

    /// The broker has these.
    mutating func confirm(_ numbers: [Int64]) {
        for number in numbers where inFlight.remove(number) != nil { confirmed.append(number) }
    }

    /// The broker will not take this one; it stays in the outbox until the next start.
    mutating func strand(_ number: Int64) { inFlight.remove(number) }

    /// The confirmed rows were dropped by a commit.
    mutating func dropped() { confirmed = [] }
}
