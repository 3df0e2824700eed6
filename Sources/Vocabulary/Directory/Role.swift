extension Directory {
    /// What a user may do at the broker.
    public enum Role: Equatable {
        /// Answers the handoffs of its team.
        case team
        /// Starts and withdraws cases of a process.
        case starter(ProcessName)
        /// Sees everything and puts right what is stuck.
        case `operator`
    }
}

extension Directory.Role: TextValue {
    private static let starterPrefix = "starter of "

    /// The role as directories write it: `team`, `starter of saas-to-local`, `operator`.
    public var rawValue: String {
        switch self {
        case .team: "team"
        case .starter(let process): Self.starterPrefix + process.rawValue
        case .operator: "operator"
        }
    }

    /// Reads a role.
    public init?(rawValue: String) {
        switch rawValue {
        case "team": self = .team
        case "operator": self = .operator
        default:
            guard rawValue.hasPrefix(Self.starterPrefix) else { return nil }
            guard let process = ProcessName(rawValue: String(rawValue.dropFirst(Self.starterPrefix.count)))
            else {
                return nil
            }
            self = .starter(process)
        }
    }

    /// What a role must be.
    public static var rule: String { "be a role: \"team\", \"operator\" or \"starter of <process>\"" }

    /// The same as a pattern.
    public static var pattern: String { "^(team|operator|starter of [a-z0-9-]{1,\(Limits.maxNameLength)})$" }

    /// An example of one.
    public static var example: String { "\(starterPrefix)\(ProcessName.example)" }
}
