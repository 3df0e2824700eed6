import Engine
import Vocabulary

extension Change {
    /// Whether it says more than that a message was taken and what is told of it.
    package var isEffect: Bool {
        switch self {
        case .inbox, .send, .sent, .suspectGone: false
        default: true
        }
    }

    /// Whether it only counts one more turn of a case that is as it was.
    package func onlyCounts(after earlier: some Sequence<Change>) -> Bool {
        guard case .caseRow(let row) = self else { return false }
        var last: CaseRow?
        for case .caseRow(let known) in earlier where known.id == row.id { last = known }
        last?.turns = row.turns
        return last == row
    }

    /// Whether it notes what became of a message.
    package var isVerdict: Bool { if case .inbox = self { true } else { false } }

    /// Whether it notes that a message may take the worker down.
    package var isSuspicion: Bool { if case .suspect = self { true } else { false } }

    /// The case whose rows it changes; `nil` where it belongs to none.
    package var caseID: CaseID? {
        switch self {
        case .inbox(let row): row.caseID
        case .caseRow(let row): row.id
        case .handoff(let row): row.slot.caseID
        case .timer(let row): row.slot.caseID
        case .timerGone(let slot): slot.caseID
        case .effect(let row): row.caseID
        case .early(let row): row.caseID
        case .effectGone, .earlyGone, .suspect, .suspectGone, .send, .sent, .directory: nil
        }
    }
}
