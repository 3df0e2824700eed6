import LedgerMessages
import Vocabulary
import WorkerKit

extension Outline {
    /// The steps that have not begun, in order.
    ///
    /// A version more or less is the same step. What is done under a condition lies ahead as long as no later step
    /// is asked; a notice as long as none at its side has begun either.
    ///
    /// - Parameter handoffs: what the case has or had.
    func ahead(of handoffs: [OpenHandoff]) -> [CaseStory.StepAhead] {
        let begun = Set(handoffs.map(\.type.routingKey))
        let asked = Set(handoffs.filter { $0.askedAt != nil }.map(\.type.routingKey))
        func furthest(_ keys: Set<String>) -> Int {
            steps.filter { $0.handoff.map { keys.contains($0.routingKey) } ?? false }.map(\.place).max() ?? 0
        }
        let (reached, passed) = (furthest(begun), furthest(asked))
        return steps.filter { step in
            guard let handoff = step.handoff else { return step.place > reached }
            return !begun.contains(handoff.routingKey) && (step.onlyIf == nil || step.place >= passed)
        }
        .map {
            CaseStory.StepAhead(
                title: $0.title, worker: $0.owner, team: $0.team, onlyIf: $0.onlyIf,
                isReversible: $0.isReversible)
        }
    }
}
