import BrokerSupport
import Foundation
import LedgerMessages
import MailboxSupport
import Testing
import Wire

extension Live {
    /// Cases go on while mails cannot; mails arrive when they can, or are letters that say why not.
    @Suite(.serialized) struct MailTroubleTests {
        /// Cases beside the first; `BATON_TEST_CASES` says otherwise.
        private let cases = number("BATON_TEST_CASES") ?? 10

        @Test(
            "While the mail server is away cases go on to their end, and once it is back every mail arrives")
        func away() async throws {
            try await onThread { [cases] in
                let before = try RunningMailbox()
                let running = try RunningFleet(mail: MailRoute(port: before.port))
                try running.stories(of: 1, within: .seconds(60))
                before.stop()
                let waiting = try running.complete(cases) { $0.effects.allSatisfy { $0.attempts > 0 } }
                #expect(waiting.contains { !$0.effects.isEmpty }, "mails wait while nobody takes them")
                let after = try RunningMailbox(port: before.port)
                try running.stories(of: cases + 1, within: .seconds(120))
                try running.expectAllWell(mails: before.mails + after.mails)
            }
        }

        @Test(
            "While the mail server asks for patience cases go on, the ledger says why, and every mail arrives"
        )
        func forNow() async throws {
            try await onThread { [cases] in
                let mailbox = try RunningMailbox()
                let running = try RunningFleet(mail: MailRoute(port: mailbox.port))
                try mailbox.behave("451 rcpt")
                let waiting = try running.complete(cases) { $0.effects.allSatisfy { $0.attempts > 0 } }
                let reasons = Set(waiting.flatMap(\.effects).compactMap(\.why))
                #expect(!reasons.isEmpty && reasons.allSatisfy { $0.contains("451") }, "\(reasons)")
                try mailbox.behave()
                try running.stories(of: cases + 1, within: .seconds(120))
                try running.expectAllWell(mails: mailbox.mails)
            }
        }

        @Test(
            "Mails to an address that is refused for good are letters that say so, and moot once their handoff is answered; all others arrive"
        )
        func forGood() async throws {
            try await onThread { [cases] in
                let mailbox = try RunningMailbox()
                try mailbox.behave("550 rcpt entitlements@example.com")
                let running = try RunningFleet(mail: MailRoute(port: mailbox.port))
                try running.complete(cases) { $0.effects.map(\.state) == [.dead] }
                let desk = try LedgerDesk(running.fleet)
                let moot = AskLetters(LetterFilter(state: .moot), limit: 1)
                _ = try desk.ask(moot, within: .seconds(60)) { $0.page.total == cases + 1 }
                let letters = try desk.letters(state: .moot)
                try running.fleet.expectEmpty(["baton.notifier.dead"])
                let stories = try running.finalStories()
                let audit = try FleetAudit(stories, running.traffic, mailbox.mails.map(KeptMail.init))
                // EMS is asked once a case.
                #expect(letters.count == cases + 1)
                #expect(Set(letters.map(\.queue)) == ["baton.notifier.dead"])
                #expect(
                    letters.allSatisfy {
                        $0.why.contains("550") && $0.why.contains("entitlements@example.com")
                    },
                    "\(Set(letters.map(\.why)).prefix(3))")
                let findings =
                    try audit.caseFindings + audit.handoffFindings
                    + audit.mailFindings(missing: cases + 1)
                #expect(findings.isEmpty, "\(findings.prefix(10))")
                let left = try running.fleet.left(in: RunningFleet.queues)
                #expect(left.isEmpty, "messages are left: \(left)")
            }
        }

        @Test("A wrong password costs no mail: the service says so, and all arrive once it is put right")
        func wrongPassword() async throws {
            try await onThread { [cases] in
                let mailbox = try RunningMailbox(user: "baton", password: "right")
                let password = try PasswordFile("wrong")
                let running = try RunningFleet(
                    mail: MailRoute(port: mailbox.port, passwordFile: password.url))
                let waiting = try running.complete(cases) { !$0.effects.isEmpty }
                #expect(
                    waiting.allSatisfy { $0.effects.allSatisfy { $0.state == .waiting && $0.attempts == 0 } },
                    "nothing is burnt")
                let log = try running.fleet["notifier"].log
                #expect(log.contains("refused the login of baton"), "\(log.suffix(1000))")
                #expect(!log.contains("wrong"), "the password is in the log")
                try password.write("right")
                #expect(running.fleet["notifier"].stop() == 0)
                try running.fleet["notifier"].start()
                try running.stories(of: cases + 1, within: .seconds(150))
                try running.expectAllWell(mails: mailbox.mails)
            }
        }
    }
}

extension RunningFleet {
    /// Starts so many cases beside the first, and sees all of them to their end.
    ///
    /// - Returns: the stories of all, once each stands as wanted.
    @discardableResult
    fileprivate func complete(_ cases: Int, until isSettled: (CaseStory) -> Bool) throws -> [CaseStory] {
        traffic.start(cases: 1..<cases + 1, wishing: Wishes.mixed)
        let areEnded = traffic.wait(forEnds: cases + 1, as: Traffic.ended, within: .seconds(120))
        #expect(areEnded, "not every case ended:\n\(logs)")
        return try stories(of: cases + 1, within: .seconds(60), until: isSettled)
    }

    /// Stops everything, and finds nothing wrong with what it leaves.
    fileprivate func expectAllWell(mails: [String]) throws {
        let audit = try FleetAudit(try finalStories(), traffic, mails.map(KeptMail.init))
        let findings = try audit.findings
        #expect(
            findings.isEmpty, "\(findings.count) findings:\n\(findings.prefix(10).joined(separator: "\n"))")
        #expect(try fleet.left(in: Self.queues).isEmpty)
    }
}

/// A file with a password that only its owner can read; removed with the object.
private final class PasswordFile {
    let url = FileManager.default.temporaryDirectory.appending(path: "baton-password-\(UUID())")

    init(_ password: String) throws { try write(password) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ password: String) throws {
        try? FileManager.default.removeItem(at: url)
        let isMade = FileManager.default.createFile(
            atPath: url.path, contents: Data("\(password)\n".utf8), attributes: [.posixPermissions: 0o600])
        guard isMade else { throw CocoaError(.fileWriteUnknown) }
    }
}
