import Engine
import Rehearsal
import Scenarios
import StrictJSON
import Vocabulary
import Voyage

/// The faults that a rehearsal must find, each planted between a worker and its seams, by tests alone.
enum PlantedFault: String, CaseIterable {
    case acknowledgesBeforeCommit, publishesBeforeCommit, believesWithoutConfirm
    case losesOutbox, ignoresInbox, tearsCommit, forgetsGate, forgetsDeeds
    case keepsTimers, overlooksQueue, forgetsUse, forgetsEnd, forgetsPassage, forgetsRedrives, forgetsClocks
    case takesTrials, forgetsRedriven
    case forgetsSender, forgetsWorker, checksGateEarly, renamesEffects
    case losesRecords, losesEffects, losesEarly, swallowsRefusals

    /// Where it must be found.
    func scenario() throws -> Scenario {
        switch self {
        case .forgetsPassage: try VoyageScenario.scenario()
        case .forgetsClocks: try BothProcesses.scenario(over: .chicago)
        default: try BothProcesses.scenario()
        }
    }

    /// The rules that may be the first to be broken.
    var rules: Set<String> {
        switch self {
        case .acknowledgesBeforeCommit: ["acknowledged-undecided"]
        case .publishesBeforeCommit: ["sent-uncommitted"]
        case .believesWithoutConfirm: ["unsent"]
        case .losesOutbox: ["unasked", "forgotten", "refused-untold"]
        case .ignoresInbox: ["decided-twice"]
        case .tearsCommit:
            ["refused-untold", "applied-to-nothing", "forgotten", "record-missing", "escalated-early"]
        case .forgetsGate: ["asked-before-restored", "strayed"]
        case .forgetsDeeds: ["attempted-again"]
        case .keepsTimers: ["unclocked", "clock-not-followed", "unsettled"]
        case .overlooksQueue: ["clock-before-queue"]
        case .forgetsUse: ["amended-after-use"]
        case .forgetsEnd: ["answered-twice", "stepped-after-end", "went-on-after-withdrawn"]
        case .forgetsPassage: ["withdrawn-too-late"]
        case .forgetsRedrives: ["asked-too-often"]
        case .forgetsClocks: ["clock-not-followed"]
        case .takesTrials: ["taken-unsent"]
        case .forgetsRedriven: ["decided-twice"]
        case .forgetsSender: ["reused-for-nothing"]
        case .forgetsWorker: ["acknowledged-undecided"]
        case .checksGateEarly: ["cancelled-before-loaded", "strayed"]
        case .renamesEffects: ["done-twice", "undone"]
        case .losesRecords: ["record-missing", "verdict-unrecorded"]
        case .losesEffects: ["untold", "unwelcomed", "forgotten"]
        case .losesEarly: ["forgotten"]
        case .swallowsRefusals: ["refused-untold"]
        }
    }

    /// Puts the fault between a worker and its seams.
    var planting: Planting {
        switch self {
        case .acknowledgesBeforeCommit: { ($0, AcknowledgesBeforeCommit($1)) }
        case .publishesBeforeCommit: { (PublishesBeforeCommit($0, broker: $1), $1) }
        case .believesWithoutConfirm: { ($0, BelievesWithoutConfirm($1)) }
        case .losesOutbox: { (LosesOutbox($0), $1) }
        case .ignoresInbox: { (IgnoresInbox($0), $1) }
        case .tearsCommit: { (TearsCommit($0), $1) }
        case .forgetsGate: { (ForgetsGate($0), $1) }
        case .forgetsDeeds: { (ForgetsDeeds($0), $1) }
        case .keepsTimers: { (KeepsTimers($0), $1) }
        case .overlooksQueue: { ($0, OverlooksQueue($1)) }
        case .forgetsUse: { (ForgetsUse($0), $1) }
        case .forgetsEnd: { (ForgetsEnd($0), $1) }
        case .forgetsPassage: { (ForgetsPassage($0), $1) }
        case .forgetsRedrives: { (ForgetsRedrives($0), $1) }
        case .forgetsClocks: { (ForgetsClocks($0), $1) }
        case .takesTrials: { ($0, TakesTrials($1)) }
        case .forgetsRedriven: { (ForgetsRedriven($0), $1) }
        case .forgetsSender: { (ForgetsSender($0), $1) }
        case .forgetsWorker: ForgetsWorker.planting()
        case .checksGateEarly: { (ChecksGateEarly($0), $1) }
        case .renamesEffects: { (RenamesEffects($0), $1) }
        case .losesRecords: { (LosesRecords($0), $1) }
        case .losesEffects: { (LosesEffects($0), $1) }
        case .losesEarly: { (LosesEarly($0), $1) }
        case .swallowsRefusals: { (SwallowsRefusals($0), $1) }
        }
    }
}

/// Acknowledges on hand-over, as a consumer without manual acknowledgements does.
private final class AcknowledgesBeforeCommit: PassingBroker {
    override func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        let events = super.events(waitingAtMost: wait, batch: batch)
        for case .delivered(let delivery) in events { super.acknowledge(upTo: delivery.tag) }
        return events
    }
}

/// Sends what a turn wants before the turn is committed.
private final class PublishesBeforeCommit: PassingStore {
    private let broker: any Broker

    init(_ store: any Store, broker: any Broker) {
        self.broker = broker
        super.init(store)
    }

    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        let messages = changes.compactMap { change -> Outgoing? in
            if case .send(let message) = change { message } else { nil }
        }
        broker.publish(messages.map { OutboxRow(number: 0, message: $0) })
        return try super.commit(changes)
    }
}

/// Takes a message for sent as soon as it is written to the socket.
private final class BelievesWithoutConfirm: PassingBroker {
    private var written: [Int64] = []

    override func publish(_ rows: [OutboxRow]) {
        super.publish(rows)
        written += rows.map(\.number)
    }

    override func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        defer { written = [] }
        return [.confirmed(written)] + super.events(waitingAtMost: wait, batch: batch)
    }
}

/// Commits what a turn changed, without what it wants to send.
private final class LosesOutbox: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(changes.filter { if case .send = $0 { false } else { true } })
    }
}

/// Takes every delivery for a new one.
private final class IgnoresInbox: PassingStore {
    override func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? { nil }
}

/// Notes what was taken in one transaction, and what came of it in another.
private final class TearsCommit: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        let inbox = changes.filter { if case .inbox = $0 { true } else { false } }
        if !inbox.isEmpty { _ = try super.commit(inbox) }
        return try super.commit(changes.filter { if case .inbox = $0 { false } else { true } })
    }
}

/// Forgets that the firm's trial holds the cancellation back.
private final class ForgetsGate: PassingStore {
    override func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        guard var row = try super.caseRow(id), var memory = row.memory.objectValue,
            memory["awaitsTrial"] != nil
        else { return try super.caseRow(id) }
        memory["awaitsTrial"] = false
        row.memory = .object(memory)
        return row
    }
}

/// Judges whether a firm's cancellation may go on when its move begins, and not once all is loaded.
private final class ChecksGateEarly: PassingStore {
    override func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        guard var row = try super.caseRow(id), var memory = row.memory.objectValue,
            memory["isReadyOnVirtualOffice"] != nil
        else { return try super.caseRow(id) }
        memory["isReadyOnVirtualOffice"] = true
        row.memory = .object(memory)
        return row
    }
}

/// Forgets that what was done outside is done.
private final class ForgetsDeeds: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(changes.filter { if case .effectGone = $0 { false } else { true } })
    }
}
