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
        let rehearsal = Rehearsal(try SaaSToLocal.asMeant(), seed: 1, faults: .none)
        try rehearsal.run()
        let caseID = try #require(
            rehearsal.history.committed(by: CancellationMessages.worker).cases.first)
        let diagram = SequenceDiagram(of: caseID, in: rehearsal.history) { effect in
            let mail = try? StrictDecoder.decode(SendMail.self, from: effect.data)
            return mail.flatMap { $0.template == .handoff ? nil : $0.title }
        }
        let page = """
            # From SaaS to a local installation

            How `saas-to-local` goes where everything is wanted and everyone answers well, drawn from its rehearsal.
            What goes wrong on the way, and what then must never happen, is the rehearsal's own story.

            ```mermaid
            \(diagram.text)```

            """
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Topology/processes/saas-to-local.md")
        let checkedIn = try? String(contentsOf: file, encoding: .utf8)
        #expect(checkedIn == page, "Topology/processes/saas-to-local.md is stale; it must read:\n\(page)")
    }
}
