import Cancellation
import CancellationMessages
import Testing
import Vocabulary
import WorkerKit

@Suite("What others rely on of the cancellation worker stays as it was approved")
struct CancellationApprovalTests {
    private let approval = Approval(worker: "cancellation")
    private let firm = Firm(id: "F-4711", name: "Weber & Söhne")
    private let form = CancellationForm(
        firm: Firm(id: "F-4711", name: "Weber & Söhne"), netFirmAdministrator: "admin@weber.example",
        products: ["crm-saas"], backup: Backup(confirmed: true, at: "2026-03-02T18:00:00Z"),
        salesRepresentative: "sales@example.com", csRepresentative: "cs@example.com",
        trialLicencesWanted: true, newProducts: ["crm"])

    @Test("What it remembers; a change of its shape is a new version")
    func memory() throws {
        var memory = Cancellation.Memory()
        memory.awaitsTrial = true
        memory.form = form
        try approval.expect(memory: memory)
    }

    @Test("The form")
    func theForm() throws { try approval.expect(form) }

    @Test("The cancellation made known")
    func cancelled() throws {
        try approval.expect(
            SubscriptionCancelled(
                firm: firm, products: ["crm-saas"], newProducts: ["crm"],
                netFirmAdministrator: "admin@weber.example", salesRepresentative: "sales@example.com",
                csRepresentative: "cs@example.com", taker: "ada", confirmation: "C-1",
                at: "2026-03-03T09:30:00Z"))
    }

    @Test("The question who takes it, and its answer")
    func take() throws {
        try approval.expect(
            TakeCancellation(firm: firm, products: ["crm-saas"], trialLicencesWanted: true),
            answeredBy: TakeCancellation.Answer(role: .specialist))
    }

    @Test("The trial, and its answer")
    func trial() throws {
        try approval.expect(
            ProvideTrial(firm: firm, products: ["crm-saas"], versions: ["CRM 12.2-trial (thirty days)"]),
            answeredBy: ProvideTrial.Answer(restored: true, at: "2026-03-03T09:00:00Z", saidBy: "wanda"))
    }

    @Test("The processing, and its answer")
    func process() throws {
        try approval.expect(
            ProcessCancellation(firm: firm, products: ["crm-saas"], taker: "ada"),
            answeredBy: ProcessCancellation.Answer(confirmation: "C-1", at: "2026-03-03T09:30:00Z"))
    }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: Cancellation.self) }
}
