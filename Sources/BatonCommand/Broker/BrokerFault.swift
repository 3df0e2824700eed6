internal import AMQP
internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// Why the broker could not be spoken to, or the ledger did not answer; no text holds a password.
enum BrokerFault: Failure, Equatable {
    /// Nothing says where the broker is, or as whom to log in.
    case unsaid(what: String, remedy: String)
    /// A setting cannot be meant.
    case setting(String)
    /// A profile file says something wrong.
    case profile(String, String)
    /// A password was asked for and not given.
    case noPassword(user: String)
    /// No broker of the cluster took the connection.
    case allUnreachable([AMQPError])
    /// The broker lets the user ask in none of these roles.
    case mayNotAsk(user: UserName, roles: [AskingRole])
    /// The broker does not let the user send this.
    case mayNotSend(user: UserName, what: String, remedy: String)
    /// The ledger did not answer in time.
    case ledgerSilent(Endpoint, seconds: Int)
    /// The ledger answered what this program cannot read.
    case unreadableReply(String)

    var description: String {
        switch self {
        case .unsaid(let what, let remedy): "it is not said \(what); \(remedy)"
        case .setting(let why): why
        case .profile(let path, let why): "\(path): \(why)"
        case .noPassword(let user):
            "there is no password for \(user); give --password-file or $BATON_PASSWORD_FILE, or run baton on a terminal"
        case .allUnreachable(let errors): errors.map(\.description).joined(separator: "; ")
        case .mayNotAsk(let user, let roles):
            "the broker does not let \(user) ask the ledger as \(roles.map(\.rawValue).joined(separator: " or ")); give the "
                + "user that role in the directory, and apply the topology"
        case .mayNotSend(let user, let what, let remedy): "the broker does not let \(user) \(what); \(remedy)"
        case .ledgerSilent(let endpoint, let seconds):
            "the ledger does not answer at \(endpoint) within \(seconds) s; is baton-ledger running there? \"baton doctor\" "
                + "tells more"
        case .unreadableReply(let why):
            "the ledger's reply cannot be read: \(why); are baton and baton-ledger of the same release?"
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .unsaid, .setting: .usage
        case .profile, .noPassword: .badData
        case .allUnreachable(let errors): errors.last?.exitStatus ?? .unreachable
        case .mayNotAsk, .mayNotSend: .notAllowed
        case .ledgerSilent: .unreachable
        case .unreadableReply: .unexpectedAnswer
        }
    }
}

extension AMQPError: Failure {
    var exitStatus: ExitStatus {
        switch self {
        case .badAddress: .usage
        case .unreachable, .untrusted, .unroutable, .unanswered, .silent, .closed: .unreachable
        case .loginRefused, .virtualHostRefused, .refused(code: 403, _): .notAllowed
        case .refused: .unexpectedAnswer
        case .unsendable: .badData
        }
    }
}

extension QuestionRefused: Failure {
    var exitStatus: ExitStatus {
        switch reason {
        case .malformed: .refused
        case .notAllowed: .notAllowed
        case .notFound: .notFound
        }
    }
}
