public import Vocabulary

/// A team says that it has a handoff: on the key of its answers, with the handoff's id as `correlationid`.
public struct Accept: Codable, Equatable, Sendable {
    /// Who has it now.
    public let by: Person

    /// Takes it.
    public init(by person: Person) { by = person }

    /// Its type among a worker's messages.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(declared: "accept", of: worker, version: 1)
    }
}

/// A team says that it cannot do what a handoff asks: on the key of its answers, with the handoff's id as
/// `correlationid`. Its escalation contact is told; the handoff stays open.
public struct Decline: Codable, Equatable, Sendable {
    /// Who says so.
    public let by: Person
    /// Why; 1 to 500 characters.
    public let reason: String

    /// Declines.
    public init(by person: Person, reason: String) {
        by = person
        self.reason = reason
    }

    /// Its type among a worker's messages.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(declared: "decline", of: worker, version: 1)
    }
}

/// Whoever may start a case takes it back: on the key `withdraw.<process>.<user>`, with the case as `subject`.
public struct Withdraw: Codable, Equatable, Sendable {
    /// Who says so.
    public let by: Person
    /// Why; 1 to 500 characters.
    public let reason: String

    /// Withdraws.
    public init(by person: Person, reason: String) {
        by = person
        self.reason = reason
    }

    /// Its type among the messages of the process's home.
    public static func type(of home: WorkerName) -> MessageType {
        MessageType(declared: "withdraw", of: home, version: 1)
    }
}
