import StrictJSON
import Vocabulary
import Wire
import WorkerKit

extension Engine {
    /// Finds the store there, for the first time or again, and starts taking.
    func begin(at moment: Moment) throws(StoreError) {
        // Noting the beginning is a real write: a store that can only be read is not there yet.
        let endedInOrder = try store.beginRun()
        // Counted anew after every outage: a commit may have taken effect though nobody heard so.
        try dropConfirmed()
        relay.begin(rows: try store.outboxCount())
        areClocksStale = try store.directoryDigest() != turns.directoryDigest
        lastReset = nil
        nextTimer = try store.nextTimer()
        nextEffect = try store.nextEffect(except: running)
        phase = .up
        isOutboxFull = false
        if hasBegun {
            emit(.report(.storeBack))
        } else {
            hasBegun = true
            isCautious = !endedInOrder
            if isCautious { emit(.report(.cautious)) }
        }
        resumeTaking()
        while let input = deferred.first {
            try handleWhileUp(input, at: moment)
            deferred.removeFirst()
        }
        try tick(at: moment)
    }

    /// What is only noted, whether the store is there or not; false for an input that needs it.
    func note(_ input: Input, at moment: Moment) -> Bool {
        switch input {
        case .confirmed(let numbers): relay.confirm(numbers)
        case .consumerLost: timerHold.backlogIsUnknown()
        case .consuming(let count):
            // Told late, it speaks of a consumer that was stopped meanwhile.
            if phase == .up, !isOutboxFull { timerHold.measured(count, at: moment) }
        case .backlog(let count): timerHold.measuredAgain(count, at: moment)
        case .stop:
            guard !isStopping else { return true }
            isStopping = true
            emit(.stopConsuming)
        case .delivered, .setAside, .effectEnded, .tick: return false
        }
        return true
    }

    /// What changes rows.
    func handleWhileUp(_ input: Input, at moment: Moment) throws(StoreError) {
        switch input {
        case .delivered(let deliveries):
            guard !isStopping, !isOutboxFull else { return }
            timerHold.took(deliveries.count, at: moment)
            try take(deliveries, at: moment)
        case .setAside(let number, let why): try setAside(number, because: why, at: moment)
        case .effectEnded(let id, let outcome): try effectEnded(id, outcome, at: moment)
        case .tick: try tick(at: moment)
        case .confirmed, .consumerLost, .consuming, .backlog, .stop: break
        }
    }

    /// The store failed: nothing is taken until it answers again. What was handed over is given back, once.
    func storeFailed(_ error: StoreError, at moment: Moment) {
        var tries = 0
        if case .storeGone(let before, _) = phase { tries = before + 1 }
        let wait = jitter.backoff(limits.storeBackoff, tries: tries, most: limits.storeBackoffMost)
        let isNews = phase == .up || tries == 1 && !hasBegun
        phase = .storeGone(tries: tries, retryAt: moment.monotonic + wait)
        guard isNews else { return }
        stopTaking()
        emit(.report(.storeGone(error.description)))
    }

    // MARK: Deliveries

    private func take(_ deliveries: [Delivery], at moment: Moment) throws(StoreError) {
        for batch in deliveries.inBatches(of: isCautious ? 1 : limits.batch) {
            if isCautious, let delivery = batch.first {
                try takeCautiously(delivery, at: moment)
            } else {
                try settle(batch, at: moment)
            }
        }
    }

    private func settle(_ batch: ArraySlice<Delivery>, at moment: Moment) throws(StoreError) {
        store.beginReading()
        defer { store.endReading() }
        do {
            var workspace = Workspace(over: store)
            var reports: [Report] = []
            // One step for all of them, then the next.
            let readings = batch.map { intake.read($0) }
            for reading in readings { try workspace.load(for: reading) }
            for (delivery, reading) in zip(batch, readings) {
                if let question = intake.trial(in: delivery) {
                    try turns.tryOut(reading, for: question, in: &workspace, at: moment.wall)
                    continue
                }
                if delivery.returns > 0 { workspace.settle(suspect: reading.suspectKey) }
                let outcome = try turns.take(reading, in: &workspace, at: moment.wall)
                reports.append(.settled(Report.Settled(outcome, of: reading)))
            }
            try commit(workspace, acknowledging: batch.last?.tag, at: moment)
            for report in reports { emit(.report(report)) }
        } catch .content(let why) {
            guard batch.count > 1 else {
                for delivery in batch { try bury(delivery, because: Trouble(.unstorable, why), at: moment) }
                return
            }
            // One of them is to blame: each is redone in a transaction of its own.
            for index in batch.indices { try settle(batch[index...index], at: moment) }
        }
    }

