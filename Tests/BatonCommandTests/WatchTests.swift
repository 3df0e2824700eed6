import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Following a case") struct WatchTests {
    /// The case as it begins, one turn long.
    private static let begun = CaseStory(
        summary: Samples.summary, why: Samples.story.why, next: Samples.story.next,
        steps: Samples.story.steps,
        entries: Array(Samples.story.entries.prefix(1)), earlierEntries: 0, handoffs: [Samples.taking],
        effects: [], timers: [], letters: [], gaps: [], head: "abc123")

    /// What is new after a place: one turn at a time, the last of which ends the case.
    private static func news(after place: Int) -> CaseNews {
        let isLast = place == 2
        let entry =
            isLast
            ? Samples.entry(3, 3, "2026-11-20T10:00:00Z", .event, by: .worker("ordering"), ended: .completed)
            : Samples.entry(
                2, 2, "2026-11-20T09:00:00Z", .answer, by: .team("cs-specialists"),
                data: ["by": "robin@example.com", "role": "lead"], handoff: Samples.taking.id)
        return CaseNews(
            summary: isLast ? Samples.endedStory.summary : Samples.summary,
            why: isLast ? "completed on 2026-11-20T10:00:00Z" : "nothing is open; next: Process the order",
            next: isLast ? nil : "baton doctor", entries: [entry], handoffs: [Samples.taking],
            place: entry.place,
            isCut: false)
    }

    private static let script: ScriptedLedger.Script = { asked in
        guard let question = try asked.question(AskEntries.self) else { return try .to(AskCase.self, begun) }
        return try .to(AskEntries.self, news(after: question.after))
    }

    @Test("It tells where the case stands, then each turn as it comes, and ends with the case")
    func told() async throws {
        try await Desk.with(Self.script) { desk in
            let run = try desk.baton("case", "watch", "firm-4711", "--utc")
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "case-watch.txt")
            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskEntries.self) }
            #expect(asked.map(\.after) == [1, 2])
            #expect(asked.map(\.id) == [Samples.caseID, Samples.caseID])
            #expect(run.errors.isEmpty)
        }
    }

    @Test("For programs each line is a document: the story, then what is new, as the ledger said it")
    func documents() async throws {
        try await Desk.with(Self.script) { desk in
            let run = try desk.baton("case", "watch", "firm-4711", "-o", "json")
            let documents = try run.output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
            #expect(
                documents == [
                    try JSON(encoding: Self.begun), try JSON(encoding: Self.news(after: 1)),
                    try JSON(encoding: Self.news(after: 2)),
                ])
        }
    }

    @Test("A case that has ended is told, and nothing is waited for")
    func ended() async throws {
        try await Desk.with({ _ in try .to(AskCase.self, Samples.endedStory) }) { desk in
            let run = try desk.baton("case", "watch", "firm-4711")
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.contains("completed since"))
            #expect(desk.ledger.asked.elements.count == 1)
        }
    }

    @Test("While the ledger is away it says so once, and goes on where it was")
    func away() async throws {
        let silences = Mutex(2)
        let script: ScriptedLedger.Script = { asked in
            let isSilent = silences.withLock { left in
                guard asked.envelope.type == AskEntries.type, left > 0 else { return false }
                left -= 1
                return true
            }
            return isSilent ? nil : try Self.script(asked)
        }
        try await Desk.with(script) { desk in
            let run = try desk.baton("case", "watch", "firm-4711", "--timeout", "1")
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
            #expect(run.errors.contains("the ledger does not answer"))
            #expect(run.errors.contains("going on as soon as it answers"))
            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskEntries.self) }
            #expect(asked.map(\.after) == [1, 1, 1, 2])
        }
    }

    @Test("What cannot be followed ends it: no such case, and a broker that is away from the start")
    func refused() async throws {
        try await Desk.with({ _ in try .refusal(.notFound, "there is no such case") }) { desk in
            let run = try desk.baton("case", "watch", "nobody")
            #expect(run.code == ExitStatus.notFound.rawValue)
        }
        let away = try Program(
            ["case", "watch", "x", "--broker", "amqp://127.0.0.1:1/x", "--user", "guest"],
            environment: ["BATON_PASSWORD": "guest"])
        #expect(away.code == ExitStatus.unreachable.rawValue)
    }

    @Test("Ctrl-C ends it as shells expect")
    func interrupted() async throws {
        let quiet: ScriptedLedger.Script = { asked in
            guard try asked.question(AskEntries.self) != nil else { return try .to(AskCase.self, Self.begun) }
            return try .to(
                AskEntries.self,
                CaseNews(
                    summary: Samples.summary, why: Self.begun.why, next: nil, entries: [], handoffs: [],
                    place: 1,
                    isCut: false))
        }
        try await Desk.with(quiet) { desk in
            let run = try desk.baton("case", "watch", "firm-4711") { process in
                #expect(desk.ledger.asked.wait { $0.count >= 2 })
                kill(process, SIGINT)
            }
            #expect(run.code == 130)
            #expect(run.output.contains("Harbour Lane, saas-to-local"))
        }
    }
}
