/// Why a directory file is not taken: everything found, so that it is mended in one go.
public struct DirectoryFault: Error, Equatable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Finding: Equatable, Sendable, CustomStringConvertible {
        /// The file's name.
        public let file: String
        /// The line, from 1; `nil` if it is the file as a whole.
        public let line: Int?
        /// What is wrong, with key, value and remedy.
        public let sentence: String

        /// Place and sentence as compilers write them.
        public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(sentence)" }
    }

    /// What was found, by line.
    public let findings: [Finding]

    /// A line for each finding.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
