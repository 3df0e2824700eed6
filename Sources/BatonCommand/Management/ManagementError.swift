/// Why the broker's management API did not do what was asked; no text holds a password.
enum ManagementError: Failure, Equatable {
    /// Nobody answers there, or not in time.
    case unreachable(url: String, why: String)
    /// Name or password is wrong.
    case loginRefused(url: String, user: String)
    /// The login is right and has not the rights.
    case notAllowed(url: String, user: String, remedy: String)
    /// There is no such object.
    case notFound(url: String)
    /// The broker answered something else than it should.
    case unexpected(url: String, status: Int, answer: String)

    var description: String {
        switch self {
        case .unreachable(let url, let why):
            "the broker's management API does not answer at \(url): \(why); is it running, with the management plugin, and "
                + "is this the plugin's port?"
        case .loginRefused(let url, let user):
            "\(url) refused the login of \"\(user)\"; check the name and the password file"
        case .notAllowed(let url, let user, let remedy):
            "\(url) is not allowed to \"\(user)\"; \(remedy)"
        case .notFound(let url): "\(url) is not there; was it removed meanwhile? Run again"
        case .unexpected(let url, let status, let answer):
            "\(url) answered \(status): \(answer); see the broker's log"
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .unreachable: .unreachable
        case .loginRefused, .notAllowed: .notAllowed
        case .notFound, .unexpected: .unexpectedAnswer
        }
    }
}
