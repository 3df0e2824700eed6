/// The metadata keys of a worker's log.
enum LogKey {
    /// Why something is as it is.
    static let reason = "reason"
    /// What became of a delivery.
    static let outcome = "outcome"
    /// The kind of trouble with it.
    static let trouble = "trouble"
    /// Who sent it, as the broker proved it.
    static let sender = "sender"
    /// Its id.
    static let message = "message"
    /// The case.
    static let caseID = "case"
    /// A row of the outbox.
    static let row = "row"
    /// The type of a message or an effect.
    static let type = "type"
    /// How many there are.
    static let count = "count"
    /// The program's version.
    static let version = "version"
}
