public import Vocabulary
public import Wire
public import WorkerKit

/// One worker at work: a synchronous state machine. What happened goes in, what is to be done comes out.
///
/// It owns no thread, no clock and no socket, and draws no random number but from its seed, so that one seed
/// replays a history exactly. It calls the store itself; broker, world and main do what its actions say, in
/// order.
public final class Engine<W: Worker> {
    let limits: Limits
    let store: any Store
    let intake: Intake
    let turns: Turns<W>
    var relay: Relay
    var timerHold: TimerHold
    var jitter: Jitter
    var phase = Phase.storeGone(tries: 0, retryAt: .zero)
    /// Whether the store noted the beginning of this run.
    var hasBegun = false
    /// Whether nothing new is taken for good.
    var isStopping = false
    /// Whether nothing is taken because the outbox is over its bound.
    var isOutboxFull = false
    /// What is to be done, gathered during one call.
    private var actions: [Action] = []
    /// What came while the store was gone and must not be lost.
    var deferred: [Input] = []
    /// When the store was last written, by the monotonic clock.
    var lastCommit: Duration = .zero
    /// When early events were last looked over for notices, by the monotonic clock.
    var lastNotices: Duration?
    /// Suspects come first and one at a time after a run that did not end in good order.
    var isCautious = false
    /// The effects that run now.
    var running: Set<String> = []
    /// Whether clocks of open handoffs are still to be set by the directory, and the last that was.
    var areClocksStale = false
    var lastReset: HandoffID?
    /// When the next timer and the next effect are due, as far as is known.
    var nextTimer: Timestamp?
    var nextEffect: Timestamp?

    /// Where the engine is in its life.
    enum Phase: Equatable {
        /// The store does not answer, or was not asked yet; it is tried at a time of the monotonic clock.
        case storeGone(tries: Int, retryAt: Duration)
        /// The store answers.
        case up
        /// The run ended.
        case ended
    }

    /// Puts a worker together.
    ///
    /// - Parameters:
    ///   - worker: what it hears and does.
    ///   - store: where it keeps what it knows.
    ///   - directory: teams, calendars and products; must hold every team the worker asks.
    ///   - limits: its bounds.
    ///   - seed: what back-off draws its jitter from.
    /// - Throws: ``StoreError/unusable(_:)`` where the store holds what a newer program wrote; what the store
    ///   throws.
    public init(
        _ worker: W.Type, store: any Store, directory: Directory, limits: Limits = Limits(), seed: UInt64
    ) throws(StoreError) {
        self.limits = limits
        self.store = store
        intake = Intake(limits: limits)
        turns = Turns(worker, directory: directory, limits: limits)
        relay = Relay(limits: limits)
        timerHold = TimerHold(limits: limits)
        jitter = Jitter(seed: seed)
        let newest = try store.newestMemoryVersion()
        guard newest <= W.Memory.version else {
            throw .unusable(
                "the store of \(W.name) holds memories of version \(newest), this program knows \(W.Memory.version); "
                    + "start the newer program")
        }
    }

    /// Takes in what happened and says what is to be done, in order.
    public func handle(_ input: Input, at moment: Moment) -> [Action] {
        timerHold.look(at: moment)
        guard phase != .ended, !note(input, at: moment) else { return takeActions() }
        let wasUp = phase == .up
        do {
            if wasUp {
                try handleWhileUp(input, at: moment)
            } else {
                if input.mustNotBeLost { deferred.append(input) }
                if case .storeGone(_, let retryAt) = phase, moment.monotonic >= retryAt {
                    try begin(at: moment)
                }
            }
        } catch {
            if wasUp, input.mustNotBeLost { deferred.append(input) }
            storeFailed(error, at: moment)
        }
        return takeActions()
    }

    /// Decides that something is to be done. What was decided stands, whatever fails afterwards: it follows a
    /// commit.
    func emit(_ action: Action) { actions.append(action) }

    private func takeActions() -> [Action] {
        defer { actions = [] }
        return actions
    }

