import StrictJSON
import Vocabulary
import Wire
import WorkerKit

extension Engine {
    /// Finds the store there, for the first time or again, and starts taking.
    func begin(at moment: Moment) throws(StoreError) -> [Action] {
        // Noting the beginning is a real write: a store that can only be read is not there yet.
        let endedInOrder = try store.beginRun()
        var actions: [Action] = []
        if hasBegun {
            actions.append(.report(.storeBack))
        } else {
            isCautious = !endedInOrder
            if isCautious { actions.append(.report(.cautious)) }
            hasBegun = true
        }
        // Measured again after every outage: a commit may have taken effect though nobody heard so.
        relay.begin(rows: try store.outboxCount())
        nextTimer = try store.nextTimer()
        nextEffect = try store.nextEffect(except: running)
        phase = .up
        isOutboxFull = false
        let kept = deferred
        deferred = []
        actions += resumeTaking()
        for input in kept { actions += handle(input, at: moment) }
        return try actions + tick(at: moment)
    }

    /// What is only noted, whether the store is there or not; `nil` for an input that needs it.
    func note(_ input: Input, at moment: Moment) -> [Action]? {
        switch input {
        case .confirmed(let numbers): relay.confirm(numbers)
        case .consumerLost: timerHold.consumerLost()
        case .consuming(let count), .backlog(let count): timerHold.measured(count, at: moment)
        case .stop:
            guard !isStopping else { return [] }
            isStopping = true
            return [.stopConsuming]
        case .delivered, .setAside, .effectEnded, .tick: return nil
        }
        return []
    }

    /// What changes rows.
    func handleWhileUp(_ input: Input, at moment: Moment) throws(StoreError) -> [Action] {
        switch input {
        case .delivered(let deliveries):
            guard !isStopping, !isOutboxFull else { return [] }
            timerHold.took(deliveries.count, at: moment)
            return try take(deliveries, at: moment)
        case .setAside(let number, let why): return try setAside(number, because: why, at: moment)
        case .effectEnded(let id, let outcome): return try effectEnded(id, outcome, at: moment)
        case .tick: return try tick(at: moment)
        case .confirmed, .consumerLost, .consuming, .backlog, .stop: return []
        }
    }

    /// The store failed: nothing is taken until it answers again. What was handed over is given back, once.
    func storeFailed(_ error: StoreError, at moment: Moment) -> [Action] {
        var tries = 0
        if case .storeGone(let before, _) = phase { tries = before + 1 }
        let wait = jitter.backoff(limits.storeBackoff, tries: tries, most: limits.storeBackoffMost)
        let isNews = phase == .up || tries == 1 && !hasBegun
        phase = .storeGone(tries: tries, retryAt: moment.monotonic + wait)
        return isNews ? [.stopConsuming, .report(.storeGone(error.description))] : []
    }

    // MARK: Deliveries

    private func take(_ deliveries: [Delivery], at moment: Moment) throws(StoreError) -> [Action] {
        var actions: [Action] = []
        for batch in deliveries.inBatches(of: isCautious ? 1 : limits.batch) {
            guard isCautious, let delivery = batch.first else {
                actions += try settle(batch, at: moment)
                continue
            }
            actions += try takeCautiously(delivery, at: moment)
        }
        return actions
    }

    private func settle(_ batch: ArraySlice<Delivery>, at moment: Moment) throws(StoreError) -> [Action] {
        do {
            var workspace = Workspace(over: store)
            var reports: [Action] = []
            for delivery in batch {
                let reading = intake.read(delivery)
                let outcome = try settle(reading, in: &workspace, at: moment.wall)
                reports.append(.report(.settled(Report.Settled(outcome, of: reading))))
            }
            return try commit(workspace, acknowledging: batch.last?.tag, at: moment) + reports
        } catch .content(let why) {
            guard batch.count > 1 else { return try bury(batch, because: why, at: moment) }
            // One of them is to blame: each is redone in a transaction of its own.
            var actions: [Action] = []
            for index in batch.indices { actions += try settle(batch[index...index], at: moment) }
            return actions
        }
    }

    private func settle(
        _ reading: Reading, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        if isCautious { workspace.settle(suspect: reading.suspectKey) }
        switch reading {
        case .message(let message): return try turns.take(message, in: &workspace, at: now)
        case .unreadable(let trouble, let address, let body):
            workspace.send(
                turns.letters.dead(trouble, address: address, id: nil, caseID: nil, body: body, at: now))
            return .dead(trouble)
        }
    }

