import LedgerMessages
import Vocabulary
import WorkerKit

extension Outline {
    /// The steps that have not begun, in order.
    ///
    /// - Parameter begun: the types of the handoffs that the case has or had. A version more or less is the same
    ///   step. What may be left out, a notice or a step with a condition, lies ahead as long as no later step has
    ///   begun; a notice, nor one at its side.
    func ahead(of begun: [MessageType]) -> [CaseStory.StepAhead] {
        let keys = Set(begun.map(\.routingKey))
        func hasBegun(_ step: Step) -> Bool { step.handoff.map { keys.contains($0.routingKey) } ?? false }
        let reached = steps.filter(hasBegun).map(\.place).max() ?? 0
        func liesAhead(_ step: Step) -> Bool {
            if step.handoff == nil { return step.place > reached }
            return !hasBegun(step) && (step.onlyIf == nil || step.place >= reached)
        }
        return steps.filter(liesAhead).map {
            CaseStory.StepAhead(
                title: $0.title, worker: $0.owner, team: $0.team, onlyIf: $0.onlyIf,
                isReversible: $0.isReversible)
        }
    }
}
