import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger
@testable import SQLiteStore

@Suite("What operators have done with one letter") struct OperatingTests {
    private func bench(_ letters: String...) throws -> LedgerBench {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        for letter in letters.isEmpty ? ["letter-1"] : letters { bench.step([bench.letter(letter)]) }
        return bench
    }

    // MARK: Redrive

    @Test("A letter goes back with what its worker needs, and nothing of why it was set aside")
    func redrive() throws {
        let bench = try bench()
        let verdict = try bench.order(RedriveLetters.one("letter-1"))
        #expect(verdict?.outcome == .applied)
        #expect(verdict?.worker == "ledger")
        #expect(verdict?.caseID == Turns.caseID)
        let sent = try #require(bench.sentBack.first)
        #expect(sent.routingKey == "carrier")
        #expect(
            sent.properties.headers == [
                .exchange: "baton.commands", .routingKey: "start.moving.intake", .sender: "user:intake",
                .caseID: "moving/lane-1", .redrive: "1", .first: "2026-03-02T11:00:00Z", .attempts: "1",
            ])
        #expect(try Envelope(parsing: sent.body).id == "form-of-letter-1")
        #expect(try bench.open() == [])
        let entry = try #require(try bench.story().entries.last)
        #expect(entry.worker == "ledger")
        #expect(entry.turn.heard.kind == .operate)
        #expect(entry.turn.heard.sender == .user("chief"))
        #expect(
            entry.turn.heard.data == [
                "by": "kim@example.com", "reason": "the form was mended", "letter": "letter-1",
                "done": "redrive",
            ])
        #expect(try bench.story().head == verdict?.head)
        #expect(try bench.story().alteredFrom == nil)
    }

    @Test("What its worker would refuse is not sent back, and the worker's sentence is the verdict's")
    func wouldBeRefused() throws {
        let bench = try bench()
        let verdict = try bench.order(
            RedriveLetters.one("letter-1"), trial: .refused, why: "rooms must be at least 1")
        #expect(verdict?.outcome == .refused)
        #expect(
            verdict?.trouble?.why
                == "carrier would refuse it: rooms must be at least 1; nothing has changed")
        #expect(bench.sentBack == [])
        #expect(try bench.open() == ["letter-1"])
        #expect(try bench.ask(AskLetter(id: "letter-1")).history == [])
    }

    @Test("A worker that does not answer gets it all the same, once the time is up")
    func silent() throws {
        let bench = try bench()
        bench.step([try bench.command(RedriveLetters.one("letter-1"))])
        #expect(bench.sentBack == [])
        bench.step([], after: .seconds(4))
        #expect(bench.sentBack == [])
        bench.step([], after: .seconds(1))
        #expect(bench.sentBack.count == 1)
        #expect(try bench.verdict("order-1")?.outcome == .applied)
    }

    @Test("A command that waited for a worker when the ledger died is done by the next one, once")
    func crash() throws {
        let bench = try bench()
        bench.step([try bench.command(RedriveLetters.one("letter-1"))])
        let next = try bench.crashed()
        #expect(next.sent.contains { $0.properties.headers[.trial] != nil })
        next.step(try next.trialAnswers(.applied))
        #expect(next.sentBack.count == 1)
        #expect(try next.verdict("order-1")?.outcome == .applied)
    }

    @Test("The same command again changes nothing; another under its id is refused")
    func repeated() throws {
        let bench = try bench("letter-1", "letter-2")
        try bench.order(RedriveLetters.one("letter-1"))
        let first = try bench.verdict("order-1")
        #expect(try bench.order(RedriveLetters.one("letter-1")) == first)
        #expect(bench.sent == [])
        try bench.order(RedriveLetters.one("letter-2"))
        #expect(bench.sentBack == [])
        #expect(try bench.open() == ["letter-2"])
    }

    @Test("Whoever waits for the verdict is told when it is there")
    func heldVerdict() throws {
        let bench = try bench()
        bench.step([
            try bench.question(AskVerdict(id: "order-1", digest: nil, waitSeconds: 20), .operator, "chief")
        ])
        bench.step([try bench.command(RedriveLetters.one("letter-1"))])
        #expect(bench.replies == [])
        bench.step(try bench.trialAnswers(.applied))
        #expect(try bench.reply(to: AskVerdict.self).verdict?.outcome == .applied)
    }

    @Test("What nobody heard goes to all who listen by now, and nowhere while nobody does")
    func unheard() throws {
        let bench = try LedgerBench()
        let event = Envelope(id: "e", source: "/", type: "carrier.day-agreed.v1", data: [:])
        bench.step([
            bench.delivery("baton.events", "carrier.day-agreed", event.serialized()),
            bench.delivery("baton.events", "carrier.day-moved", event.serialized()),
        ])
        let letters = try bench.ask(AskLetters(limit: 10)).page.elements
        for letter in letters {
            let isHeard = letter.why.contains("day-agreed")
            let verdict = try bench.order(
                RedriveLetters.one(letter.id), id: MessageID(stringLiteral: letter.id))
            #expect(verdict?.outcome == (isHeard ? .applied : .refused))
            #expect(bench.sentBack.map(\.routingKey) == (isHeard ? ["packer"] : []))
            let why = #"nobody listens to key "carrier.day-moved" of exchange "baton.events""#
            #expect(verdict?.trouble?.why.contains(why) ?? isHeard)
        }
    }

    // MARK: Refusals

    @Test("Who is no operator in the directory is refused, and so is what is no whole command")
    func notAllowed() throws {
        let bench = try bench()
        #expect(
            try bench.order(RedriveLetters.one("letter-1"), by: "intake")?.trouble?.why.hasPrefix(
                "intake has not the role operator") ?? false)
        let noReason = RedriveLetters(by: "kim", reason: " ", letters: .one("letter-1"), isStaged: true)
        #expect(
            try bench.order(noReason, id: "o2")?.trouble?.why
                == ".data.reason must have 1 to 500 characters, not 0")
        #expect(
            try bench.order(RedriveLetters.all(LetterFilter()), id: "o3")?.trouble?.reason == "malformed")
        #expect(
            try bench.order(RedriveLetters.all(LetterFilter(worker: "carrier"), perSecond: 0), id: "o4")?
                .trouble?.why == ".data.perSecond must be 1 to 1000, not 0")
        let typo = Envelope(
            id: "o5", source: "/", type: DiscardLetters.type, data: ["by": "kim", "raeson": "x"])
        bench.step([bench.delivery("baton.commands", "operate.ledger.chief", typo.serialized())])
        #expect(try bench.verdict("o5")?.outcome == .refused)
        #expect(try bench.open() == ["letter-1"])
    }

    @Test("A letter that is not there, or not open, is refused with what became of it")
    func notOpen() throws {
        let bench = try bench()
        #expect(
            try bench.order(RedriveLetters.one("nope"))?.trouble?.why
                == #"there is no letter whose id begins with "nope"; what was settled is forgotten after 30 days"#
        )
        try bench.order(DiscardLetters.one("letter-1"), id: "o2")
        #expect(
            try bench.order(RedriveLetters.one("letter-1"), id: "o3")?.trouble?.why
                == "letter letter-1 is not open: kim@example.com had it discarded at 2026-03-02T11:00:00Z: "
                + "the form was mended")
    }

    @Test("What is not kept whole, or has nothing that could be tried again, cannot be sent back")
    func notWhole() throws {
        let bench = try LedgerBench()
        bench.step([
            bench.letter("cut-1", changing: [.size: "300000"]),
            bench.letter("timer-1", changing: [.redrive: nil, .exchange: nil]),
        ])
        for id in ["cut-1", "timer-1"] {
            let verdict = try bench.order(
                RedriveLetters.one(id), id: MessageID(stringLiteral: "order-\(id)"))
            #expect(verdict?.trouble?.why.hasPrefix("letter \(id) cannot be sent back") ?? false)
        }
    }

    // MARK: Edit

    private let mended: JSON = [
        "specversion": "1.0", "id": "form-of-letter-1", "source": "/test", "type": "carrier.moving-form.v1",
        "subject": "moving/lane-1", "data": ["rooms": 3, "password": "…"],
    ]

    private func edit(_ message: JSON, _ id: String = "letter-1") -> EditLetter {
        EditLetter(by: "kim@example.com", reason: "rooms was a word", letter: id, message: message)
    }

    @Test("Who edits what people said is its author, and secrets that were not shown stay as they were")
    func edited() throws {
        let bench = try LedgerBench()
        bench.step([bench.letter("letter-1", body: ["rooms": "many", "password": "hush"])])
        #expect(try bench.ask(AskLetter(id: "letter-1")).body?["data"]?["password"] == "…")
        let verdict = try bench.order(edit(mended))
        #expect(verdict?.outcome == .applied)
        let sent = try #require(bench.sentBack.first)
        #expect(sent.properties.headers[.sender] == "user:chief")
        #expect(sent.properties.headers[.routingKey] == "start.moving.intake")
        #expect(try Envelope(parsing: sent.body).data == ["rooms": 3, "password": "hush"])
        bench.step([try bench.result(of: "letter-1", .applied, by: .user("chief"))])
        let letter = try bench.ask(AskLetter(id: "letter-1"))
        #expect(letter.summary.state == .edited)
        #expect(letter.history.last?.result?.outcome == .applied)
        #expect(try bench.task().state == .done)
    }

    @Test("An edit that its worker would refuse, or that nobody can try, changes nothing")
    func editRefused() throws {
        let bench = try bench()
        #expect(try bench.order(edit(mended), trial: .dead, why: "no")?.outcome == .refused)
        #expect(
            try bench.order(edit(mended), id: "o2", trial: nil)?.trouble?.why
                == "carrier does not answer; an edit is tried before it goes: start it, then edit again")
        #expect(try bench.order(edit(["id": "x"]), id: "o3")?.trouble?.reason == "unreadable")
        #expect(try bench.open() == ["letter-1"])
    }

    @Test("A worker's fact cannot be edited")
    func fact() throws {
        let bench = try LedgerBench()
        bench.step([
            bench.letter(
                "letter-1",
                changing: [.exchange: "baton.events", .sender: "worker:packer", .routingKey: "packer.packed"])
        ])
        #expect(
            try bench.order(edit(mended))?.trouble?.why.hasPrefix("only what people said can be edited")
                ?? false)
        #expect(try !bench.ask(AskLetter(id: "letter-1")).isEditable)
    }

    // MARK: Discard and undo

    @Test("A discard is taken back: what is off its queue is put there again as it was")
    func undo() throws {
        let bench = try bench()
        try bench.order(DiscardLetters.one("letter-1"))
        #expect(bench.sent == [])
        #expect(try bench.states() == ["letter-1": .discarded])
        try bench.intruder().execute("UPDATE letters SET is_off = 1")
        let verdict = try bench.order(UndoDiscard.one("letter-1"), id: "o2")
        #expect(verdict?.outcome == .applied)
        let back = try #require(bench.sent.first { $0.exchange.isEmpty })
        #expect(back.routingKey == "baton.carrier.dead")
        #expect(back.properties.headers[.letter] == "letter-1")
        #expect(back.properties.headers[.why] == "rooms must be a number")
        #expect(back.properties.type == "carrier.moving-form.v1")
        #expect(try bench.open() == ["letter-1"])
        #expect(
            try bench.order(UndoDiscard.one("letter-1"), id: "o3")?.trouble?.why
                == "letter letter-1 was not discarded: it is open")
    }

    @Test("What an open case waits for is discarded by force alone")
    func stranding() throws {
        let bench = try bench()
        let event = Envelope(
            id: "e", source: "/", type: "packer.packed.v1", subject: "moving/lane-1", data: [:])
        var properties = event.properties
        properties.headers = [
            .letter: "fact-1", .reason: "reaction-failed", .why: "it failed", .exchange: "baton.events",
            .routingKey: "packer.packed", .sender: "worker:packer", .redrive: "1", .caseID: "moving/lane-1",
        ]
        bench.step([bench.delivery("baton.dead", "carrier", event.serialized(), properties)])
        #expect(
            try bench.order(DiscardLetters.one("fact-1"))?.trouble?.why
                == "case moving/lane-1 is open, and carrier waits for packer.packed.v1 in it: without letter fact-1 "
                + "the case would stand still; redrive it, withdraw the case, or discard it with --force")
        #expect(try bench.order(DiscardLetters.one("fact-1", isForced: true), id: "o2")?.outcome == .applied)
    }

    // MARK: Trials

    @Test("Whoever asks what a redrive would do is told by the worker, and nothing has changed")
    func tried() throws {
        let bench = try bench()
        bench.step([try bench.question(AskLetter(id: "letter-1", isTried: true), .operator, "chief")])
        #expect(bench.replies == [])
        bench.step(try bench.trialAnswers(.refused, why: "rooms must be at least 1"))
        let letter = try bench.reply(to: AskLetter.self)
        #expect(letter.trial?.turns.first?.trouble?.why == "rooms must be at least 1")
        #expect(letter.trial?.missing == nil)
        #expect(letter.summary.state == .open)
        bench.step([try bench.question(AskLetter(id: "letter-1", isTried: true), .operator, "chief")])
        bench.step([], after: .seconds(5))
        #expect(try bench.reply(to: AskLetter.self).trial?.missing == "carrier does not answer")
        #expect(
            Result { try bench.ask(AskLetter(id: "letter-1", isTried: true), .starter, by: "intake") }
                .refusal?
                .reason == .notAllowed)
    }

    @Test("What is discarded is forgotten after thirty days, and cannot be taken back any more")
    func forgotten() throws {
        let bench = try bench()
        try bench.order(DiscardLetters.one("letter-1"))
        try bench.intruder().execute("UPDATE letters SET is_off = 1")
        bench.step([], after: .seconds(29 * 24 * 3600))
        #expect(try bench.states() == ["letter-1": .discarded])
        bench.step([], after: .seconds(25 * 3600))
        #expect(try bench.states() == [:])
        #expect(
            try bench.order(UndoDiscard.one("letter-1"), id: "o2")?.trouble?.why.contains("30 days") ?? false)
    }
}
