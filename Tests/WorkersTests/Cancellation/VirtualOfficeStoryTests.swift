import Cancellation
import CancellationMessages
import Engine
import EngineBench
import LicenceSwapperMessages
import NotifierMessages
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("From SaaS to Virtual Office, steps 1 and 6, and its end")
struct VirtualOfficeStoryTests {
    let bench: EngineBench<Cancellation>

    init() throws { bench = try .begun(Cancellation.self) }

    private func taken(trial: Bool = false) throws -> [Sent] {
        let take = try bench.deliver(.moveForm("form", case: "weber", trial: trial)).sent
            .question(TakeCancellation.self)
        return bench.deliver(.answer("taken", to: take, ["role": "specialist", "by": "ada"])).sent
    }

    private func announced(_ id: String = "announced") throws -> Post {
        try .event(
            id, case: "weber", in: .saasToVirtualOffice, VirtualOfficeAnnounced(at: "2026-03-03T10:00:00Z"))
    }

    private let restored: JSON = [
        "restored": true, "at": "2026-03-03T09:00:00Z", "saidBy": "wanda", "by": "carl",
    ]

    @Test("The form goes to the specialists, with what moves")
    func form() throws {
        let sent = bench.deliver(.moveForm("form", case: "weber")).sent
        let take = try sent.question(TakeCancellation.self)
        #expect(sent.count == 1)
        #expect(take.message.routingKey == "cs-specialists.cancellation")
        #expect(take.envelope?.subject == "saas-to-virtual-office/weber")
        #expect(
            take.envelope?.data["lines"] == [
                "Firm: Weber & Söhne (F-4711)", "Products: crm-saas, payroll-saas",
                "To Virtual Office: crm-saas, payroll-saas",
            ])
    }

    @Test("Taken, the move begins, and the cancellation is held until Virtual Office is ready")
    func held() throws {
        let sent = try taken()
        #expect(sent.types == ["cancellation.virtual-office-move-requested.v1"])
        #expect(
            try sent.event(VirtualOfficeMoveRequested.self)
                == VirtualOfficeMoveRequested(
                    firm: Firm(id: "F-4711", name: "Weber & Söhne"),
                    netFirmAdministrator: "admin@weber.example", products: ["crm-saas", "payroll-saas"],
                    specialist: "ada"))
        let held = try #require(bench.actions.records.last?.handoffs.first { $0.state == .held })
        #expect(held.heldBecause == "Virtual Office is not ready for the firm yet")
        let process = try bench.deliver(try announced()).sent.question(ProcessCancellation.self)
        #expect(try process.asked(ProcessCancellation.self).taker == "ada")
    }

    @Test(
        "Where a trial is wanted the cancellation waits for both, whichever comes first",
        arguments: [true, false])
    func withTrial(trialFirst: Bool) throws {
        let sent = try taken(trial: true)
        #expect(
            sent.types == [
                "cancellation.virtual-office-move-requested.v1", "cancellation.provide-trial.v1",
            ])
        var posts = [
            Post.answer("restored", to: try sent.question(ProvideTrial.self), restored), try announced(),
        ]
        if !trialFirst { posts.reverse() }
        #expect(bench.deliver(posts[0]).sent.isEmpty)
        #expect(bench.deliver(posts[1]).sent.types == ["cancellation.process-cancellation.v1"])
    }

    @Test("What is cancelled is made known with what the firm needs on Virtual Office")
    func cancelled() throws {
        _ = try taken()
        let process = try bench.deliver(try announced()).sent.question(ProcessCancellation.self)
        let said = bench.deliver(
            .answer(
                "p", to: process, ["confirmation": "C-1", "at": "2026-03-03T09:30:00Z", "by": "ada"]))
        #expect(
            try said.sent.event(SubscriptionCancelled.self).virtualOffice
                == VirtualOfficeMove(
                    products: ["crm-saas", "payroll-saas"], licences: ["vo-setup", "vo-crm", "vo-payroll"],
                    licencesHeld: [], singleProposalWanted: false))
    }

    @Test("The firm's licences updated, the case closes with every worker that took part, and is completed")
    func end() throws {
        _ = try taken()
        let updated = LicencesUpdated(
            firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", at: "2026-03-03T09:30:00Z")
        let closing = bench.deliver(
            try .event("u", case: "weber", in: .saasToVirtualOffice, updated)
        ).sent
        #expect(closing.types == ["cancellation.case-closing.v1"])
        func quiet(_ worker: String) -> Post {
            .event(
                worker, case: "weber", in: .saasToVirtualOffice,
                MessageType(stringLiteral: "\(worker).case-quiet.v1"))
        }
        let said = bench.deliver(
            quiet("ordering"), quiet("vo-provisioning"), quiet("licence-swapper"), quiet("ems-reinstatement"))
        #expect(said.sent.types == ["cancellation.case-ended.v1"])
        #expect(said.records.last?.ended == .completed)
    }

    @Test("Downloaded licences end no case of this process, and updated ones none of the other")
    func otherEnds() throws {
        #expect(
            bench.deliver(
                .event(
                    "d", case: "weber", in: .saasToVirtualOffice, "ordering.licences-downloaded.v1",
                    ["order": "O-1", "at": "2026-03-03T09:30:00Z"])
            ).sent.isEmpty)
        #expect(
            bench.deliver(
                .event(
                    "u", case: "weber", "licence-swapper.licences-updated.v1",
                    ["firm": "Weber", "netFirmAdministrator": "a@b.example", "at": "2026-03-03T09:30:00Z"])
            ).sent.isEmpty)
    }

    // MARK: At the door

    @Test(
        "A form is refused with every field named by its whole path",
        arguments: [
            (
                ["backup": ["confirmed": true, "at": "2026-03-04T18:00:00Z"]], [:],
                ".data.cancellation.backup.at must lie in the past, not at 2026-03-04T18:00:00Z"
            ),
            (
                ["products": ["crm-sas"]], [:],
                ".data.cancellation.products[0] is \"crm-sas\", which is no product; did you mean \"crm-saas\"?"
            ),
            (["backup": nil], [:], ".data.cancellation.backup is missing"),
            ([:], ["productsToMove": []], ".data.productsToMove must name at least one product"),
            (
                [:], ["productsToMove": ["crm-saas", "crm-saas"]],
                ".data.productsToMove[1] names \"crm-saas\" a second time"
            ),
            (
                [:], ["productsToMove": ["fax"]],
                ".data.productsToMove[0] is \"fax\", which is no product"
            ),
            (
                [:], ["productsToMove": ["crm-saas", "texts"]],
                ".data.productsToMove[1] is \"texts\", whose family \"texts\" nobody licenses on Virtual Office"
            ),
            (
                [:], ["virtualOfficeLicencesHeld": ["vo-setup", "crm"]],
                ".data.virtualOfficeLicencesHeld[1] is \"crm\", which is no Virtual Office licence"
            ),
            (
                [:], ["virtualOfficeLicencesHeld": ["vo-crm", "vo-crm"]],
                ".data.virtualOfficeLicencesHeld[1] names \"vo-crm\" a second time"
            ),
            ([:], ["singleProposalWanted": nil], ".data.singleProposalWanted is missing"),
        ] as [([String: JSON?], [String: JSON?], String)])
    func badForm(cancelling: [String: JSON?], data: [String: JSON?], sentence: String) throws {
        let said = bench.deliver(.moveForm("form", case: "weber", cancelling: cancelling, data: data))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.questions.isEmpty)
    }

    @Test("Where nobody sells the setup for Virtual Office, no form moves anything there")
    func noSetup() throws {
        let directory = try Directory(products: [
            .init(code: "crm", title: "CRM", family: "crm"),
            .init(code: "vo-crm", title: "VO CRM", family: "vo", virtualOffice: .family("crm")),
        ])
        let form = VirtualOfficeForm(
            cancellation: CancellationForm(
                firm: Firm(id: "F", name: "Weber"), netFirmAdministrator: "admin@weber.example",
                products: ["crm"], backup: Backup(confirmed: true, at: .sample),
                salesRepresentative: "sales@example.com", csRepresentative: "cs@example.com",
                trialLicencesWanted: false, newProducts: []),
            productsToMove: ["crm"], virtualOfficeLicencesHeld: [], singleProposalWanted: false)
        var checks = Checks(now: .sample, directory: directory)
        form.check(&checks)
        #expect(
            checks.summary
                == ".data.productsToMove cannot move: no product of the directory is the Virtual Office setup"
        )
    }

    @Test("Each process is started by its own form, and by no other")
    func otherForm() throws {
        var wrong = Post.form("form", case: nil)
        wrong.routingKey = "start.saas-to-virtual-office.intake"
        let said = bench.deliver(wrong)
        #expect(
            said.sent.refusals.map(\.why) == [
                "type is cancellation.cancellation-form.v1, which cancellation does not take here; "
                    + "did you mean cancellation.virtual-office-form.v1?"
            ])
    }
}
