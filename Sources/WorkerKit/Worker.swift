public import StrictJSON
public import Vocabulary

/// A service of the fleet, declared: what it hears, what it remembers of a case, and what then follows.
public protocol Worker: Sendable {
    /// What it owns: its commands, events and handoffs, and its name.
    associatedtype Messages: MessageSet
    /// What it remembers of one case.
    associatedtype Memory: CaseMemory = NoMemory
    /// The conditions that hold some of its steps.
    associatedtype Gate: GateName = NoGates

    /// Everything it reacts to, a file per process.
    static var parts: [Part] { get }

    /// Why a gate is closed for a case, as the end of the sentence "held because …"; `nil` where it is open. A closed
    /// gate holds its steps, it never skips them.
    static func closedBecause(_ gate: Gate, _ memory: Memory) -> String?
}

extension Worker {
    /// The kebab-case name that stands in its queue, user, unit and log label.
    public static var name: WorkerName { Messages.worker }
}

extension Worker where Gate == NoGates {
    /// There is no gate to ask about.
    public static func closedBecause(_ gate: NoGates, _ memory: Memory) -> String? {}
}

/// What a worker remembers of one case; stored with its version, so that a program can read what an older one
/// wrote.
public protocol CaseMemory: Codable, Equatable, Sendable {
    /// A case of which nothing is known yet.
    init()

    /// The version of this shape, from 1; raise it with every change of a stored field.
    static var version: Int { get }

    /// Brings an older form to the next version.
    ///
    /// - Parameters:
    ///   - old: the memory as `version` wrote it.
    ///   - version: at least 1 and below ``version``.
    /// - Throws: where the old form cannot be read, a sentence that says why.
    static func migrate(_ old: JSON, from version: Int) throws -> JSON
}

extension CaseMemory {
    /// A memory that never changed its shape.
    public static var version: Int { 1 }

    /// There is no older form than the first.
    public static func migrate(_ old: JSON, from version: Int) throws -> JSON {
        preconditionFailure("\(Self.self) has version \(Self.version) but no migration from \(version)")
    }
}

/// The memory of a worker that need not remember anything.
public struct NoMemory: CaseMemory {
    /// Nothing.
    public init() {}
}

/// The name of a gate, stored by its raw value.
public protocol GateName: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

/// The gates of a worker that has none.
public enum NoGates: GateName {
    /// No name names one.
    public init?(rawValue: String) { return nil }
    /// There is none to be named.
    public var rawValue: String { switch self {} }
    /// There is none.
    public static var allCases: [NoGates] { [] }
}
