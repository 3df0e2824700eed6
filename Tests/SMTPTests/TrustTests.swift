import BrokerSupport
import MailboxSupport
import SMTP
import Testing

@Suite("A mail goes only to a server that is trusted, and only with a login that it takes") struct TrustTests
{
    private func send(_ server: SMTPServer) throws -> SMTPOutcome {
        SMTPClient(server).send(try .sample(), timeout: .seconds(30))
    }

    @Test(
        "With STARTTLS and with TLS alike, authority and host name must be right", arguments: [true, false])
    func trust(upgrades: Bool) async throws {
        try await onThread {
            let certificates = try Certificates()
            let mailbox = try RunningMailbox(upgrades ? .startTLS(certificates) : .tls(certificates))
            let security = upgrades ? SMTPServer.Security.startTLS : .tls

            let right = try mailbox.server(
                host: "localhost", security, authority: certificates.authorityFile)
            #expect(try send(right).isAccepted)

            let wrongAuthority = try mailbox.server(
                host: "localhost", security, authority: certificates.unrelatedAuthorityFile)
            let untrusted = try send(wrongAuthority).misconfiguration
            #expect(untrusted?.contains(certificates.unrelatedAuthorityFile) == true)

            let wrongName = try mailbox.server(
                host: "127.0.0.1", security, authority: certificates.authorityFile)
            #expect(try send(wrongName).misconfiguration?.contains("127.0.0.1 is the name") == true)

            let ownAuthorities = try mailbox.server(host: "localhost", security)
            #expect(try send(ownAuthorities).misconfiguration?.contains("the machine's own") == true)
            #expect(try mailbox.mails.count == 1)
        }
    }

    @Test("An authority file that cannot be read is named")
    func authorityFile() async throws {
        try await onThread {
            let mailbox = try RunningMailbox(.tls(try Certificates()))
            let server = try mailbox.server(host: "localhost", .tls, authority: "/no/such/file.pem")
            #expect(try send(server).misconfiguration?.contains("/no/such/file.pem") == true)
        }
    }

    @Test("Where STARTTLS is wanted and not offered, nothing is sent")
    func startTLSMissing() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let outcome = try send(mailbox.server(.startTLS))
            #expect(outcome.misconfiguration?.contains("offers no STARTTLS") == true)
            #expect(try mailbox.mails.isEmpty)
        }
    }

    @Test("A port that speaks no TLS is a fault of the set-up")
    func noTLS() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let outcome = try send(mailbox.server(.tls))
            #expect(outcome.misconfiguration?.contains("made no TLS connection") == true)
        }
    }

    @Test(
        "The right login is taken; a wrong or a missing one is a fault of the set-up, told without the password"
    )
    func login() async throws {
        try await onThread {
            let mailbox = try RunningMailbox(user: "baton", password: "s3cret")
            let right = try Login(user: "baton", password: "s3cret")
            #expect(try send(mailbox.server(login: right)).isAccepted)

            let wrong = try send(mailbox.server(login: Login(user: "baton", password: "hunter2")))
            #expect(wrong.misconfiguration?.contains("login of baton") == true)
            #expect(wrong.misconfiguration?.contains("535") == true)
            #expect(!"\(wrong)".contains("hunter2"))

            let none = try send(mailbox.server())
            #expect(none.misconfiguration?.contains("give a user") == true)
            #expect(try mailbox.mails.count == 1)
        }
    }

    @Test("A password is in no description of a server")
    func noPasswordShown() throws {
        let server = try SMTPServer(
            host: "mail.example.org", port: 465, security: .tls,
            login: Login(user: "baton", password: "hunter2"))
        var dumped = ""
        dump(server, to: &dumped)
        for text in ["\(server)", String(reflecting: server), dumped] { #expect(!text.contains("hunter2")) }
    }

    @Test(
        "A server that can never be used is refused with the rule",
        arguments: [
            ("mail.example.org", 25, SMTPServer.Security.plain, "STARTTLS or TLS"),
            ("mail.example.org", 0, .tls, "1 to 65535"),
            ("mail.example.org/x", 25, .tls, "a name or an address"),
            ("a b", 25, .tls, "a name or an address"),
            ("127.0.0.1.example.org", 25, .plain, "STARTTLS or TLS"),
        ])
    func badServer(host: String, port: Int, security: SMTPServer.Security, rule: String) {
        let error = #expect(throws: SMTPError.self) {
            try SMTPServer(host: host, port: port, security: security)
        }
        #expect(error.map { "\($0)".contains(rule) } == true)
    }
}
