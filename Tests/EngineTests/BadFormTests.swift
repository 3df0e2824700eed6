import Cancellation
import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A bad form is refused with a sentence, and changes nothing")
struct BadFormTests {
    let bench: EngineBench<Cancellation>

    init() throws { bench = try .begun(Cancellation.self) }

    /// Refused with exactly this sentence, told to the publisher's team, with nothing else changed.
    private func expectRefusal(
        _ post: Post, _ kind: Trouble.Kind, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let verdict = bench.judge(
            post, between: .form("before", case: "before"), and: .form("after", case: "after"))
        #expect(verdict.outcome == "refused", sourceLocation: sourceLocation)
        #expect(verdict.kind == kind, sourceLocation: sourceLocation)
        #expect(verdict.why == sentence, sourceLocation: sourceLocation)
        #expect(verdict.refusal?.reason == kind.rawValue, sourceLocation: sourceLocation)
        #expect(
            verdict.refusal?.message.routingKey == "front-desk.cancellation", sourceLocation: sourceLocation)
        #expect(verdict.letter == nil, sourceLocation: sourceLocation)
        #expect(verdict.effects.isEmpty, sourceLocation: sourceLocation)
        #expect(verdict.neighbours == ["applied", "applied"], sourceLocation: sourceLocation)
    }

    @Test("A missing field is named by its path")
    func missingField() {
        expectRefusal(
            .form("f", case: "c", data: ["netFirmAdministrator": nil]), .malformed,
            ".data.netFirmAdministrator is missing")
    }

    @Test("A misspelt field is named beside the one that is missing")
    func misspeltField() {
        expectRefusal(
            .form("f", case: "c", data: ["products": nil, "prodcuts": ["crm-saas"]]), .malformed,
            ".data.products is missing; did you mean .data.prodcuts?")
    }

    @Test("A field that nobody knows is refused, not ignored")
    func unknownField() {
        expectRefusal(
            .form("f", case: "c", data: ["colour": "red"]), .malformed, ".data.colour is not a known field")
    }

    @Test("A field of the wrong type is told with the value it has")
    func wronglyTypedField() {
        expectRefusal(
            .form("f", case: "c", data: ["trialLicencesWanted": "yes"]), .malformed,
            ".data.trialLicencesWanted must be true or false, not \"yes\"")
    }

    @Test("Without a confirmed backup nothing is cancelled")
    func noBackup() {
        expectRefusal(
            .form("f", case: "c", data: ["backup": ["confirmed": false, "at": "2026-03-02T18:00:00Z"]]),
            .rule,
            ".data.backup.confirmed must be true: nothing is cancelled before the data is backed up")
    }

    @Test("A backup of tomorrow is none")
    func backupOfTomorrow() {
        expectRefusal(
            .form("f", case: "c", data: ["backup": ["confirmed": true, "at": "2026-03-04T18:00:00Z"]]), .rule,
            ".data.backup.at must lie in the past, not at 2026-03-04T18:00:00Z")
    }

    @Test("A form without products asks for one")
    func noProducts() {
        expectRefusal(
            .form("f", case: "c", data: ["products": []]), .rule,
            ".data.products must name at least one product")
    }

    @Test("An unknown product is told with the one that was probably meant")
    func unknownProduct() {
        expectRefusal(
            .form("f", case: "c", data: ["products": ["crm-sas"]]), .rule,
            ".data.products[0] is \"crm-sas\", which is no product; did you mean \"crm-saas\"?")
    }

    @Test("All that breaks a rule is told at once")
    func severalFindings() {
        expectRefusal(
            .form("f", case: "c", data: ["products": ["fax", "crm-saas", "crm-saas"]]), .rule,
            ".data.products[0] is \"fax\", which is no product; "
                + ".data.products[2] names \"crm-saas\" a second time")
    }

    @Test("More products than are sold are counted, not looked through")
    func tooManyProducts() {
        expectRefusal(
            .form("f", case: "c", data: ["products": .array("abcdefgh".map { .string("\($0)") })]), .rule,
            ".data.products names 8 products, but there are only 7")
    }

    @Test("A form nested deeper than its record could quote is refused, and the record can be read")
    func deeplyNested() {
        let deep = (0..<33).reduce(JSON.null) { inner, _ in [inner] }
        expectRefusal(
            .form("f", case: "c", data: ["products": deep]), .malformed,
            ".data is nested deeper than 32 levels")
        #expect(!bench.actions.records.isEmpty)
    }

    @Test("A form of five thousand unknown products is refused in a sentence that can be read")
    func endlessForm() throws {
        let codes = (0..<5_000).map { JSON.string("p\($0)") }
        let said = bench.deliver(.form("f", case: "c", data: ["products": .array(codes)]))
        #expect(said.outcomes == ["refused"])
        let why = try #require(said.sent.refusals.first?.why)
        #expect(why.count < 2_000)
    }

    @Test("An unknown type is told with the one that is taken")
    func unknownType() throws {
        expectRefusal(
            try .form("f", case: "c").with(["type": "cancellation.cancelation-form.v1"]), .unknownType,
            "type is cancellation.cancelation-form.v1, which cancellation does not take here; "
                + "did you mean cancellation.cancellation-form.v1?")
    }

    @Test("An unknown version is told with the known one")
    func unknownVersion() throws {
        expectRefusal(
            try .form("f", case: "c").with(["type": "cancellation.cancellation-form.v2"]), .unknownVersion,
            "type is cancellation.cancellation-form.v2, but cancellation knows version 1 of it")
    }

    @Test("A wrong specversion is told with the right one")
    func wrongSpecversion() throws {
        expectRefusal(
            try .form("f", case: "c").with(["specversion": "0.3"]), .unreadable,
            "specversion must be \"1.0\", not \"0.3\"")
    }

    @Test("An attribute nobody knows is refused where it was probably meant to be another")
    func misspeltAttribute() throws {
        expectRefusal(
            try .form("f", case: nil).with(["subjct": "saas-to-local/c"]), .malformed,
            "subjct is not a known attribute; did you mean subject?")
    }

    @Test("A missing attribute is told with the one that stands in its place")
    func missingAttribute() throws {
        expectRefusal(
            try .form("f", case: "c").with(["source": nil, "sorce": "/intake"]), .unreadable,
            "source is missing; did you mean it by \"sorce\"?")
    }

    @Test("A subject that is none is told with what it must be")
    func wrongSubject() throws {
        expectRefusal(
            try .form("f", case: "c").with(["subject": "firm 4711"]), .unreadable,
            "subject must be <process>/<id>, not \"firm 4711\"")
    }

    @Test("A subject of another process contradicts the key it was sent by")
    func subjectOfAnotherProcess() throws {
        expectRefusal(
            try .form("f", case: "c").with(["subject": "voip-order/c"]), .contradiction,
            "subject names the process voip-order, but the message was sent to start saas-to-local")
    }

    @Test("A property that contradicts the body is told with both values")
    func contradictingProperty() {
        var post = Post.form("f", case: "c")
        post.properties.messageID = "g"
        expectRefusal(
            post, .contradiction, "the property message-id is \"g\", but id in the body is \"f\"")
    }

    @Test("The id of a case in use is not taken again, and the case stays as it is")
    func caseInUse() throws {
        bench.deliver(.form("first", case: "c"))
        var row = try bench.store.caseRow("saas-to-local/c")
        expectRefusal(
            .form("second", case: "c", trial: true), .caseInUse,
            "the case saas-to-local/c exists already; choose another id")
        row?.turns += 1
        #expect(try bench.store.caseRow("saas-to-local/c") == row)
    }

    @Test("The same id with another body is refused, and the first verdict stands")
    func idReused() throws {
        let first = Post.form("f", case: "c")
        bench.deliver(first)
        expectRefusal(
            .form("f", case: "d"), .idReused,
            "user:intake sent another message under the id \"f\" before; give every message an id of its own")
        #expect(bench.deliver(first).outcomes == ["duplicate"])
    }

    @Test("The refusal of a reused id names the id as it was sent, however long it is")
    func refusalOfAReusedID() throws {
        let longest = String(repeating: "f", count: 128)
        bench.deliver(.form(longest, case: "c"))
        let refusal = try #require(bench.deliver(.form(longest, case: "d")).sent.refusals.first?.envelope)
        #expect(refusal.data["refused"] == .string(longest))
        #expect(refusal.causationID == longest)
    }

    @Test("The same id of another sender is another message")
    func sameIDOfAnotherSender() {
        let said = bench.deliver(.form("1", case: "c"), .form("1", case: "d", by: "web-form"))
        #expect(said.outcomes == ["applied", "applied"])
    }

    @Test("Two refusals never share an id, nor does one with what the first message made")
    func idsOfRefusals() {
        let sent = bench.deliver(
            .form("f", case: "c"), .form("f", case: "d"), .form("f", case: "e"), .form("g", case: "c")
        ).sent
        var ids = sent.compactMap(\.id) + sent.questions.compactMap { $0.handoff?.rawValue }
        ids.sort()
        #expect(sent.refusals.count == 3)
        #expect(ids == Set(ids).sorted())
    }

    @Test("A reused id is refused once, however often it is handed over")
    func reusedIDHandedOverAgain() {
        bench.deliver(.form("f", case: "c"))
        let other = Post.form("f", case: "d")
        #expect(bench.deliver(other).sent.refusals.count == 1)
        #expect(bench.deliver(other.returned()).sent.isEmpty)
    }

    @Test("A refusal names message, case and worker")
    func refusalIsComplete() throws {
        let said = bench.deliver(.form("f", case: "c", data: ["products": []]))
        let refusal = try #require(said.sent.refusals.first?.envelope)
        #expect(refusal.type == "cancellation.refusal.v1")
        #expect(refusal.subject == "saas-to-local/c")
        #expect(refusal.causationID == "f")
        #expect(
            refusal.data == [
                "refused": "f", "reason": "rule", "why": ".data.products must name at least one product",
            ])
    }

    @Test("A starter without a team is refused all the same; there is nobody to tell")
    func starterWithoutTeam() {
        let said = bench.deliver(.form("f", case: "c", by: "web-form", data: ["products": []]))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.isEmpty)
    }

    @Test("A form without a case's id gets one derived from sender and id")
    func derivedCase() throws {
        let first = try #require(bench.deliver(.form("f", case: nil)).sent.questions.first?.envelope?.subject)
        let other = try EngineBench<Cancellation>.begun(Cancellation.self)
        let again = other.deliver(.form("f", case: nil), .form("f", case: nil, by: "web-form")).sent
        #expect(again.questions.map { $0.envelope?.subject }.first == first)
        #expect(again.questions.map { $0.envelope?.subject }.last != first)
    }
}
