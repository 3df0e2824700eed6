/// Sends mails by one server, a connection for each.
public struct SMTPClient: Sendable {
    /// The server.
    public let server: SMTPServer

    /// Sends by a server.
    public init(_ server: SMTPServer) { self.server = server }

    /// Sends a mail; blocks, so call it on a thread of your own. Several threads may send at one time.
    ///
    /// - Parameters:
    ///   - mail: what to send.
    ///   - timeout: how long all of it may take, from 10 ms to an hour; a good-bye left unanswered may add a second.
    public func send(_ mail: Mail, timeout: Duration) -> SMTPOutcome {
        let (end, dialogue) = Transfer(mail, to: server, within: timeout).perform()
        return Verdict(server: server, mail: mail, timeout: timeout, end: end, dialogue: dialogue).outcome
    }
}
