import CSQLite
package import Engine
import Glibc

/// One SQLite file that this process alone opens: locked, durable, and of a known layout.
///
/// The file is in WAL mode with `synchronous=FULL`: what a commit returned from survives the loss of power.
/// Two files stand beside it while it is open (`-wal`, `-shm`) and one for good (`.lock`). Others may read it
/// with `sqlite3` meanwhile; a copy of the file alone, without its log, misses the newest commits.
package final class SQLiteFile {
    /// Where it is, for error texts.
    package let path: String
    let session: SQLSession
    private let log = LogLength()

    /// Opens a file, brings its layout up to date and keeps others out for as long as it lives.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - create: whether an empty one may be made where there is none.
    ///   - owner: whose it is, for error texts.
    ///   - layout: its tables.
    /// - Throws: ``StoreError/unusable(_:)`` where the file is missing, in use, newer than this program, or
    ///   another's; ``StoreError/unavailable(_:)`` where it cannot be read now.
    package static func open(
        path: String, create: Bool, owner: String, layout: SQLiteLayout
    ) throws(StoreError) -> SQLiteFile {
        let exists = access(path, F_OK) == 0
        guard exists || create else {
            throw .unusable(
                "there is no store at \(path); if \(owner) ran before, mount or restore its file, "
                    + "and allow an empty one to be made only if it never did")
        }
        let lock = try FileLock(guarding: path)
        if !exists { try makeFile(at: path) }
        do {
            let session = try SQLSession(path: path, lock: lock)
            try layout.prepare(session, create: create)
            try session.makeDurable()
            return SQLiteFile(path: path, session: session)
        } catch { throw StoreError(error, while: "open", on: path) }
    }

    private init(path: String, session: SQLSession) {
        self.path = path
        self.session = session
        log.watch(session.connection)
    }

    /// SQLite would make the file too, but readable for whomever the umask lets.
    private static func makeFile(at path: String) throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, Limits.fileMode)
        guard descriptor >= 0 else { throw .system("make the store \(path)", errno) }
        close(descriptor)
    }

    /// Makes sure that the disk has room for more than the write that begins a run.
    ///
    /// - Throws: ``StoreError/unavailable(_:)`` where it has not.
    package func expectRoom() throws(StoreError) {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { throw .system("ask how full the disk of \(path) is", errno) }
        guard disk.f_bavail >= Limits.freeBytes / disk.f_frsize else {
            throw .unavailable(
                "the disk of the store \(path) has less than \(Limits.freeBytes) bytes left; free space on it"
            )
        }
    }

    /// Uses the connection, on the caller's thread, and says what went wrong in the store's words.
    ///
    /// - Parameter intent: what is being done, after "cannot": `read the outbox of`.
    func use<Value>(_ intent: @autoclosure () -> String, _ body: (SQLSession) throws -> Value)
        throws(StoreError) -> Value
    {
        do { return try body(session) } catch {
            throw StoreError(error, while: intent(), on: path)
        }
    }

    /// Reads from one state of the file from the first query on. Where that cannot begin, each query is of its own moment.
    func beginReading() {
        guard !session.isInTransaction else { return }
        try? session.run("BEGIN")
    }

    /// Ends what ``beginReading()`` began; SQLite itself may have, over an error.
    func endReading() {
        guard session.isInTransaction else { return }
        try? session.run("COMMIT")
    }

    /// Copies the log into the file where it has grown long enough: a few milliseconds, best spent once nobody waits for what
    /// was committed. A commit does it where this is never called; where it fails, the next call tries again.
    package func tidy() {
        guard log.pages >= Limits.checkpointPages, !session.isInTransaction else { return }
        session.copyLog()
    }

    /// Makes all changes of a body in one durable transaction, or none of them.
    func change<Value>(_ intent: String, _ body: (SQLSession) throws -> Value) throws(StoreError) -> Value {
        endReading()
        return try use(intent) { try $0.transaction(body) }
    }
}

/// How long the log of a connection is.
private final class LogLength {
    /// In pages, as the last commit left it.
    private(set) var pages = 0

    /// Hears it with every commit, for as long as this lives.
    func watch(_ connection: OpaquePointer) {
        sqlite3_wal_hook(
            connection,
            { log, connection, _, pages in
                guard let log else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(log).takeUnretainedValue().pages = Int(pages)
                if pages >= Limits.checkpointPagesMost { sqlite3_wal_checkpoint(connection, nil) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}

extension SQLSession {
    /// Sets how the file is written, and makes sure of what a commit's promise rests on.
    fileprivate func makeDurable() throws {
        try execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = \(Limits.logBytes);
            PRAGMA temp_store = MEMORY;
            """)
        guard try first("PRAGMA journal_mode", read: { try $0.text() }) == "wal",
            try count("PRAGMA synchronous") == 2
        else { throw Unfit("does not take WAL mode with synchronous=FULL; put it on a local disk") }
    }
}
