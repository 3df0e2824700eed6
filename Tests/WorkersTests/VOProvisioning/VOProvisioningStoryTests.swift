import CancellationMessages
import Engine
import EngineBench
import StrictJSON
import Testing
import VOProvisioning
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// The technicians work from seven to seven in Berlin, and on Sundays while clocks change; it is Tuesday at eleven there.
@Suite("From SaaS to Virtual Office, steps 2 to 4")
struct VOProvisioningStoryTests {
    let bench: EngineBench<VOProvisioning>

    init() throws { bench = try .begun(VOProvisioning.self) }

    // MARK: What people say

    private func requested(_ id: String = "requested") throws -> Post {
        try .event(
            id, case: "weber", in: .saasToVirtualOffice,
            VirtualOfficeMoveRequested(
                firm: Firm(id: "F-4711", name: "Weber & Söhne"), netFirmAdministrator: "admin@weber.example",
                products: ["crm-saas", "payroll-saas"], specialist: "ada"))
    }

    private static func window(_ start: JSON, end: JSON? = nil) -> JSON {
        var fields: JSONObject = ["start": start, "agreedWith": "wanda", "by": "tess"]
        if let end { fields["end"] = end }
        return .object(fields)
    }

    private static func loaded(_ products: JSON..., at: JSON) -> JSON {
        ["loaded": .array(products), "at": at, "by": "tess"]
    }

    // MARK: How far the case is

    private func accepting() throws -> Sent {
        try bench.deliver(try requested()).sent.question(AcceptMove.self)
    }

    private func arranging() throws -> Sent {
        try bench.deliver(.answer("accepted", to: try accepting(), ["accepted": true, "by": "tess"]))
            .sent.question(ArrangeWindow.self)
    }

    /// A window on Wednesday, from nine to one in Berlin, is agreed.
    private func loading() throws -> Sent {
        try bench.deliver(.answer("window", to: try arranging(), Self.window("2026-03-04T08:00:00Z")))
            .sent.question(LoadProducts.self)
    }

    private func wait(until moment: Timestamp) -> [Action] { bench.pass(moment - bench.now.wall) }

    // MARK: Accepting and agreeing

