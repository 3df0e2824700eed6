import CancellationMessages
import Testing
import VOProvisioning
import VOProvisioningMessages
import Vocabulary
import WorkerKit

@Suite("What others rely on of the Virtual Office provisioning worker stays as it was approved")
struct VOProvisioningApprovalTests {
    private let approval = Approval(worker: "vo-provisioning")

    @Test("What it remembers; a change of its shape is a new version")
    func memory() throws {
        var memory = VOProvisioning.Memory()
        memory.move = VirtualOfficeMoveRequested(
            firm: Firm(id: "F-4711", name: "Weber & Söhne"), netFirmAdministrator: "admin@weber.example",
            products: ["crm-saas", "payroll-saas"], specialist: "ada")
        memory.rest = ["payroll-saas"]
        memory.round = 2
        try approval.expect(memory: memory)
    }

    @Test("The loaded products made known")
    func loaded() throws {
        try approval.expect(
            VirtualOfficeLoaded(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", products: ["crm-saas"],
                specialist: "ada", at: "2026-03-03T09:30:00Z"))
    }

    @Test("The move, and its answer")
    func accept() throws {
        try approval.expect(
            AcceptMove(firm: "Weber & Söhne", products: ["crm-saas"], specialist: "ada"),
            answeredBy: AcceptMove.Answer(accepted: true))
    }

    @Test("The window, and its answer")
    func window() throws {
        try approval.expect(
            ArrangeWindow(firm: "Weber & Söhne", products: ["crm-saas"], round: 2),
            answeredBy: ArrangeWindow.Answer(
                start: "2026-03-04T09:00:00Z", end: "2026-03-04T13:00:00Z", agreedWith: "wanda"))
    }

    @Test("The loading, and its answer")
    func load() throws {
        let load = LoadProducts(
            firm: "Weber & Söhne", products: ["crm-saas"], start: "2026-03-04T09:00:00Z",
            end: "2026-03-04T13:00:00Z", round: 2)
        try approval.expect(
            load, answeredBy: LoadProducts.Answer(loaded: ["crm-saas"], at: "2026-03-04T10:00:00Z"))
        #expect(load.notBefore == "2026-03-04T09:00:00Z")
    }

    @Test("The wake-up for a report")
    func report() throws { try approval.expect(ReportIsOwed(round: 2)) }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: VOProvisioning.self) }
}
