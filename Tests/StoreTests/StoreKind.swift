import Engine
import Foundation
import Rehearsal
import Testing
import Vocabulary

@testable import SQLiteStore

/// The stores that keep the same promises.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory = "in memory"
    case sqlite = "SQLite"

    var testDescription: String { rawValue }

    /// A new, empty place for a store of this kind.
    func place() throws -> any StorePlace {
        switch self {
        case .memory: MemoryPlace()
        case .sqlite: try SQLitePlace()
        }
    }
}

/// Where a store is kept. Each use is the next run of a worker: it finds what the last one left.
protocol StorePlace {
    func use<Value>(_ body: (any Store) throws -> Value) throws -> Value
}

/// Memory that outlives its users.
private struct MemoryPlace: StorePlace {
    private let store = MemoryStore()

    func use<Value>(_ body: (any Store) throws -> Value) throws -> Value { try body(store) }
}

/// A file, opened anew for each use.
struct SQLitePlace: StorePlace {
    let folder: Folder
    var path: String { folder.path("worker.sqlite") }

    init() throws { folder = try Folder() }

    /// A connection to a new file that is no store yet.
    func foreign() throws -> SQLSession {
        try Data().write(to: URL(filePath: path))
        return try SQLSession(path: path)
    }

    func open(create: Bool = true, worker: WorkerName = "cancellation") throws -> SQLiteStore {
        try SQLiteStore.open(path: path, create: create, worker: worker)
    }

    func open<Value>(_ body: (SQLiteStore) throws -> Value) throws -> Value {
        let store = try open()
        return try withExtendedLifetime(store) { try body(store) }
    }

    func use<Value>(_ body: (any Store) throws -> Value) throws -> Value { try open { try body($0) } }
}