    /// The store does not take what a turn wants to write: the message is dead.
    private func bury(
        _ batch: ArraySlice<Delivery>, because why: String, at moment: Moment,
        as kind: Trouble.Kind = .unstorable
    ) throws(StoreError) -> [Action] {
        var workspace = Workspace(over: store)
        var reports: [Action] = []
        for delivery in batch {
            let trouble = Trouble(kind, why)
            let reading = intake.read(delivery)
            var outcome = Outcome.dead(trouble)
            workspace.settle(suspect: reading.suspectKey)
            switch reading {
            case .message(let message):
                outcome = try turns.bury(message, because: trouble, in: &workspace, at: moment.wall)
            case .unreadable(_, let address, let body):
                workspace.send(
                    turns.letters.dead(
                        trouble, address: address, id: nil, caseID: nil, body: body, at: moment.wall))
            }
            reports.append(.report(.settled(Report.Settled(outcome, of: reading))))
        }
        return try commit(workspace, acknowledging: batch.last?.tag, at: moment) + reports
    }

    /// One transaction for everything; then the acknowledgement, and beside it what is to be sent.
    func commit(
        _ workspace: Workspace, acknowledging tag: UInt64?, at moment: Moment
    ) throws(StoreError) -> [Action] {
        let confirmed = relay.confirmed
        var changes = workspace.changes
        if !confirmed.isEmpty { changes.append(.sent(confirmed)) }
        var rows: [OutboxRow] = []
        if !changes.isEmpty {
            let numbers = try store.commit(changes)
            relay.dropped(confirmed.count)
            lastCommit = moment.monotonic
            rows = zip(numbers, workspace.outgoing).map { OutboxRow(number: $0, message: $1) }
        }
        for case .timer(let row) in changes { nextTimer = min(nextTimer ?? row.at, row.at) }
        for case .effect(let row) in changes { if let at = row.at { nextEffect = min(nextEffect ?? at, at) } }
        var actions: [Action] = []
        if let tag { actions.append(.acknowledge(upTo: tag)) }
        let publish = relay.committed(rows)
        if !publish.isEmpty { actions.append(.publish(publish)) }
        return actions
    }

    // MARK: Suspects

    /// A delivery that came back after a run that ended badly is noted before it is tried; noted as often as
    /// it may, it is dead. The first that did not come back ends the caution.
    private func takeCautiously(_ delivery: Delivery, at moment: Moment) throws(StoreError) -> [Action] {
        guard delivery.returns > 0 else {
            isCautious = false
            return try settle([delivery], at: moment) + resumeTaking()
        }
        let reading = intake.read(delivery)
        if case .message(let message) = reading, try store.inboxRow(message.key) != nil {
            return try settle([delivery], at: moment)
        }
        let times = try store.suspicions(of: reading.suspectKey) + 1
        guard times < limits.suspicions else {
            let why = "it took \(W.name) down \(times - 1) times; find out why before it is redriven"
            return try bury([delivery], because: why, at: moment, as: .crashLoop)
        }
        _ = try store.commit([.suspect(reading.suspectKey, times: times)])
        return try settle([delivery], at: moment)
    }
}

extension Reading {
    /// What a suspect is noted under: its inbox key, or the digest of what cannot be read.
    var suspectKey: String {
        switch self {
        case .message(let message): message.key.description
        case .unreadable(_, let address, let body): "\(address.sender)/\(Fingerprint.of(body))"
        }
    }
}

extension Report.Settled {
    init(_ outcome: Outcome, of reading: Reading) {
        switch outcome {
        case .applied: (self.outcome, trouble) = ("applied", nil)
        case .duplicate: (self.outcome, trouble) = ("duplicate", nil)
        case .early: (self.outcome, trouble) = ("early", nil)
        case .refused(let why): (self.outcome, trouble) = ("refused", why.kind)
        case .dead(let why): (self.outcome, trouble) = ("dead", why.kind)
        }
        switch reading {
        case .message(let message):
            (sender, id, caseID) = (message.key.sender.description, message.key.id, message.caseID)
        case .unreadable(_, let address, _): (sender, id, caseID) = (address.sender.description, nil, nil)
        }
    }
}

extension Array {
    /// Consecutive slices of at most so many elements.
    func inBatches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
