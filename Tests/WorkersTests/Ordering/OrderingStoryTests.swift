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

@Suite("From SaaS to a local installation, steps 6 to 10")
struct OrderingStoryTests {
    let bench: EngineBench<Ordering>

    init() throws { bench = try .begun(Ordering.self) }

    private func reinstated() throws -> Post {
        try .event("reinstated", case: "weber", ProductsReinstated(firmID: "F-4711", ticket: "T-1"))
    }

    /// The case as far as EMS has taken it; what is asked then.
    private func begun(newProducts: [String] = []) throws -> [Sent] {
        bench.deliver(try .cancelled(newProducts: newProducts))
        return bench.deliver(try reinstated()).sent
    }

    private static func document(_ number: JSON, _ product: JSON = "crm", total: JSON = "157.08") -> JSON {
        [
            "number": number, "lines": [["product": product, "price": "157.08"]], "total": total,
            "by": "carl",
        ]
    }

    private func signed(_ documents: JSON...) -> JSON {
        [
            "documents": .array(documents), "signedBy": "wanda", "at": "2026-03-03T09:30:00Z",
            "by": "carl",
        ]
    }

    @Test("Nothing is asked before EMS is done; then the renewal is")
    func renewal() throws {
        #expect(bench.deliver(try .cancelled()).sent.isEmpty)
        let sent = bench.deliver(try reinstated()).sent
        let renewal = try sent.question(SendRenewal.self)
        #expect(sent.count == 1)
        #expect(renewal.message.routingKey == "cs-representatives.ordering")
        #expect(
            try renewal.asked(SendRenewal.self)
                == SendRenewal(firm: "Weber & Söhne", products: ["crm-saas", "payroll-saas"]))
    }

    @Test("Where new products are wanted, sales proposes them beside the renewal")
    func sideBySide() throws {
        let sent = try begun(newProducts: ["crm"])
        #expect(sent.types == ["ordering.send-renewal.v1", "ordering.make-proposal.v1"])
        let proposal = try sent.question(MakeProposal.self)
        #expect(proposal.message.routingKey == "sales.ordering")
        #expect(
            try proposal.asked(MakeProposal.self) == MakeProposal(firm: "Weber & Söhne", products: ["crm"]))
    }

    @Test("Products that are back before the cancellation is heard of wait for it")
    func early() throws {
        let early = bench.deliver(try reinstated())
        #expect(early.outcomes == ["early"])
        #expect(early.sent.isEmpty)
        #expect(bench.deliver(try .cancelled()).sent.types == ["ordering.send-renewal.v1"])
        #expect(bench.deliver(try reinstated()).outcomes == ["duplicate"])
    }

    @Test("The renewal alone is signed where nothing new is wanted")
    func withoutProposal() throws {
        let renewal = try begun().question(SendRenewal.self)
        let sent = bench.deliver(.answer("r", to: renewal, Self.document("R-1"))).sent
        let signatures = try sent.question(ConfirmSignatures.self)
        #expect(sent.count == 1)
        #expect(signatures.message.routingKey == "cs-representatives.ordering")
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["R-1"])
    }

    @Test("Both documents are signed together, whichever is written last", arguments: [true, false])
    func bothDocuments(renewalFirst: Bool) throws {
        let asked = try begun(newProducts: ["crm"])
        var answers: [Post] = [
            .answer("r", to: try asked.question(SendRenewal.self), Self.document("R-1")),
            .answer("p", to: try asked.question(MakeProposal.self), Self.document("P-1")),
        ]
        if !renewalFirst { answers.reverse() }
        #expect(bench.deliver(answers[0]).sent.isEmpty)
        let signatures = try bench.deliver(answers[1]).sent.question(ConfirmSignatures.self)
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["R-1", "P-1"])
    }

    @Test("An amended renewal may keep its number, and is the one that is signed for")
    func amended() throws {
        let asked = try begun(newProducts: ["crm"])
        let renewal = try asked.question(SendRenewal.self)
        bench.deliver(.answer("r", to: renewal, Self.document("R-1")))
        let again = bench.deliver(
            .answer(
                "r2", to: renewal,
                [
                    "number": "R-1", "lines": [["product": "crm", "price": "150.00"]], "total": "150.00",
                    "by": "carl", "revision": 2,
                ]))
        #expect(again.outcomes == ["applied"])
        let proposal = try asked.question(MakeProposal.self)
        let signatures = try bench.deliver(.answer("p", to: proposal, Self.document("P-1")))
            .sent.question(ConfirmSignatures.self)
        #expect(try signatures.asked(ConfirmSignatures.self).documents == ["R-1", "P-1"])
        let order = try bench.deliver(.answer("s", to: signatures, signed("R-1", "P-1")))
            .sent.question(ProcessOrder.self)
        #expect(order.envelope?.data["lines"] == ["R-1: crm, 150.00", "P-1: crm, 157.08"])
    }

    @Test("Renewal and proposal under one number are refused: one signature would count for both")
    func sameNumber() throws {
        let asked = try begun(newProducts: ["crm"])
        let proposal = try asked.question(MakeProposal.self)
        bench.deliver(.answer("r", to: try asked.question(SendRenewal.self), Self.document("R-1")))
        let said = bench.deliver(.answer("p", to: proposal, Self.document("R-1")))
        #expect(
            said.sent.refusals.map(\.why) == [
                ".data.number must be its own, but R-1 is the other document's"
            ])
        #expect(said.sent.questions.isEmpty)
        #expect(
            bench.deliver(.answer("p2", to: proposal, Self.document("P-1"))).sent.types == [
                "ordering.confirm-signatures.v1"
            ])
    }

    @Test(
        "A document whose number, lines or total cannot be right is refused",
        arguments: [
            (document(""), ".data.number must have 1 to 64 characters, not 0"),
            (
                ["number": "R-1", "lines": [], "total": "0.00", "by": "carl"],
                ".data.lines must have 1 to 500 lines, not 0"
            ),
            (
                document("R-1", "cmr"),
                ".data.lines[0].product is \"cmr\", which is no product; did you mean \"crm\"?"
            ),
            (
                document("R-1", total: "157.09"),
                ".data.total must be the sum of the lines, 157.08, not 157.09"
            ),
            (
                [
                    "number": "R-1", "lines": [["product": "crm", "price": "-1.00"]], "total": "-1.00",
                    "by": "carl",
                ], ".data.lines[0].price must not be negative, but is -1.00"
            ),
        ] as [(JSON, String)])
    func badDocument(document: JSON, sentence: String) throws {
        let renewal = try begun().question(SendRenewal.self)
        let said = bench.deliver(.answer("r", to: renewal, document))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.questions.isEmpty)
    }

    @Test("Totals are exact: ten cents and twenty cents are thirty cents, and not a cent more")
    func exactTotal() throws {
        let renewal = try begun().question(SendRenewal.self)
        let lines: JSON = [
            ["product": "crm", "price": "0.10"], ["product": "crm", "price": "0.20"],
        ]
        func document(_ total: JSON) -> JSON {
            ["number": "R-1", "lines": lines, "total": total, "by": "carl"]
        }
        #expect(bench.deliver(.answer("1", to: renewal, document("0.31"))).outcomes == ["refused"])
        #expect(bench.deliver(.answer("2", to: renewal, document("0.30"))).outcomes == ["applied"])
    }

    @Test("A proposal that misses a wanted product is refused, naming it; one with more is not")
    func missingProduct() throws {
        let proposal = try begun(newProducts: ["crm"]).question(MakeProposal.self)
        let said = bench.deliver(.answer("1", to: proposal, Self.document("P-1", "payroll-saas")))
        #expect(said.sent.refusals.map(\.why) == [".data.lines must propose crm, which is wanted"])
        let more: JSON = [
            "number": "P-1", "by": "sam", "total": "3.00",
            "lines": [["product": "crm", "price": "1.00"], ["product": "payroll-saas", "price": "2.00"]],
        ]
        #expect(bench.deliver(.answer("2", to: proposal, more)).outcomes == ["applied"])
    }

    /// Both documents are written; the question for their signatures.
    private func written() throws -> Sent {
        let asked = try begun(newProducts: ["crm"])
        bench.deliver(.answer("r", to: try asked.question(SendRenewal.self), Self.document("R-1")))
        let proposal = try asked.question(MakeProposal.self)
        return try bench.deliver(.answer("p", to: proposal, Self.document("P-1")))
            .sent.question(ConfirmSignatures.self)
    }

    @Test("Signed one by one, the order is processed once the last document is signed, and with all of them")
    func oneByOne() throws {
        let signatures = try written()
        #expect(bench.deliver(.answer("1", to: signatures, signed("P-1"))).sent.isEmpty)
        let order = try bench.deliver(.answer("2", to: signatures, signed("R-1")))
            .sent.question(ProcessOrder.self)
        #expect(order.message.routingKey == "order-team.ordering")
        #expect(try order.asked(ProcessOrder.self).documents.map(\.number) == ["R-1", "P-1"])
        #expect(order.envelope?.data["lines"] == ["R-1: crm, 157.08", "P-1: crm, 157.08"])
    }

    @Test("An order that is not signed is never processed")
    func unsigned() throws {
        let signatures = try written()
        let said = bench.deliver(
            .answer("1", to: signatures, signed()), .answer("2", to: signatures, signed("X-1")),
            .answer("3", to: signatures, signed("R-1", "R-1")),
            .answer("4", to: signatures, signed("R-1", "P-1", "X-1")),
            .answer("5", to: signatures, signed("R-1")),
            .answer("6", to: signatures, signed("R-1", "P-1")))
        #expect(said.outcomes == ["refused", "refused", "refused", "refused", "applied", "refused"])
        #expect(said.sent.questions.isEmpty)
        #expect(
            said.sent.refusals.last?.why == ".data.documents names 2, but 1 are asked for")
    }

    @Test("A signature of tomorrow is none")
    func signedAhead() throws {
        let said = bench.deliver(
            .answer(
                "1", to: try written(),
                [
                    "documents": ["R-1", "P-1"], "signedBy": "wanda", "at": "2026-03-04T10:00:00Z",
                    "by": "carl",
                ]))
        #expect(
            said.sent.refusals.map(\.why) == [".data.at must lie in the past, not at 2026-03-04T10:00:00Z"])
    }

    /// Everything is signed; the question to process the order.
    private func order() throws -> Sent {
        let signatures = try written()
        return try bench.deliver(.answer("s", to: signatures, signed("R-1", "P-1")))
            .sent.question(ProcessOrder.self)
    }

    @Test("A processed order is made known for its confirmation, and the download is waited for")
    func processed() throws {
        let order = try order()
        let processed: JSON = ["order": "O-1", "licencesReady": true, "by": "otto"]
        let sent = bench.deliver(.answer("o", to: order, processed)).sent
        #expect(
            try sent.event(OrderProcessed.self)
                == OrderProcessed(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1"))
        let download = try sent.question(ConfirmDownload.self)
        #expect(download.message.routingKey == "cs-representatives.ordering")
        #expect(
            try download.asked(ConfirmDownload.self) == ConfirmDownload(firm: "Weber & Söhne", order: "O-1"))
        #expect(sent.count == 2)
    }

    @Test("An order is not done before its licences are ready")
    func notReady() throws {
        let said = bench.deliver(
            .answer("o", to: try order(), ["order": "O-1", "licencesReady": false, "by": "otto"]))
        #expect(
            said.sent.refusals.map(\.why) == [
                ".data.licencesReady must be true; answer once the licences are ready"
            ])
        #expect(said.sent.events.isEmpty)
    }

    @Test("The download ends the worker's part; what comes late or again changes nothing")
    func downloaded() throws {
        let order = try order()
        let processed = Post.answer("o", to: order, ["order": "O-1", "licencesReady": true, "by": "otto"])
        let download = try bench.deliver(processed).sent.question(ConfirmDownload.self)
        func downloaded(_ id: String, _ isDone: JSON) -> Post {
            .answer(
                id, to: download,
                ["downloaded": isDone, "at": "2026-03-03T09:40:00Z", "saidBy": "wanda", "by": "carl"])
        }
        #expect(
            bench.deliver(downloaded("d1", false)).sent.refusals.map(\.why) == [
                ".data.downloaded must be true; answer once the firm has its licences"
            ])
        #expect(
            try bench.deliver(downloaded("d2", true)).sent.event(LicencesDownloaded.self)
                == LicencesDownloaded(order: "O-1", at: "2026-03-03T09:40:00Z"))
        let late = bench.deliver(
            try .cancelled(newProducts: ["crm"]), try reinstated(), processed, downloaded("d2", true),
            downloaded("d3", true))
        #expect(late.outcomes == Array(repeating: "duplicate", count: 5))
        #expect(late.sent.isEmpty)
    }
}
