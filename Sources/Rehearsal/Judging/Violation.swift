/// A history that should not be: which rule it breaks, by what, and the seed that replays it.
public struct Violation: Error, CustomStringConvertible {
    /// The seed.
    public let seed: UInt64
    /// The name of the rule.
    public let rule: String
    /// The rule, what breaks it, and the last of what happened before.
    public let description: String

    init(seed: UInt64, rule: NeverRule, what: String, history: History) {
        self.seed = seed
        self.rule = rule.name
        let story = history.happenings.suffix(Rehearsal.Limits.storyLines).map { "  \($0.at)  \($0.what)" }
        description = """
            seed \(seed) breaks \(rule.name): \(rule.sentence)
            \(what)
            It went, at the end:
            \(story.joined(separator: "\n"))
            """
    }
}
