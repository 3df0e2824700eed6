import EMSReinstatement
import EMSReinstatementMessages
import Engine
import EngineBench
import Notifier
import NotifierMessages
import Ordering
import OrderingMessages
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("What people are told by mail")
struct NotifierStoryTests {
    let bench: EngineBench<Notifier>

    init() throws { bench = try .begun(Notifier.self) }

    /// The mails that are under way because of messages, by address.
    private func mails(after posts: Post...) throws -> [SendMail] {
        bench.deliver(posts)
        return try bench.handle(.tick).runs.map { try StrictDecoder.decode(SendMail.self, from: $0.data) }
            .sorted { $0.to.rawValue < $1.to.rawValue }
    }

    /// A ticket as EMS is asked it, by the worker that asks.
    private func ticket(on asking: EngineBench<EMSReinstatement>) throws -> Sent {
        try asking.deliver(try .cancelled()).sent.question(ReinstateProducts.self)
    }

    @Test("A team that is reached by mail gets what it is asked at each of its addresses")
    func askedByMail() throws {
        let ticket = try ticket(on: .begun(EMSReinstatement.self))
        let mails = try mails(after: Post(ticket.message))
        #expect(mails.map(\.to) == ["emil@example.com", "emma@example.com"])
        let mail = try #require(mails.first)
        #expect(mail.template == .handoff)
        #expect(
            mail.title
                == "Mail to emil@example.com: Reinstate the products that Weber & Söhne had before SaaS")
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.team = "ems"
        fields.title = "Reinstate the products that Weber & Söhne had before SaaS"
        fields.lines = [
            "Priority: high", "Ticket in the name of: ada", "Firm: Weber & Söhne (F-4711)",
            "Products: crm-saas, payroll-saas",
        ]
        fields.handoff = ticket.handoff
        fields.due = ticket.envelope?.due
        #expect(mail.fields == fields)
        #expect(fields.due != nil && fields.handoff != nil)
    }

    @Test("A question that is heard twice is mailed once")
    func once() throws {
        let post = Post(try ticket(on: .begun(EMSReinstatement.self)).message)
        #expect(try mails(after: post, post.returned()).count == 2)
        #expect(try mails(after: post).isEmpty)
    }

    @Test("A team that is reached by queue alone gets no mail")
    func queueOnly() throws {
        let ordering = try EngineBench.begun(Ordering.self)
        ordering.deliver(try .cancelled())
        let reinstated = ProductsReinstated(firmID: "F-4711", ticket: "T-1")
        let renewal = try ordering.deliver(try .event("r", case: "weber", reinstated))
            .sent.question(SendRenewal.self)
        #expect(try mails(after: Post(renewal.message)).isEmpty)
    }

    @Test("A refused answer is mailed to its team with the reason, though the answer names no case")
    func refusal() throws {
        let asking = try EngineBench.begun(EMSReinstatement.self)
        let ticket = try ticket(on: asking)
        let refused = try #require(
            asking.deliver(
                .answer("a-1", to: ticket, ["ticket": "", "reinstated": ["crm-saas"], "by": "emil"])
            ).sent.refusals.first)
        let mail = try #require(try mails(after: Post(refused.message)).first)
        #expect(mail.template == .refusal)
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.team = "ems"
        fields.refused = "a-1"
        fields.why = ".data.ticket must have 1 to 64 characters, not 0"
        #expect(mail.fields == fields)
    }

    @Test("A team that is reached by mail alone learns of a refusal, too")
    func refusalByMailAlone() throws {
        let ordering = try EngineBench.begun(Ordering.self)
        ordering.deliver(try .cancelled(newProducts: ["crm"]))
        let reinstated = ProductsReinstated(firmID: "F-4711", ticket: "T-1")
        let proposal = try ordering.deliver(try .event("r", case: "weber", reinstated))
            .sent.question(MakeProposal.self)
        let refused = try #require(
            ordering.deliver(
                .answer(
                    "p", to: proposal,
                    [
                        "number": "", "lines": [["product": "crm", "price": "1.00"]], "total": "1.00",
                        "by": "sam",
                    ])
            ).sent.refusals.first)
        #expect(refused.message.routingKey == "sales.ordering")
        let mails = try mails(after: Post(refused.message))
        #expect(mails.map(\.to) == ["sales@example.com"])
        #expect(mails.first?.fields.why == ".data.number must have 1 to 64 characters, not 0")
    }

    @Test("Of a cancellation the sales representative is told, and the CS representative gets its number")
    func cancelled() throws {
        let mails = try mails(after: try .cancelled())
        #expect(mails.map(\.to) == ["cs@example.com", "sam@example.com"])
        #expect(mails.map(\.template) == [.cancellationConfirmed, .productCancelled])
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.firm = "Weber & Söhne"
        fields.products = ["CRM", "Payroll"]
        fields.confirmation = "C-1"
        #expect(mails.map(\.fields) == [fields, fields])
        #expect(try self.mails(after: try .cancelled()).isEmpty)
    }

    @Test("Of its processed order the firm's administrator is told")
    func ordered() throws {
        let mails = try mails(
            after: try .event(
                "o", case: "weber",
                OrderProcessed(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1")))
        #expect(mails.map(\.to) == ["admin@weber.example"])
        #expect(mails.map(\.template) == [.orderConfirmed])
        var fields = SendMail.Fields("saas-to-local/weber")
        fields.firm = "Weber & Söhne"
        fields.order = "O-1"
        #expect(mails.map(\.fields) == [fields])
    }

    @Test("A mail that went out is on record, and not sent again")
    func done() throws {
        bench.deliver(try .cancelled())
        let runs = bench.handle(.tick).runs
        let first = try #require(runs.first)
        let said = bench.handle(.effectEnded(first.id, .done(["reply": "250 accepted"])))
        let entry = try #require(said.records.first?.effects.first)
        #expect(entry.id == first.id)
        #expect(entry.state == .done)
        #expect(entry.title.hasPrefix("Mail to "))
        #expect(said.sent.isEmpty)
        #expect(bench.pass(.seconds(7200)).runs.isEmpty)
    }

    @Test("A mail that fails is tried again under its key; another is not held up by it")
    func failed() throws {
        bench.deliver(try .cancelled())
        let runs = bench.handle(.tick).runs
        try #require(runs.count == 2)
        bench.handle(.effectEnded(runs[0].id, .failed("no such mailbox")))
        bench.handle(.effectEnded(runs[1].id, .done(["reply": "250 accepted"])))
        #expect(bench.pass(.seconds(5)).runs.map(\.id) == [runs[0].id])
    }
}
