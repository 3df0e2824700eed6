/// What the command's exit code says; scripts rely on it, so a code never changes its meaning.
enum ExitStatus: Int32, CaseIterable {
    /// Done, and all is as it should be.
    case ok = 0
    /// Done, and something is otherwise than declared.
    case differences = 1
    /// The arguments are wrong (`EX_USAGE`).
    case usage = 64
    /// What was read is wrong: the directory, a password file, the fleet itself (`EX_DATAERR`).
    case badData = 65
    /// The broker cannot be reached (`EX_UNAVAILABLE`).
    case unreachable = 69
    /// A file cannot be written (`EX_CANTCREAT`).
    case cannotWrite = 73
    /// The broker answered something unexpected (`EX_PROTOCOL`).
    case unexpectedAnswer = 76
    /// The login or its rights do not suffice (`EX_NOPERM`).
    case notAllowed = 77

    /// What it means, for the help.
    var meaning: String {
        switch self {
        case .ok: "ok"
        case .differences: "differences"
        case .usage: "wrong arguments"
        case .badData: "bad data"
        case .unreachable: "broker unreachable"
        case .cannotWrite: "cannot write"
        case .unexpectedAnswer: "unexpected answer"
        case .notAllowed: "not allowed"
        }
    }

    /// All of them in a line.
    static var table: String { allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ") + "." }
}
