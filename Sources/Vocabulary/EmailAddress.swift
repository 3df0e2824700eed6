/// One plain email address, without a display name, comments or quotes, so that it may stand in a header as it is.
public struct EmailAddress: TextValue, Comparable {
    /// The address.
    public let rawValue: String

    /// Takes an address as most mail systems accept it (RFC 5321, dot-atoms and a domain name only).
    public init?(rawValue: String) {
        guard rawValue.utf8.count <= Limits.maxAddressLength else { return nil }
        let parts = rawValue.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= Limits.maxLocalPartLength else { return nil }
        guard Self.isDotted(parts[0], of: Self.isAtomCharacter), Self.isDomain(parts[1]) else { return nil }
        self.rawValue = rawValue
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && isDotted(text, of: isLabelCharacter)
            && labels.allSatisfy { $0.utf8.count < 64 && $0.first != "-" && $0.last != "-" }
    }

    private static func isDotted(_ text: Substring, of isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.utf8.allSatisfy(isAllowed)
        }
    }

    private static func isLabelCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        isLabelCharacter(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }

    /// What an address must be.
    public static var rule: String { "be one plain email address, like \"\(example)\"" }

    /// As much of it as a pattern says.
    public static var pattern: String { "^[^@\\s\"<>(),:;]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$" }

    /// An example of one.
    public static var example: String { "ada@example.com" }
}
