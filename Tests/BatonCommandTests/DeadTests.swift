import ArgumentParser
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Looking at dead letters") struct DeadTests {
    @Test("All that meet the conditions are counted by reason and process, and some of them listed")
    func list() async throws {
        try await Desk.with({ _ in
            try .to(AskLetters.self, Samples.letters(next: "more", unseen: 2))
        }) { desk in
            let text = try desk.baton(
                "dead", "list", "--worker", "cancellation", "--process", "saas-to-local", "--case",
                "saas-to-local/firm-4711", "--kind", "unheard", "--text", "nobody", "--older-than",
                "2026-11-20T12:00:00Z", "--newer-than", "2026-11-01T00:00:00Z", "--state", "moot", "--limit",
                "3")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "dead-list.txt")
            let json = try desk.baton("dead", "list", "--limit", "3", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "dead-list.json")
            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskLetters.self) }
            #expect(
                asked == [
                    AskLetters(
                        LetterFilter(
                            worker: "cancellation", process: "saas-to-local", caseID: Samples.caseID,
                            reason: "unheard", text: "nobody", before: "2026-11-20T12:00:00Z",
                            since: "2026-11-01T00:00:00Z", state: .moot), limit: 3),
                    AskLetters(LetterFilter(state: .open), limit: 3),
                ])
        }
    }

    @Test("Read off the queues, the same letters meet the same conditions, the newest in front")
    func raw() throws {
        let raw = RawLetters(letters: [Samples.unheard, Samples.letter.summary, Samples.saidLetter.summary])
        func listed(_ arguments: String...) throws -> [String] {
            raw.listed(try LetterConditions.parse(arguments), atMost: 2, now: "2026-11-20T10:00:00Z")
                .page.elements.map(\.shortID)
        }
        let (dead, said, unheard) = ("c0ffee2a7d19", "5a1d0e2a7d19", "decade2a7d19")
        #expect(Set(try listed()) == [dead, said])
        #expect(try listed("--worker", "cancellation", "--kind", "malformed") == [dead])
        #expect(try listed("--text", "QUILL") == [said])
        #expect(try listed("--older-than", "2h") == [unheard])
        #expect(try listed("--newer-than", "2h", "--process", "saas-to-local").count == 2)
        #expect(try listed("--case", "saas-to-local/other").isEmpty)
        let all = raw.listed(try LetterConditions.parse([]), atMost: 2, now: "2026-11-20T10:00:00Z")
        #expect(all.page.total == 3)
        #expect(all.page.next != nil)
        #expect(all.groups.map(\.reason) == ["malformed", "reaction-failed", "unheard"])
    }

    @Test("How long ago is reckoned from the ledger's time, by which letters are dated")
    func age() async throws {
        let status = AskStatus.Reply(
            version: "1", now: "2031-01-10T12:00:00Z", machineTime: "2031-01-10T12:00:00Z",
            store: Pulse.Store(id: "s", madeAt: "2031-01-01T00:00:00Z", number: 0), directoryDigest: "d",
            openCases: 0, letters: 0, casesWithGaps: 0, workers: [])
        let script: ScriptedLedger.Script = { asked in
            try asked.question(AskStatus.self) == nil
                ? .to(AskLetters.self, Samples.letters()) : .to(AskStatus.self, status)
        }
        try await Desk.with(script) { desk in
            let run = try desk.baton("dead", "list", "--older-than", "2h", "--newer-than", "3d")
            #expect(run.code == 0, "\(run.errors)")
            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskLetters.self) }
            #expect(asked.first?.filter.before == "2031-01-10T10:00:00Z")
            #expect(asked.first?.filter.since == "2031-01-07T12:00:00Z")
        }
    }

    @Test(
        "An age that cannot be meant is refused",
        arguments: ["2", "h", "-1h", "2y", "yesterday", "2026-11-20"])
    func badAge(age: String) throws {
        let run = try Program(["dead", "list", "--older-than", age])
        #expect(run.code == ExitStatus.usage.rawValue)
    }

    @Test("A letter is shown with what it holds, which cannot steer the terminal")
    func shown() async throws {
        try await Desk.with({ _ in try .to(AskLetter.self, Samples.letter) }) { desk in
            let text = try desk.baton("dead", "show", "c0ff")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "dead-show.txt")
            #expect(!text.output.contains("\u{202E}"))
            let json = try desk.baton("dead", "show", "c0ff", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "dead-show.json")
        }
    }

    @Test("What was done with it, what its worker would do with it, and what to do stand below")
    func resolved() async throws {
        try await Desk.with({ _ in try .to(AskLetter.self, Samples.saidLetter) }) { desk in
            let run = try desk.baton("dead", "show", "5a1d", "--headers")
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "dead-show-said.txt")
            #expect(
                try desk.ledger.asked.elements.first?.question(AskLetter.self)
                    == AskLetter(id: "5a1d", isTried: true))
        }
    }

    @Test(
        "What a redrive would come to is one sentence",
        arguments: [
            (Samples.untaken(.refused, "it is too late"), "it would be refused: it is too late"),
            (Samples.untaken(.dead, ".data is missing"), "it would be a dead letter again: .data is missing"),
            (
                Samples.untaken(.early, "the case is not there yet"),
                "it would be kept until its time has come: the case is not there yet"
            ),
            (
                Samples.untaken(.duplicate, "it was taken before"),
                "it would be taken for a duplicate, and nothing would happen: it was taken before"
            ),
            (
                LetterTrial(missing: "cancellation does not answer"),
                "nobody knows: cancellation does not answer"
            ),
        ])
    func trial(trial: LetterTrial, sentence: String) {
        let terminal = Terminal(width: nil, isColoured: false, zone: .gmt)
        #expect(TrialText(trial: trial, terminal: terminal).lines == [sentence])
    }

    @Test("Tasks are listed with how far they are, and one is told with what became of its letters")
    func tasks() async throws {
        let again = "0dd0e2a7d19e4b3865f0c2a7d19e4b35"
        let failed = Samples.task(
            .stopped, total: 12, done: 3, failed: 1, why: "a letter failed again",
            results: [Samples.result(.dead, why: "the price list has no quill-ledger", again: again)])
        let script: ScriptedLedger.Script = { asked in
            try asked.question(AskTask.self) == nil
                ? .to(AskTasks.self, Page(elements: [failed, Samples.task(.done)], next: nil, total: 2))
                : .to(AskTask.self, failed)
        }
        try await Desk.with(script) { desk in
            let list = try desk.baton("dead", "tasks")
            #expect(list.code == 0, "\(list.errors)")
            try Approved.expect(list.output, isApprovedAs: "dead-tasks.txt")
            let one = try desk.baton("dead", "tasks", "7a5c")
            #expect(one.code == 0, "\(one.errors)")
            try Approved.expect(one.output, isApprovedAs: "dead-task.txt")
        }
    }
}
