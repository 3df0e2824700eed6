import AMQP
import BrokerSupport
import Foundation
import LedgerMessages
import MailboxSupport
import StrictJSON
import Synchronization
import Testing
import Vocabulary
import Wire

extension Live {
    /// A letter of every kind on the real thing, each put right by what `baton dead show` advises.
    @Suite(.serialized) struct DeadLetterTests {
        /// The cases, by the trouble they get into.
        private enum Number {
            static let stuck = 1
            static let unreadable = 2
            static let refusedMail = 3
            static let early = 4
            static let givenUp = 5
            static let unheard = 6
        }

        private static let wishes = Wishes()

        @Test(
            "Every kind of dead letter is resolved by the commands that its own page advises, and nothing is left"
        )
        func everyKind() async throws {
            try await onThread {
                let mailbox = try RunningMailbox()
                // Days pass in seconds: an event is early for a day, and nobody answers for two.
                let pace = FleetClock.Pace(start: "2026-11-16T14:00:00Z", speed: 9000)
                let silent = Mutex<String?>(Self.wishes.caseID(Number.stuck))
                let running = try RunningFleet(
                    LiveFleet.everyone, mail: MailRoute(port: mailbox.port), pace: pace
                ) { _ in
                    { question in
                        let isSilent = silent.withLock { $0 != nil && $0 == question["subject"]?.stringValue }
                        return isSilent ? [] : People.answers(to: question)
                    }
                }
                running.traffic.start(cases: 0..<1)
                try Self.expectEnd(0, running)

                try Self.stuck(running) { silent.withLock { $0 = nil } }
                try Self.unreadable(running)
                try Self.wrongEvents(running)
                try Self.refusedMail(running, mailbox)
                try Self.early(running)
                try Self.givenUpByTheBroker(running)
                try Self.unheard(running)

                try running.fleet.expectEmpty(
                    RunningFleet.queues.filter { $0.hasSuffix(".dead") || $0 == "baton.unheard" })
                let list = try running.fleet.baton(as: "operations", ["dead", "list"])
                #expect(list.output.contains("No dead letters"), "\(list.output)")
            }
        }

        // MARK: The kinds

        /// A handoff that nobody answers: asked again, answered, and never a letter again.
        private static func stuck(_ running: RunningFleet, breakSilence: () -> Void) throws {
            running.traffic.start(cases: Number.stuck..<Number.stuck + 1)
            let caseID = wishes.caseID(Number.stuck)
            let type = "cancellation.take-cancellation.v1"
            let question = try #require(running.traffic.question(type, in: caseID))
            let letter = try #require(try running.fleet.letters(1, kind: "stuck").first)
            #expect(letter["handoff"] == question["correlationid"])
            try putRight(letter, "dead redrive", running)
            #expect(running.traffic.question(type, in: caseID, times: 2) != nil, "it is not asked again")
            breakSilence()
            // Left for long it is stuck once more; answered meanwhile, that letter closes by itself.
            running.traffic.say(People.answers(to: question), as: "cs-specialists")
            _ = try running.fleet.letters(0, kind: "stuck")
            try expectEnd(Number.stuck, running)
        }

        /// Bytes on a command's key: edited into what was meant, by its editor.
        private static func unreadable(_ running: RunningFleet) throws {
            try running.publish(
                Array("please cancel our products".utf8), to: "baton.commands",
                key: "start.saas-to-local.intake", as: "intake")
            let letter = try #require(try running.fleet.letters(1, kind: "unreadable").first)
            let form = running.fleet.folder.appending(path: "form.json")
            try Data(wishes.form(Number.unreadable).serialized()).write(to: form)
            var command = try running.fleet.advice(on: letter, naming: "dead edit")
            command += ["--file", form.path, "--yes"]
            // A worker that is busy may not say in time whether it would take it: it is asked again, as the command advises.
            let deadline = ContinuousClock.now + .seconds(60)
            var edited = try running.fleet.follow(command)
            while edited.complaint.contains("does not answer"), ContinuousClock.now < deadline {
                edited = try running.fleet.follow(command)
            }
            #expect(edited.code == 0, "\(edited.complaint)")
            try expectEnd(Number.unreadable, running)
            let story = try LedgerDesk(running.fleet).ask(AskCase(id: wishes.caseID(Number.unreadable)))
            let start = story.entries.first { $0.turn.heard.kind == .start }
            #expect(start?.turn.heard.sender == .user("operations"), "its editor is its author")
        }

