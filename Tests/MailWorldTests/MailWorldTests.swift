import BrokerSupport
import Engine
import MailWorld
import MailboxSupport
import SMTP
import StrictJSON
import Testing
import Vocabulary
import Wire

/// A world, and what came of its effects.
private struct Bench: Sendable {
    let world: MailWorld
    private let wakes: Recorder<Bool>

    init(_ mailbox: RunningMailbox, login: Login? = nil) throws {
        let wakes = Recorder<Bool>()
        self.wakes = wakes
        let server = try SMTPServer(
            host: "127.0.0.1", port: mailbox.port, security: .plain, login: login)
        world = MailWorld(
            client: SMTPClient(server), sender: try Mailbox(address: "baton@example.org"),
            templates: try Sample.templates(), onOutcome: { wakes.record(true) })
    }

    /// The outcome of one effect, once the world said that there is one.
    func outcome(_ effect: EffectRow, timeout: Duration = .seconds(30)) throws -> EffectOutcome {
        let before = wakes.elements.count
        world.start(effect, timeout: timeout)
        try #require(wakes.wait(within: .seconds(180)) { $0.count > before })
        let outcomes = world.outcomes()
        #expect(outcomes.map(\.id) == [effect.id])
        return try #require(outcomes.first).outcome
    }

    func outcomes(_ count: Int) throws -> [(id: String, outcome: EffectOutcome)] {
        try #require(wakes.wait(within: .seconds(180)) { $0.count >= count })
        return world.outcomes()
    }
}

@Suite("A mail that a worker orders") struct MailWorldTests {
    @Test("It arrives, rendered, under the effect's id and with its case; a repeat has the same id")
    func arrives() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let bench = try Bench(mailbox)
            #expect(try bench.outcome(Sample.effect()) == .done(["reply": "250 kept as 1"]))
            #expect(try bench.outcome(Sample.effect()) == .done(["reply": "250 kept as 2"]))
            for number in 1...2 {
                let (headers, text) = try mailbox.show(number)
                #expect(headers["Subject"] == "Süd & Söhne <alle>: Bitte \"prüfen\"")
                #expect(headers["Message-ID"] == "<e1@example.org>")
                #expect(headers["Baton-Case"] == "saas-to-local/4711")
                #expect(headers["Auto-Submitted"] == "auto-generated")
                #expect(text == "Dear Süd & Söhne <alle>,\n\n- firm: Müller,\n- seats: 12\n")
            }
        }
    }

    @Test(
        "What is refused for now, lost or unanswered has failed and can be tried again",
        arguments: ["451 rcpt *1", "drop mail *1", "drop data *1", "hang data *1"])
    func failed(behaviour: String) async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave(behaviour)
            let bench = try Bench(mailbox)
            let outcome = try bench.outcome(Sample.effect(), timeout: .seconds(4))
            guard case .failed = outcome else {
                Issue.record("\(outcome) is not failed")
                return
            }
            guard case .done = try bench.outcome(Sample.effect()) else {
                Issue.record("the second try was not taken")
                return
            }
        }
    }

    @Test("What is refused for good is impossible, with the server's reply")
    func impossible() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("550 rcpt nobody@example.org")
            let outcome = try Bench(mailbox).outcome(Sample.effect(to: "nobody@example.org"))
            guard case .impossible(let why) = outcome else {
                Issue.record("\(outcome) is not impossible")
                return
            }
            #expect(why.contains("550 as its behaviour says"))
        }
    }

    @Test("A wrong login is blocked, told without the password")
    func blocked() async throws {
        try await onThread {
            let mailbox = try RunningMailbox(user: "baton", password: "s3cret")
            let bench = try Bench(mailbox, login: Login(user: "baton", password: "hunter2"))
            let outcome = try bench.outcome(Sample.effect())
            guard case .blocked(let why) = outcome else {
                Issue.record("\(outcome) is not blocked")
                return
            }
            #expect(why.contains("baton") && !why.contains("hunter2"))
        }
    }

    @Test("A server that is away is a trouble since the first mail that met it, until one is accepted")
    func trouble() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let bench = try Bench(mailbox)
            try mailbox.behave("550 rcpt nobody@example.org", "drop mail *2")
            #expect(bench.world.trouble == nil)
            _ = try bench.outcome(Sample.effect())
            let first = try #require(bench.world.trouble)
            #expect(first.kind == .mail && first.why.contains("127.0.0.1"), "\(first.why)")
            _ = try bench.outcome(Sample.effect())
            #expect(bench.world.trouble?.since == first.since)
            _ = try bench.outcome(Sample.effect(to: "nobody@example.org"))
            #expect(bench.world.trouble != nil, "it is about one mail, not about all")
            #expect(try bench.outcome(Sample.effect()) == .done(["reply": "250 kept as 1"]))
            #expect(bench.world.trouble == nil)
        }
    }

    @Test("An order that is none, lacks a field or would begin a header is impossible, and nothing is sent")
    func badOrders() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            let bench = try Bench(mailbox)
            var injected = Sample.fields
            injected["title"] = "x\nBcc: all@example.org"
            let orders: [(JSON, String)] = [
                (["to": "nobody"], ".data.to must be one plain email address"),
                (try Sample.effect(fields: Sample.fields.removing(["title"])).data, "names title"),
                (try Sample.effect(fields: injected).data, "the subject must be one line"),
            ]
            for (data, finding) in orders {
                let effect = EffectRow(
                    id: "bad", caseID: "saas-to-local/1", type: "notifier.mail.v1", data: data, at: nil)
                guard case .impossible(let why) = try bench.outcome(effect) else {
                    Issue.record("\(data) was not impossible")
                    continue
                }
                #expect(why.contains(finding), "\(why)")
            }
            #expect(try mailbox.mails.isEmpty)
        }
    }

    @Test("Starting does not wait for a server that is silent, and each of many effects has one outcome")
    func many() async throws {
        try await onThread {
            let mailbox = try RunningMailbox()
            try mailbox.behave("hang rcpt *4")
            let bench = try Bench(mailbox)
            let began = ContinuousClock.now
            for number in 0..<4 {
                bench.world.start(try Sample.effect("silent\(number)"), timeout: .seconds(3))
            }
            for number in 0..<20 {
                bench.world.start(try Sample.effect("e\(number)"), timeout: .seconds(60))
            }
            #expect(ContinuousClock.now - began < .seconds(3))
            let outcomes = try bench.outcomes(24)
            #expect(Set(outcomes.map(\.id)).count == 24)
            #expect(try mailbox.mails.count == 20)
        }
    }
}

extension Sample {
    fileprivate static func effect(fields: JSONObject) throws -> EffectRow { try effect("bad", fields) }
}
