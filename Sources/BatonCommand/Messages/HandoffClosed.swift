internal import LedgerMessages
internal import Vocabulary

/// A handoff that takes no answer any more.
struct HandoffClosed: Failure {
    let description: String

    /// Tells it.
    ///
    /// - Parameter isAmendable: whether a higher revision of what was to be sent might be taken.
    init(_ handoff: OpenHandoff, isAmendable: Bool) {
        let state = handoff.state == .revoked ? "was taken back" : "is \(handoff.state.rawValue) already"
        let amending =
            isAmendable
            ? "; unless something has followed from it, "
                + Amendment(of: handoff.id.rawValue, revision: handoff.revision + 1).hint : ""
        description =
            "handoff \(handoff.id) (\(handoff.title)) \(state), and nothing was sent; \"baton case show "
            + "\(handoff.caseID)\" tells how\(amending)"
    }

    var exitStatus: ExitStatus { .refused }
}
