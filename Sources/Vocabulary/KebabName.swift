/// A name of lower-case letters, digits and hyphens: safe in queue names, routing keys, file names and the broker's
/// own patterns, which do not escape it.
public protocol KebabName: TextValue, Comparable {}

extension KebabName {
    /// What a name must be.
    public static var rule: String {
        "be 1 to \(Limits.maxNameLength) lower-case letters, digits and hyphens, like \"\(example)\""
    }

    /// The same as a pattern.
    public static var pattern: String { "^[a-z0-9-]{1,\(Limits.maxNameLength)}$" }
}

extension Collection<UInt8> {
    /// Whether these are 1 to 64 of `[a-z0-9-]`.
    var isKebab: Bool {
        (1...Limits.maxNameLength).contains(count)
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: byte == UInt8(ascii: "-")
                }
            }
    }
}
