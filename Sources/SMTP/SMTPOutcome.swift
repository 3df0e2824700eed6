/// How one try to send a mail ended. Texts are one sentence with the server and its reply, never a password.
public enum SMTPOutcome: Equatable, Sendable {
    /// The server has the mail and answers for it; its reply.
    case accepted(reply: String)
    /// The server said no for now (4xx): try again later.
    case refusedForNow(code: Int, String)
    /// The server said no to this mail for good (5xx).
    case refusedForGood(code: Int, String)
    /// No mail can be sent like this: the login, the certificate, the encryption. Someone must put it right.
    case misconfigured(String)
    /// The dialogue ended before the mail was handed over: it did not arrive. Try again later.
    case unreachable(String)
    /// The dialogue ended after the mail was handed over, and before its reply: it may have arrived. Try again under
    /// the same message id.
    case unknown(String)
}
