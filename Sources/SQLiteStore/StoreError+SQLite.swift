import CSQLite
import Engine

/// The file is not one this program may work with; `description` goes on after "the store <path> …".
struct Unfit: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What SQLite said that a call came to.
struct SQLiteFault: Error {
    /// The extended result code.
    let code: Int32
    /// SQLite's own words, which hold no values.
    let message: String

    init(_ code: Int32, on connection: OpaquePointer?) {
        self.code = code
        message = String(cString: sqlite3_errmsg(connection))
    }

    /// The result code that the extended one is a case of.
    var kind: Int32 { code & 0xFF }
}

/// A value that no column takes.
struct Unstorable: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A stored value that this program would not have written.
struct Unreadable: Error {}

extension StoreError {
    /// Sorts what SQLite, or the store itself, said by what can be done about it.
    ///
    /// Texts name the file and SQLite's own words, which hold no values; statements are left out.
    init(_ error: any Error, while intent: String, on path: String) {
        let subject = "cannot \(intent) the store \(path)"
        switch error {
        case let error as Unfit: self = .unusable("the store \(path) \(error)")
        case let error as Unstorable: self = .content("\(subject): \(error)")
        case let error as SQLiteFault:
            self.init(error.kind, "\(subject): \(error.message) (SQLite \(error.code))")
        default: self = .unusable("\(subject): a row is not as this program writes it; restore a backup")
        }
    }

    private init(_ kind: Int32, _ sentence: String) {
        switch kind {
        case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE:
            self = .content("\(sentence); the content was not taken, and would not be later")
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            self = .unavailable("\(sentence); another program is writing to it, end that")
        case SQLITE_FULL:
            self = .unavailable("\(sentence); free space on its disk")
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
            self = .unavailable(
                "\(sentence); file and folder must be there and writable by the worker's user")
        case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_ABORT, SQLITE_SCHEMA:
            self = .unavailable("\(sentence); look after disk and memory of this machine")
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT:
            self = .unusable("\(sentence); restore a backup")
        default:
            self = .unusable("\(sentence); was its schema changed by hand? restore a backup")
        }
    }
}
