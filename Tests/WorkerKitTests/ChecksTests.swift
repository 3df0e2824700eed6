import Testing
import Vocabulary
import WorkerKit

@Suite("Checks gather what breaks a rule")
struct ChecksTests {
    private func checks(by author: Author? = nil) throws -> Checks {
        Checks(now: "2026-03-03T10:00:00Z", directory: try Directory(), author: author)
    }

    @Test("What holds leaves no finding, and its sentence is not even put together")
    func holds() throws {
        var checks = try checks()
        checks.require(true, "tiers", { () -> String in preconditionFailure("nobody asked") }())
        #expect(checks.findings.isEmpty)
        #expect(checks.summary.isEmpty)
    }

    @Test("Findings are told in the order they were found, each with its path")
    func order() throws {
        var checks = try checks()
        checks.require(false, "tiers", "must be 1 to 5, not 9")
        checks.require(false, "window.end", "must come after the start")
        #expect(
            checks.summary == ".data.tiers must be 1 to 5, not 9; .data.window.end must come after the start")
    }

    @Test("What is wrong in a document within another is told by its whole path")
    func within() throws {
        var checks = try checks()
        checks.within("form") { form in
            form.require(false, "firm.id", "must not be empty")
            form.within("backup") { $0.require(false, "at", "must lie in the past") }
            form.requireText("", "name")
        }
        checks.require(false, "last", "must be there")
        #expect(
            checks.findings.map(\.field) == ["form.firm.id", "form.backup.at", "form.name", "last"])
    }

    @Test("Ten findings are told, the others counted")
    func many() throws {
        var checks = try checks()
        for number in 1...250 { checks.require(false, "codes[\(number)]", "is no product") }
        #expect(checks.findings.count == 10)
        #expect(checks.summary.hasSuffix(".data.codes[10] is no product; and 240 more"))
    }

    @Test(
        "Who took a step does it; another says on whose behalf",
        arguments: [
            (Author(by: "ada"), true), (Author(by: "bob"), false),
            (Author(by: "bob", onBehalf: "ada is ill"), true), (Author(by: "bob", onBehalf: ""), false),
        ])
    func author(author: Author, isTaken: Bool) throws {
        var checks = try checks(by: author)
        checks.requireAuthor("ada")
        let finding = ".data.by must be ada, who took this step; anyone else says why in .data.onBehalf"
        #expect(checks.summary == (isTaken ? "" : finding))
    }
}
