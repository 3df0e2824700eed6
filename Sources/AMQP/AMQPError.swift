/// Why the broker, or the way to it, did not do what it was asked. No text holds a password or a message.
public enum AMQPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A URL or file that can never work.
    case badAddress(String)
    /// Nobody answers there.
    case unreachable(Endpoint, String)
    /// The certificate is not signed by an authority that is trusted, or is for another host.
    case untrusted(Endpoint, String)
    /// User or password is wrong.
    case loginRefused(Endpoint, user: String)
    /// The virtual host does not exist, or the user may not use it.
    case virtualHostRefused(Endpoint, user: String, String)
    /// The broker refused a method and closed the channel.
    case refused(code: Int, String)
    /// A mandatory message found no queue.
    case unroutable(String)
    /// A message breaks a bound of the protocol; nothing of it was sent, and the connection goes on.
    case unsendable(String)
    /// A confirm or a reply did not come in time, or said no for now; the connection goes on.
    case unanswered(String)
    /// The broker did not answer, or took nothing, for too long.
    case silent(String)
    /// The connection ended.
    case closed(String)

    /// What failed, where, and what to do.
    public var description: String {
        switch self {
        case .badAddress(let why): why
        case .unreachable(let endpoint, let why):
            "cannot reach \(endpoint): \(why); is the broker running, and the port right?"
        case .untrusted(let endpoint, let why):
            "\(endpoint) is not trusted: \(why); check the authority file, and that the host is the one its certificate names"
        case .loginRefused(let endpoint, let user):
            "\(endpoint) refused the login of \(user); check user and password file"
        case .virtualHostRefused(let endpoint, let user, let why):
            "\(endpoint) refused \(user) its virtual host: \(why); create it, or give the user its permissions"
        case .refused(let code, let why): "the broker refused: \(code) \(why)\(Self.remedy(code))"
        case .unroutable(let why):
            "no queue takes the message: \(why); check the key, and that its hearer is set up"
        case .unsendable(let why): "the message cannot be sent: \(why)"
        case .unanswered(let why): "no answer: \(why); try again"
        case .silent(let why): "the broker is silent: \(why)"
        case .closed(let why): "the connection ended: \(why)"
        }
    }

    private static func remedy(_ code: Int) -> String {
        switch code {
        case 403: "; give the user the right, or use the user that has it"
        case 404: "; create it with: baton topology apply"
        case 406: "; what is declared or sent differs from what the broker has"
        default: ""
        }
    }
}
