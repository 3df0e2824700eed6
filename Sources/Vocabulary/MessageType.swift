import Synchronization

/// The types that were read so far. A service meets some dozens of them, each many times a second, and looking one up costs
/// less than a tenth of reading it.
private let knownTypes = Mutex<[String: MessageType]>([:])

/// The type of a message: who owns it, what it says, and in which version of its fields.
public struct MessageType: TextValue, Comparable {
    /// The type as `<owner>.<name>.v<version>`.
    public let rawValue: String

    /// The worker that alone publishes or asks it.
    public let owner: WorkerName

    /// What it says, in kebab case.
    public let name: String

    /// The version of its fields, from 1.
    public let version: Int

    /// Takes a text `<owner>.<name>.v<version>`; one that was read before is looked up.
    public init?(rawValue: String) {
        if let type = knownTypes.withLock({ $0[rawValue] }) {
            self = type
            return
        }
        self.init(reading: rawValue)
        knownTypes.withLock { [self] known in
            if known.count >= Limits.knownTypes { known = [:] }
            known[rawValue] = self
        }
    }

    private init?(reading rawValue: String) {
        let parts = rawValue.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let owner = WorkerName(rawValue: String(parts[0])), parts[2].first == "v"
        else {
            return nil
        }
        guard let version = Int(parts[2].dropFirst()) else { return nil }
        self.init(owner: owner, name: String(parts[1]), version: version)
        // One type has one spelling: neither `v01` nor `v+1`.
        guard self.rawValue == rawValue else { return nil }
    }

    /// Puts a type together; `nil` if the name is not kebab case or the version not 1 to 9999.
    public init?(owner: WorkerName, name: String, version: Int) {
        guard name.utf8.isKebab, (1...Limits.maxTypeVersion).contains(version) else { return nil }
        self.owner = owner
        self.name = name
        self.version = version
        rawValue = owner.rawValue + "." + name + ".v" + String(version)
    }

    /// The key events of this type travel under: without the version, so that a new one reaches old bindings.
    public var routingKey: String { owner.rawValue + "." + name }

    /// What a type must be.
    public static var rule: String { "be a message type <owner>.<name>.v<version>, like \"\(example)\"" }

    /// The same as a pattern.
    public static var pattern: String {
        "^[a-z0-9-]{1,\(Limits.maxNameLength)}\\.[a-z0-9-]{1,\(Limits.maxNameLength)}\\.v[1-9][0-9]{0,3}$"
    }

    /// An example of one.
    public static var example: String { "cancellation.subscription-cancelled.v1" }

    /// The text says all.
    public static func == (left: MessageType, right: MessageType) -> Bool { left.rawValue == right.rawValue }

    /// The text says all.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