        /// What a worker says wrongly, or in a version that nobody knows, cannot be edited: it is let drop, and that can
        /// be undone.
        private static func wrongEvents(_ running: RunningFleet) throws {
            func event(_ type: String, _ data: JSON) -> [UInt8] {
                let event: JSON = [
                    "specversion": "1.0", "id": .string("wrong-\(type)"), "source": "/ems",
                    "type": .string(type), "subject": "saas-to-local/no-such-case", "data": data,
                ]
                return event.serialized()
            }
            let key = "ems-reinstatement.products-reinstated"
            let wrong = [
                ("malformed", event("\(key).v1", ["firmID": 7])),
                ("unknown-version", event("\(key).v9", [:])),
            ]
            for (reason, message) in wrong {
                try running.publish(message, to: "baton.events", key: key, as: "ems-reinstatement")
                let letter = try #require(try running.fleet.letters(1, kind: reason).first)
                let id = try #require(letter["id"]?.stringValue)
                let edit = try running.fleet.baton(
                    as: "operations",
                    [
                        "dead", "edit", id, "--by", "olga@example.com", "--reason", "it is wrong", "--file",
                        "/dev/null", "--yes",
                    ])
                #expect(edit.code != 0, "a worker's fact was edited")
                try putRight(letter, "dead discard", running)
                try running.fleet.expectEmpty(["baton.ordering.dead"])
                let undo = try running.fleet.follow([
                    "dead", "undo", id, "--by", "olga@example.com", "--reason", "too quick",
                ])
                #expect(undo.code == 0, "\(undo.complaint)")
                let again = try #require(try running.fleet.letters(1, kind: reason).first)
                #expect(again["id"] == .string(id), "undone, it is the same letter")
                try putRight(again, "dead discard", running)
            }
        }

        /// A mail that is refused for good, until the address is put right.
        private static func refusedMail(_ running: RunningFleet, _ mailbox: RunningMailbox) throws {
            try mailbox.behave("550 rcpt care@example.com")
            running.traffic.start(cases: Number.refusedMail..<Number.refusedMail + 1)
            let letter = try #require(try running.fleet.letters(1, kind: "effect").first)
            #expect(letter["why"]?.stringValue?.contains("550") == true)
            try expectEnd(Number.refusedMail, running)
            let failed = try running.fleet.follow(
                try running.fleet.advice(on: letter, naming: "dead redrive"))
            #expect(failed.code != 0, "the address is still refused")
            try mailbox.behave()
            let again = try #require(try running.fleet.letters(1, kind: "effect").first)
            #expect(again["id"] != letter["id"] && again["attempts"] != letter["attempts"])
            try putRight(again, "dead redrive", running)
            let sent = try mailbox.mails.map(KeptMail.init).filter { $0.to == "care@example.com" }
            #expect(Set(sent.map(\.messageID)).count == sent.count, "a mail is sent once")
        }

        /// An event before its time, for longer than it should be: tried again it waits on; once its case has come so far
        /// the letter closes by itself.
        private static func early(_ running: RunningFleet) throws {
            let caseID = wishes.caseID(Number.early)
            let event: JSON = [
                "specversion": "1.0", "id": "early-1", "source": "/ems",
                "type": "ems-reinstatement.products-reinstated.v1", "subject": .string(caseID),
                "data": ["firmID": "4", "ticket": "T-0"],
            ]
            try running.publish(
                event.serialized(), to: "baton.events", key: "ems-reinstatement.products-reinstated",
                as: "ems-reinstatement")
            let letter = try #require(
                try running.fleet.letters(1, kind: "overdue-early", within: .seconds(120)).first)
            try putRight(letter, "dead redrive", running)
            running.traffic.start(cases: Number.early..<Number.early + 1)
            try expectEnd(Number.early, running)
            _ = try running.fleet.letters(0, kind: "overdue-early")
        }

