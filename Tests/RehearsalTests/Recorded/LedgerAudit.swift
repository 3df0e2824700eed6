import Engine
import LedgerMessages
import StoryRules
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

/// What the ledger says of a history, beside what happened in it.
struct LedgerAudit {
    let history: History
    let ledger: RehearsedLedger
    let scenario: Scenario

    /// Everything in which they differ, a sentence each.
    var findings: [String] {
        get throws {
            let cases = try ledger.ask(AskCases(limit: 200)).elements
            let started = homes.filter { $0.row.startedBy != nil }
            var findings = differences("cases", cases.map(\.id.rawValue), started.map(\.row.id.rawValue))
            for (home, row) in started {
                findings += try self.findings(about: try ledger.story(of: row.id), of: row, at: home)
            }
            let status = try ledger.ask(AskStatus())
            if status.openCases + status.casesWithGaps > 0 {
                findings.append("\(status.openCases) cases are open, \(status.casesWithGaps) have gaps")
            }
            return try findings + letterFindings + verdictFindings
        }
    }

    /// The cases at their homes.
    private var homes: [(home: WorkerName, row: CaseRow)] {
        let homes = Dictionary(outlines.map { ($0.process, $0.home) }) { first, _ in first }
        return history.workers.flatMap { worker in
            history.committed(by: worker).cases.filter { homes[$0.process] == worker }
                .compactMap { history.committed(by: worker).caseRow($0) }.map { (worker, $0) }
        }
    }

    private var outlines: [Outline] { scenario.workers.flatMap(\.declaration.outlines) }

    // MARK: Cases

    private func findings(
        about story: CaseStory, of row: CaseRow, at home: WorkerName
    ) throws -> [String] {
        var findings: [String] = []
        func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) {
            if !holds { findings.append("\(row.id): \(otherwise())") }
        }
        let state: CaseState =
            if case .ended(let end) = row.stage { CaseState(rawValue: end.rawValue) ?? .open } else { .open }
        expect(story.summary.state == state, "it is \(row.stage), but told as \(story.summary.state)")
        expect(
            story.summary.startedBy == row.startedBy, "it is told as started by \(story.summary.startedBy)")
        expect(try story.recomputedHead == story.head, "its head is not that of its entries")
        expect(story.alteredFrom == nil, "it was altered from \(story.alteredFrom ?? 0) on")
        expect(story.gaps.isEmpty && story.restored.isEmpty, "gaps \(story.gaps), restored \(story.restored)")
        if history.coverage[.clockJump] == 0 { findings += rules(of: row.id.process).breaches(in: story) }
        let told = try story.entries.map { "\($0.worker) \(try JSON(encoding: $0.turn).text)" }
        findings += differences("\(row.id): turns", told, recorded[row.id] ?? [])
        findings += differences(
            "\(row.id): handoffs", story.handoffs.map { "\($0.id) \($0.state) of \($0.worker)" },
            history.handoffs(of: row.id).map { "\($0.row.id) \($0.row.state) of \($0.worker)" })
        findings += differences(
            "\(row.id): work outside", story.effects.map { "\($0.id) \($0.state)" },
            history.effects(of: row.id).map { "\($0.id) \($0.at == nil ? "dead" : "waiting")" })
        expect(story.timers.isEmpty, "timers \(story.timers)")
        return findings
    }

    /// What never happens in a story, of people who do all that they should not. What came before what, its rules read off
    /// clocks: they hold where nobody set one.
    private func rules(of process: ProcessName) -> [StoryRule] {
        StoryRule.all(of: process, by: scenario.directory).filter { $0.name != "refused" }
    }

    /// The turns of each case as workers published them, once each.
    private var recorded: [CaseID: [String]] {
        var recorded: [CaseID: Set<String>] = [:]
        for publication in history.publications {
            guard publication.parcel.exchange == Exchange.records.rawValue,
                case .worker(let worker) = publication.publisher, let envelope = publication.envelope,
                envelope.type == TurnRecords.type(of: worker)
            else { continue }
            for turn in envelope.data["turns"]?.arrayValue ?? [] {
                guard let caseID = turn["case"]?.stringValue.flatMap({ CaseID(rawValue: $0) }) else {
                    continue
                }
                recorded[caseID, default: []].insert("\(worker) \(turn.text)")
            }
        }
        return recorded.mapValues { $0.sorted() }
    }

    // MARK: Letters and verdicts

    /// Letters in which the ledger's index differs from the stores, which know what became of each.
    private var letterFindings: [String] {
        get throws {
            let letters = history.workers.map { history.letters(of: $0, by: outlines) }
            let either = Set(letters.flatMap(\.either).map(\.letterLine))
            let open = try ledger.letters(in: .open).filter { $0.queue != QueueName.unheard }.map {
                "\($0.id) \($0.reason)"
            }
            return differences(
                "open letters", open.filter { !either.contains($0) },
                letters.flatMap(\.waiting).map(\.letterLine))
        }
    }

    private var verdictFindings: [String] {
        get throws {
            var findings: [String] = []
            for worker in history.workers {
                let rows = history.committed(by: worker).inbox.values.filter { $0.key.sender.isPerson }
                // A letter that is sent back has a verdict of its own, and the last one counts.
                for (said, rows) in Dictionary(grouping: rows, by: Said.init) {
                    let told = try ledger.ask(
                        AskVerdict(
                            id: MessageID(stringLiteral: said.id), digest: said.digest, waitSeconds: 0)
                    ).verdict
                    let known = Set(rows.map(\.verdict.rawValue))
                    guard let told, known.contains(told.outcome.rawValue), told.worker == worker else {
                        findings.append(
                            "\(worker) has \(known.sorted()) of \(said.id), the ledger \(told?.outcome.rawValue ?? "nothing")"
                        )
                        continue
                    }
                }
            }
            return findings.sorted()
        }
    }

    /// A message by what the ledger is asked for it.
    private struct Said: Hashable {
        let id: String
        let digest: String

        init(_ row: InboxRow) {
            id = (row.key.reused ?? row.key).id
            digest = row.digest
        }
    }

    /// What is told and did not happen, and what happened and is not told, or more than once.
    private func differences(_ what: String, _ told: [String], _ happened: [String]) -> [String] {
        let (told, happened) = (Counted(told), Counted(happened))
        return told.beyond(happened).map { "\(what): told, but it never was: \($0)" }
            + happened.beyond(told).map { "\(what): not told: \($0)" }
    }

    /// How often each line comes.
    private struct Counted {
        private let counts: [String: Int]

        init(_ lines: [String]) { counts = Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +) }

        func beyond(_ other: Counted) -> [String] {
            counts.filter { $0.value > other.counts[$0.key] ?? 0 }.map(\.key).sorted()
        }
    }
}

