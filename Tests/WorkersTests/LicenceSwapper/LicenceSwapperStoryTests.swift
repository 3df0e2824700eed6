import CancellationMessages
import Engine
import EngineBench
import LicenceSwapper
import LicenceSwapperMessages
import OrderingMessages
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("From SaaS to Virtual Office, step 10")
struct LicenceSwapperStoryTests {
    let bench: EngineBench<LicenceSwapper>

    init() throws { bench = try .begun(LicenceSwapper.self) }

    private func ordered(in process: ProcessName = .saasToVirtualOffice) throws -> Post {
        try .event(
            "ordered", case: "weber", in: process,
            OrderProcessed(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1",
                virtualOfficeLicences: ["vo-setup", "vo-crm"]))
    }

    @Test("Once the order is processed the technicians update the licences, and that is made known")
    func updated() throws {
        let update = try bench.deliver(try ordered()).sent.question(UpdateLicences.self)
        #expect(update.message.routingKey == "citrix-portal-tech.licence-swapper")
        #expect(update.envelope?.subject == "saas-to-virtual-office/weber")
        #expect(
            try update.asked(UpdateLicences.self)
                == UpdateLicences(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example",
                    licences: ["vo-setup", "vo-crm"], order: "O-1", orderedAt: .sample))
        bench.pass(.seconds(3600))
        let said = bench.deliver(
            .answer("u", to: update, ["updated": true, "at": "2026-03-03T10:30:00Z", "by": "tess"]))
        #expect(
            try said.sent.event(LicencesUpdated.self)
                == LicencesUpdated(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example",
                    at: "2026-03-03T10:30:00Z"))
        #expect(said.sent.count == 1)
    }

    @Test(
        "Licences that are not updated, were before the order, or will be, are no answer",
        arguments: [
            (
                false, "2026-03-03T10:00:00Z",
                ".data.updated must be true; answer once the licences are updated"
            ),
            (
                true, "2026-03-03T09:59:59Z",
                ".data.at must not lie before the order was processed, at 2026-03-03T10:00:00Z, "
                    + "but is 2026-03-03T09:59:59Z"
            ), (true, "2026-03-03T10:00:01Z", ".data.at must lie in the past, not at 2026-03-03T10:00:01Z"),
        ] as [(JSON, JSON, String)])
    func refused(updated: JSON, at: JSON, sentence: String) throws {
        let update = try bench.deliver(try ordered()).sent.question(UpdateLicences.self)
        let said = bench.deliver(.answer("u", to: update, ["updated": updated, "at": at, "by": "tess"]))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.events.isEmpty)
    }

    @Test("An order of a firm that stays local is none of its business")
    func local() throws {
        let said = bench.deliver(try ordered(in: .saasToLocal))
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.isEmpty)
    }

    @Test("An order that is heard of twice is swapped once")
    func once() throws {
        #expect(bench.deliver(try ordered(), try ordered().returned()).sent.questions.count == 1)
    }
}
