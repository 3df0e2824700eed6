/// The regular expressions of policies and permissions: whole names, listed.
enum Pattern {
    /// Matches nothing that has a name.
    static let nothing = "^$"

    /// Matches these names and no others.
    ///
    /// It ends in `\z` because `$` would let a line feed follow. Dots are escaped; nothing else in Baton's names means
    /// anything in a pattern. The broker fills in `{username}` without escaping it, hence the rule for user names.
    static func exactly(_ names: [String]) -> String {
        guard !names.isEmpty else { return nothing }
        let alternatives = names.sorted().map { $0.split(separator: ".", omittingEmptySubsequences: false) }
            .map { $0.joined(separator: "\\.") }
        return alternatives.count == 1
            ? "^\(alternatives[0])\\z" : "^(\(alternatives.joined(separator: "|")))\\z"
    }
}
