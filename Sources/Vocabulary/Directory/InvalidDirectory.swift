/// What the entries of a directory say wrongly of each other, all of it.
public struct InvalidDirectory: Error, Equatable, CustomStringConvertible {
    /// The list an entry stands in.
    public enum Section: String, CaseIterable, Sendable {
        /// The lists of a directory.
        case calendars, teams, users, products
    }

    /// One thing that is wrong.
    public struct Problem: Equatable, Sendable, CustomStringConvertible {
        /// The list the entry stands in.
        public let section: Section
        /// The entry's name, key or code.
        public let entry: String
        /// The field that is wrong.
        public let key: String
        /// What is wrong, with the value and the remedy.
        public let sentence: String

        /// The sentence.
        public var description: String { sentence }
    }

    /// What is wrong, in the order of the lists.
    public let problems: [Problem]

    /// All sentences.
    public var description: String { problems.map(\.sentence).joined(separator: "; ") }
}
