/// What becomes of members that a type does not know.
public enum UnknownKeys: Sendable {
    /// They are an error, at every level: what people write is taken whole or not at all.
    case refused
    /// They are passed over: a newer worker may say more than an older one understands.
    case ignored
}
