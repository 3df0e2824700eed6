import BrokerSupport
import MailboxSupport
import SMTP
import Testing

@Suite("A mail arrives as it was written, or is not sent at all") struct MailTests {
    /// A mail as the mailbox decodes it, and as it came over the wire.
    private func arrived(
        _ mail: Mail
    ) throws -> (headers: [String: String], text: String, wire: String) {
        let mailbox = try RunningMailbox()
        #expect(try mailbox.take(mail).isAccepted)
        let (headers, text) = try mailbox.show(1)
        return (headers, text, try mailbox.mails[0])
    }

    @Test("Umlauts arrive intact, in subject, name, header and text, over lines of ASCII")
    func umlauts() async throws {
        try await onThread {
            let subject =
                "Rückübertragung für Müller & Söhne: 「再開」 " + String(repeating: "äöü ß ", count: 20) + "Ende"
            let text = "Grüße aus Köln,\n\n" + String(repeating: "Straße=100% 🚚 ", count: 40) + "\nTschüß  \n"
            let mail = try arrived(
                .sample(
                    subject: subject, body: text, from: "Übergabe \"Süd\"",
                    headers: [.init("Baton-Case", "saas-to-local/4711"), .init("Comments", "schöne Grüße")]))
            #expect(mail.headers["Subject"] == subject)
            #expect(mail.text == text)
            #expect(mail.headers["From"]?.contains("Übergabe") == true)
            #expect(mail.headers["Comments"] == "schöne Grüße")
            #expect(mail.headers["Baton-Case"] == "saas-to-local/4711")
            let lines = mail.wire.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            #expect(mail.wire.utf8.allSatisfy { $0 < 128 })
            #expect(lines.dropLast().allSatisfy { $0.count <= 77 && $0.last == UInt8(ascii: "\r") })
        }
    }

    @Test("What every mail says of itself is there")
    func usualHeaders() async throws {
        try await onThread {
            let mail = try arrived(.sample(from: "Baton, the notifier"))
            #expect(mail.headers["Date"] == "Sat, 21 Nov 2026 06:58:00 +0000")
            #expect(mail.headers["Message-ID"] == "<1@example.org>")
            #expect(mail.headers["From"] == "\"Baton, the notifier\" <baton@example.org>")
            #expect(mail.headers["To"] == "team@example.org")
            #expect(mail.headers["MIME-Version"] == "1.0")
        }
    }

    @Test(
        "A text arrives line by line, whatever its lines begin and end with",
        arguments: [
            ".\n..\n.hidden\nend\n", "no end of line", "", "\n\n\n", "blanks at the end \t\n", "a\r\nb\rc\n",
            "From the start\n", "=41 is no A\n", String(repeating: "x", count: 5000) + "\n",
        ])
    func texts(text: String) async throws {
        try await onThread {
            let expected = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            let ended = expected.isEmpty || expected.hasSuffix("\n") ? expected : expected + "\n"
            let mail = try arrived(.sample(body: text))
            #expect(mail.text == ended)
        }
    }

    @Test(
        "A subject arrives character by character",
        arguments: [
            "", " leading and trailing ", "two  blanks", "=?utf-8?B?aGk=?= is not decoded",
            String(repeating: "many words ", count: 40) + "end", String(repeating: "x", count: 500),
            "\"quoted\"",
        ])
    func subjects(subject: String) async throws {
        try await onThread {
            let mail = try arrived(.sample(subject: subject))
            #expect(mail.headers["Subject"] == subject)
        }
    }

    @Test(
        "What would begin a header of its own is refused",
        arguments: ["a\nBcc: x@y.org", "a\r\nBcc: x@y.org", "a\r", "a\u{0}b", "a\u{2028}b", "a\u{85}b"])
    func injection(text: String) {
        func isRefused(_ make: @autoclosure () throws -> Mail) -> Bool {
            do {
                _ = try make()
                return false
            } catch SMTPError.badMail(let why) {
                return why.isOneLine
            } catch {
                return false
            }
        }
        #expect(isRefused(try .sample(subject: text)))
        #expect(isRefused(try .sample(from: text)))
        #expect(isRefused(try .sample(to: "\(text)@example.org")))
        #expect(isRefused(try .sample(to: "team@example.org\(text)")))
        #expect(isRefused(try .sample(id: "\(text)@example.org")))
        #expect(isRefused(try .sample(headers: [.init("Comments", text)])))
        #expect(isRefused(try .sample(headers: [.init(text, "x")])))
    }

    @Test(
        "An address is one plain address",
        arguments: [
            "", "team", "@example.org", "team@", "a@b@c", "a b@c.org", "a@c.org>", "<a@c.org", "a,b@c.org",
            "müller@c.org", "a@c.org ", "\"a\"@c.org", String(repeating: "a", count: 250) + "@c.org",
        ])
    func addresses(address: String) {
        #expect(throws: SMTPError.self) { try Mailbox(address: address) }
    }

    @Test("A header that the mail writes itself, or one with other recipients, is refused")
    func ownHeaders() {
        for name in ["Subject", "to", "Bcc", "CC", "Content-Type", "message-id", "a b", "a:", ""] {
            #expect(throws: SMTPError.self) { try Mail.sample(headers: [.init(name, "x")]) }
        }
    }
}

extension String {
    fileprivate var isOneLine: Bool { !contains(where: \.isNewline) && !utf8.contains(0) }
}
