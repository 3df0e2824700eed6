import Engine
import Vocabulary
import Wire

/// Keeps the index and the queues of letters the same: takes off what is settled, indexes what the ledger never saw,
/// finds out what somebody took off behind its back.
///
/// It looks through one queue at a time. A queue is passed over at the start, when letters are to be taken off it, and
/// when for two looks in a row it holds another number of letters than the index says. Whatever it does within one step
/// is bounded, so that records and questions never wait long for it.
final class LetterPasses {
    private let store: LedgerStore
    private let fleet: FleetOutline
    private let queues: any LetterQueues
    private let report: (LedgerReport) -> Void
    private let names: [String]
    private var plans: [String: Plan]
    private var pass: Pass?
    private var lookAt: Duration = .zero
    private var countAt: Duration = .zero
    private var isStopped = false
    /// Whether the last step found something to do, and the next may find more.
    private var isBusy = false

    /// How many messages lie in the queues that the index has not seen; `nil` where the broker cannot be asked now.
    private(set) var unseen: Int?

    /// When a queue is to be passed over.
    private struct Plan {
        /// Whether everything in it is to be looked at.
        var isWholeDue = true
        /// Not before this time of the monotonic clock.
        var notBefore: Duration = .zero
        /// For how many looks in a row it held another number of letters than the index says.
        var differences = 0
        /// Whether it was told that it cannot be passed over.
        var isReported = false
    }

    private struct Pass {
        let queue: String
        let isWholeDue: Bool
        let began: Duration
        /// The last place of the index when it began.
        let last: Int
        /// How many letters it is still to take off.
        var sought: Int
        var sightings: Sightings
        /// Where it stands in judging what it did not meet; `nil` while letters still come.
        var judgedThrough: Int?
    }

    /// Prepares; the first step begins with every queue.
    init(
        _ store: LedgerStore, _ queues: any LetterQueues, of fleet: FleetOutline,
        report: @escaping (LedgerReport) -> Void
    ) {
        self.store = store
        self.fleet = fleet
        self.queues = queues
        self.report = report
        names = (fleet.workers + [.ledger]).map { QueueName.dead($0) } + [QueueName.unheard]
        plans = Dictionary(uniqueKeysWithValues: names.map { ($0, Plan()) })
    }

    /// How long may be waited for other things before the next step; `nil` while no pass is on.
    var patience: Duration? { pass == nil ? nil : isBusy ? .zero : Limits.passWait }

    /// Does what is due, without waiting.
    func step(at moment: Moment) {
        guard !isStopped else { return }
        // Without a pass there are none, but the connection wants to be looked after.
        let events = queues.events(waitingAtMost: .zero, batch: Limits.passBatch)
        isBusy = false
        do throws(StoreError) {
            if pass != nil {
                try proceed(events, at: moment)
            } else if moment.monotonic >= lookAt {
                lookAt = moment.monotonic + Limits.passLook
                if moment.monotonic >= countAt { try count(at: moment) }
                try beginNext(at: moment)
            }
        } catch {
            if let pass { breakOff(pass, because: error.description, at: moment) }
            lookAt = moment.monotonic + Limits.passRetry
        }
    }

    /// Gives back what is held, and does nothing any more.
    func stop() {
        isStopped = true
        if pass != nil { queues.endPass() }
        pass = nil
    }

    // MARK: Which queue

    /// Compares what the queues hold with what the index says.
    private func count(at moment: Moment) throws(StoreError) {
        countAt = moment.monotonic + Limits.passCount
        unseen = nil
        guard let depths = queues.depths(of: names) else { return }
        let lying = try store.lying(in: names)
        unseen = zip(depths, lying).reduce(0) { $0 + max(0, $1.0 - $1.1) }
        for (name, (depth, lying)) in zip(names, zip(depths, lying)) {
            let differences = depth == lying ? 0 : (plans[name]?.differences ?? 0) + 1
            plans[name]?.differences = differences
            if differences >= Limits.differencesBelieved { plans[name]?.isWholeDue = true }
        }
    }

