import LicenceSwapper
import LicenceSwapperMessages
import Testing
import Vocabulary
import WorkerKit

@Suite("What others rely on of the licence swapper stays as it was approved")
struct LicenceSwapperApprovalTests {
    private let approval = Approval(worker: "licence-swapper")

    @Test("The licences made known to be updated")
    func updated() throws {
        try approval.expect(
            LicencesUpdated(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", at: "2026-03-03T09:30:00Z"
            ))
    }

    @Test("The update, and its answer")
    func update() throws {
        try approval.expect(
            UpdateLicences(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example",
                licences: ["vo-setup", "vo-crm"], order: "O-1", orderedAt: "2026-03-03T09:00:00Z"),
            answeredBy: UpdateLicences.Answer(updated: true, at: "2026-03-03T09:30:00Z"))
    }

    @Test("The declaration")
    func declaration() throws { try approval.expect(declarationOf: LicenceSwapper.self) }
}
