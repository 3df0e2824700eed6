import AMQP
import Foundation
import Logging
import Testing
import Vocabulary

@testable import WorkerMain

@Suite("Settings") struct SettingsTests {
    let folder: TemporaryFolder
    let password: String

    init() throws {
        folder = try TemporaryFolder()
        password = try folder.file("password", "s3cret\n")
    }

    /// Flags that are enough to start with.
    private var enough: [String] {
        [
            "--broker-urls", "amqp://localhost", "--broker-password-file", password, "--store-path",
            "s.sqlite",
            "--directory-file", "d.yaml",
        ]
    }

    private func load(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Settings {
        try Settings.load(for: "cancellation", arguments: ["baton"] + arguments, environment: environment)
    }

    private func findings(_ arguments: [String], _ environment: [String: String] = [:]) throws -> [String] {
        do {
            _ = try load(arguments, environment)
            return []
        } catch let fault as SettingsFault {
            return fault.findings
        }
    }

    @Test("What is not set has the default that --help tells")
    func defaults() throws {
        let settings = try load(enough)
        #expect(settings.broker.credentials.user == "cancellation")
        #expect(settings.broker.heartbeat == .seconds(30))
        #expect(settings.broker.authorityFile == nil)
        #expect(settings.store.create == false)
        #expect(settings.logLevel == .info)
        #expect(settings.stopBudget == .seconds(20))
    }

    @Test("A flag wins over the environment, and the environment over the file")
    func precedence() throws {
        let file = try folder.file(
            "c.yaml", "log: {level: error}\nstop: {budget: 3}\nbroker: {heartbeat: 5, username: filed}")
        let environment = ["BATON_STOP_BUDGET": "4", "BATON_BROKER_HEARTBEAT": "6", "BATON_CONFIG": file]
        let settings = try load(enough + ["--broker-heartbeat", "7"], environment)
        #expect(settings.broker.heartbeat == .seconds(7))
        #expect(settings.stopBudget == .seconds(4))
        #expect(settings.logLevel == .error)
        #expect(settings.broker.credentials.user == "filed")
    }

    @Test("Under systemd, password and store are found where systemd puts them")
    func systemd() throws {
        _ = try folder.file("broker-password", "from systemd")
        let arguments = ["--broker-urls=amqp://localhost", "--directory-file=d.yaml"]
        let settings = try load(
            arguments, ["CREDENTIALS_DIRECTORY": folder.path, "STATE_DIRECTORY": "/var/lib/a:/var/lib/b"])
        #expect(settings.store.path == "/var/lib/a/cancellation.sqlite")
    }

    @Test("The example configuration is one that a worker starts with under systemd")
    func example() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Deploy/example/service.yaml").standardized.path
        _ = try folder.file("broker-password", "from systemd")
        let settings = try load(
            ["--config", file], ["CREDENTIALS_DIRECTORY": folder.path, "STATE_DIRECTORY": "/var/lib/baton"])
        #expect(settings.broker.endpoints.count == 2)
        #expect(settings.store.create == false)
    }

