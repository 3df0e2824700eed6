/// The name of a worker: its binary, unit, queue, broker user and log label carry it.
public struct WorkerName: KebabName {
    /// The name.
    public let rawValue: String

    /// Takes a valid name.
    public init?(rawValue: String) {
        guard rawValue.utf8.isKebab else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "cancellation" }
}