    /// When the engine wants to be called again at the latest, though nothing happens; `nil` for any time.
    public func nextCall(after moment: Moment) -> Duration? {
        if case .storeGone(_, let retryAt) = phase { return max(.zero, retryAt - moment.monotonic) }
        var wait: Duration?
        func within(_ duration: Duration) { wait = min(wait ?? duration, max(.zero, duration)) }
        if !relay.confirmed.isEmpty { within(limits.confirmedPatience) }
        guard !isStopping else { return wait }
        if areClocksStale { return .zero }
        if let effect = nextEffect, running.count < limits.effects { within(effect - moment.wall) }
        if timerHold.isOpen(at: moment) {
            if let timer = nextTimer { within(timer - moment.wall) }
        } else {
            within(.seconds(1))
        }
        return wait
    }

    /// Whether nothing is left to be sent; a stopping worker may end.
    public var isDrained: Bool { relay.isEmpty && running.isEmpty }

    /// Does what was put off until what was decided is done.
    public func tidy() { store.tidy() }

    /// Ends the run in good order: drops what was confirmed, and notes the end.
    ///
    /// - Throws: where the store does not answer; the next run then takes suspects one at a time.
    public func end() throws(StoreError) {
        guard phase == .up else { return }
        try dropConfirmed()
        try store.endRun()
        phase = .ended
    }
}

/// What can happen to a worker.
public enum Input: Equatable, Sendable {
    /// The consumer is registered; so many messages waited then.
    case consuming(backlog: Int)
    /// Messages were handed over.
    case delivered([Delivery])
    /// The consumer is gone, and the broker takes back what was not acknowledged.
    case consumerLost
    /// So many messages wait in the queue.
    case backlog(Int)
    /// The broker has these rows.
    case confirmed([Int64])
    /// The broker will not take this row.
    case setAside(Int64, why: String)
    /// One try of an effect ended.
    case effectEnded(String, EffectOutcome)
    /// Time passed.
    case tick
    /// Stop taking; what is in the outbox still goes out.
    case stop
}

extension Input {
    /// Whether nobody would say it again: it is kept while the store is gone.
    var mustNotBeLost: Bool {
        switch self {
        case .setAside, .effectEnded: true
        default: false
        }
    }
}

/// What is to be done.
public enum Action: Equatable, Sendable {
    /// Consume, with this prefetch from now on.
    case consume(prefetch: Int)
    /// Stop consuming; give back what was not acknowledged.
    case stopConsuming
    /// Acknowledge all up to this tag.
    case acknowledge(upTo: UInt64)
    /// Send rows of the outbox.
    case publish([OutboxRow])
    /// Count what waits in the queue.
    case measureBacklog
    /// Try an effect.
    case run(EffectRow, timeout: Duration)
    /// Tell whoever watches.
    case report(Report)
}

/// What a worker's main logs; no content of any message is in it.
public enum Report: Equatable, Sendable {
    /// A delivery ended.
    case settled(Settled)
    /// The store does not answer: nothing is taken until it does.
    case storeGone(String)
    /// The store answers again.
    case storeBack
    /// The outbox is over its bound: nothing is taken until it shrinks.
    case outboxFull(rows: Int)
    /// Taking goes on.
    case takingAgain
    /// The last run did not end in good order; suspects are taken one at a time.
    case cautious
    /// The world is not set up for an effect, which waits until it is.
    case effectBlocked(MessageType, why: String)
    /// The broker takes neither a row nor its dead letter.
    case stranded(Int64, why: String)

    /// How a delivery ended.
    public struct Settled: Equatable, Sendable {
        /// What became of it: `applied`, `duplicate`, `early`, `refused` or `dead`.
        public let outcome: String
        /// The kind of trouble, where there was one.
        public let trouble: Trouble.Kind?
        /// Who sent it; `nil` where nothing proves one.
        public let sender: Sender?
        /// Its id, where one could be read.
        public let id: String?
        /// Its case, where it named one.
        public let caseID: CaseID?
    }
}

/// The waits before something that failed is tried again.
struct Jitter {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A wait that doubles with every try up to a bound, of which a random half is taken off.
    mutating func backoff(_ first: Duration, tries: Int, most: Duration) -> Duration {
        let whole = min(most, first * (1 << min(tries, 30)))
        return whole * Double.random(in: 0.5...1, using: &generator)
    }
}
