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

    private let move = VirtualOfficeMove(
        products: ["crm-saas"], licences: ["vo-setup", "vo-crm"], licencesHeld: ["vo-setup"],
        singleProposalWanted: true)

    @Test("What it remembers; a change of its shape is a new version")
    func memory() throws {
        var memory = Cancellation.Memory()
        memory.awaitsTrial = true
        memory.form = form
        memory.move = move
        memory.isReadyOnVirtualOffice = true
        try approval.expect(memory: memory)
    }

    @Test("The forms")
    func forms() throws {
        try approval.expect(form)
        try approval.expect(
            VirtualOfficeForm(
                cancellation: form, productsToMove: ["crm-saas"], virtualOfficeLicencesHeld: ["vo-setup"],
                singleProposalWanted: true))
    }

    @Test("The cancellation made known")
    func cancelled() throws {
        try approval.expect(
            SubscriptionCancelled(
                firm: firm, products: ["crm-saas"], newProducts: ["crm"],
                netFirmAdministrator: "admin@weber.example", salesRepresentative: "sales@example.com",
                csRepresentative: "cs@example.com", taker: "ada", virtualOffice: move, confirmation: "C-1",
                at: "2026-03-03T09:30:00Z"))
    }

    @Test("The move made known")
    func requested() throws {
        try approval.expect(
            VirtualOfficeMoveRequested(
                firm: firm, netFirmAdministrator: "admin@weber.example", products: ["crm-saas"],
                specialist: "ada"))
    }

    @Test("The question who takes it, and its answer")
    func take() throws {
        try approval.expect(
            TakeCancellation(
                firm: firm, products: ["crm-saas"], trialLicencesWanted: true, productsToMove: ["crm-saas"]),
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
