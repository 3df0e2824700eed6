import Testing

@testable import BatonCommand

@Suite("The map of the fleet") struct MapTests {
    @Test(
        "It is as approved, in words and as a diagram, of all and of one process",
        arguments: [
            ("map.txt", []), ("map.mmd", ["--format", "mermaid"]),
            ("map-saas-to-local.txt", ["--process", "saas-to-local"]),
            ("map-saas-to-local.mmd", ["--process", "saas-to-local", "--format", "mermaid"]),
        ])
    func approved(name: String, arguments: [String]) throws {
        let run = try Program(["map"] + arguments)
        #expect(run.code == 0, "\(run.errors)")
        try Approved.expect(run.output, isApprovedAs: name)
    }

    @Test("A process that there is not is refused, with the one that was meant")
    func unknown() throws {
        let run = try Program(["map", "--process", "saas-to-locl"])
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(run.errors.contains("did you mean saas-to-local?"))
    }
}