        /// What a worker cannot hold without dying, the broker itself gives up in the end.
        private static func givenUpByTheBroker(_ running: RunningFleet) throws {
            let worker = running.fleet["ems-reinstatement"]
            #expect(worker.stop() == 0)
            running.traffic.start(cases: Number.givenUp..<Number.givenUp + 1)
            try running.dropUntilDead("baton.ems-reinstatement")
            let letter = try #require(
                try running.fleet.letters(1, kind: "dead-lettered-by-the-broker").first)
            #expect(letter["case"] == .string(wishes.caseID(Number.givenUp)))
            try worker.start()
            try putRight(letter, "dead redrive", running)
            try expectEnd(Number.givenUp, running)
        }

        /// What nobody listens to, because somebody took a binding away.
        private static func unheard(_ running: RunningFleet) throws {
            try running.fleet.host.unbind(
                "baton.cancellation", from: "baton.commands", key: "start.saas-to-local.*")
            running.traffic.start(cases: Number.unheard..<Number.unheard + 1)
            let letter = try #require(try running.fleet.letters(1, kind: "unheard").first)
            #expect(try !running.fleet.advice(on: letter, naming: "topology apply").isEmpty)
            try running.fleet.applyTopologyAgain()
            try putRight(letter, "dead redrive", running)
            try expectEnd(Number.unheard, running)
        }

        // MARK: What an operator does

        /// Runs the first command of a kind that a letter's own page advises.
        private static func putRight(_ letter: JSON, _ verb: String, _ running: RunningFleet) throws {
            var command = try running.fleet.advice(on: letter, naming: verb)
            if !command.contains("--yes"), verb == "dead discard" { command.append("--yes") }
            let result = try running.fleet.follow(command)
            #expect(result.code == 0, "\(command): \(result.output)\(result.complaint)\n\(running.logs)")
        }

        private static func expectEnd(_ number: Int, _ running: RunningFleet) throws {
            let caseID = wishes.caseID(number)
            let isEnded = running.traffic.seen.wait(within: .seconds(180)) { sightings in
                sightings.contains { $0.caseID == caseID && $0.type == Traffic.ended }
            }
            #expect(isEnded, "\(caseID) has not ended:\n\(running.logs)")
        }
    }
}

// MARK: - What others do

extension RunningFleet {
    /// Publishes bytes under somebody's own login.
    fileprivate func publish(_ body: [UInt8], to exchange: String, key: String, as user: String) throws {
        let connection = try connect(try fleet.url(of: user), as: user)
        defer { connection.close() }
        try connection.publish(
            Publication(token: 0, exchange: exchange, routingKey: key, properties: Properties(), body: body),
            on: 1, confirmedWithin: .seconds(120))
    }

    /// Takes what comes to a queue and lets it fall, until the broker gives it up.
    fileprivate func dropUntilDead(_ queue: String) throws {
        let connection = try connect(fleet.host.url(), as: "administrator")
        defer { connection.close() }
        try connection.consume(queue, tag: queue, on: 1)
        let deadline = ContinuousClock.now + .seconds(60)
        var dropped = 0
        while dropped <= 20, ContinuousClock.now < deadline {
            for case .delivered(let delivered, _) in try connection.events(waitingAtMost: .milliseconds(500))
            {
                dropped += 1
                try connection.reject(delivered.tag, requeue: true, on: 1)
            }
        }
        #expect(dropped == 21, "it was handed over \(dropped) times")
    }

    private func connect(_ url: String, as name: String) throws -> Connection {
        let endpoint = try Endpoint(url: url)
        let connection = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: name))
        try connection.openChannel(1)
        return connection
    }
}
