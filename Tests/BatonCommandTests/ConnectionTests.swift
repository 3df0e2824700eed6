import AMQP
import ArgumentParser
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Where the broker is, and as whom") struct ConnectionTests {
    private static func nobody(_ user: String) -> String? { nil }

    /// What is decided for these flags in this environment.
    private func settings(
        _ flags: [String], _ environment: [String: String], prompt: (String) -> String? = Self.nobody
    ) throws -> BrokerSettings {
        try BrokerOptions.parse(flags).settings(environment: environment, prompt: prompt)
    }

    /// A folder with a file of profiles and passwords in it.
    private func withProfiles(_ body: (_ folder: String, _ environment: [String: String]) throws -> Void)
        throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "profiles-\(UUID())")
        let own = folder.appending(path: "baton")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "profiles.yaml": """
            default:
              brokers: [amqps://one.example.com/baton, amqps://two.example.com/baton]
              user: profile-user
              password-file: password
              ca-file: /etc/ssl/ca.pem
              role: operator
              time-zone: America/Chicago
            other:
              brokers: amqp://other.example.com
              user: other-user
              password-file: password
            """, "password": "from-profile\n", "other": "from-file",
        ]
        for (name, text) in files {
            _ = FileManager.default.createFile(
                atPath: own.appending(path: name).path, contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600])
        }
        try body(own.path, ["XDG_CONFIG_HOME": folder.path])
    }

    @Test("The default profile is taken where nothing else is said, paths in it relative to its folder")
    func profile() throws {
        try withProfiles { _, environment in
            let settings = try settings([], environment)
            #expect(settings.endpoints.map(\.host) == ["one.example.com", "two.example.com"])
            #expect(settings.endpoints.allSatisfy { $0.isEncrypted && $0.virtualHost == "baton" })
            #expect(settings.user == "profile-user")
            #expect(settings.credentials == Credentials(user: "profile-user", password: "from-profile"))
            #expect(settings.authorityFile == "/etc/ssl/ca.pem")
            #expect(settings.timeZone == "America/Chicago")
            #expect(settings.roles(naturally: .team) == [.operator, .team, .starter])
        }
    }

    @Test("The environment counts before the profile, and a flag before the environment")
    func precedence() throws {
        try withProfiles { folder, environment in
            let variables = environment.merging([
                "BATON_BROKER": "amqp://env-one.example.com, amqp://env-two.example.com",
                "BATON_USER": "env-user", "BATON_PASSWORD": "from-variable", "BATON_CA_FILE": "/env/ca.pem",
            ]) { $1 }
            let fromVariables = try settings([], variables)
            #expect(fromVariables.endpoints.map(\.host) == ["env-one.example.com", "env-two.example.com"])
            #expect(
                fromVariables.credentials == Credentials(user: "env-user", password: "from-variable"))
            #expect(fromVariables.authorityFile == "/env/ca.pem")

            let fromFlags = try settings(
                [
                    "--broker", "amqp://flag.example.com", "--user", "flag-user", "--password-file",
                    "\(folder)/other", "--ca-file", "/flag/ca.pem", "--as", "starter",
                ], variables)
            #expect(fromFlags.endpoints.map(\.host) == ["flag.example.com"])
            #expect(fromFlags.credentials == Credentials(user: "flag-user", password: "from-file"))
            #expect(fromFlags.authorityFile == "/flag/ca.pem")
            #expect(fromFlags.roles(naturally: .team) == [.starter])
        }
    }

    @Test("A profile is named by flag, else by the environment")
    func namedProfile() throws {
        try withProfiles { _, environment in
            let variables = environment.merging(["BATON_PROFILE": "nowhere"]) { $1 }
            let named = try settings(["--profile", "other"], variables)
            #expect(named.user == "other-user")
            let error = #expect(throws: BrokerFault.self) { try settings([], variables) }
            #expect(error?.description.contains("there is no profile \"nowhere\"") == true)
            let typo = #expect(throws: BrokerFault.self) { try settings(["--profile", "othr"], environment) }
            #expect(typo?.description.contains("did you mean \"other\"?") == true)
        }
    }

    @Test("A password is asked for where none is given, and its lack is told")
    func prompt() throws {
        let flags = ["--broker", "amqp://localhost", "--user", "ems"]
        let asked = try settings(flags, [:], prompt: { user in "of \(user)" })
        #expect(asked.credentials == Credentials(user: "ems", password: "of ems"))
        let error = #expect(throws: BrokerFault.self) { try settings(flags, [:]) }
        #expect(error == .noPassword(user: "ems"))
        #expect(error?.exitStatus == .badData)
    }

    @Test("A login in a URL is taken from the environment, and a password in one is refused as an argument")
    func loginInURL() throws {
        let url = "amqp://ems:s%2Fcret@localhost/baton"
        let settings = try settings([], ["BATON_BROKER": url])
        #expect(settings.credentials == Credentials(user: "ems", password: "s/cret"))
        #expect(settings.endpoints.first?.credentials == nil)
        let run = try Program(["case", "list", "--broker", url])
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(run.errors.contains("can be read by everyone on this machine"))
        #expect(!run.errors.contains("cret"))
    }

    @Test("Files that others may read are refused, whether they hold profiles or a password")
    func exposed() throws {
        try withProfiles { folder, environment in
            for (name, flags) in [
                ("profiles.yaml", []), ("other", ["--password-file", "\(folder)/other"]),
            ] {
                let path = "\(folder)/\(name)"
                try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
                let error = #expect(throws: FileFault.self) { try settings(flags, environment) }
                #expect(error == .exposed(path))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            }
        }
    }

    @Test(
        "What a profile says wrongly is told with file, key and what is right",
        arguments: [
            ("default: {usr: ems}", "did you mean user?"), ("default: {role: boss}", "not \"boss\""),
            ("default: [", "not YAML"), ("- default", "must be a mapping"),
            ("default: {user: [a]}", "must be a text"),
            ("default: &a {user: ems}\nother: *a", "alias *a; write out what it stands for"),
        ])
    func badProfile(text: String, sentence: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "profile-\(UUID()).yaml").path
        _ = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: BrokerFault.self) { try settings(["--profile-file", path], [:]) }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
        #expect(error?.description.contains(path) == true)
        #expect(error?.exitStatus == .badData)
    }

    @Test("What is not said at all is asked for by name")
    func unsaid() throws {
        let broker = #expect(throws: BrokerFault.self) { try settings([], ["HOME": "/nowhere"]) }
        #expect(
            broker?.description.contains("--broker, $BATON_BROKER, or a profile in /nowhere/.config") == true)
        let user = #expect(throws: BrokerFault.self) { try settings(["--broker", "amqp://localhost"], [:]) }
        #expect(user?.description.contains("--user, $BATON_USER") == true)
        let authority = #expect(throws: BrokerFault.self) {
            try settings(["--broker", "amqps://localhost", "--user", "ems"], ["BATON_PASSWORD": "p"])
        }
        #expect(authority?.description.contains("--ca-file, $BATON_CA_FILE") == true)
        #expect([broker, user, authority].map { $0?.exitStatus } == [.usage, .usage, .usage])
    }

    @Test("Several hosts are tried in turn, and all are named where none answers")
    func hosts() async throws {
        try await Desk.with({ _ in try .to(AskInbox.self, Samples.inbox) }) { desk in
            let away = "amqp://127.0.0.1:1"
            let second = try desk.baton("inbox", environment: ["BATON_BROKER": "\(away),\(desk.host.url())"])
            #expect(second.code == 0, "\(second.errors)")
            let none = try desk.baton(
                "inbox", "--user", "guest", "--broker", away, "--broker", "amqp://127.0.0.1:2")
            #expect(none.code == ExitStatus.unreachable.rawValue)
            #expect(none.errors.contains("127.0.0.1:1") && none.errors.contains("127.0.0.1:2"))
        }
    }

    @Test("A wrong password and a right that is missing are told apart from a broker that is away")
    func notAllowed() async throws {
        try await Desk.with({ _ in nil }) { desk in
            let wrong = try desk.baton(
                "inbox", "--password-file", try desk.file("password", "wrong"))
            #expect(wrong.code == ExitStatus.notAllowed.rawValue)
            #expect(wrong.errors.contains("refused the login of guest"))

            let user = "u-\(UUID().uuidString.lowercased())"
            try desk.host.management.setUser(user, password: "right")
            defer { try? desk.host.management.deleteUser(user) }
            try desk.host.setPermissions(user, configure: "^$", read: "^$")
            for exchange in ["baton.questions", "baton.commands"] {
                try desk.host.setTopicPermissions(user, exchange: exchange, write: "^$")
            }
            let environment = ["BATON_USER": user, "BATON_PASSWORD": "right"]
            let mute = try desk.baton("inbox", environment: environment)
            #expect(mute.code == ExitStatus.notAllowed.rawValue)
            #expect(
                mute.errors.contains("does not let \(user) ask the ledger as team or operator or starter"))
            let start = try desk.baton(
                "start", "saas-to-local", "--set", "products=[]", environment: environment)
            #expect(start.code == ExitStatus.notAllowed.rawValue)
            #expect(start.errors.contains("give the user the role \"starter of saas-to-local\""))
        }
    }

    @Test(
        "A question goes in the next role where the broker refuses the first, but not where one was asked for"
    )
    func roles() async throws {
        try await Desk.with({ _ in try .to(AskCases.self, Page(elements: [], next: nil, total: 0)) }) {
            desk in
            let user = "u-\(UUID().uuidString.lowercased())"
            try desk.host.management.setUser(user, password: "right")
            defer { try? desk.host.management.deleteUser(user) }
            try desk.host.setPermissions(user, configure: "^$", read: "^$")
            try desk.host.setTopicPermissions(user, exchange: "baton.questions", write: "^team\\.{username}$")
            let environment = ["BATON_USER": user, "BATON_PASSWORD": "right"]
            let run = try desk.baton("case", "list", environment: environment)
            #expect(run.code == 0, "\(run.errors)")
            #expect(desk.ledger.asked.elements.map(\.key) == ["team.\(user)"])
            let strict = try desk.baton("case", "list", "--as", "operator", environment: environment)
            #expect(strict.code == ExitStatus.notAllowed.rawValue)
        }
    }

    @Test("An encrypted broker is trusted by its authority alone")
    func encrypted() async throws {
        try await Desk.with({ _ in try .to(AskInbox.self, Samples.inbox) }) { desk in
            let broker = try SharedBroker()
            let address = try #require(broker.tlsURL?.split(separator: "@").last)
            let authority = try #require(ProcessInfo.processInfo.environment["BATON_BROKER_CA"])
            let environment = [
                "BATON_BROKER": "amqps://\(address)/\(desk.host.name)", "BATON_USER": "guest",
            ]
            let trusted = try desk.baton("inbox", "--ca-file", authority, environment: environment)
            #expect(trusted.code == 0, "\(trusted.errors)")
            let unrelated = authority.replacing("ca.pem", with: "other-ca.pem")
            let untrusted = try desk.baton("inbox", "--ca-file", unrelated, environment: environment)
            #expect(untrusted.code == ExitStatus.unreachable.rawValue)
            #expect(untrusted.errors.contains("is not trusted"))
        }
    }

    @Test("What the ledger refuses has its own exit code for each reason")
    func ledgerRefuses() async throws {
        let script: ScriptedLedger.Script = { asked in
            switch try asked.question(AskHandoff.self)?.id {
            case "gone": try .refusal(.notFound, "there is no handoff \"gone\"")
            case "hidden": try .refusal(.notAllowed, "ask as an operator")
            case "odd": try .refusal(.malformed, "an id begins with four characters")
            case "strange": .init(type: "ledger.other.v1", data: [:])
            default: nil
            }
        }
        try await Desk.with(script) { desk in
            let codes: [(String, BatonCommand.ExitStatus)] = [
                ("gone", .notFound), ("hidden", .notAllowed), ("odd", .refused),
                ("strange", .unexpectedAnswer),
                ("silent", .unreachable),
            ]
            for (id, status) in codes {
                let run = try desk.baton("inbox", "show", id, "--timeout", "1")
                #expect(run.code == status.rawValue, "\(id): \(run.errors)")
                #expect(run.errors.hasPrefix("Error: ") && run.errors.count(where: \.isNewline) == 1)
                #expect(run.output.isEmpty)
            }
        }
    }
}
