/// Why a text is not taken as YAML: where, and in one sentence.
public struct YAMLSyntaxError: Error, Equatable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int

    /// What is wrong there, and what to do, without the place.
    public let reason: String

    /// Place and reason in one sentence.
    public var description: String { "line \(line): \(reason)" }
}
