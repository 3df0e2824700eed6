import CancellationMessages
import EMSReinstatement
import EMSReinstatementMessages
import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("From SaaS to a local installation, step 5")
struct EMSReinstatementStoryTests {
    let bench: EngineBench<EMSReinstatement>

    init() throws { bench = try .begun(EMSReinstatement.self) }

    private func ticket() throws -> Sent {
        try bench.deliver(try .cancelled()).sent.question(ReinstateProducts.self)
    }

    private func back(_ products: JSON..., ticket: JSON = "T-1") -> JSON {
        ["ticket": ticket, "reinstated": .array(products), "by": "emil"]
    }

    @Test("Once the subscription is cancelled EMS gets a ticket of high priority, in the specialist's name")
    func asked() throws {
        let ticket = try ticket()
        #expect(ticket.message.routingKey == "ems.ems-reinstatement")
        #expect(ticket.envelope?.subject == "saas-to-local/weber")
        #expect(
            try ticket.asked(ReinstateProducts.self)
                == ReinstateProducts(
                    firmID: "F-4711", firmName: "Weber & Söhne", products: ["crm-saas", "payroll-saas"],
                    specialist: "ada"))
        #expect(
            ticket.envelope?.data["lines"] == [
                "Priority: high", "Ticket in the name of: ada", "Firm: Weber & Söhne (F-4711)",
                "Products: crm-saas, payroll-saas",
            ])
    }

    @Test("All products back at once are made known, with the ticket")
    func allAtOnce() throws {
        let said = bench.deliver(.answer("1", to: try ticket(), back("crm-saas", "payroll-saas")))
        #expect(
            try said.sent.event(ProductsReinstated.self)
                == ProductsReinstated(firmID: "F-4711", ticket: "T-1"))
        #expect(said.sent.count == 1)
    }

    @Test("A part keeps the ticket open; what brings the last product back makes it known")
    func inParts() throws {
        let ticket = try ticket()
        let part = bench.deliver(.answer("1", to: ticket, back("payroll-saas")))
        #expect(part.outcomes == ["applied"])
        #expect(part.sent.isEmpty)
        #expect(part.records.first?.handoffs.first?.state == .open)
        #expect(part.records.first?.handoffs.first?.question?["products"] == ["crm-saas"])
        let rest = bench.deliver(.answer("2", to: ticket, back("crm-saas", ticket: "T-2")))
        #expect(try rest.sent.event(ProductsReinstated.self).ticket == "T-2")
        #expect(rest.records.first?.handoffs.first?.state == .answered)
    }

    @Test(
        "An answer that names no ticket, no product, or other products than are asked for is refused",
        arguments: [
            (["crm-saas"], "", ".data.ticket must have 1 to 64 characters, not 0"),
            ([], "T-1", ".data.reinstated must name at least one product"),
            (["crm"], "T-1", ".data.reinstated[0] is \"crm\", which is not asked for any more"),
            (
                ["crm-saas", "crm-saas"], "T-1",
                ".data.reinstated[1] names \"crm-saas\" a second time"
            ),
            (
                ["crm-saas", "payroll-saas", "crm"], "T-1",
                ".data.reinstated names 3, but 2 are asked for"
            ),
        ] as [(JSON, JSON, String)])
    func refused(products: JSON, number: JSON, sentence: String) throws {
        let said = bench.deliver(
            .answer("1", to: try ticket(), ["ticket": number, "reinstated": products, "by": "emil"]))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.events.isEmpty)
    }

    @Test("A product that is back already cannot come back again")
    func backAlready() throws {
        let ticket = try ticket()
        bench.deliver(.answer("1", to: ticket, back("crm-saas")))
        let said = bench.deliver(.answer("2", to: ticket, back("crm-saas", ticket: "T-2")))
        #expect(
            said.sent.refusals.map(\.why) == [
                ".data.reinstated[0] is \"crm-saas\", which is not asked for any more"
            ])
    }

    @Test("What is heard twice happens once")
    func once() throws {
        let ticket = try ticket()
        #expect(bench.deliver(try .cancelled()).sent.isEmpty)
        let said = bench.deliver(
            .answer("1", to: ticket, back("crm-saas", "payroll-saas")),
            .answer("1", to: ticket, back("crm-saas", "payroll-saas")).returned(),
            .answer("2", to: ticket, back("crm-saas", "payroll-saas")))
        #expect(said.outcomes == ["applied", "duplicate", "duplicate"])
        #expect(said.sent.events.count == 1)
    }
}
