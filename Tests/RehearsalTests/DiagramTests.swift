import CancellationMessages
import Engine
import Foundation
import NotifierMessages
import OrderingMessages
import Rehearsal
import Scenarios
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

/// The processes as their rehearsals draw them, checked in.
@Suite struct DiagramTests {
    @Test("The diagram of saas-to-local that is checked in is what its rehearsal does")
    func saasToLocal() throws {
        try expect(
            "saas-to-local", "From SaaS to a local installation", of: try SaaSToLocal.asMeant(),
            where: "where everything is wanted and everyone answers well")
    }

    @Test("The diagram of saas-to-virtual-office that is checked in is what its rehearsal does")
    func saasToVirtualOffice() throws {
        try expect(
            "saas-to-virtual-office", "From SaaS to Virtual Office", of: try SaaSToVirtualOffice.asMeant(),
            where: "where everything is wanted, signed as one, and everyone answers well")
    }

    private func expect(
        _ process: String, _ title: String, of scenario: Scenario, where: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let rehearsal = Rehearsal(scenario, seed: 1, faults: .none)
        try rehearsal.run()
        let caseID = try #require(
            rehearsal.history.committed(by: CancellationMessages.worker).cases.first)
        let diagram = SequenceDiagram(of: caseID, in: rehearsal.history) { effect in
            let mail = try? StrictDecoder.decode(SendMail.self, from: effect.data)
            return mail.flatMap { $0.fields.handoff != nil || $0.template == .notice ? nil : $0.title }
        }
        let page = """
            # \(title)

            How `\(process)` goes \(`where`), drawn from its rehearsal.
            What goes wrong on the way, and what then must never happen, is the rehearsal's own story.

            ```mermaid
            \(diagram.text)```

            """
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Topology/processes/\(process).md")
        let checkedIn = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            checkedIn == page, "Topology/processes/\(process).md is stale; it must read:\n\(page)",
            sourceLocation: sourceLocation)
    }
}
