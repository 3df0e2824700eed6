import AMQP
import BrokerSupport
import LedgerMessages
import MailboxSupport
import StoryRules
import StrictJSON
import Testing
import Vocabulary
import Wire

extension Live {
    /// What a handoff goes through while people take their time, on the real thing.
    @Suite(.serialized) struct LifeOfAHandoffTests {
        @Test(
            "A silent team is reminded, its contact told, the handoff stuck; its letter moved back asks again, and the answer ends it"
        )
        func silent() async throws {
            try await onThread {
                let mailbox = try RunningMailbox()
                // A Sunday, ten seconds before Monday's opening: whenever all is up, the team's time runs from there on,
                // and a night lies between the reminder and the end of it.
                let pace = FleetClock.Pace(start: "2026-11-15T12:00:00Z", speed: 9000)
                let running = try RunningFleet(
                    ["ledger", "cancellation", "notifier"], mail: MailRoute(port: mailbox.port), pace: pace
                ) { _ in { _ in [] } }
                let question = try running.ask("cancellation.take-cancellation.v1", of: Wishes())
                let handoff = try #require(question["correlationid"]?.stringValue)
                let letter = try running.stuckLetter(of: handoff)
                try running.expectStuck(handoff, letter)
                try mailbox.expectOneEach([
                    ("Take the cancellation of Harbour Lane 0", "specialists@example.com"),
                    ("Reminder: Take the cancellation of Harbour Lane 0", "specialists@example.com"),
                    ("Needs you: Take the cancellation of Harbour Lane 0", "service-lead@example.com"),
                ])
                try running.moveBack(handoff, from: "baton.cancellation.dead", to: "baton.cancellation")
                let again = running.traffic.question(
                    "cancellation.take-cancellation.v1", in: "saas-to-local/case-0", times: 2)
                #expect(again?["correlationid"]?.stringValue == handoff, "it is asked under the same id")
                let answered = try running.fleet.baton(
                    as: "cs-specialists",
                    ["answer", handoff, "--by", "robin@example.com", "--set", "role=lead"])
                #expect(answered.code == 0, "\(answered.complaint)")
                let shown = try running.fleet.shown(handoff, to: "cs-specialists")
                #expect(shown["state"] == "answered")
                #expect(shown["stuckSince"] == nil)
                #expect(
                    running.traffic.question(
                        "cancellation.process-cancellation.v1", in: "saas-to-local/case-0") != nil,
                    "the case does not go on:\n\(running.logs)")
            }
        }

        @Test(
            "A team declines, and its contact learns why; another accepts, answers and amends, until something follows"
        )
        func declined() async throws {
            try await onThread {
                let mailbox = try RunningMailbox()
                let running = try RunningFleet(
                    ["ledger", "cancellation", "ems-reinstatement", "ordering", "notifier"],
                    mail: MailRoute(port: mailbox.port)
                ) { _ in
                    People.leaving([
                        "ordering.send-renewal.v1", "ordering.make-proposal.v1",
                        "ordering.confirm-signatures.v1",
                    ])
                }
                let fleet = running.fleet
                let wishes = Wishes(newProducts: ["tidewater-planner"])
                let question = try running.ask("ordering.send-renewal.v1", of: wishes)
                let renewal = try #require(question["correlationid"]?.stringValue)
                func say(_ arguments: [String], _ input: String = "") throws -> LiveFleet.Result {
                    try fleet.baton(as: "cs-representatives", arguments, input)
                }

                let reason = "the price list is being redone"
                let declined = try say([
                    "inbox", "decline", renewal, "--by", "ines@example.com", "--reason", reason,
                ])
                #expect(declined.code == 0, "\(declined.complaint)")
                let told = try mailbox.mail("Needs you: ", to: "service-lead@example.com")
                #expect(told?.text.contains(reason) == true, "\(told?.text ?? "nobody was told")")
                var shown = try fleet.shown(renewal, to: "cs-representatives")
                #expect(shown["state"] == "open")
                #expect(shown["custody"]?["said"] == "declined")
                #expect(shown["custody"]?["by"] == "ines@example.com")
                #expect(shown["custody"]?["reason"] == .string(reason))

                #expect(try say(["inbox", "accept", renewal, "--by", "olga@example.com"]).code == 0)
                shown = try fleet.shown(renewal, to: "cs-representatives")
                #expect(shown["custody"]?["said"] == "accepted")
                #expect(shown["custody"]?["by"] == "olga@example.com")
                #expect(shown["custody"]?["reason"] == nil)

                let answer = ["answer", renewal, "--by", "olga@example.com", "-"]
                #expect(try say(answer, Self.renewal("R-1", "10.00")).code == 0)
                let other = try say(answer, Self.renewal("R-2", "12.00"))
                #expect(other.code == 2 && other.complaint.contains("--revision 2"), "\(other.complaint)")
                let amended = try say(answer + ["--revision", "2"], Self.renewal("R-2", "12.00"))
                #expect(amended.code == 0, "\(amended.complaint)")

                let proposal = try running.next("ordering.make-proposal.v1", of: wishes)
                running.traffic.say(People.answers(to: proposal), as: "sales")
                let signing = try running.next("ordering.confirm-signatures.v1", of: wishes)
                let documents = signing["data"]?["documents"]?.arrayValue ?? []
                #expect(documents.contains("R-2") && !documents.contains("R-1"), "\(documents)")
                let late = try say(answer + ["--revision", "3"], Self.renewal("R-3", "14.00"))
                #expect(late.code == 2 && late.complaint.contains("gone on from"), "\(late.complaint)")
                running.traffic.say(People.answers(to: signing), as: "cs-representatives")
                let story = try running.ended(wishes)
                let breaches = StoryRule.saasToLocal.breaches(in: story)
                #expect(breaches.isEmpty, "\(breaches)")
            }
        }

