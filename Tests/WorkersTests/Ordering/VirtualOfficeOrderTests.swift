import CancellationMessages
import EMSReinstatementMessages
import Engine
import EngineBench
import Ordering
import OrderingMessages
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("From SaaS to Virtual Office, steps 8 and 9")
struct VirtualOfficeOrderTests {
    let bench: EngineBench<Ordering>

    init() throws { bench = try .begun(Ordering.self) }

    /// The case as far as EMS has taken it; what is asked then.
    private func begun(
        newProducts: [String] = [], held: [String] = [], single: Bool = false
    ) throws -> [Sent] {
        bench.deliver(
            try .cancelled(
                newProducts: newProducts,
                moving: VirtualOfficeMove(
                    products: ["crm-saas", "payroll-saas"], licences: ["vo-setup", "vo-crm", "vo-payroll"],
                    licencesHeld: held, singleProposalWanted: single)))
        return bench.deliver(
            try .event(
                "reinstated", case: "weber", in: .saasToVirtualOffice,
                ProductsReinstated(firmID: "F-4711", ticket: "T-1"))
        ).sent
    }

    private static func document(_ number: JSON, _ lines: KeyValuePairs<String, String>, total: JSON) -> JSON
    {
        [
            "number": number,
            "lines": .array(lines.map { ["product": .string($0), "price": .string($1)] }), "total": total,
            "by": "carl",
        ]
    }

    private static let renewal = document(
        "R-1", ["crm-saas": "157.08", "payroll-saas": "20.00"], total: "177.08")
    private static let proposal = document(
        "P-1", ["vo-setup": "10.00", "vo-crm": "5.00", "vo-payroll": "5.01"], total: "20.01")

    // MARK: The proposal

