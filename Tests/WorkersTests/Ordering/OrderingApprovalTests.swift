import CancellationMessages
import OrderingMessages
import Testing
import Vocabulary
import WorkerKit

@testable import Ordering

@Suite("What others rely on of the ordering worker stays as it was approved")
struct OrderingApprovalTests {
    private let approval = Approval(worker: "ordering")
    private let renewal = OrderDocument(
        number: "R-1", lines: [.init(product: "crm", price: Money(hundredths: 15_708))],
        total: Money(hundredths: 15_708))

    @Test("What it remembers; a change of its shape is a new version")
    func memory() throws {
        var memory = Ordering.Memory()
        memory.customer = Ordering.Customer(
            firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", products: ["crm-saas"],
            newProducts: ["crm"], taker: "ada",
            virtualOffice: VirtualOfficeMove(
                products: ["crm-saas"], licences: ["vo-setup", "vo-crm"], licencesHeld: ["vo-setup"],
                singleProposalWanted: true))
        memory.renewal = renewal
        memory.proposal = renewal
        memory.combined = renewal
        try approval.expect(memory: memory)
    }

    @Test("The order made known, and the download")
    func events() throws {
        try approval.expect(
            OrderProcessed(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1",
                virtualOfficeLicences: ["vo-setup", "vo-crm"]))
        try approval.expect(LicencesDownloaded(order: "O-1", at: "2026-03-03T09:30:00Z"))
    }

    @Test("Renewal and proposal, and their answers")
    func documents() throws {
        try approval.expect(
            SendRenewal(firm: "Weber & Söhne", products: ["crm-saas"]), answeredBy: renewal)
        try approval.expect(
            MakeProposal(firm: "Weber & Söhne", products: ["crm"], licences: ["vo-crm"]),
            answeredBy: renewal)
    }

    @Test("The proposal with the renewal in it, and its answer")
    func combined() throws {
        try approval.expect(
            CombineProposal(
                firm: "Weber & Söhne", taker: "ada", proposal: renewal, renewal: "R-1",
                owed: [.init(product: "crm", family: "crm", price: Money(hundredths: 15_708))]),
            answeredBy: CombinedProposal(
                number: "P-1", lines: renewal.lines,
                renewals: [.init(family: "crm", price: Money(hundredths: 15_708), taxable: true)],
                note: "Covers crm.", total: Money(hundredths: 31_416)))
    }

    @Test("The signatures, and their answer")
    func signatures() throws {
        try approval.expect(
            ConfirmSignatures(firm: "Weber & Söhne", documents: ["R-1", "P-1"]),
            answeredBy: ConfirmSignatures.Answer(
                documents: ["R-1"], signedBy: "wanda", at: "2026-03-03T09:30:00Z"))
    }

    @Test("The order, and its answer")
    func order() throws {
        try approval.expect(
            ProcessOrder(firm: "Weber & Söhne", documents: [renewal]),
            answeredBy: ProcessOrder.Answer(order: "O-1", licencesReady: true))
    }

    @Test("The download, and its answer")
    func download() throws {
        try approval.expect(
            ConfirmDownload(firm: "Weber & Söhne", order: "O-1"),
            answeredBy: ConfirmDownload.Answer(
                downloaded: true, at: "2026-03-03T09:30:00Z", saidBy: "wanda"))
    }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: Ordering.self) }
}