        private static func renewal(_ number: String, _ price: String) -> String {
            """
            {"number": "\(number)", "lines": [{"product": "quill-ledger", "price": "\(price)"}], "total": "\(price)"}
            """
        }

        @Test("A case is withdrawn before the cancellation, its teams are told; after it, the step is named")
        func withdrawn() async throws {
            try await onThread {
                let mailbox = try RunningMailbox()
                let silent: Set = [
                    "cancellation.provide-trial.v1", "ems-reinstatement.reinstate-products.v1",
                ]
                let running = try RunningFleet(
                    ["ledger", "cancellation", "ems-reinstatement", "ordering", "notifier"],
                    mail: MailRoute(port: mailbox.port)
                ) { _ in People.leaving(silent) }
                try Self.withdrawInTime(running, mailbox)
                try Self.withdrawTooLate(running)
            }
        }

        private static let stays = "the firm stays where it is"

        private static func withdrawInTime(_ running: RunningFleet, _ mailbox: RunningMailbox) throws {
            let wishes = Wishes(trial: true)
            let question = try running.ask("cancellation.provide-trial.v1", of: wishes)
            let withdrawn = try running.withdraw(wishes.caseID(0), because: stays)
            #expect(withdrawn.code == 0, "\(withdrawn.complaint)")
            let title = "Provide trial downloads to Harbour Lane 0"
            for address in ["representatives@example.com", "front-desk@example.com"] {
                let told = try mailbox.mail("No longer needed: ", to: address)
                let says = [title, stays].allSatisfy { told?.text.contains($0) == true }
                #expect(says, "\(told?.text ?? "\(address) was not told")")
            }
            // The team's own program has not heard yet.
            running.traffic.say(People.answers(to: question), as: "cs-representatives")
            let told = try mailbox.mail("Needs you: ", to: "service-lead@example.com")
            #expect(
                told?.text.contains("though it was taken back") == true, "\(told?.text ?? "nobody was told")")
            #expect(try mailbox.mail("Refused: ", to: "representatives@example.com") != nil)
            let story = try running.story(wishes.caseID(0)) { story in
                story.summary.state == .withdrawn && story.entries.contains { $0.turn.outcome == .refused }
            }
            let late = story.entries.filter { $0.turn.outcome == .refused }
            #expect(late.map(\.turn.trouble?.reason) == ["revoked"])
            #expect(story.handoffs.allSatisfy { $0.state == .answered || $0.state == .revoked })
            #expect(
                !running.traffic.seen.elements.contains { $0.type == "cancellation.process-cancellation.v1" },
                "what cannot be undone was asked")
        }

        private static func withdrawTooLate(_ running: RunningFleet) throws {
            let wishes = Wishes()
            let question = try running.ask(
                "ems-reinstatement.reinstate-products.v1", of: wishes, number: 1)
            let tooLate = try running.withdraw(wishes.caseID(1), because: stays)
            #expect(tooLate.code == 2, "\(tooLate.complaint)")
            #expect(
                tooLate.complaint.contains("too late")
                    && tooLate.complaint.contains("Process the cancellation of Harbour Lane 1"),
                "\(tooLate.complaint)")
            running.traffic.say(People.answers(to: question), as: "ems")
            let story = try running.ended(wishes, number: 1)
            #expect(story.summary.state == .completed)
        }
    }
}

// MARK: - What people and an administrator do

extension RunningFleet {
    /// Starts a case of this number, and waits until a team is asked something in it.
    fileprivate func ask(_ type: String, of wishes: Wishes, number: Int = 0) throws -> JSON {
        traffic.start(cases: number..<number + 1) { _ in wishes }
        return try next(type, of: wishes, number: number)
    }

