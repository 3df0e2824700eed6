/// The id of a case: its process, and what its starter chose to call it.
public struct CaseID: TextValue, Comparable {
    /// The id as `<process>/<id>`.
    public let rawValue: String

    /// The kind of journey.
    public let process: ProcessName

    /// The case among those of its process: at most 64 of `[a-z0-9-]`.
    public var id: String { String(Substring(rawValue.utf8.dropFirst(process.rawValue.utf8.count + 1))) }

    /// Takes a text `<process>/<id>`.
    public init?(rawValue: String) {
        guard let slash = rawValue.utf8.firstIndex(of: UInt8(ascii: "/")),
            let process = ProcessName(rawValue: String(rawValue[..<slash])),
            rawValue.utf8[slash...].dropFirst().isKebab
        else { return nil }
        self.process = process
        self.rawValue = rawValue
    }

    /// Puts an id together; `nil` if `id` is not 1 to 64 of `[a-z0-9-]`.
    public init?(process: ProcessName, id: String) {
        guard id.utf8.isKebab else { return nil }
        self.process = process
        rawValue = process.rawValue + "/" + id
    }

    /// What a case's id must be.
    public static var rule: String {
        "be a process and an id with a slash between, each 1 to \(Limits.maxNameLength) lower-case letters, digits "
            + "and hyphens, like \"\(example)\""
    }

    /// The same as a pattern.
    public static var pattern: String {
        "^[a-z0-9-]{1,\(Limits.maxNameLength)}/[a-z0-9-]{1,\(Limits.maxNameLength)}$"
    }

    /// An example of one.
    public static var example: String { "saas-to-local/firm-4711" }

    /// The text says all.
    public static func == (left: CaseID, right: CaseID) -> Bool { left.rawValue == right.rawValue }

    /// The text says all.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
