import MailWorld
import SMTP
import Testing

@Suite("Mail settings") struct MailSettingsTests {
    private typealias Values = [MailSettings.Key: String]
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(["hello.mustache": "Subject: Hello\nYou.\n", "password": "s3cret\n"])
        try folder.write("open", "hunter2\n", mode: 0o644)
    }

    /// Settings that are enough.
    private var enough: Values {
        [.url: "smtp://mail.example.org", .sender: "baton@example.org", .templates: folder.path]
    }

    private func read(_ changes: Values) throws -> MailSettings {
        let values = enough.merging(changes) { $1 }
        return try MailSettings { values[$0] }
    }

    private func findings(_ changes: Values) -> [String] {
        do {
            _ = try read(changes)
            return []
        } catch MailFault.settings(let findings) {
            return findings
        } catch {
            return ["another error: \(error)"]
        }
    }

    @Test(
        "The URL decides on port and encryption; only this machine is spoken to plainly",
        arguments: [
            ("smtp://mail.example.org", 587, SMTPServer.Security.startTLS),
            ("smtp://mail.example.org:25", 25, .startTLS), ("smtps://mail.example.org", 465, .tls),
            ("smtp://127.0.0.1:2525", 2525, .plain), ("smtp://[::1]:2525", 2525, .plain),
            ("smtps://localhost:2465", 2465, .tls),
        ])
    func url(url: String, port: Int, security: SMTPServer.Security) throws {
        let server = try read([.url: url]).server
        #expect(server.port == port)
        #expect(server.security == security)
    }

    @Test("User and password file make the login")
    func login() throws {
        let server = try read([.username: "baton", .passwordFile: "\(folder.path)/password"]).server
        #expect(server.login == (try Login(user: "baton", password: "s3cret")))
    }

    @Test("Everything that is wrong is told at once, each with its key")
    func findings() throws {
        #expect(findings([:]) == [])
        let all = findings([.url: "http://x", .sender: "nobody", .templates: "/no/such", .username: "baton"])
        #expect(all.count == 4)
        for key in ["mail.url", "mail.sender", "/no/such", "mail.password-file"] {
            #expect(all.contains { $0.contains(key) }, "\(key)")
        }
    }

    @Test(
        "A URL with anything else in it is refused, without showing it",
        arguments: [
            "smtp://u:hunter2@mail.example.org", "smtp://mail.example.org/x", "mail.example.org", "smtp://",
        ])
    func badURL(url: String) {
        let all = findings([.url: url])
        #expect(all.count == 1)
        #expect(all.allSatisfy { $0.hasPrefix("mail.url must be") && !$0.contains("hunter2") })
    }

    @Test("A password file that others can read is refused, with the command that closes it")
    func openPasswordFile() {
        let all = findings([.username: "baton", .passwordFile: "\(folder.path)/open"])
        #expect(all.count == 1)
        #expect(all.allSatisfy { $0.contains("chmod o-rwx") && !$0.contains("hunter2") })
    }
}