    /// Waits until a team is asked something in a case of this number.
    fileprivate func next(_ type: String, of wishes: Wishes, number: Int = 0) throws -> JSON {
        try #require(
            traffic.question(type, in: wishes.caseID(number)), "\(type) is not asked:\n\(logs)")
    }

    fileprivate func withdraw(_ caseID: String, because reason: String) throws -> LiveFleet.Result {
        try fleet.baton(
            as: "intake", ["withdraw", caseID, "--by", "ada@example.com", "--reason", reason])
    }

    /// Waits until the ledger tells a case as wanted.
    fileprivate func story(_ caseID: String, until isWanted: (CaseStory) -> Bool) throws -> CaseStory {
        let (isAsWanted, story) = try LedgerDesk(fleet).ask(
            AskCase(id: caseID), within: .seconds(60), until: isWanted)
        #expect(isAsWanted, "\(caseID) stands otherwise: \(story.why)\n\(logs)")
        return story
    }

    /// Waits until a case of this number has ended.
    fileprivate func ended(_ wishes: Wishes, number: Int = 0) throws -> CaseStory {
        try story(wishes.caseID(number)) { $0.summary.endedAt != nil && $0.gaps.isEmpty }
    }

    /// Waits for the letter about a handoff that nobody answers, and until nothing of its case is to be mailed.
    fileprivate func stuckLetter(of handoff: String) throws -> LetterSummary {
        let story = try story(Wishes().caseID(0)) { $0.letters.count == 1 && $0.effects.isEmpty }
        let letter = try #require(story.letters.first)
        #expect(letter.reason == "stuck" && letter.handoff == handoff)
        return letter
    }

    /// The ledger and `baton` say that a handoff is stuck, since when, and who was told.
    fileprivate func expectStuck(_ handoff: String, _ letter: LetterSummary) throws {
        for word in ["cs-specialists has not answered", "was reminded at", "escalation contact was told at"] {
            #expect(letter.why.contains(word), "\(letter.why)")
        }
        let list = try fleet.json(as: "operations", ["dead", "list", "-o", "json"])
        let listed = list["elements"]?.arrayValue ?? []
        #expect(listed.map { $0["reason"] } == ["stuck"] && listed.first?["why"] == .string(letter.why))
        let story = try fleet.json(as: "operations", ["case", "show", Wishes().caseID(0), "-o", "json"])
        let why = story["why"]?.stringValue ?? ""
        #expect(why.hasPrefix("stuck since ") && why.contains(letter.why), "\(why)")
        let command = story["next"]?.stringValue?.split(separator: " ") ?? []
        #expect(command.dropLast() == ["baton", "inbox", "show"] && handoff.hasPrefix(command.last ?? "-"))
        #expect(try fleet.left(in: ["baton.cancellation.dead"]) == ["baton.cancellation.dead": 1])
    }

    /// Moves the letter about a handoff as an administrator's shovel would: as it is, by the default exchange.
    fileprivate func moveBack(_ handoff: String, from source: String, to target: String) throws {
        let endpoint = try Endpoint(url: fleet.host.url())
        let connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: "administrator"))
        defer { connection.close() }
        try connection.openChannel(1)
        let letter = try #require(try connection.get(source, on: 1))
        let headers = Dictionary(
            letter.properties.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(headers["baton-reason"] == .text("stuck") && headers["baton-handoff"] == .text(handoff))
        try connection.publish(
            Publication(
                token: 0, exchange: "", routingKey: target, properties: letter.properties, body: letter.body),
            on: 1, confirmedWithin: .seconds(120))
        try connection.acknowledge(letter.tag, multiple: false, on: 1)
    }
}

extension LiveFleet {
    /// A handoff as `baton inbox show` tells it.
    fileprivate func shown(_ handoff: String, to team: String) throws -> JSON {
        try json(as: team, ["inbox", "show", handoff, "-o", "json"])
    }
}

extension RunningMailbox {
    /// Waits for a mail to an address whose subject begins so; `nil` where none comes.
    fileprivate func mail(_ subject: String, to address: String) throws -> KeptMail? {
        let deadline = ContinuousClock.now + .seconds(60)
        let pause = Wakeup()
        while true {
            let found = try mails.map(KeptMail.init).first {
                $0.to == address && $0.subject.hasPrefix(subject)
            }
            // A mailbox tells nobody what came.
            guard found == nil, ContinuousClock.now < deadline else { return found }
            pause.wait(atMost: .milliseconds(100))
        }
    }

    /// There is one mail of each subject to each address, and no other.
    fileprivate func expectOneEach(_ wanted: [(subject: String, to: String)]) throws {
        let found = try mails.map(KeptMail.init).map { "\($0.to): \($0.subject)" }.sorted()
        #expect(found == wanted.map { "\($0.to): \($0.subject)" }.sorted())
    }
}
