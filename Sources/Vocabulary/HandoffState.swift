/// Where a handoff stands.
public enum HandoffState: String, CaseIterable, Codable, Sendable {
    /// A gate holds it; the team has not been asked.
    case held
    /// The team was asked and has not answered, or only in part.
    case open
    /// Nothing of the question remains.
    case answered
    /// The worker took it back.
    case revoked

    /// Whether something of it is still to come.
    public var isPending: Bool { self == .held || self == .open }
}
