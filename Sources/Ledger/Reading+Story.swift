import LedgerMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

extension Reading {
    /// Everything about one case, as far as it fits into a reply.
    func story(_ asked: AskCase) throws -> CaseStory {
        let row = try caseRow(asked.id)
        let summary = try summary(row)
        let handoffs = try store.handoffs(of: row.id).map(openHandoff)
        let effects = try store.effects(of: row.id)
        let timers = try store.timers(of: row.id)
        let letters = try store.letters(
            AskLetters(caseID: row.id, limit: Limits.storyLetters), after: nil, in: scope
        ).rows.map(\.summary)
        let outline = fleet.outline(of: row.id.process)
        let ahead = summary.state == .open ? outline?.ahead(of: handoffs) ?? [] : []
        let why = Why(
            summary: summary, handoffs: handoffs, effects: effects, timers: timers, ahead: ahead,
            letters: letters)
        var room = Limits.listBytes
        let told = latest(handoffs, within: &room, of: 2)
        let entries = latest(
            try store.entries(of: row.id, atMost: CaseStory.mostEntries).reversed(), within: &room, of: 1)
        return CaseStory(
            summary: summary, why: why.sentence, entries: entries, earlierEntries: row.place - entries.count,
            handoffs: told, earlierHandoffs: handoffs.count - told.count, effects: effects, timers: timers,
            ahead: ahead, letters: Array(letters.prefix(Limits.storyLetters)),
            gaps: try store.gaps(of: row.id), restored: try store.restored(in: row.id),
            alteredFrom: try store.firstAltered(in: row), head: row.head)
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
