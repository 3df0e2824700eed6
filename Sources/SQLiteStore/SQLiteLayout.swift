internal import GRDB

/// The tables of a kind of file, and how a file gets from one version of them to the next.
package struct SQLiteLayout: Sendable {
    /// Marks a file as one of this kind.
    let applicationID: Int
    /// What leads from each version to the next, from an empty file on. A released one is never edited.
    let migrations: [String]
    /// Fills a new file and checks whose an old one is, in the transaction that brings it up to date.
    let check: @Sendable (Database, _ isNew: Bool) throws -> Void

    /// A layout whose files belong to nobody in particular.
    package init(applicationID: Int, migrations: [String]) {
        self.init(applicationID: applicationID, migrations: migrations) { _, _ in }
    }

    init(
        applicationID: Int, migrations: [String],
        check: @escaping @Sendable (Database, _ isNew: Bool) throws -> Void
    ) {
        self.applicationID = applicationID
        self.migrations = migrations
        self.check = check
    }

    /// Makes sure that a file is of this kind, and brings it up to date in one transaction.
    func prepare(_ database: Database, create: Bool) throws {
        let version = try checkedVersion(of: database, create: create)
        try database.inTransaction(.immediate) {
            for migration in migrations[version...] { try database.execute(sql: migration) }
            if version < migrations.count {
                try database.execute(
                    sql: "PRAGMA user_version = \(migrations.count); PRAGMA application_id = \(applicationID)"
                )
            }
            try check(database, version == 0)
            return .commit
        }
    }

    /// The version the file is of; 0 for an empty one that may be filled.
    private func checkedVersion(of database: Database, create: Bool) throws -> Int {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if tables == 0, version == 0 {
            guard create else {
                throw Unfit(
                    "is empty; restore the worker's file, or allow an empty one if it never ran before")
            }
            return 0
        }
        guard try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID, version > 0 else {
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
