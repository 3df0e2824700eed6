import Cancellation
import CancellationMessages
import StrictJSON
import Testing
import Vocabulary
import WorkerKit

@Suite("What others rely on stays as it was approved")
struct ApprovalTests {
    private static let firm = Firm(id: "F-4711", name: "Weber & Söhne")

    @Test("Every memory that was ever stored can still be read", arguments: [1])
    func memory(version: Int) throws {
        var json = try Approval.document("memory-v\(version)")
        for old in version..<Cancellation.Memory.version {
            json = try Cancellation.Memory.migrate(json, from: old)
        }
        #expect(try StrictDecoder.decode(Cancellation.Memory.self, from: json).awaitsTrial)
    }

    @Test("The newest memory has an approved form: a change of its shape is a new version")
    func newestMemory() throws {
        var memory = Cancellation.Memory()
        memory.awaitsTrial = true
        memory.form = Self.form
        try Approval.expect(
            JSON(encoding: memory), isApprovedAs: "memory-v\(Cancellation.Memory.version)")
    }

    private static let form = CancellationForm(
        firm: firm, netFirmAdministrator: "admin@weber.example", products: ["crm-saas"],
        backup: Backup(confirmed: true, at: "2026-03-02T18:00:00Z"),
        salesRepresentative: "sales@example.com", csRepresentative: "cs@example.com",
        trialLicencesWanted: true, newProducts: ["crm"])

    @Test("The form")
    func form() throws { try expectApproved(Self.form) }

    @Test("The cancellation made known")
    func cancelled() throws {
        try expectApproved(
            SubscriptionCancelled(
                firm: Self.firm, products: ["crm-saas"], newProducts: ["crm"],
                netFirmAdministrator: "admin@weber.example", salesRepresentative: "sales@example.com",
                csRepresentative: "cs@example.com", taker: "ada", confirmation: "C-1",
                at: "2026-03-03T09:30:00Z"))
    }

    @Test("The question who takes it, and its answer")
    func take() throws {
        try expectApproved(
            TakeCancellation(firm: Self.firm, products: ["crm-saas"], trialLicencesWanted: true),
            answeredBy: TakeCancellation.Answer(role: .specialist))
    }

    @Test("The trial, and its answer")
    func trial() throws {
        try expectApproved(
            ProvideTrial(firm: Self.firm, products: ["crm-saas"], versions: ["CRM 12.2-trial (thirty days)"]),
            answeredBy: ProvideTrial.Answer(restored: true, at: "2026-03-03T09:00:00Z"))
    }

    @Test("The processing, and its answer")
    func process() throws {
        try expectApproved(
            ProcessCancellation(firm: Self.firm, products: ["crm-saas"], taker: "ada"),
            answeredBy: ProcessCancellation.Answer(confirmation: "C-1", at: "2026-03-03T09:30:00Z"))
    }

    @Test("The declaration: what is started, heard, published and asked, and every schema")
    func declaration() throws {
        let worker = try WorkerDeclaration(Cancellation.self)
        func texts(_ values: [some CustomStringConvertible]) -> JSON {
            .array(values.map { .string($0.description) })
        }
        try Approval.expect(
            [
                "name": .string(worker.name.rawValue), "starts": texts(worker.starts),
                "hears": texts(worker.hears),
                "publishes": .array(
                    worker.publishes.map { ["type": .string($0.type.rawValue), "final": .bool($0.isFinal)] }),
                "handoffs": .array(
                    worker.handoffs.map {
                        [
                            "type": .string($0.type.rawValue), "answer": .string($0.answerType.rawValue),
                            "team": .string($0.team.rawValue), "due": .string($0.due.rawValue),
                            "reversible": .bool($0.isReversible),
                        ]
                    }),
                "schemas": .object(JSONObject(worker.schemas.map { ($0.type.rawValue, $0.schema) })),
            ], isApprovedAs: "declaration")
    }

    /// A message is written as it was approved, and what was approved is read as the message.
    private func expectApproved<M: Message>(
        _ message: M, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let name = "\(M.name)-v\(M.version)"
        try Approval.expect(JSON(encoding: message), isApprovedAs: name, sourceLocation: sourceLocation)
        let read = try StrictDecoder.decode(M.self, from: try Approval.document(name))
        #expect(read == message, sourceLocation: sourceLocation)
    }

    /// The same for a handoff; in its answer the author stands beside the answer's own fields.
    private func expectApproved<H: Handoff>(
        _ handoff: H, answeredBy answer: H.Answer, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expectApproved(handoff, sourceLocation: sourceLocation)
        let name = "\(H.name)-answer-v\(H.version)"
        let author = Author(by: "ada", onBehalf: "carl is ill", revision: 1)
        var fields = try #require(try JSON(encoding: answer).objectValue)
        for (key, value) in try #require(try JSON(encoding: author).objectValue).members {
            fields[key] = value
        }
        try Approval.expect(.object(fields), isApprovedAs: name, sourceLocation: sourceLocation)
    }
}
