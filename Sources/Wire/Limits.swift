/// The bounds of this module, each with its reason.
enum Limits {
    /// How often a letter may say that it was sent back, or tried: nobody gets there, and a larger number is not ours.
    static let mostCounted = 1_000_000
}
