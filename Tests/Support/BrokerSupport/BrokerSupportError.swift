/// Why a test has no broker to talk to.
public struct BrokerSupportError: Error, CustomStringConvertible {
    /// What failed, and what to do.
    public let description: String

    /// Says what.
    public init(_ description: String) {
        self.description = description
    }
}
