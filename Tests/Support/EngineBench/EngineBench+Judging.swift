import Engine
import Vocabulary
import WorkerKit

/// What became of a message among its neighbours.
package struct Verdict {
    /// `applied`, `duplicate`, `early`, `refused` or `dead`.
    package let outcome: String
    package let kind: Trouble.Kind?
    /// What the publisher's team was told; `nil` where it was told nothing.
    package let refusal: Sent?
    /// The dead letter; `nil` where there is none.
    package let letter: Sent?
    /// Changes beside verdicts and what is sent, in cases other than the neighbours'.
    package let effects: [Change]
    /// How the neighbours ended.
    package let neighbours: [String]

    /// The sentence that was told.
    package var why: String? { refusal?.why ?? letter?.why }
}

extension EngineBench {
    /// Hands a message over between two good ones in one batch, and tells what became of it.
    package func judge(_ post: Post, between before: Post, and after: Post) -> Verdict {
        let count = commits.count
        let said = deliver(before, post, after)
        let sent = said.sent
        let cases = [said.settled.first?.caseID, said.settled.last?.caseID]
        let changes = commits[count...].joined()
        let known = commits[..<count].joined()
        return Verdict(
            outcome: said.settled.dropFirst().first?.outcome ?? "none",
            kind: said.settled.dropFirst().first?.trouble, refusal: sent.refusals.first,
            letter: sent.letters.first,
            effects: changes.filter {
                $0.isEffect && !cases.contains($0.caseID) && !$0.onlyCounts(after: known)
            },
            neighbours: [said.outcomes.first, said.outcomes.last].compactMap(\.self))
    }
}
