/// What has become of a letter.
package enum LetterState: String, CaseIterable, Codable, Sendable {
    /// It waits for somebody.
    case open
    /// It was sent back to its worker.
    case redriven
    /// What it holds was put right by an operator, and sent to its worker in that form.
    case edited
    /// An operator let it drop; that can be undone until it is forgotten.
    case discarded
    /// It needs nobody any more: what it asked for was answered, or its case has ended.
    case moot
    /// Somebody took it off its queue behind the ledger's back.
    case removed
}
