import AMQP
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Doing something about dead letters") struct RedriveTests {
    private static let who = ["--by", "olga", "--reason", "the price list is there now"]

    @Test("One letter is sent back by the operator's own key, and what became of it is told")
    func one() async throws {
        let tasks = [Samples.task(.running, done: 0, results: [nil]), Samples.task(.done)]
        try await Desk.with(ScriptedLedger.operated(tasks: tasks)) { desk in
            let run = try Program(
                ["dead", "redrive", "5a1d", "--id", "r-1"] + Self.who, environment: desk.login)
            #expect(run.code == 0, "\(run.errors)")
            #expect(
                run.output == """
                    Sent as r-1.
                    1 of 1 letter sent back: 1 well.
                    Letter 5a1d0e2a7d19, sent back to cancellation: applied

                    """)
            let sent = try #require(try desk.sent())
            #expect(sent.delivered.exchange == "baton.commands")
            #expect(sent.delivered.routingKey == "operate.ledger.guest")
            #expect(sent.envelope.type == "ledger.redrive-letters.v1")
            #expect(sent.envelope.subject == nil)
            let command = try StrictDecoder.decode(RedriveLetters.self, from: sent.envelope.data)
            #expect(
                command
                    == RedriveLetters(
                        by: "olga", reason: "the price list is there now", letters: .one("5a1d"),
                        isStaged: false))
            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskTask.self) }
            #expect(asked.map(\.id) == Array(repeating: LetterTask.id(of: "r-1", by: "guest"), count: 2))
        }
    }

    @Test("For programs there is one document: the message, its verdict and the task")
    func document() async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try Program(
                ["dead", "redrive", "5a1d", "--id", "r-1", "-o", "json"] + Self.who, environment: desk.login)
            #expect(run.code == 0, "\(run.errors)")
            let document = try JSON(parsing: Array(run.output.utf8))
            #expect(document["id"] == "r-1")
            #expect(document["verdict"]?["outcome"] == "applied")
            #expect(document["task"] == (try JSON(encoding: Samples.task(.done))))
        }
    }

    @Test("Many letters go in stages, at once or slowly, and all that meet the conditions are meant")
    func many() async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            func redriven(_ arguments: String...) throws -> RedriveLetters {
                let run = try Program(
                    ["dead", "redrive", "--yes"] + arguments + Self.who, environment: desk.login)
                #expect(run.code == 0, "\(run.errors)")
                return try StrictDecoder.decode(
                    RedriveLetters.self, from: try #require(try desk.sent()).envelope.data)
            }
            let staged = try redriven("--kind", "reaction-failed", "--process", "saas-to-local")
            #expect(staged.isStaged)
            #expect(staged.perSecond == nil)
            #expect(staged.letters == .all(LetterFilter(process: "saas-to-local", reason: "reaction-failed")))
            let slow = try redriven("--all", "--at-once", "--per-second", "5")
            #expect(!slow.isStaged)
            #expect(slow.perSecond == 5)
            guard case .all(let filter) = slow.letters else {
                Issue.record("\(slow.letters)")
                return
            }
            #expect(filter.isNarrow)
        }
    }

    @Test(
        "Off a terminal many letters need a yes, and nothing is asked or sent without it",
        arguments: ["redrive", "discard", "undo"])
    func consent(verb: String) async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try Program(["dead", verb, "--kind", "unheard"] + Self.who, environment: desk.login)
            #expect(run.code == ExitStatus.usage.rawValue)
            #expect(run.errors.contains("or with --yes"))
            #expect(desk.ledger.asked.elements.isEmpty)
            #expect(try desk.sent() == nil)
        }
    }

    @Test(
        "At a terminal what would be touched is shown first, and only a yes goes on",
        arguments: ["y\n", "YES\n", "n\n", "\n", "\u{4}"])
    func asked(typed: String) async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try Program(
                ["dead", "redrive", "--kind", "reaction-failed"] + Self.who, environment: desk.login,
                typed: typed)
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.errors.contains("reaction-failed  saas-to-local  10"))
            #expect(run.errors.contains("… and 9 more"))
            #expect(run.errors.contains("Send 12 letters back? [y/N] "))
            #expect((try desk.sent() != nil) == typed.lowercased().hasPrefix("y"))
        }
    }

    @Test(
        "Letters must be named in one way",
        arguments: [[], ["5a1d", "--kind", "unheard"], ["--all", "--kind", "unheard"], ["5a1d", "--all"]])
    func choice(arguments: [String]) throws {
        let run = try Program(["dead", "redrive"] + arguments + Self.who)
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(run.errors.contains("Say which letters"))
    }

    @Test("Who does it and why must be said", arguments: ["redrive", "edit", "discard", "undo", "cancel"])
    func unsaid(verb: String) throws {
        #expect(try Program(["dead", verb, "5a1d", "--by", "olga"]).code == ExitStatus.usage.rawValue)
        #expect(try Program(["dead", verb, "5a1d", "--reason", "so"]).code == ExitStatus.usage.rawValue)
        let advised = try Program(["dead", verb, "5a1d", "--by", "…", "--reason", "…"])
        #expect(advised.code == ExitStatus.usage.rawValue)
        #expect(advised.errors.contains("Put a name or email address behind --by, not …"))
    }

    @Test(
        "A dry run sends nothing: it tells what a worker would do with one letter, or which letters there are"
    )
    func dryRun() async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let one = try Program(
                ["dead", "redrive", "5a1d", "--dry-run"] + Self.who, environment: desk.login)
            #expect(one.code == 0, "\(one.errors)")
            try Approved.expect(one.output, isApprovedAs: "dead-redrive-dry.txt")
            let many = try Program(
                ["dead", "redrive", "--all", "--dry-run"] + Self.who, environment: desk.login)
            #expect(many.code == 0, "\(many.errors)")
            try Approved.expect(many.output, isApprovedAs: "dead-redrive-dry-many.txt")
            #expect(try desk.sent() == nil)
        }
    }

    @Test(
        "A dry run's exit code says whether it would go well",
        arguments: [
            (Samples.untaken(.dead, "no"), BatonCommand.ExitStatus.differences),
            (Samples.untaken(.early, "not yet"), .ok), (LetterTrial(missing: "nobody answers"), .unknownYet),
        ])
    func dryRunStatus(trial: LetterTrial, status: BatonCommand.ExitStatus) async throws {
        try await Desk.with(ScriptedLedger.operated(letter: Samples.letter(trial))) { desk in
            let run = try Program(
                ["dead", "redrive", "5a1d", "--dry-run"] + Self.who, environment: desk.login)
            #expect(run.code == status.rawValue, "\(run.errors)")
        }
    }

    @Test("What failed again is a difference, and the new letter is named with the command that shows it")
    func failedAgain() async throws {
        let failed = Samples.task(
            .stopped, total: 12, done: 3, failed: 1, why: "a letter failed again",
            results: [Samples.result(.dead, why: "the list is empty", again: "0dd0e2a7d19e4b3865f0")])
        try await Desk.with(ScriptedLedger.operated(tasks: [failed])) { desk in
            let run = try Program(
                ["dead", "redrive", "--all", "--yes", "--id", "r-1"] + Self.who, environment: desk.login)
            #expect(run.code == ExitStatus.differences.rawValue)
            #expect(
                run.output == """
                    Sent as r-1.
                    3 of 12 letters sent back: 2 well, 1 failed again.
                    Letter 5a1d0e2a7d19, sent back to cancellation: failed again: the list is empty; it is letter \
                    0dd0e2a7d19e, see: baton dead show 0dd0e2a7d19e4b3865f0
                    stopped: a letter failed again

                    """)
        }
    }

    @Test("What the ledger refuses is refused in its own sentence, and no task is asked for")
    func refused() async throws {
        let verdict = Samples.verdict(.refused, why: "letter 5a1d is redriven already")
        try await Desk.with(ScriptedLedger.operated(verdict: verdict)) { desk in
            let run = try Program(["dead", "redrive", "5a1d"] + Self.who, environment: desk.login)
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(run.errors.contains("refused it: letter 5a1d is redriven already; nothing has changed"))
            #expect(!desk.ledger.asked.elements.contains { $0.envelope.type == AskTask.type })
        }
    }

    @Test("Without news within the wait it is unknown yet, and how to look is told")
    func unknownYet() async throws {
        let running = Samples.task(.running, done: 1, results: [nil])
        try await Desk.with(ScriptedLedger.operated(tasks: [running])) { desk in
            let run = try Program(
                ["dead", "redrive", "5a1d", "--id", "r-1", "--wait", "0"] + Self.who, environment: desk.login)
            #expect(run.code == ExitStatus.unknownYet.rawValue)
            #expect(run.errors.contains("baton dead tasks \(LetterTask.id(of: "r-1", by: "guest"))"))
            #expect(run.output.contains("what became of it is not known yet"))
        }
    }

    @Test("Detached, it returns once the ledger has taken it")
    func detached() async throws {
        let running = Samples.task(.running, total: 12, done: 1, results: [])
        try await Desk.with(ScriptedLedger.operated(tasks: [running])) { desk in
            let run = try Program(
                ["dead", "redrive", "--all", "--yes", "--detach"] + Self.who, environment: desk.login)
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.errors.contains("The task goes on; \"baton dead tasks "))
        }
    }

    @Test("Ctrl-C leaves the task to go on, says how to look, and ends as shells expect")
    func interrupted() async throws {
        let running = Samples.task(.running, total: 12, done: 1, results: [])
        try await Desk.with(ScriptedLedger.operated(tasks: [running])) { desk in
            let run = try Program(
                ["dead", "redrive", "--all", "--yes", "--id", "r-1"] + Self.who, environment: desk.login
            ) { process in
                #expect(
                    desk.ledger.asked.wait(within: .seconds(180)) {
                        $0.count { $0.envelope.type == AskTask.type } >= 2
                    })
                kill(process, SIGINT)
            }
            #expect(run.code == 130)
            #expect(run.errors.contains("The task goes on; \"baton dead tasks "))
        }
    }

    @Test("A broker that does not let the user is told with the remedy: the role of an operator")
    func notAllowed() async throws {
        let (id, by): (MessageID, UserName) = ("r-1", "kim")
        let dispatch = try Dispatch(
            operating: CancelTask(by: "kim", reason: "so", task: "7a5c"), id: id, by: by)
        #expect(dispatch.remedy.contains("the role \"operator\" in the directory"))
        #expect(dispatch.key == "operate.ledger.kim")
    }

    @Test("A discard and its undo name their letters, and say what is forced")
    func discarded() async throws {
        let done = Samples.task(.done, kind: .discard, results: [nil])
        try await Desk.with(ScriptedLedger.operated(tasks: [done])) { desk in
            let run = try Program(
                ["dead", "discard", "5a1d", "--force", "--id", "d-1"] + Self.who, environment: desk.login)
            #expect(run.code == 0, "\(run.errors)")
            #expect(
                run.output == "Sent as d-1.\n1 of 1 letter discarded.\nLetter 5a1d0e2a7d19: discarded\n")
            let discard = try #require(try desk.sent()).envelope
            #expect(discard.type == "ledger.discard-letters.v1")
            #expect(try StrictDecoder.decode(DiscardLetters.self, from: discard.data).isForced)
            #expect(
                try Program(["dead", "undo", "--all", "--yes"] + Self.who, environment: desk.login).code == 0)
            let undo = try #require(try desk.sent()).envelope
            #expect(undo.type == "ledger.undo-discard.v1")
            let command = try StrictDecoder.decode(UndoDiscard.self, from: undo.data)
            #expect(
                command.letters == .all(LetterFilter(since: .distantPast, state: .discarded)))
        }
    }

    @Test("A task is stopped by a command of its own")
    func cancelled() async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try Program(["dead", "cancel", "7a5c"] + Self.who, environment: desk.login)
            #expect(run.code == 0, "\(run.errors)")
            let sent = try #require(try desk.sent()).envelope
            #expect(sent.type == "ledger.cancel-task.v1")
            #expect(try StrictDecoder.decode(CancelTask.self, from: sent.data).task == "7a5c")
        }
    }
}
