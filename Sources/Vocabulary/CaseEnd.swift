/// How a case ended.
public enum CaseEnd: String, CaseIterable, Codable, Sendable {
    /// All its steps are done.
    case completed
    /// Whoever may start it took it back.
    case withdrawn
    /// It cannot go on.
    case refused
}
