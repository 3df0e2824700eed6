/// What the command's exit code says; scripts rely on it, so a code never changes its meaning.
enum ExitStatus: Int32, CaseIterable {
    /// Done, and all is as it should be.
    case ok = 0
    /// Done, and something is otherwise than it should be.
    case differences = 1
    /// A worker or the ledger understood what was sent, and refused it: nothing has changed.
    case refused = 2
    /// The arguments are wrong (`EX_USAGE`).
    case usage = 64
    /// What was read is wrong: a message, a profile, the directory, a password file, the fleet itself (`EX_DATAERR`).
    case badData = 65
    /// There is no such case, handoff or letter, or none that this user may see (`EX_NOINPUT`).
    case notFound = 66
    /// The broker cannot be reached, or the ledger does not answer (`EX_UNAVAILABLE`).
    case unreachable = 69
    /// A file cannot be written (`EX_CANTCREAT`).
    case cannotWrite = 73
    /// The message is at the broker, and its verdict is not known yet (`EX_TEMPFAIL`).
    case unknownYet = 75
    /// The broker or the ledger answered something unexpected (`EX_PROTOCOL`).
    case unexpectedAnswer = 76
    /// The login or its rights do not suffice (`EX_NOPERM`).
    case notAllowed = 77

    /// What it means, for the help.
    var meaning: String {
        switch self {
        case .ok: "ok"
        case .differences: "differences"
        case .refused: "refused"
        case .usage: "wrong arguments"
        case .badData: "bad data"
        case .notFound: "not found"
        case .unreachable: "broker or ledger unreachable"
        case .cannotWrite: "cannot write"
        case .unknownYet: "verdict not known yet"
        case .unexpectedAnswer: "unexpected answer"
        case .notAllowed: "not allowed"
        }
    }

    /// All of them in a line.
    static var table: String { allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ") + "." }
}
