/// The command that amends an answer.
struct Amendment {
    private let handoff: String
    private let revision: Int

    init(of handoff: String, revision: Int) {
        (self.handoff, self.revision) = (handoff, revision)
    }

    /// Reads a worker's sentence about an answer that it did not take; `nil` where it does not say that the one
    /// before can be amended.
    init?(of handoff: String?, offeredBy sentence: String) {
        guard let handoff, let offer = sentence.firstMatch(of: /to amend it, answer with revision (\d+)/),
            let revision = Int(offer.1)
        else { return nil }
        self.init(of: handoff, revision: revision)
    }

    /// What to do, as the end of a sentence.
    var hint: String { "\"baton answer \(handoff) --revision \(revision) …\" amends it" }
}
