import CancellationMessages
import Engine
import EngineBench
import LicenceSwapperMessages
import Notifier
import NotifierMessages
import OrderingMessages
import StrictJSON
import Testing
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// The directory of these tests reaches the specialists by queue and two addresses.
@Suite("From SaaS to Virtual Office, what people are told")
struct VirtualOfficeMailTests {
    let bench: EngineBench<Notifier>

    init() throws { bench = try .begun(Notifier.self) }

    private func loaded() throws -> Post {
        try .event(
            "loaded", case: "weber", in: .saasToVirtualOffice,
            VirtualOfficeLoaded(
                firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", products: ["crm-saas"],
                specialist: "ada", at: "2026-03-03T09:30:00Z"))
    }

    /// The mails that are under way because of a message, by address.
    private func mails(after post: Post) throws -> [(row: EffectRow, mail: SendMail)] {
        bench.deliver(post)
        return try bench.handle(.tick).runs.map {
            ($0, try StrictDecoder.decode(SendMail.self, from: $0.data))
        }.sorted { $0.1.to.rawValue < $1.1.to.rawValue }
    }

    private let accepted: EffectOutcome = .done(["reply": "250 accepted"])

    @Test("Once all is loaded the administrator is welcomed, and the specialists told by mail and queue")
    func announced() throws {
        let said = bench.deliver(try loaded())
        let told = try #require(said.sent.first)
        #expect(said.sent.count == 1)
        #expect(told.type == "notifier.notice.v1")
        #expect(told.message.routingKey == "cs-specialists.notifier")
        #expect(told.envelope?.data["title"] == "Weber & Söhne can work on Virtual Office")
        let mails = try bench.handle(.tick).runs.map {
            try StrictDecoder.decode(SendMail.self, from: $0.data)
        }
        .sorted { $0.to.rawValue < $1.to.rawValue }
        #expect(mails.map(\.to) == ["ada@example.com", "admin@weber.example", "stella@example.com"])
        #expect(
            mails.map(\.template) == [.virtualOfficeLoaded, .virtualOfficeWelcome, .virtualOfficeLoaded])
        #expect(mails.allSatisfy { $0.fields.firm == "Weber & Söhne" && $0.fields.products == ["CRM"] })
        #expect(mails.first?.fields.specialist == "ada")
    }

    @Test("That all are told is made known with the last mail that is accepted, and once")
    func afterAllMails() throws {
        let mails = try mails(after: try loaded())
        try #require(mails.count == 3)
        #expect(bench.handle(.effectEnded(mails[0].row.id, accepted)).sent.isEmpty)
        #expect(bench.handle(.effectEnded(mails[1].row.id, .failed("no such mailbox"))).sent.isEmpty)
        #expect(bench.handle(.effectEnded(mails[2].row.id, accepted)).sent.isEmpty)
        let again = try #require(bench.pass(.seconds(5)).runs.first)
        #expect(again.id == mails[1].row.id)
        let said = bench.handle(.effectEnded(again.id, accepted)).sent
        #expect(said.types == ["notifier.virtual-office-announced.v1"])
        #expect(try said.event(VirtualOfficeAnnounced.self).at == bench.now.wall)
        #expect(bench.deliver(try loaded()).sent.isEmpty)
        #expect(bench.pass(.seconds(7200)).runs.isEmpty)
    }

    @Test("A welcome that cannot be delivered is a letter, and nobody says that the firm was told")
    func undeliverable() throws {
        let mails = try mails(after: try loaded())
        for (row, mail) in mails where mail.template == .virtualOfficeLoaded {
            bench.handle(.effectEnded(row.id, accepted))
        }
        let welcome = try #require(mails.first { $0.mail.template == .virtualOfficeWelcome })
        let said = bench.handle(.effectEnded(welcome.row.id, .impossible("no such domain")))
        #expect(said.sent.letters.count == 1)
        #expect(said.sent.events.isEmpty)
    }

    @Test("Other mails of the case open nothing")
    func otherMails() throws {
        let notice = bench.deliver(
            .event(
                "c", case: "weber", in: .saasToVirtualOffice, SubscriptionCancelled.type,
                try cancelledData())
        )
        #expect(notice.sent.isEmpty)
        for row in bench.handle(.tick).runs {
            #expect(bench.handle(.effectEnded(row.id, accepted)).sent.isEmpty)
        }
    }

    private func cancelledData() throws -> JSON {
        try JSON(
            encoding: SubscriptionCancelled(
                firm: Firm(id: "F-4711", name: "Weber & Söhne"), products: ["crm-saas"], newProducts: [],
                netFirmAdministrator: "admin@weber.example", salesRepresentative: "sam@example.com",
                csRepresentative: "cs@example.com", taker: "ada", confirmation: "C-1",
                at: "2026-03-03T09:30:00Z"))
    }

    @Test("The representatives learn of the cancellation as in the other process")
    func representatives() throws {
        let mails = try mails(
            after: .event(
                "c", case: "weber", in: .saasToVirtualOffice, SubscriptionCancelled.type, try cancelledData())
        )
        #expect(mails.map(\.mail.template) == [.cancellationConfirmed, .productCancelled])
    }

    @Test("Of its order the firm hears nothing yet; once its licences are updated, that it can log in")
    func open() throws {
        let ordered = OrderProcessed(
            firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", order: "O-1",
            virtualOfficeLicences: ["vo-crm"])
        #expect(
            try mails(after: try .event("o", case: "weber", in: .saasToVirtualOffice, ordered)).isEmpty)
        let updated = LicencesUpdated(
            firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example", at: "2026-03-03T09:30:00Z")
        let mails = try mails(after: try .event("u", case: "weber", in: .saasToVirtualOffice, updated))
        #expect(mails.map(\.mail.to) == ["admin@weber.example"])
        #expect(mails.map(\.mail.template) == [.virtualOfficeOpen])
        #expect(mails.first?.mail.fields.firm == "Weber & Söhne")
    }
}
