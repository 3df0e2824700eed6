internal import Foundation
internal import Glibc

/// How far a long command has come: one line on standard error, where that is a terminal.
struct Progress {
    private let isShown: Bool
    private var isWritten = false

    /// Shows it only to people.
    init(isShown: Bool = isatty(STDERR_FILENO) == 1) { self.isShown = isShown }

    /// Writes over what was told before.
    mutating func tell(_ done: Int, of total: Int) {
        guard isShown else { return }
        isWritten = true
        write(Self.line(done, of: total))
    }

    /// Leaves an empty line for what comes next.
    mutating func end() {
        if isWritten { write("\r\u{1B}[K") }
        isWritten = false
    }

    /// The line, from its beginning.
    static func line(_ done: Int, of total: Int) -> String { "\r\u{1B}[K\(done) of \(total) …" }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
