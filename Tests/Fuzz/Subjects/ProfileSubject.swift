import BatonCommand

/// The file of profiles of `baton`.
struct ProfileSubject: Subject {
    private let file: ScratchFile
    private let examples: [String]

    init(scratch: String) throws {
        file = try ScratchFile("profiles.yaml", in: scratch)
        examples = [
            """
            default:
              brokers: [amqps://one.example.com/baton, amqps://two.example.com/baton]
              user: ems
              password-file: ems.password
              ca-file: /etc/ssl/certs/ca-certificates.crt
              role: team
              time-zone: Europe/Berlin
            other:
              brokers: amqp://127.0.0.1
              role: operator
            """,
            "default: {user: kim}\n",
        ]
    }

    func draw(_ mutator: inout Mutator) -> [UInt8] { mutator.file(from: examples + Laughs.examples) }

    func take(_ input: [UInt8]) throws -> Bool {
        try file.write(input)
        do {
            _ = try ProfileFile(path: file.path).profile("default")
            return true
        } catch {
            guard !"\(error)".isEmpty else { throw BrokenPromise("it is refused without a word") }
            return false
        }
    }
}
