import LedgerMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

extension Reading {
    /// Everything about one case, as far as it fits into a reply.
    func story(_ asked: AskCase) throws -> CaseStory {
        let row = try caseRow(asked.id)
        let standing = try standing(row)
        var room = Limits.listBytes
        let told = latest(standing.handoffs, within: &room, of: 2)
        let entries = latest(
            try store.entries(of: row.id, atMost: CaseStory.mostEntries).reversed(), within: &room, of: 1)
        let why = standing.finding
        return CaseStory(
            summary: standing.summary, why: why.sentence, next: why.next, steps: standing.steps,
            tooLate: standing.tooLate, entries: entries, earlierEntries: row.place - entries.count,
            handoffs: told, earlierHandoffs: standing.handoffs.count - told.count, effects: standing.effects,
            timers: standing.timers, letters: standing.letters, gaps: try store.gaps(of: row.id),
            restored: try store.restored(in: row.id), alteredFrom: try store.firstAltered(in: row),
            head: row.head)
    }

    /// What happened in a case after a place; an entry that fits into no reply is left out.
    func news(_ asked: AskEntries) throws -> CaseNews {
        guard asked.after >= 0 else {
            throw QuestionRefused(.malformed, ".data.after must be 0 or more, not \(asked.after)")
        }
        guard let row = try store.caseRow(asked.id, in: scope) else {
            throw QuestionRefused(.notFound, "there is no case \(asked.id) that you may see")
        }
        let standing = try standing(row)
        var room = Limits.listBytes
        var (entries, place) = ([CaseStory.Entry](), asked.after)
        let found = try store.entries(of: row.id, after: asked.after, atMost: CaseNews.mostEntries)
        for entry in found {
            let touched = standing.handoffs(touchedBy: entry.turn)
            let size =
                Answering.document(entry).serialized().count + Answering.document(touched).serialized().count
            if size > room, !entries.isEmpty { break }
            place = entry.place
            guard size <= room else { continue }
            room -= size
            entries.append(entry)
        }
        let why = standing.finding
        var touched = Set<HandoffID>()
        return CaseNews(
            summary: standing.summary, why: why.sentence, next: why.next, entries: entries,
            handoffs: entries.flatMap { standing.handoffs(touchedBy: $0.turn) }.filter {
                touched.insert($0.id).inserted
            }, place: place, isCut: place < row.place && !found.isEmpty)
    }

    /// What a case is told from.
    private struct CaseStanding {
        let summary: CaseSummary
        let finding: Why.Finding
        let steps: [CaseStory.Step]
        let tooLate: String?
        let handoffs: [OpenHandoff]
        let effects: [TurnRecord.EffectEntry]
        let timers: [TurnRecord.TimerEntry]
        let letters: [LetterSummary]

        /// The handoffs that a turn changed, or was about.
        func handoffs(touchedBy turn: TurnRecord) -> [OpenHandoff] {
            let ids = Set(turn.handoffs.map(\.id)).union([turn.heard.handoff].compactMap(\.self))
            return ids.isEmpty ? [] : handoffs.filter { ids.contains($0.id) }
        }
    }

    private func standing(_ row: LedgerStore.CaseRow) throws -> CaseStanding {
        let summary = try summary(row)
        let rows = try store.handoffs(of: row.id)
        let handoffs = rows.map(openHandoff)
        let effects = try store.effects(of: row.id)
        let timers = try store.timers(of: row.id)
        let letters = try store.openLetters(of: row.id, atMost: Limits.storyLetters, in: scope)
        let outline = fleet.outline(of: row.id.process)
        let answers = try store.answers(of: row.id)
        let steps = outline?.steps(of: rows, answers: answers, in: row.state) ?? []
        let why = Why(
            summary: summary, handoffs: handoffs, effects: effects, timers: timers, steps: steps,
            letters: letters, directory: store.directory, now: now)
        return CaseStanding(
            summary: summary, finding: why.finding, steps: steps, tooLate: outline?.tooLate(of: rows)?.title,
            handoffs: handoffs, effects: effects, timers: timers,
            letters: Array(letters.prefix(Limits.storyLetters)))
    }

    /// The last of a list that fit into a share of the room; takes what they need from it.
    private func latest<Element: Encodable>(
        _ elements: [Element], within room: inout Int, of share: Int
    ) -> [Element] {
        let floor = room - room / share
        var taken = 0
        for element in elements.reversed() {
            let size = Answering.document(element).serialized().count
            guard room - size >= floor else { break }
            room -= size
            taken += 1
        }
        return Array(elements.suffix(taken))
    }
}