    @Test("Licences that the firm lacks are new products: the setup, and one for each family moved")
    func missing() throws {
        let asked = try begun(newProducts: ["crm"])
        #expect(asked.types == ["ordering.send-renewal.v1", "ordering.make-proposal.v1"])
        #expect(
            try asked.question(MakeProposal.self).asked(MakeProposal.self)
                == MakeProposal(
                    firm: "Weber & Söhne", products: ["crm"], licences: ["vo-setup", "vo-crm", "vo-payroll"]))
    }

    @Test("Licences that the firm holds, or wants anyway, are not proposed a second time")
    func heldOrWanted() throws {
        let proposal = try begun(newProducts: ["vo-crm"], held: ["vo-setup"]).question(MakeProposal.self)
        #expect(
            try proposal.asked(MakeProposal.self)
                == MakeProposal(firm: "Weber & Söhne", products: ["vo-crm"], licences: ["vo-payroll"]))
    }

    @Test("A firm that holds them all and wants nothing new gets no proposal, and signs the renewal alone")
    func nothingToPropose() throws {
        let asked = try begun(held: ["vo-setup", "vo-crm", "vo-payroll"], single: true)
        #expect(asked.types == ["ordering.send-renewal.v1"])
        let sent = bench.deliver(.answer("r", to: try asked.question(SendRenewal.self), Self.renewal)).sent
        #expect(sent.types == ["ordering.confirm-signatures.v1"])
    }

    @Test("A proposal without the setup or a family's licence is refused, naming what is missing")
    func incompleteProposal() throws {
        let proposal = try begun(newProducts: ["crm"]).question(MakeProposal.self)
        let said = bench.deliver(
            .answer("p", to: proposal, Self.document("P-1", ["vo-payroll": "5.00"], total: "5.00")))
        #expect(
            said.sent.refusals.map(\.why) == [
                ".data.lines must propose crm, which is wanted; "
                    + ".data.lines must propose vo-setup, which the firm needs on Virtual Office and does not hold; "
                    + ".data.lines must propose vo-crm, which the firm needs on Virtual Office and does not hold"
            ])
        #expect(said.sent.questions.isEmpty)
    }

    @Test("Without the wish for one document both are signed")
    func bothSigned() throws {
        let asked = try begun()
        bench.deliver(.answer("r", to: try asked.question(SendRenewal.self), Self.renewal))
        let signatures = try bench.deliver(
            .answer("p", to: try asked.question(MakeProposal.self), Self.proposal)
        ).sent.question(ConfirmSignatures.self)
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["R-1", "P-1"])
    }

    // MARK: One single proposal

    /// Both documents are written; the question to make one of them.
    private func combining() throws -> Sent {
        let asked = try begun(single: true)
        bench.deliver(.answer("r", to: try asked.question(SendRenewal.self), Self.renewal))
        let sent = bench.deliver(.answer("p", to: try asked.question(MakeProposal.self), Self.proposal)).sent
        #expect(sent.types == ["ordering.combine-proposal.v1"])
        return try sent.question(CombineProposal.self)
    }

    private static let note: JSON =
        "Covers vo-setup, vo-crm, vo-payroll, and renews crm-saas and payroll-saas."

    private static func combined(_ bent: [String: JSON?] = [:]) -> JSON {
        var fields: JSONObject = [
            "number": "P-1",
            "lines": [
                ["product": "vo-setup", "price": "10.00"], ["product": "vo-crm", "price": "5.00"],
                ["product": "vo-payroll", "price": "5.01"],
            ],
            "renewals": [
                ["family": "payroll", "price": "20.00", "taxable": false],
                ["family": "crm", "price": "157.08", "taxable": true],
            ], "note": note, "total": "197.09", "by": "ada",
        ]
        for (field, value) in bent { fields[field] = value }
        return .object(fields)
    }

    @Test("The specialist is asked to add a line for each renewal owed, with its family and price")
    func asked() throws {
        let combine = try combining()
        #expect(combine.message.routingKey == "cs-specialists.ordering")
        let asked = try combine.asked(CombineProposal.self)
        #expect(asked.taker == "ada")
        #expect(
            asked.owed == [
                .init(product: "crm-saas", family: "crm", price: "157.08"),
                .init(product: "payroll-saas", family: "payroll", price: "20.00"),
            ])
        #expect(
            combine.envelope?.data["lines"] == [
                "Proposal: P-1, 20.01", "Renewal: R-1", "Add: crm, 157.08, for crm-saas",
                "Add: payroll, 20.00, for payroll-saas", "Note: name the products in the total",
                "Total: 197.09", "Taken by: ada",
            ])
    }

    @Test("Only the one document is signed, and ordered with everything in it")
    func onlyOneSigned() throws {
        let signatures = try bench.deliver(.answer("c", to: try combining(), Self.combined())).sent
            .question(ConfirmSignatures.self)
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["P-1"])
        let order = try bench.deliver(
            .answer(
                "s", to: signatures,
                ["documents": ["P-1"], "signedBy": "wanda", "at": "2026-03-03T09:30:00Z", "by": "carl"])
        ).sent.question(ProcessOrder.self)
        let ordered = try order.asked(ProcessOrder.self).documents
        #expect(ordered.map(\.number) == ["P-1"])
        #expect(
            ordered.first?.lines.map(\.product) == [
                "vo-setup", "vo-crm", "vo-payroll", "crm-saas", "payroll-saas",
            ])
        #expect(ordered.first?.total == "197.09")
    }

    @Test(
        "A document that is not the proposal with every renewal owed, exactly added up and noted, is refused",
        arguments: [
            (
                ["total": "197.10"],
                ".data.total must be the sum of the proposal's lines and the renewals owed, 197.09, not 197.10"
            ),
            (
                ["total": "20.01"],
                ".data.total must be the sum of the proposal's lines and the renewals owed, 197.09, not 20.01"
            ),
            (
                ["lines": [["product": "vo-setup", "price": "10.00"]]],
                ".data.lines must be the 3 lines of P-1, unchanged, not 1"
            ),
            (
                [
                    "lines": [
                        ["product": "vo-setup", "price": "10.00"], ["product": "vo-crm", "price": "4.99"],
                        ["product": "vo-payroll", "price": "5.01"],
                    ]
                ], ".data.lines[1] must be vo-crm at 5.00 as proposed, not vo-crm at 4.99"
            ),
            (
                ["renewals": [["family": "crm", "price": "157.08", "taxable": true]]],
                ".data.renewals must have 2 lines, one for each renewal owed, not 1"
            ),
            (
                [
                    "renewals": [
                        ["family": "crm", "price": "157.08", "taxable": true],
                        ["family": "crm", "price": "157.08", "taxable": true],
                    ]
                ],
                ".data.renewals[1] is crm at 157.08, which is not owed, or not once more; "
                    + ".data.renewals must have a line for payroll-saas: payroll at 20.00"
            ),
            (
                [
                    "renewals": [
                        ["family": "crm", "price": "157.08"],
                        ["family": "payroll", "price": "20.00", "taxable": false],
                    ]
                ], ".data.renewals[0].taxable is missing"
            ),
            (["note": ""], ".data.note must have 1 to 50000 characters, not 0"),
            (
                ["note": "vo-setup, vo-crm, vo-payroll, crm-saas"],
                ".data.note must name payroll-saas, which is in the total"
            ),
            (
                ["note": "vo-setup, vo-crm, vo-payroll, crm-saas2, payroll-saas"],
                ".data.note must name crm-saas, which is in the total"
            ),
            (["number": "R-1"], ".data.number must be the proposal's or its own, but R-1 is the renewal's"),
            (
                ["by": "bob"],
                ".data.by must be ada, who took this step; anyone else says why in .data.onBehalf"
            ),
        ] as [([String: JSON?], String)])
    func badDocument(bent: [String: JSON?], sentence: String) throws {
        let said = bench.deliver(.answer("c", to: try combining(), Self.combined(bent)))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.questions.isEmpty)
    }

    @Test(
        "Another than the specialist puts them together only on behalf, and under another number if need be")
    func onBehalf() throws {
        let signatures = try bench.deliver(
            .answer(
                "c", to: try combining(),
                Self.combined(["by": "bob", "onBehalf": "ada is ill", "number": "PR-7"]))
        ).sent.question(ConfirmSignatures.self)
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["PR-7"])
    }

    // MARK: The order

    @Test("A processed order is made known with the licences the firm needs; nobody is asked for a download")
    func processed() throws {
        let asked = try begun(held: ["vo-setup", "vo-crm", "vo-payroll"])
        let signatures = try bench.deliver(
            .answer("r", to: try asked.question(SendRenewal.self), Self.renewal)
        ).sent.question(ConfirmSignatures.self)
        let order = try bench.deliver(
            .answer(
                "s", to: signatures,
                ["documents": ["R-1"], "signedBy": "wanda", "at": "2026-03-03T09:30:00Z", "by": "carl"])
        ).sent.question(ProcessOrder.self)
        let sent = bench.deliver(
            .answer("o", to: order, ["order": "O-1", "licencesReady": true, "by": "otto"])
        ).sent
        #expect(sent.count == 1)
        #expect(
            try sent.event(OrderProcessed.self)
                == OrderProcessed(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1",
                    virtualOfficeLicences: ["vo-setup", "vo-crm", "vo-payroll"]))
    }
}