    @Test("Several nodes can be named by flag, variable and file alike")
    func nodes() throws {
        let hosts = ["a", "b"]
        let rest = Array(enough.dropFirst(2))
        let file = try folder.file("c.yaml", "broker:\n  urls: [amqp://a, amqp://b]\n")
        #expect(try load(rest + ["--config", file]).broker.endpoints.map(\.host) == hosts)
        #expect(
            try load(rest, ["BATON_BROKER_URLS": "amqp://a,amqp://b"]).broker.endpoints.map(\.host) == hosts)
        #expect(
            try load(rest + ["--broker-urls", "amqp://a", "amqp://b"]).broker.endpoints.map(\.host) == hosts)
    }

    @Test("Everything that is missing is told at once")
    func missing() throws {
        let findings = try findings([])
        #expect(
            findings.map { $0.prefix { $0 != " " } } == [
                "broker.urls", "broker.password-file", "store.path", "directory.file",
            ])
        #expect(
            findings.allSatisfy { $0.contains("is not set") && $0.contains("BATON_") && $0.contains("--") })
    }

    @Test(
        "A bad value is refused with the place it is set at, the value and the rule",
        arguments: [
            (
                ["--broker-heartbeat", "1"],
                "--broker-heartbeat must be whole seconds from 2 to 600, not \"1\""
            ),
            (
                ["--broker-heartbeat=soon"],
                "--broker-heartbeat must be whole seconds from 2 to 600, not \"soon\""
            ),
            (["--broker-heartbeat", "3", "4"], "\"4\" belongs to no flag; see --help"),
            (["--broker-heartbeat", "3,4"], "--broker-heartbeat must be one value, without a comma"),
            (["--broker-heartbeat"], "--broker-heartbeat must be one value, without a comma"),
            (["--broker-username="], "--broker-username must not be empty"),
            (["--store-create", "perhaps"], "--store-create must be true or false"),
            (
                ["--clock", "tomorrow"],
                "--clock must be like \"2026-11-16T14:00:00Z since 2026-11-21T10:00:00Z times 3600\", "
                    + "not \"tomorrow\""
            ),
            (["--stop-budget", "0"], "--stop-budget must be whole seconds from 1 to 600, not \"0\""),
            (
                ["--log-level", "loud"],
                "--log-level must be one of trace, debug, info, notice, warning, error, critical, not \"loud\""
            ),
            (
                ["--brokr-username", "a"],
                "\"--brokr-username\" is no flag of a worker; did you mean --broker-username?"
            ),
            (["run"], "\"run\" belongs to no flag; see --help"),
        ])
    func badValues(arguments: [String], finding: String) throws {
        #expect(try findings(enough + arguments) == [finding])
    }

    @Test("A bad variable is named as a variable, a bad key of the file as one of the file")
    func places() throws {
        #expect(
            try findings(enough, ["BATON_STOP_BUDGET": "x"]) == [
                "BATON_STOP_BUDGET must be whole seconds from 1 to 600, not \"x\""
            ])
        let file = try folder.file("c.yaml", "stop: {budget: x}")
        #expect(
            try findings(enough + ["--config", file]) == [
                "\(file):1: stop.budget must be whole seconds from 1 to 600, not \"x\""
            ])
    }

    @Test("An unknown key in the file is refused with its line and the key that was meant")
    func unknownKeys() throws {
        let file = try folder.file(
            "c.yaml", "log:\n  level: info\nbroker:\n  heartbaet: 5\n  password: x\nstore: 3\n")
        let findings = try findings(enough + ["--config", file])
        #expect(
            findings == [
                "\(file):4: broker.heartbaet is no key of a worker's configuration; did you mean broker.heartbeat?",
                "\(file):5: broker.password is no key of a worker's configuration; did you mean broker.password-file?",
                "\(file):6: store must be a mapping of keys",
            ])
    }

    @Test("A file that is no YAML, or is not there, is refused by name", arguments: ["broker: [", "- a"])
    func noYAML(text: String) throws {
        let file = try folder.file("c.yaml", text)
        #expect(try findings(enough + ["--config", file]).first?.hasPrefix(file) == true)
        #expect(
            try findings(enough + ["--config", "/nowhere.yaml"]) == [
                "the configuration file /nowhere.yaml cannot be opened: No such file or directory"
            ])
    }

    @Test("An alias in the file is refused by its name")
    func alias() throws {
        let file = try folder.file("c.yaml", "stop: &a {budget: 3}\nlog: *a\n")
        #expect(
            try findings(enough + ["--config", file]) == [
                "\(file):2: it has the alias *a; write out what it stands for"
            ])
    }

    @Test("A key that stands twice in the file is refused")
    func duplicateKey() throws {
        let file = try folder.file("c.yaml", "stop: {budget: 3}\nstop: {budget: 4}\n")
        #expect(
            try findings(enough + ["--config", file]) == ["\(file):2: \"stop\" stands twice; remove one"])
    }

    @Test("A value of another shape than its key's is refused with the place and the shape")
    func shapes() throws {
        let file = try folder.file(
            "c.yaml", "broker: {urls: amqp://a, username: [x]}\nstore: {create: maybe}\nlog: {level: }\n")
        let arguments = Array(enough.dropFirst(2)) + ["--config", file]
        #expect(
            try findings(arguments) == [
                "\(file):1: broker.urls must be a list",
                "\(file):1: broker.username must be one value, without a comma",
                "\(file):2: store.create must be true or false", "\(file):3: log.level must not be empty",
            ])
    }

    @Test(
        "Yes and no are said in the file as in a variable",
        arguments: [
            ("true", true), ("Yes", true), ("1", true), ("FALSE", false), ("no", false), ("0", false),
        ])
    func yesAndNo(text: String, isOn: Bool) throws {
        let file = try folder.file("c.yaml", "store: {create: \(text)}\n")
        #expect(try load(enough + ["--config", file]).store.create == isOn)
        #expect(try load(enough, ["BATON_STORE_CREATE": text]).store.create == isOn)
    }

    @Test("An empty file sets nothing")
    func emptyFile() throws {
        let file = try folder.file("c.yaml", "# nothing yet\n")
        #expect(try load(enough + ["--config", file]).stopBudget == .seconds(20))
    }

    @Test("A password in a URL is refused, and not repeated")
    func passwordInURL() throws {
        let findings = try findings(
            Array(enough.dropFirst(2)) + ["--broker-urls", "amqp://me:hunter2@localhost"])
        #expect(findings.count == 1)
        #expect(findings.first?.contains("must not hold a user or password") == true)
        #expect(findings.first?.contains("hunter2") == false)
    }

    @Test("An encrypted node needs to know whom to trust")
    func authority() throws {
        let encrypted = Array(enough.dropFirst(2)) + ["--broker-urls", "amqps://localhost"]
        #expect(try findings(encrypted).first?.hasPrefix("broker.ca-file is not set") == true)
        #expect(try load(encrypted + ["--broker-ca-file", "ca.pem"]).broker.authorityFile == "ca.pem")
    }

    @Test("A password file that everyone may read is refused with the command that mends it")
    func publicPassword() throws {
        let file = try folder.file("public", "s3cret", mode: 0o644)
        #expect(
            try findings(enough.map { $0 == password ? file : $0 }) == [
                "the password file \(file) may be read by everyone on this machine; run: chmod o-rwx \(file)"
            ])
    }

    @Test("A password file that is empty, missing, too long or no file is refused", arguments: ["", "x"])
    func badPasswordFile(content: String) throws {
        let text = content.isEmpty ? "\n" : String(repeating: content, count: 2000)
        let file = try folder.file("bad", text)
        #expect(try findings(enough.map { $0 == password ? file : $0 }).count == 1)
        #expect(try findings(enough.map { $0 == password ? folder.path : $0 }).count == 1)
        #expect(try findings(enough.map { $0 == password ? "/nowhere" : $0 }).count == 1)
    }

    @Test("The password shows nowhere where settings are printed")
    func secrecy() throws {
        let settings = try load(enough)
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings) \(dumped)".contains("s3cret"))
        #expect(try load(enough) == settings)
        let other = try folder.file("other", "different")
        #expect(try load(enough.map { $0 == password ? other : $0 }) != settings)
    }

    @Test("--help tells what was approved, every key among it")
    func help() throws {
        let approved = try #require(
            Bundle.module.url(forResource: "help", withExtension: "txt", subdirectory: "Approved"))
        #expect(try HelpText.of("cancellation") == String(contentsOf: approved, encoding: .utf8))
    }

    @Test("What is asked instead of running is found among the flags")
    func tasks() {
        #expect(CommandLineFlags.task(["baton", "--check", "--config", "a"]) == .check)
        #expect(CommandLineFlags.task(["baton", "-h"]) == .help)
        #expect(CommandLineFlags.task(["baton", "--config", "a"]) == nil)
    }
}
