public import Engine
public import Vocabulary

/// A worker's store in one SQLite file, which it alone opens; see ``SQLiteFile``.
public final class SQLiteStore {
    let file: SQLiteFile

    /// Opens a worker's store, brings its schema up to date and keeps others out for as long as it lives.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - create: whether an empty store may be made where there is none. An empty one knows no case: where
    ///     the worker ran before, it would answer for cases it has forgotten.
    ///   - worker: whose store it is; stands in the file.
    /// - Throws: ``StoreError/unusable(_:)`` where the file is missing, in use, newer than this program,
    ///   another worker's or no store; ``StoreError/unavailable(_:)`` where it cannot be read now.
    public static func open(path: String, create: Bool, worker: WorkerName) throws(StoreError) -> SQLiteStore
    {
        SQLiteStore(
            try SQLiteFile.open(
                path: path, create: create, owner: worker.rawValue, layout: Schema.layout(of: worker)))
    }

    private init(_ file: SQLiteFile) { self.file = file }

    /// Uses the connection, on the caller's thread, and says what went wrong in the store's words.
    ///
    /// - Parameter intent: what is being done, after "cannot": `read the outbox of`.
    func use<Value>(_ intent: @autoclosure () -> String, _ body: (SQLSession) throws -> Value)
        throws(StoreError) -> Value
    {
        try file.use(intent(), body)
    }
}
