import BrokerSupport
import MailboxSupport
import SMTP
import Testing

@Suite("The outcome says what to do next") struct OutcomeTests {
    @Test("A mail that the server took is there, with the server's reply")
    func accepted() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let outcome = try mailbox.take(.sample())
            #expect(outcome == .accepted(reply: "250 kept as 1"))
            #expect(try mailbox.list() == ["1\tbaton@example.org\tteam@example.org\tA handoff waits"])
        }
    }

    @Test(
        "A 4xx is a refusal for now, wherever it comes; a later try can succeed",
        arguments: [
            ("mail", "the sender baton@example.org"), ("rcpt", "the recipient team@example.org"),
            ("data", "the mail to team@example.org"),
        ])
    func refusedForNow(place: String, subject: String) async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("451 \(place) *1")
            #expect(
                try mailbox.take(.sample())
                    == .refusedForNow(
                        code: 451,
                        "127.0.0.1:\(mailbox.port) refused \(subject) for now: 451 as its behaviour says, at \(place)"
                    ))
            #expect(try mailbox.mails.isEmpty)
            #expect(try mailbox.take(.sample()).isAccepted)
        }
    }

    @Test("A 5xx is a refusal for good, of this mail alone", arguments: ["rcpt", "data"])
    func refusedForGood(place: String) async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("550 \(place) nobody@example.org")
            let outcome = try mailbox.take(.sample(to: "nobody@example.org"))
            guard case .refusedForGood(550, let why) = outcome else {
                Issue.record("\(outcome) is no refusal for good")
                return
            }
            #expect(why.contains("127.0.0.1:\(mailbox.port)") && why.contains("nobody@example.org"))
            #expect(why.contains("550 as its behaviour says"))
            #expect(try mailbox.take(.sample()).isAccepted)
        }
    }

    @Test("A connection lost after the mail was handed over leaves unknown whether it arrived")
    func dropAfterData() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("drop data *1")
            let outcome = try mailbox.take(.sample())
            guard case .unknown(let why) = outcome else {
                Issue.record("\(outcome) is not unknown")
                return
            }
            #expect(why.contains("it may have arrived"))
            #expect(try mailbox.take(.sample()).isAccepted)
            let ids = try (1...2).map { try mailbox.show($0).headers["Message-ID"] }
            #expect(ids == ["<1@example.org>", "<1@example.org>"])
        }
    }

    @Test(
        "A connection lost before that is unreachable: the mail did not arrive", arguments: ["mail", "rcpt"])
    func dropBeforeData(place: String) async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("drop \(place)")
            #expect(try mailbox.take(.sample()).isUnreachable)
            #expect(try mailbox.mails.isEmpty)
        }
    }

    @Test("A server that is away is unreachable")
    func away() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            mailbox.stop()
            let outcome = try mailbox.take(.sample())
            #expect(outcome.isUnreachable)
            #expect("\(outcome)".contains("127.0.0.1:\(mailbox.port)"))
        }
    }

    @Test("A host without an address is unreachable")
    func noSuchHost() async throws {
        try await onThread {
            let server = try SMTPServer(host: "mail.invalid", port: 587, security: .startTLS)
            #expect(SMTPClient(server).send(try .sample(), timeout: .seconds(20)).isUnreachable)
        }
    }

    @Test("A server that falls silent is given up within the time-out", arguments: ["rcpt", "data"])
    func hang(place: String) async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("hang \(place)")
            let began = ContinuousClock.now
            let outcome = try mailbox.take(.sample(), timeout: .milliseconds(1500))
            #expect(ContinuousClock.now - began < .seconds(10))
            // Silence after the mail was handed over may hide that it arrived.
            #expect(place == "data" ? outcome.isUnknown : outcome.isUnreachable)
            #expect("\(outcome)".contains("1.5 seconds"))
        }
    }

    @Test("A server that does not answer good-bye has the mail all the same, and is not waited for")
    func silentGoodbye() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("hang quit")
            let began = ContinuousClock.now
            #expect(try mailbox.take(.sample(), timeout: .seconds(60)).isAccepted)
            #expect(ContinuousClock.now - began < .seconds(30))
        }
    }

    @Test("A hundred mails from four threads all arrive, each once")
    func manyThreads() async throws {
        let mailbox = try RunningMailbox()
        try await withThrowingTaskGroup { group in
            for thread in 0..<4 {
                group.addTask {
                    try await onThread {
                        for number in 0..<25 {
                            let mail = try Mail.sample(id: "\(thread)-\(number)@example.org")
                            #expect(try mailbox.take(mail).isAccepted)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let ids = Set(
            try mailbox.mails.compactMap { mail in
                mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Message-ID: ") }
            })
        #expect(try mailbox.mails.count == 100)
        #expect(ids.count == 100)
    }

    @Test("The mailbox ends when asked to, and leaves nothing but its mails")
    func mailboxEnds() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            mailbox.stop()
            let remains = try mailbox.remains
            #expect(remains.code == 0)
            #expect(remains.files == [])
        }
    }
}

extension SMTPOutcome {
    var isAccepted: Bool { if case .accepted = self { true } else { false } }
    var isUnreachable: Bool { if case .unreachable = self { true } else { false } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
    /// Why nothing can be sent like this; `nil` for any other outcome.
    var misconfiguration: String? { if case .misconfigured(let why) = self { why } else { nil } }
}
