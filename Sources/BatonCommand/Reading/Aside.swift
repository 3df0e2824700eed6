internal import Foundation

/// What is said beside the results, on standard error.
enum Aside {
    /// Says lines.
    static func tell(_ lines: String...) { tell(lines) }

    /// Says lines.
    static func tell(_ lines: [String]) {
        write(lines.map { "\($0)\n" }.joined())
    }

    /// Writes text as it is.
    static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