    private func beginNext(at moment: Moment) throws(StoreError) {
        let toClear = try store.queuesToClear(of: names)
        // Who waited longest is first, so that a queue that is always busy holds up no other.
        let due = names.filter { name in
            guard let plan = plans[name], moment.monotonic >= plan.notBefore else { return false }
            return plan.isWholeDue || toClear.contains(name)
        }.min { (plans[$0]?.notBefore ?? .zero) < (plans[$1]?.notBefore ?? .zero) }
        guard let queue = due, let plan = plans[queue] else { return }
        let bounds = try store.passBounds(of: queue)
        pass = Pass(
            queue: queue, isWholeDue: plan.isWholeDue, began: moment.monotonic, last: bounds.last,
            sought: bounds.sought, sightings: Sightings(from: bounds.first))
        queues.beginPass(over: queue)
        isBusy = true
    }

    // MARK: One pass

    private func proceed(_ events: [PassEvent], at moment: Moment) throws(StoreError) {
        guard var current = pass else { return }
        isBusy = !events.isEmpty
        var letters: [Delivery] = []
        var isWhole: Bool?
        for event in events {
            switch event {
            case .letter(let delivery): letters.append(delivery)
            case .end(let whole): isWhole = whole
            case .lost(let why): return breakOff(current, because: why, at: moment)
            }
        }
        let leaving = try meet(letters[...], &current, at: moment.wall)
        queues.takeOff(leaving)
        current.sought -= leaving.count
        pass = current
        if let place = current.judgedThrough {
            try judge(current, after: place, at: moment)
        } else if let isWhole {
            queues.endPass()
            guard isWhole else { return end(current, isWhole: false, at: moment) }
            try judge(current, after: 0, at: moment)
        } else if current.sought <= 0, !current.isWholeDue {
            queues.endPass()
            end(current, isWhole: false, at: moment)
        }
    }

    /// The tags of those that are to leave their queue.
    private func meet(
        _ letters: ArraySlice<Delivery>, _ pass: inout Pass, at now: Timestamp
    ) throws(StoreError) -> [UInt64] {
        guard !letters.isEmpty else { return [] }
        do throws(StoreError) {
            let rows = letters.map { LetterRow($0, in: pass.queue, at: now) }
            let leaving = try store.meet(rows, &pass.sightings, of: fleet, at: now)
            return zip(letters, leaving).filter { $0.1 }.map { $0.0.tag }
        } catch .content(let why) {
            // One of them cannot be indexed: it stays where it is, and holds up no other.
            guard letters.count > 1 else {
                report(.passBrokenOff(queue: pass.queue, why: why))
                return []
            }
            var leaving: [UInt64] = []
            for index in letters.indices { leaving += try meet(letters[index...index], &pass, at: now) }
            return leaving
        }
    }

    private func judge(_ current: Pass, after place: Int, at moment: Moment) throws(StoreError) {
        isBusy = true
        let next = try store.judgeUnmet(
            in: current.queue, after: place, through: current.last, current.sightings, at: moment.wall)
        guard let next else { return end(current, isWhole: true, at: moment) }
        pass?.judgedThrough = next
    }

    private func end(_ current: Pass, isWhole: Bool, at moment: Moment) {
        pass = nil
        let took = moment.monotonic - current.began
        let pause = min(took * Limits.passPause, Limits.passPauseMost)
        plans[current.queue]?.notBefore = moment.monotonic + pause
        guard isWhole else { return }
        plans[current.queue]?.isWholeDue = false
        plans[current.queue]?.differences = 0
        plans[current.queue]?.isReported = false
    }

    private func breakOff(_ current: Pass, because why: String, at moment: Moment) {
        queues.endPass()
        pass = nil
        plans[current.queue]?.notBefore = moment.monotonic + Limits.passRetry
        guard plans[current.queue]?.isReported == false else { return }
        plans[current.queue]?.isReported = true
        report(.passBrokenOff(queue: current.queue, why: why))
    }
}
