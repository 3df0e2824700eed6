import ArgumentParser
import Foundation

/// Hands everything that Baton reads a great many inputs, most of them wrong.
@main struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Looks for inputs that take a program down, hold it up, or break a reader's promise.",
        discussion: """
            Inputs are good examples, changed at random by a seed: the same seed makes the same inputs. They are tried \
            in child processes, one per core. An input is a finding when its child dies of it, when it takes more \
            than 100 ms of the processor or 10 s of time, or when what is read breaks a promise, such as that what \
            is written is read back the same. Each is written to a file; --only KIND --seed S --input N tries it again.

            Exit codes: 0 nothing found; 1 findings, or a kind of which hardly anything is accepted or refused.
            """)

    @Option(help: "How many inputs to try, shared out among the kinds by what they cost.")
    var inputs = 1_000_000

    @Option(help: "What the inputs are drawn from.")
    var seed: UInt64 = 1

    @Option(help: "Try one kind alone.")
    var only: Kind?

    @Option(help: "Print one input of a kind by its number, and try it alone.")
    var input: Int?

    @Option(help: "The folder to write findings to; it is made where there is one to write.")
    var findings = "fuzz-findings"

    @Option(help: .hidden) var through: Int?
    @Option(help: .hidden) var scratch: String?

    func validate() throws {
        guard inputs > 0 else { throw ValidationError("--inputs must be at least 1.") }
        guard input == nil || only != nil else { throw ValidationError("--input needs --only KIND.") }
        guard input ?? 0 >= 0 else { throw ValidationError("--input must not be negative.") }
    }

    func run() throws {
        switch (only, input, through, scratch) {
        case (let kind?, let first?, let last?, let scratch?):
            let notebook = try Notebook(in: scratch)
            try kind.stint(seed: seed, scratch: scratch).run(first...max(first, last), noting: notebook)
        case (let kind?, let number?, _, _):
            try inScratchFolder { try kind.stint(seed: seed, scratch: $0).replay(number) }
        default:
            let report = try inScratchFolder { scratch in
                try Crew(seed: seed, scratch: scratch, findings: findings).run(
                    Kind.shares(of: inputs, only: only))
            }
            print(report.text)
            guard report.isClean else { throw ExitCode.failure }
        }
    }

    private func inScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "baton-fuzz-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
