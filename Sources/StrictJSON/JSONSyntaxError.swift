/// Why bytes are not a document: where, and in one sentence.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int

    /// The column, in characters from 1.
    public let column: Int

    /// What is wrong there, without the place.
    public let reason: String

    /// Place and reason in one sentence.
    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONSyntaxError {
    /// An error at a byte, whose line and column are counted here.
    init(at offset: Int, of bytes: UnsafeRawBufferPointer, _ reason: String) {
        let before = bytes.prefix(offset)
        let lineFeed = UInt8(ascii: "\n")
        let lineStart = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
        line = before.count { $0 == lineFeed } + 1
        // Only the first byte of a character counts, not those that continue it.
        column = before[lineStart...].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
        self.reason = reason
    }
}