    /// A message is dead though its turn was never committed: the store does not take it, or it takes the
    /// worker down.
    private func bury(
        _ delivery: Delivery, because trouble: Trouble, tries: Int = 1, at moment: Moment
    ) throws(StoreError) {
        // A trial that cannot be answered is not: nothing but an answer is to come of it.
        guard intake.trial(in: delivery) == nil else { return emit(.acknowledge(upTo: delivery.tag)) }
        let reading = intake.read(delivery, tries: tries)
        do {
            var workspace = Workspace(over: store)
            workspace.settle(suspect: reading.suspectKey)
            var outcome = Outcome.dead(trouble)
            switch reading {
            case .message(let message):
                outcome = try turns.bury(message, because: trouble, in: &workspace, at: moment.wall)
            case .row(let row):
                outcome = try turns.discard(
                    delivery.body, from: row.address, because: trouble, in: &workspace, at: moment.wall)
            case .unreadable(_, let address, let body):
                outcome = try turns.discard(
                    body, from: address, because: trouble, in: &workspace, at: moment.wall)
            }
            try commit(workspace, acknowledging: delivery.tag, at: moment)
            emit(.report(.settled(Report.Settled(outcome, of: reading))))
        } catch .content {
            // Not even its key can be kept: the letter alone leaves.
            var workspace = Workspace(over: store)
            let outcome = try turns.discard(
                delivery.body, from: reading.address, because: trouble, in: &workspace, at: moment.wall)
            try commit(workspace, acknowledging: delivery.tag, at: moment)
            emit(.report(.settled(Report.Settled(outcome, of: reading))))
        }
    }

    /// One transaction for everything; then the acknowledgement, and beside it what is to be sent.
    func commit(
        _ workspace: consuming Workspace, acknowledging tag: UInt64?, at moment: Moment
    ) throws(StoreError) {
        for message in turns.messages(of: workspace.records, at: moment.wall) { workspace.send(message) }
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
        let (timers, effects) = workspace.moments
        for at in timers { nextTimer = min(nextTimer ?? at, at) }
        for at in effects { nextEffect = min(nextEffect ?? at, at) }
        if let tag { emit(.acknowledge(upTo: tag)) }
        let publish = relay.committed(rows)
        if !publish.isEmpty { emit(.publish(publish)) }
    }

    // MARK: Suspects

    /// A delivery that came back after a run that ended badly is noted before it is tried; noted as often as
    /// it may, it is dead. The first that did not come back ends the caution.
    private func takeCautiously(_ delivery: Delivery, at moment: Moment) throws(StoreError) {
        guard delivery.returns > 0 else {
            isCautious = false
            try settle([delivery], at: moment)
            resumeTaking()
            return
        }
        // Nobody waits any more for the answer to a trial that came back, and it may be what took the worker down.
        guard intake.trial(in: delivery) == nil else { return emit(.acknowledge(upTo: delivery.tag)) }
        let reading = intake.read(delivery)
        if case .message(let message) = reading, try store.inboxRow(message.key) != nil {
            return try settle([delivery], at: moment)
        }
        let times = try store.suspicions(of: reading.suspectKey) + 1
        guard times < limits.suspicions else {
            let why = "it took \(W.name) down at least \(times) times; find out why before it is redriven"
            return try bury(delivery, because: Trouble(.crashLoop, why), tries: times, at: moment)
        }
        _ = try store.commit([.suspect(reading.suspectKey, times: times)])
        try settle([delivery], at: moment)
    }
}

extension Reading {
    /// What a suspect is noted under: its inbox key, or the digest of what cannot be read.
    var suspectKey: String {
        switch self {
        case .message(let message): message.key.description
        case .row(let row): "\(row.kind.rawValue)/\(row.id)/\(row.number)"
        case .unreadable(_, let address, let body):
            "\(address.sender?.rawValue ?? "")/\(Fingerprint.of(body))"
        }
    }

    /// Where it came by.
    var address: ReturnAddress {
        switch self {
        case .message(let message): message.address
        case .row(let row): row.address
        case .unreadable(_, let address, _): address
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
            (sender, id, caseID) = (message.address.sender, message.id.rawValue, message.caseID)
        case .row(let row): (sender, id, caseID) = (row.address.sender, row.id, nil)
        case .unreadable(_, let address, _): (sender, id, caseID) = (address.sender, nil, nil)
        }
    }
}

extension Array {
    /// Consecutive slices of at most so many elements.
    func inBatches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
