/// A history that should not be: which rule it breaks, by what, and what replays it.
public struct Violation: Error, Sendable {
    /// The seed.
    public let seed: UInt64
    /// The name of the rule.
    public let rule: String
    /// What never happens.
    public let sentence: String
    /// What breaks it.
    public let what: String
    /// What went wrong up to then, in order: the seed and these alone make the same history.
    public let strikes: [Strike]
    /// What happened, in order, a line each.
    public let story: [String]

    init(seed: UInt64, rule: NeverRule, what: String, strikes: [Strike], history: History) {
        self.seed = seed
        self.rule = rule.name
        sentence = rule.sentence
        self.what = what
        self.strikes = strikes
        story = history.story
    }
}

extension Violation: CustomStringConvertible {
    /// The rule, what breaks it, and the last of what happened before.
    public var description: String {
        """
        seed \(seed) breaks \(rule): \(sentence)
        \(what)
        It went, at the end:
        \(story.suffix(Rehearsal.Limits.storyLines).map { "  \($0)" }.joined(separator: "\n"))
        """
    }
}
