public import Engine
public import Vocabulary
import Wire

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
    private var timers: [CaseID: Set<HandoffRow.Slot>] = [:]
    private var caseRows: [CaseID: CaseRow] = [:]
    private var parcels: Set<Parcel> = []
    private var settledEffects: Set<String> = []

    mutating func apply(_ changes: [Change]) {
        for change in changes {
            switch change {
            case .inbox(let row):
                inbox[row.key] = row
                if row.key.sender == .effect { settledEffects.insert(row.key.id) }
            case .caseRow(let row):
                if caseRows.updateValue(row, forKey: row.id) == nil { cases.append(row.id) }
            case .handoff(let row):
                if rows.updateValue(row, forKey: row.id) == nil {
                    wanted[row.slot.caseID, default: []].append(row.id)
                }
            case .timer(let row): timers[row.slot.caseID, default: []].insert(row.slot)
            case .timerGone(let slot): timers[slot.caseID]?.remove(slot)
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
            case .early, .earlyGone, .suspect, .suspectGone, .sent, .directory: break
            }
        }
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

    /// When something is to be tried next outside.
    var nextEffect: Timestamp? { effects.values.compactMap(\.at).min() }

    /// Whether a team, or a moment, will move a case on here.
    public func isAwaited(_ caseID: CaseID) -> Bool {
        handoffs(of: caseID).contains { $0.state == .open } || timers[caseID]?.isEmpty == false
    }
}
