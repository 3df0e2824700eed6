import Vocabulary
import WorkerMain

/// A service's configuration file.
struct ConfigurationSubject: Subject {
    private let file: ScratchFile
    private let password: ScratchFile
    private let examples: [String]

    init(scratch: String) throws {
        file = try ScratchFile("service.yaml", in: scratch)
        password = try ScratchFile("password", in: scratch, Array("secret".utf8))
        examples = [
            try Examples.text("Deploy/example/service.yaml"),
            """
            broker:
              urls: amqp://127.0.0.1:5672/baton
              username: cancellation
              heartbeat: 30
            directory: {file: directory.yaml}
            store: {path: /var/lib/baton/cancellation.sqlite, create: true}
            log: {level: debug}
            stop: {budget: 20}
            clock: 2026-03-02T08:00:00Z+60
            """,
            "broker: {urls: [amqp://a, amqp://b]}\ndirectory: {file: d.yaml}\n",
        ]
    }

    func draw(_ mutator: inout Mutator) -> [UInt8] { mutator.file(from: examples + Laughs.examples) }

    func take(_ input: [UInt8]) throws -> Bool {
        try file.write(input)
        do throws(SettingsFault) {
            _ = try Settings.load(
                for: "cancellation",
                arguments: [
                    "baton-cancellation", "--config", file.path, "--broker-password-file", password.path,
                ],
                environment: ["STATE_DIRECTORY": "/var/lib/baton"])
            return true
        } catch {
            guard !error.description.isEmpty else { throw BrokenPromise("it is refused without a word") }
            return false
        }
    }
}
