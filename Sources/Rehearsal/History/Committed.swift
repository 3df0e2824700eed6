public import Engine
public import Vocabulary
import Wire

/// What one worker has committed so far.
public struct Committed {
    /// What was taken.
    public private(set) var inbox: [InboxKey: InboxRow] = [:]
    /// The cases in the order the worker met them.
    public private(set) var cases: [CaseID] = []
    /// What is to be sent, in order.
    public private(set) var sends: [Outgoing] = []

    private var rows: [HandoffID: HandoffRow] = [:]
    private var wanted: [CaseID: [HandoffID]] = [:]
    private var timers: [CaseID: Set<HandoffRow.Slot>] = [:]
    private var effects: [CaseID: Set<String>] = [:]
    private var early: [CaseID: Set<InboxKey>] = [:]
    private var parcels: Set<Parcel> = []
    private var effectCases: [String: CaseID] = [:]
    private var earlyCases: [InboxKey: CaseID] = [:]

    mutating func apply(_ changes: [Change]) {
        for change in changes {
            switch change {
            case .inbox(let row): inbox[row.key] = row
            case .caseRow(let row): if !cases.contains(row.id) { cases.append(row.id) }
            case .handoff(let row):
                if rows.updateValue(row, forKey: row.id) == nil {
                    wanted[row.slot.caseID, default: []].append(row.id)
                }
            case .timer(let row): timers[row.slot.caseID, default: []].insert(row.slot)
            case .timerGone(let slot): timers[slot.caseID]?.remove(slot)
            case .effect(let row):
                effectCases[row.id] = row.caseID
                effects[row.caseID, default: []].insert(row.id)
            case .effectGone(let id): if let of = effectCases[id] { effects[of]?.remove(id) }
            case .early(let row):
                earlyCases[row.key] = row.caseID
                early[row.caseID, default: []].insert(row.key)
            case .earlyGone(let key): if let of = earlyCases[key] { early[of]?.remove(key) }
            case .send(let message):
                sends.append(message)
                parcels.insert(Parcel(message))
            case .suspect, .suspectGone, .sent: break
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
    public func hasDecided(_ parcel: Parcel) -> Bool {
        if let key = parcel.inboxKey { return inbox[key] != nil }
        // The letter of a body too long to keep holds its beginning.
        return sends.contains { $0.exchange == Exchange.dead.rawValue && parcel.body.starts(with: $0.body) }
    }

    /// Whether anybody or anything will move a case on: a team that was asked, a timer, an effect, a predecessor.
    public func isAwaited(_ caseID: CaseID) -> Bool {
        handoffs(of: caseID).contains { $0.state == .open } || timers[caseID]?.isEmpty == false
            || effects[caseID]?.isEmpty == false || early[caseID]?.isEmpty == false
    }
}
