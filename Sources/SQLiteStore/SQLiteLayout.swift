/// The tables of a kind of file, and how a file gets from one version of them to the next.
package struct SQLiteLayout: Sendable {
    /// Marks a file as one of this kind.
    let applicationID: Int
    /// What leads from each version to the next, from an empty file on. A released one is never edited.
    let migrations: [String]
    /// Fills a new file and checks whose an old one is, in the transaction that brings it up to date.
    let check: @Sendable (SQLSession, _ isNew: Bool) throws -> Void

    /// A layout whose files belong to nobody in particular.
    package init(applicationID: Int, migrations: [String]) {
        self.init(applicationID: applicationID, migrations: migrations) { _, _ in }
    }

    init(
        applicationID: Int, migrations: [String],
        check: @escaping @Sendable (SQLSession, _ isNew: Bool) throws -> Void
    ) {
        self.applicationID = applicationID
        self.migrations = migrations
        self.check = check
    }

    /// Makes sure that a file is of this kind, and brings it up to date in one transaction.
    func prepare(_ session: SQLSession, create: Bool) throws {
        let version = try checkedVersion(of: session, create: create)
        try session.transaction { session in
            for migration in migrations[version...] { try session.execute(migration) }
            if version < migrations.count {
                try session.execute(
                    "PRAGMA user_version = \(migrations.count); PRAGMA application_id = \(applicationID)")
            }
            try check(session, version == 0)
        }
    }

    /// The version the file is of; 0 for an empty one that may be filled.
    private func checkedVersion(of session: SQLSession, create: Bool) throws -> Int {
        let version = try session.count("PRAGMA user_version")
        let tables = try session.count("SELECT count(*) FROM sqlite_schema")
        if tables == 0, version == 0 {
            guard create else {
                throw Unfit(
                    "is empty; restore the worker's file, or allow an empty one if it never ran before")
            }
            return 0
        }
        guard try session.count("PRAGMA application_id") == applicationID, version > 0 else {
            throw Unfit("is a database of another program; name another file")
        }
        guard version <= migrations.count else {
            throw Unfit(
                "is of version \(version), this program knows versions up to \(migrations.count); "
                    + "install the newer program again")
        }
        return version
    }
}
