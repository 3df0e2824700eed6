import Vocabulary
import Wire

/// What one turn has changed so far, as the workspace sees it; its record is made of it.
struct TurnDraft {
    /// The case, once it is known.
    var caseID: CaseID?
    /// How many messages had left before it.
    let firstSent: Int
    /// Whom the case is about, in the turn that starts it.
    var customer: String?
    /// Whether the message is none of the worker's business: nothing of it is recorded.
    var isPassedOver = false
    /// Why it did nothing, though it was not refused.
    var remark: RecordedTrouble?
    /// How the case ended by it.
    var ended: CaseEnd?
    /// Messages taken before whose verdict waited for it.
    var decided: [(key: InboxKey, outcome: Outcome)] = []
    /// The handoffs it changed, in order.
    private(set) var handoffs: [HandoffID] = []
    /// The timers it changed, in order.
    private(set) var timers: [(slot: HandoffRow.Slot, at: Timestamp?)] = []
    /// The effects it changed, in order.
    private(set) var effects: [Effect] = []

    /// An effect as the turn left it.
    struct Effect {
        let row: EffectRow
        let state: TurnRecord.EffectEntry.State
        let why: String?
    }

    init(caseID: CaseID?, firstSent: Int) {
        self.caseID = caseID
        self.firstSent = firstSent
    }

    mutating func note(handoff id: HandoffID) {
        if !handoffs.contains(id) { handoffs.append(id) }
    }

    mutating func note(timer slot: HandoffRow.Slot, at moment: Timestamp?) {
        timers.removeAll { $0.slot == slot }
        timers.append((slot, moment))
    }

    mutating func note(effect row: EffectRow, _ state: TurnRecord.EffectEntry.State, because why: String?) {
        effects.removeAll { $0.row.id == row.id }
        effects.append(Effect(row: row, state: state, why: why))
    }
}
