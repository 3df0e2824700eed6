import FoundationEssentials
import MailboxSupport
import SMTP

extension Mail {
    /// A mail of which only what matters is said.
    static func sample(
        to address: String = "team@example.org", subject: String = "A handoff waits",
        body: String = "Please.\n",
        id: String = "1@example.org", from: String? = nil, headers: [Header] = []
    ) throws -> Mail {
        try Mail(
            from: Mailbox(name: from, address: "baton@example.org"), to: Mailbox(address: address),
            subject: subject, body: body, messageID: id, date: Date(timeIntervalSince1970: 1_795_244_280),
            headers: headers)
    }
}

extension RunningMailbox {
    /// It as a server.
    func server(
        host: String = "127.0.0.1", _ security: SMTPServer.Security = .plain, authority: String? = nil,
        login: Login? = nil
    ) throws -> SMTPServer {
        try SMTPServer(
            host: host, port: port, security: security, authorityFile: authority, login: login,
            greetingName: "test.example.org")
    }

    /// Sends it a mail, plainly.
    func take(_ mail: Mail, timeout: Duration = .seconds(30)) throws -> SMTPOutcome {
        SMTPClient(try server()).send(mail, timeout: timeout)
    }
}