    @Test("The technicians are told of the move and of what to load, and then asked for a window")
    func accepted() throws {
        let accept = try accepting()
        #expect(accept.message.routingKey == "citrix-portal-tech.vo-provisioning")
        #expect(accept.envelope?.subject == "saas-to-virtual-office/weber")
        #expect(
            try accept.asked(AcceptMove.self)
                == AcceptMove(
                    firm: "Weber & Söhne", products: ["crm-saas", "payroll-saas"], specialist: "ada"))
        #expect(bench.deliver(try requested()).sent.isEmpty)
        let no = bench.deliver(.answer("no", to: accept, ["accepted": false, "by": "tess"]))
        #expect(
            no.sent.refusals.map(\.why) == [
                ".data.accepted must be true; if it cannot be done, decline the handoff and say why"
            ])
        let sent = bench.deliver(.answer("yes", to: accept, ["accepted": true, "by": "tess"])).sent
        let window = try sent.question(ArrangeWindow.self)
        #expect(sent.count == 1)
        #expect(
            try window.asked(ArrangeWindow.self)
                == ArrangeWindow(firm: "Weber & Söhne", products: ["crm-saas", "payroll-saas"], round: 1))
        #expect(window.envelope?.data["title"] == "Agree a down-time window with Weber & Söhne")
    }

    @Test("An agreed window is told to the specialists, and is when the products are loaded")
    func agreed() throws {
        let arrange = try arranging()
        let sent = bench.deliver(
            .answer(
                "w", to: arrange, Self.window("2026-03-04T08:00:00Z", end: "2026-03-04T12:00:00Z"))
        ).sent
        let told = try #require(sent.first { $0.type == "vo-provisioning.notice.v1" })
        #expect(told.message.routingKey == "cs-specialists.vo-provisioning")
        #expect(told.envelope?.data["title"] == "Weber & Söhne goes down for its move to Virtual Office")
        #expect(
            told.envelope?.data["lines"] == [
                "From: 2026-03-04T08:00:00Z", "To: 2026-03-04T12:00:00Z", "Agreed with: wanda",
                "To load: crm-saas, payroll-saas",
            ])
        let load = try sent.question(LoadProducts.self)
        #expect(sent.count == 2)
        #expect(
            try load.asked(LoadProducts.self)
                == LoadProducts(
                    firm: "Weber & Söhne", products: ["crm-saas", "payroll-saas"],
                    start: "2026-03-04T08:00:00Z", end: "2026-03-04T12:00:00Z", round: 1))
    }

    private static let outside =
        "must begin four hours wholly inside the business hours of citrix-portal-tech (Europe/Berlin), but "

    @Test(
        "A window is exactly four hours, in the future, and wholly inside the technicians' business hours",
        arguments: [
            (
                window("2026-03-04T08:00:00Z", end: "2026-03-04T11:59:00Z"),
                ".data.end must be exactly four hours after the start, at 2026-03-04T12:00:00Z, "
                    + "not at 2026-03-04T11:59:00Z"
            ),
            (
                window("2026-03-04T08:00:00Z", end: "2026-03-04T08:00:00Z"),
                ".data.end must be exactly four hours after the start, at 2026-03-04T12:00:00Z, "
                    + "not at 2026-03-04T08:00:00Z"
            ),
            (
                window("2026-03-04T05:59:00Z"),
                ".data.start \(outside)2026-03-04T05:59:00Z to 2026-03-04T09:59:00Z does not lie inside them"
            ),
            (
                window("2026-03-04T14:01:00Z"),
                ".data.start \(outside)2026-03-04T14:01:00Z to 2026-03-04T18:01:00Z does not lie inside them"
            ),
            (
                window("2026-03-07T10:00:00Z"),
                ".data.start \(outside)2026-03-07T10:00:00Z to 2026-03-07T14:00:00Z does not lie inside them"
            ),
            (
                window("2026-03-03T10:00:00Z"),
                ".data.start must lie in the future, not at 2026-03-03T10:00:00Z"
            ),
            (
                window("9999-12-31T23:00:00Z"),
                ".data.start \(outside)9999-12-31T23:00:00Z to 9999-12-31T23:59:59.999Z "
                    + "does not lie inside them"
            ),
        ] as [(JSON, String)])
    func badWindow(window: JSON, sentence: String) throws {
        let said = bench.deliver(.answer("w", to: try arranging(), window))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.questions.isEmpty)
    }

    @Test(
        "The first and the last four hours of a day are a window",
        arguments: ["2026-03-04T06:00:00Z", "2026-03-04T14:00:00Z"] as [JSON])
    func edges(start: JSON) throws {
        let said = bench.deliver(.answer("w", to: try arranging(), Self.window(start)))
        #expect(said.outcomes == ["applied"])
    }

    @Test(
        "Four hours are four hours when clocks change: in spring they do not fit, in autumn they do",
        arguments: [
            ("2026-03-21T23:30:00Z", "applied"), ("2026-03-28T23:30:00Z", "refused"),
            ("2026-10-24T22:30:00Z", "applied"), ("2026-10-25T00:00:00Z", "applied"),
            ("2026-10-25T00:01:00Z", "refused"),
        ] as [(JSON, String)])
    func clocksChange(start: JSON, outcome: String) throws {
        #expect(bench.deliver(.answer("w", to: try arranging(), Self.window(start))).outcomes == [outcome])
    }

    // MARK: Loading

    @Test("All loaded in the window is made known, and nothing more is waited for")
    func allLoaded() throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T09:30:00Z")
        let said = bench.deliver(
            .answer("l", to: load, Self.loaded("crm-saas", "payroll-saas", at: "2026-03-04T09:15:00Z")))
        #expect(
            try said.sent.event(VirtualOfficeLoaded.self)
                == VirtualOfficeLoaded(
                    firm: "Weber & Söhne", netFirmAdministrator: "admin@weber.example",
                    products: ["crm-saas", "payroll-saas"], specialist: "ada", at: "2026-03-04T09:15:00Z"))
        #expect(said.sent.count == 1)
        #expect(wait(until: "2026-03-06T12:00:00Z").sent.isEmpty)
    }

    @Test("Products are reported part by part; the last one makes it known")
    func parts() throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T10:00:00Z")
        #expect(
            bench.deliver(.answer("1", to: load, Self.loaded("payroll-saas", at: "2026-03-04T08:00:00Z")))
                .sent.isEmpty)
        let rest = bench.deliver(.answer("2", to: load, Self.loaded("crm-saas", at: "2026-03-04T10:00:00Z")))
        #expect(try rest.sent.event(VirtualOfficeLoaded.self).products == ["crm-saas", "payroll-saas"])
    }

    @Test(
        "What was loaded outside the window, or will be, or was not asked for, is refused",
        arguments: [
            (
                loaded("crm-saas", at: "2026-03-04T07:59:59Z"),
                ".data.at must lie in the agreed window, from 2026-03-04T08:00:00Z to 2026-03-04T12:00:00Z, "
                    + "not at 2026-03-04T07:59:59Z"
            ),
            (
                loaded("crm-saas", at: "2026-03-04T12:00:01Z"),
                ".data.at must lie in the agreed window, from 2026-03-04T08:00:00Z to 2026-03-04T12:00:00Z, "
                    + "not at 2026-03-04T12:00:01Z; .data.at must lie in the past, not at 2026-03-04T12:00:01Z"
            ),
            (
                loaded("crm-saas", at: "2026-03-04T11:30:00Z"),
                ".data.at must lie in the past, not at 2026-03-04T11:30:00Z"
            ),
            (
                ["loaded": ["crm-saas"], "by": "tess"],
                ".data.at must lie in the agreed window, from 2026-03-04T08:00:00Z to 2026-03-04T12:00:00Z, "
                    + "not at no time"
            ),
            (
                loaded("crm", at: "2026-03-04T09:00:00Z"),
                ".data.loaded[0] is \"crm\", which is not to be loaded any more"
            ),
            (
                loaded(at: "2026-03-04T09:00:00Z"),
                ".data.loaded must name at least one product, unless the window is missed"
            ),
            (
                ["missed": true, "by": "tess"], ".data.reason must say why in 1 to 500 characters, not 0"
            ),
            (
                [
                    "missed": true, "reason": "a power cut", "loaded": ["crm-saas"],
                    "at": "2026-03-04T09:00:00Z", "by": "tess",
                ], ".data.missed must not be true beside what was loaded; report that first, by itself"
            ),
        ] as [(JSON, String)])
    func badReport(report: JSON, sentence: String) throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T11:00:00Z")
        let said = bench.deliver(.answer("l", to: load, report))
        #expect(said.sent.refusals.map(\.why) == [sentence])
        #expect(said.sent.events.isEmpty)
    }

    // MARK: Windows that pass

    @Test("A window that was missed is arranged anew, and the next one is used")
    func missed() throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T12:30:00Z")
        let said = bench.deliver(
            .answer("m", to: load, ["missed": true, "reason": "a power cut", "by": "tess"]))
        let again = try said.sent.question(ArrangeWindow.self)
        #expect(said.sent.count == 1)
        #expect(
            try again.asked(ArrangeWindow.self)
                == ArrangeWindow(firm: "Weber & Söhne", products: ["crm-saas", "payroll-saas"], round: 2))
        #expect(again.envelope?.data["title"] == "Agree another down-time window with Weber & Söhne")
        let second = try bench.deliver(.answer("w2", to: again, Self.window("2026-03-05T08:00:00Z")))
            .sent.question(LoadProducts.self)
        #expect(wait(until: "2026-03-05T09:00:00Z").sent.isEmpty)
        let done = bench.deliver(
            .answer("l", to: second, Self.loaded("crm-saas", "payroll-saas", at: "2026-03-05T08:30:00Z")))
        #expect(done.sent.events.count == 1)
    }

    @Test("Of a window in which a part was loaded only the rest gets another")
    func partMissed() throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T11:00:00Z")
        bench.deliver(.answer("1", to: load, Self.loaded("crm-saas", at: "2026-03-04T10:00:00Z")))
        let again = try bench.deliver(
            .answer("m", to: load, ["missed": true, "reason": "it took too long", "by": "tess"])
        ).sent.question(ArrangeWindow.self)
        #expect(try again.asked(ArrangeWindow.self).products == ["payroll-saas"])
        let second = try bench.deliver(.answer("w2", to: again, Self.window("2026-03-05T08:00:00Z")))
            .sent.question(LoadProducts.self)
        _ = wait(until: "2026-03-05T09:00:00Z")
        let done = bench.deliver(
            .answer("2", to: second, Self.loaded("payroll-saas", at: "2026-03-05T08:30:00Z")))
        #expect(try done.sent.event(VirtualOfficeLoaded.self).products == ["crm-saas", "payroll-saas"])
    }

    @Test("A report taken back by an amendment counts no more: all it named gets another window")
    func partTakenBack() throws {
        let load = try loading()
        _ = wait(until: "2026-03-04T11:00:00Z")
        bench.deliver(.answer("1", to: load, Self.loaded("crm-saas", at: "2026-03-04T10:00:00Z")))
        let again = try bench.deliver(
            .answer(
                "m", to: load,
                ["missed": true, "reason": "what was loaded does not work", "by": "tess", "revision": 2])
        ).sent.question(ArrangeWindow.self)
        #expect(try again.asked(ArrangeWindow.self).products == ["crm-saas", "payroll-saas"])
    }

    @Test("A window of which nobody reports is taken back two business hours after it, and arranged anew")
    func silent() throws {
        let load = try loading()
        #expect(wait(until: "2026-03-04T13:59:59Z").sent.types == ["vo-provisioning.reminder.v1"])
        let said = wait(until: "2026-03-04T14:00:00Z")
        #expect(said.sent.types.contains("vo-provisioning.escalation.v1"))
        let again = try said.sent.question(ArrangeWindow.self)
        #expect(try again.asked(ArrangeWindow.self).round == 2)
        let late = bench.deliver(
            .answer("l", to: load, Self.loaded("crm-saas", "payroll-saas", at: "2026-03-04T09:00:00Z")))
        #expect(late.sent.refusals.map(\.reason) == ["revoked"])
        #expect(late.sent.events.isEmpty)
        #expect(wait(until: "2026-03-04T20:00:00Z").sent.questions.isEmpty)
    }

    @Test(
        "Time to report runs on the technicians' calendar: a window that ends in the evening may be told next morning"
    )
    func reportedNextMorning() throws {
        let load = try bench.deliver(
            .answer("w", to: try arranging(), Self.window("2026-03-04T14:00:00Z"))
        ).sent.question(LoadProducts.self)
        #expect(wait(until: "2026-03-05T07:59:59Z").sent.types == ["vo-provisioning.reminder.v1"])
        let said = bench.deliver(
            .answer("l", to: load, Self.loaded("crm-saas", "payroll-saas", at: "2026-03-04T18:00:00Z")))
        #expect(said.sent.events.count == 1)
    }

    @Test("A report that was in time is not overtaken by the clock of the window before")
    func nextWindowsClock() throws {
        let load = try loading()
        let again = try bench.deliver(
            .answer("m", to: load, ["missed": true, "reason": "the firm called it off", "by": "tess"])
        ).sent.question(ArrangeWindow.self)
        bench.deliver(.answer("w2", to: again, Self.window("2026-03-05T08:00:00Z")))
        #expect(wait(until: "2026-03-04T23:00:00Z").sent.isEmpty)
        #expect(wait(until: "2026-03-05T14:00:00Z").sent.types.contains("vo-provisioning.arrange-window.v1"))
    }
}
