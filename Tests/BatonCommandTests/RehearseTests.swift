import Testing

@testable import BatonCommand

@Suite("Rehearsals from the command line") struct RehearseTests {
    @Test("Histories that keep every rule are told in a line, with how many messages they had")
    func kept() throws {
        let run = try Program(["rehearse", "--histories", "3", "--process", "saas-to-local"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("3 histories keep every rule: "))
        #expect(run.output.split(separator: "\n").count == 1)
    }

    @Test("One history is told step by step, with nothing else going wrong than what is kept")
    func story() throws {
        let run = try Program([
            "rehearse", "--histories", "1", "--seed", "3", "--keep", "errand@front-desk#1", "--story",
        ])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("✗ errand@front-desk#1"))
        #expect(run.output.split(separator: "\n").count { $0.contains("✗") } == 1)
        #expect(run.output.hasSuffix("Seed 3 keeps every rule.\n"))
    }

    @Test(
        "What cannot be rehearsed is refused in a sentence",
        arguments: [
            (["--process", "saas-to-locl"], "did you mean saas-to-local?"),
            (["--histories", "0"], "--histories must be 1 to 10000000, not 0"),
            (["--threads", "0"], "--threads must be 1 to 256, not 0"),
            (["--seed", "18446744073709551615"], "--seed must be 0 to "),
            (["--story"], "--story tells one history: add --histories 1"),
            (["--keep", "thunder"], "--keep takes strikes such as crash@cancellation#1, not \"thunder\""),
            (["--fortnight", "paris"], "fortnight"),
        ])
    func refused(arguments: [String], sentence: String) throws {
        let run = try Program(["rehearse"] + arguments)
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(run.errors.contains(sentence), "\(run.errors)")
    }
}
