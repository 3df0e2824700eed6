package import LedgerMessages

/// Something that must be false of every case's story on the ledger, whatever happened on the way.
package struct StoryRule: Sendable {
    /// Its kebab-case name.
    package let name: String
    /// What never happens, in one sentence.
    package let sentence: String
    /// What in a story breaks it; `nil` where nothing does.
    package let breach: @Sendable (CaseStory) -> String?

    init(_ name: String, _ sentence: String, breach: @escaping @Sendable (CaseStory) -> String?) {
        self.name = name
        self.sentence = sentence
        self.breach = breach
    }
}

extension [StoryRule] {
    /// Every rule that a story breaks: its name, the case, and what breaks it.
    package func breaches(in story: CaseStory) -> [String] {
        compactMap { rule in rule.breach(story).map { "\(rule.name): \(story.summary.id): \($0)" } }
    }
}
