import CSQLite
import Glibc
import StrictJSON
import Vocabulary

/// One statement of SQLite, prepared once: values go straight into it, columns are read straight out of it.
final class SQLStatement {
    private let connection: OpaquePointer
    private let handle: OpaquePointer

    /// - Throws: ``SQLiteFault``, for what SQLite does not understand.
    init(_ sql: String, on connection: OpaquePointer) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteFault(code, on: connection) }
        self.connection = connection
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs it, and reads each row that it brings.
    func run(_ values: [SQLValue], _ read: (inout Columns) throws -> Void) throws {
        // What a step says failed, its reset says again.
        defer { _ = sqlite3_reset(handle) }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                var columns = Columns(handle)
                try read(&columns)
            case SQLITE_DONE: return
            case let code: throw SQLiteFault(code, on: connection)
            }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let number): sqlite3_bind_int64(handle, index, Int64(number))
            case .time(let moment): sqlite3_bind_int64(handle, index, moment.milliseconds)
            case .text(let text): try bind(text, at: index)
            case .bytes(let bytes): bind(bytes, at: index)
            case .json(let document): bind(try document.storedBytes(), at: index)
            }
        guard code == SQLITE_OK else { throw SQLiteFault(code, on: connection) }
    }

    /// A text; one with a NUL would be cut there without a word, and two keys might become one.
    private func bind(_ text: String, at index: Int32) throws -> Int32 {
        var text = text
        return try text.withUTF8 { bytes in
            guard !bytes.holdsNUL else {
                throw Unstorable("a text holds a NUL character, which ends it in SQLite")
            }
            return bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), Self.copied)
            }
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            // No address would mean NULL.
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), Self.copied)
        }
    }

    /// `SQLITE_TRANSIENT`, a cast that Swift does not import: SQLite copies what it is given.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

extension JSON {
    /// The document as it is kept: canonical, and one that can be read again.
    fileprivate func storedBytes() throws -> [UInt8] {
        guard isReadable(levels: Limits.documentLevels) else {
            throw Unstorable(
                "a document is nested deeper than \(Limits.documentLevels) levels or holds a NUL character")
        }
        let bytes = serialized()
        guard bytes.count <= Limits.documentBytes else {
            throw Unstorable("a document of \(bytes.count) bytes; at most \(Limits.documentBytes) are taken")
        }
        return bytes
    }

    /// Whether the parser would take it: nested no deeper, and no NUL in a text, which only a program can put
    /// there.
    private func isReadable(levels: Int) -> Bool {
        switch self {
        case .null, .bool, .integer, .real: true
        case .string(let text): !text.holdsNUL
        case .array(let elements):
            levels > 0 && elements.allSatisfy { $0.isReadable(levels: levels - 1) }
        case .object(let object):
            levels > 0
                && object.members.allSatisfy { name, value in
                    !name.holdsNUL && value.isReadable(levels: levels - 1)
                }
        }
    }
}

extension String {
    fileprivate var holdsNUL: Bool {
        var text = self
        return text.withUTF8 { $0.holdsNUL }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var holdsNUL: Bool { baseAddress.map { memchr($0, 0, count) != nil } ?? false }
}
