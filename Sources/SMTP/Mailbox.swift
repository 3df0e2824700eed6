/// An address, with the name that mail programs show beside it.
public struct Mailbox: Equatable, Sendable {
    /// What is shown; nothing beside the address where there is none.
    public let name: String?
    /// The address, as `local@domain` in ASCII.
    public let address: String

    /// Takes an address.
    ///
    /// - Throws: ``SMTPError/badMail(_:)``, where the address could end its line or its brackets, or the name its line.
    public init(name: String? = nil, address: String) throws(SMTPError) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard address.utf8.count <= Limits.addressBytes, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            address.utf8.allSatisfy(Self.isAllowed)
        else {
            throw .badMail(
                "an address must be local@domain in ASCII without blanks, quotes and brackets, not \(address.quoted)"
            )
        }
        if let name {
            guard name.isOneLine, name.utf8.count <= Limits.textBytes, !name.isEmpty else {
                throw .badMail(
                    "the name beside \(address) must be one line of 1 to \(Limits.textBytes) bytes, not \(name.quoted)"
                )
            }
        }
        self.name = name
        self.address = address
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\"(),:;<>[\\]".utf8.contains(byte)
    }
}
