public import Engine
public import Vocabulary
import Wire
import WorkerKit

/// What one worker has committed so far.
public struct Committed {
    /// What was taken.
    public private(set) var inbox: [InboxKey: InboxRow] = [:]
    /// The cases in the order the worker met them.
    public private(set) var cases: [CaseID] = []
    /// Effects that are not done, by id; those without a next try were given up.
    public private(set) var effects: [String: EffectRow] = [:]
    /// Every effect that was ever wanted, by id, in order.
    public private(set) var wantedEffects: [String] = []
    /// What is to be sent, in order.
    public private(set) var sends: [Outgoing] = []

    private var rows: [HandoffID: HandoffRow] = [:]
    private var wanted: [CaseID: [HandoffID]] = [:]
    private var timers: [CaseID: [HandoffRow.Slot: TimerRow]] = [:]
    private var caseRows: [CaseID: CaseRow] = [:]
    private var parcels: Set<Parcel> = []
    private var settledEffects: Set<String> = []
    /// What was said of handoffs by their clocks and teams, and in which round of asking.
    private var words: [HandoffID: [(step: HandoffClock.Step, round: Int)]] = [:]
    private var questions: [HandoffID: Int] = [:]
    private var answered: [HandoffID: Range<Int>] = [:]
    private var directory: String?

    mutating func apply(_ changes: [Change]) {
        let sent = sends.count
        var revised: [HandoffID] = []
        for change in changes {
            switch change {
            case .inbox(let row):
                inbox[row.key] = row
                if row.key.sender == .effect { settledEffects.insert(row.key.id) }
            case .caseRow(let row):
                if caseRows.updateValue(row, forKey: row.id) == nil { cases.append(row.id) }
            case .handoff(let row):
                let before = rows.updateValue(row, forKey: row.id)
                if before == nil { wanted[row.slot.caseID, default: []].append(row.id) }
                if row.revision > before?.revision ?? 0 { revised.append(row.id) }
            case .timer(let row): timers[row.slot.caseID, default: [:]][row.slot] = row
            case .timerGone(let slot): timers[slot.caseID]?[slot] = nil
            case .effect(let row):
                if effects.updateValue(row, forKey: row.id) == nil { wantedEffects.append(row.id) }
                // An operator may have what was given up tried again.
                if row.at == nil { settledEffects.insert(row.id) } else { settledEffects.remove(row.id) }
            case .effectGone(let id):
                effects[id] = nil
                settledEffects.insert(id)
            case .send(let message):
                sends.append(message)
                parcels.insert(Parcel(message))
            case .directory(let digest): directory = digest
            case .early, .earlyGone, .suspect, .suspectGone, .sent: break
            }
        }
        for id in revised { answered[id] = sent..<sends.count }
        for message in sends[sent...] { count(message) }
    }

    private mutating func count(_ message: Outgoing) {
        if let word = ClockWord(message), let row = rows[word.handoff], row.state != .revoked {
            words[row.id, default: []].append((word.step, row.redrives))
        }
        if message.properties.replyTo != nil, let id = message.handoff { questions[id, default: 0] += 1 }
    }

    /// A handoff, as it stands.
    public func handoff(_ id: HandoffID) -> HandoffRow? { rows[id] }

    /// A case's handoffs, in the order they were first wanted.
    public func handoffs(of caseID: CaseID) -> [HandoffRow] { (wanted[caseID] ?? []).compactMap { rows[$0] } }

    /// Every handoff, case by case.
    public var handoffs: [HandoffRow] { cases.flatMap(handoffs(of:)) }

    /// Whether a message was committed to be sent.
    public func sends(_ parcel: Parcel) -> Bool { parcels.contains(parcel) }

    /// Whether it is known what became of a message: a verdict under its key, or a dead letter of what has none.
    func hasDecided(_ publication: Publication) -> Bool {
        if let key = publication.inboxKey { return inbox[key] != nil }
        // The letter of a body too long to keep holds its beginning.
        let body = publication.parcel.body
        return sends.contains { $0.exchange == Exchange.dead.rawValue && body.starts(with: $0.body) }
    }

    /// A case as the worker keeps it.
    public func caseRow(_ id: CaseID) -> CaseRow? { caseRows[id] }

    /// Whether it is on record that an effect is done, or given up.
    public func isSettled(_ effect: String) -> Bool { settledEffects.contains(effect) }

    /// How often something was said of a handoff in a round of asking: 0 is the first, n the one that the n-th redrive
    /// began.
    func count(of step: HandoffClock.Step, about handoff: HandoffID, inRound round: Int) -> Int {
        (words[handoff] ?? []).count { $0.step == step && $0.round == round }
    }

    /// How often a handoff was asked.
    func questions(of handoff: HandoffID) -> Int { questions[handoff] ?? 0 }

    /// What was sent by the commit that took a handoff's first answer of its revision, and by those after it.
    func sends(sinceAnswerTo handoff: HandoffID) -> (with: ArraySlice<Outgoing>, after: ArraySlice<Outgoing>)
    {
        guard let range = answered[handoff] else { return ([], []) }
        return (sends[range], sends[range.upperBound...])
    }

    /// The timer of a handoff's clock.
    func clockTimer(of handoff: HandoffRow) -> TimerRow? {
        let type = HandoffDeclaration.clock(of: handoff.slot.type.owner)
        return timers[handoff.slot.caseID]?.values.first {
            $0.slot.key == handoff.id.rawValue && $0.slot.type == type
        }
    }

    /// When the next timer is due.
    var nextTimer: Timestamp? { timers.values.lazy.flatMap(\.values).map(\.at).min() }

    /// When something is to be tried next outside.
    var nextEffect: Timestamp? { effects.values.compactMap(\.at).min() }

    /// Whether a team, or a moment, will move a case on here.
    public func isAwaited(_ caseID: CaseID) -> Bool {
        handoffs(of: caseID).contains { $0.state == .open } || timers[caseID]?.isEmpty == false
    }
}

extension Committed {
    /// What of it a rehearsal must have met, in changes that are about to be made.
    func sights(in changes: [Change]) -> [Sight] {
        changes.flatMap { change -> [Sight] in
            switch change {
            case .handoff(let row): sights(of: row, was: handoff(row.id))
            case .caseRow(let row):
                row.stage.end == .withdrawn && caseRow(row.id)?.stage.end == nil ? [.withdrawn] : []
            case .directory(let digest): directory.map { $0 == digest } == false ? [.calendarFollowed] : []
            case .send(let message):
                ClockWord(message).flatMap { handoff($0.handoff) }?.state == .revoked ? [.lateAnswer] : []
            default: []
            }
        }
    }

    private func sights(of row: HandoffRow, was before: HandoffRow?) -> [Sight] {
        var sights: [Sight] = row.state == .held ? [.gateHeld] : []
        guard let before else { return sights }
        if before.state == .held, row.state == .open { sights.append(.gateOpened) }
        if before.state == .open, row.state == .revoked { sights.append(.revoked) }
        if before.revision > 0, row.revision > before.revision { sights.append(.amended) }
        if row.redrives > before.redrives { sights.append(.askedAgain) }
        if row.custody != before.custody, let custody = row.custody {
            sights.append(custody.said == .accepted ? .accepted : .declined)
        }
        let steps: [(WritableKeyPath<HandoffClock, Timestamp?>, Sight)] = [
            (\.remindedAt, .reminded), (\.escalatedAt, .escalated), (\.stuckAt, .stuck),
        ]
        return sights
            + steps.filter { row.clock[keyPath: $0.0] != nil && before.clock[keyPath: $0.0] == nil }.map(\.1)
    }
}
