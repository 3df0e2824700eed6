import EMSReinstatement
import EMSReinstatementMessages
import Testing
import Vocabulary
import WorkerKit

@Suite("What others rely on of the EMS reinstatement worker stays as it was approved")
struct EMSReinstatementApprovalTests {
    private let approval = Approval(worker: "ems-reinstatement")

    @Test("The products made known to be back")
    func reinstated() throws { try approval.expect(ProductsReinstated(firmID: "F-4711", ticket: "T-2")) }

    @Test("The ticket, and its answer")
    func reinstate() throws {
        try approval.expect(
            ReinstateProducts(
                firmID: "F-4711", firmName: "Weber & Söhne", products: ["crm-saas", "payroll-saas"],
                specialist: "ada"),
            answeredBy: ReinstateProducts.Answer(ticket: "T-1", reinstated: ["crm-saas"]))
    }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: EMSReinstatement.self) }
}
