/// Who has a handoff, as its team said last.
public struct Custody: Codable, Equatable, Sendable {
    /// What was said.
    public let said: Said
    /// Who said it.
    public let by: Person
    /// When the worker took it in.
    public let at: Timestamp
    /// Why it was declined; `nil` where it was accepted.
    public let reason: String?

    /// What a team can say of a handoff besides answering it.
    public enum Said: String, CaseIterable, Codable, Sendable {
        /// Someone has it.
        case accepted
        /// It cannot be done; the escalation contact was told.
        case declined
    }

    /// Notes it.
    public init(_ said: Said, by person: Person, at moment: Timestamp, reason: String? = nil) {
        self.said = said
        by = person
        self.at = moment
        self.reason = reason
    }
}