extension Outgoing {
    fileprivate var letterLine: String {
        "\(properties.headers[.letter] ?? "") \(properties.headers[.reason] ?? "")"
    }

    /// The id, sender and number under which its worker takes what a letter holds or names, sent back.
    fileprivate var wayBack: String {
        let headers = properties.headers
        let sender = headers[.row] == nil ? headers[.sender] ?? "" : ""
        return "\(sender) \(idSentBack) \(headers[.redrive] ?? "")"
    }

    /// The id under which a worker knows what a letter names or holds: a row's, a message's, or that of its bytes.
    fileprivate var idSentBack: String {
        if properties.headers[.row] != nil { return properties.messageID ?? "" }
        do throws(EnvelopeFault) { return try Envelope(parsing: body).id.rawValue } catch {
            return error.id?.rawValue ?? String(Fingerprint.of(body).prefix(32))
        }
    }
}

extension History {
    fileprivate func handoffs(of caseID: CaseID) -> [(row: HandoffRow, worker: WorkerName)] {
        workers.flatMap { worker in committed(by: worker).handoffs(of: caseID).map { ($0, worker) } }
    }

    fileprivate func effects(of caseID: CaseID) -> [EffectRow] {
        workers.flatMap { committed(by: $0).effects.values.filter { $0.caseID == caseID } }
    }

    /// The letters of a worker that were not sent back, and are not moot; and those of which nobody can tell: bytes
    /// without an id died again in the same commit in which others like them came back, or only the first of them are
    /// kept, and what is sent back has another digest.
    fileprivate func letters(
        of worker: WorkerName, by outlines: [Outline]
    ) -> (waiting: [Outgoing], either: [Outgoing]) {
        var (waiting, either): ([Outgoing], [Outgoing]) = ([], [])
        for case .committed(let changes, worker) in happenings.map(\.what) {
            let sends = changes.compactMap { change -> Outgoing? in
                if case .send(let message) = change { message } else { nil }
            }
            let records = sends.filter { $0.exchange == Exchange.records.rawValue }
            let taken = Set(records.flatMap(\.waysTaken))
            waiting.removeAll { taken.contains($0.wayBack) }
            for letter in sends where letter.exchange == Exchange.dead.rawValue {
                let isCut = letter.properties.headers[.size] != nil
                if isCut || taken.contains(letter.wayBack) {
                    either.append(letter)
                } else {
                    waiting.append(letter)
                }
            }
        }
        return (waiting.filter { !isMoot($0, of: worker, by: outlines) }, either)
    }

    /// Whether a letter needs nobody any more, as the stores of the fleet say.
    private func isMoot(_ letter: Outgoing, of worker: WorkerName, by outlines: [Outline]) -> Bool {
        let headers = letter.properties.headers
        guard let caseID = headers[.caseID].flatMap({ CaseID(rawValue: $0) }) else { return false }
        let outline = outlines.first { $0.process == caseID.process }
        if let outline, case .ended(let end) = committed(by: outline.home).caseRow(caseID)?.stage {
            let isPartOfIt = outline.home == worker || outline.participants.contains(worker)
            if end == .withdrawn || isPartOfIt { return true }
        }
        if headers[.reason] == Trouble.Kind.stuck.rawValue || headers[.row] != nil,
            let id = headers[.handoff].flatMap({ HandoffID(rawValue: $0) })
        {
            let state = workers.lazy.compactMap { self.committed(by: $0).handoff(id)?.state }.first
            if state == .answered || state == .revoked { return true }
        }
        return isDone(letter, by: committed(by: worker))
    }

    private func isDone(_ letter: Outgoing, by committed: Committed) -> Bool {
        let id = letter.idSentBack
        let sender = letter.properties.headers[.sender]
        switch letter.properties.headers[.row] {
        case "effect": return committed.effects[id] == nil
        case let row:
            return committed.inbox.values.contains { taken in
                let isIt =
                    row == nil
                    ? taken.key.id == id && taken.key.sender.rawValue == sender
                    : taken.key.description == id
                return isIt && taken.verdict == .applied
            }
        }
    }
}

extension Outgoing {
    /// What was sent back and taken by the turns that a message puts on record, as ``wayBack``; a trial takes nothing.
    fileprivate var waysTaken: Set<String> {
        guard let envelope = try? Envelope(parsing: body),
            envelope.type == TurnRecords.type(of: envelope.type.owner)
        else { return [] }
        let turns = envelope.data["turns"]?.arrayValue ?? []
        return Set(
            turns.compactMap { turn in
                guard let heard = turn["heard"], let number = heard["redrive"]?.integerValue, number > 0,
                    let id = heard["id"]?.stringValue
                else { return nil }
                return "\(heard["sender"]?.stringValue ?? "") \(id) \(number)"
            })
    }
}
