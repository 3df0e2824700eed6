import Notifier
import NotifierMessages
import StrictJSON
import Testing
import Vocabulary
import WorkerKit

@Suite("What others rely on of the notifier stays as it was approved")
struct NotifierApprovalTests {
    private let approval = Approval(worker: "notifier")

    @Test("A mail, with everything a template may tell")
    func mail() throws {
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.team = "EMS"
        fields.title = "Reinstate the products that Weber & Söhne had before SaaS"
        fields.lines = ["Priority: high"]
        fields.handoff = "0123456789abcdef"
        fields.due = "2026-03-04T10:00:00Z"
        fields.refused = "a-1"
        fields.why = ".data.ticket must have 1 to 64 characters, not 0"
        fields.firm = "Weber & Söhne"
        fields.products = ["CRM"]
        fields.confirmation = "C-1"
        fields.order = "O-1"
        fields.specialist = "ada"
        try approval.expect(SendMail(to: "emil@example.com", .handoff, fields))
    }

    @Test("The templates there are")
    func templates() {
        #expect(
            SendMail.Template.allCases.map(\.rawValue) == [
                "handoff", "notice", "reminder", "escalation", "revocation", "refusal", "product-cancelled",
                "cancellation-confirmed", "order-confirmed", "virtual-office-welcome",
                "virtual-office-loaded", "virtual-office-open",
            ])
    }

    @Test("Only a mail that has a team act is about an open handoff: the others are as true later")
    func openHandoff() {
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.handoff = "0123456789abcdef"
        let about = SendMail.Template.allCases.filter {
            SendMail(to: "emil@example.com", $0, fields).openHandoff == "0123456789abcdef"
        }
        #expect(about == [.handoff, .reminder, .escalation])
        let mail = EffectDeclaration(SendMail.self)
        #expect(mail.openHandoff(of: ["to": "emil@example.com"]) == nil)
    }

    @Test("What it remembers; a change of its shape is a new version")
    func memory() throws {
        var memory = Notifier.Memory()
        memory.unannounced = [
            .init(
                SendMail(
                    to: "admin@weber.example", .virtualOfficeWelcome, .init("saas-to-virtual-office/weber")))
        ]
        try approval.expect(memory: memory)
    }

    @Test("The announcement made known")
    func announced() throws { try approval.expect(VirtualOfficeAnnounced(at: "2026-03-03T09:30:00Z")) }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: Notifier.self) }
}
