package import LedgerMessages
package import StrictJSON
package import Vocabulary
package import Wire

/// What stands in a story's turns, found by what it is.
///
/// The ledger learns of the workers' turns in any order, so what comes before what is read off the workers' clocks:
/// a turn can only hear of what was committed before it was made.
extension CaseStory {
    /// The turns, in the order the ledger learned of them.
    package var turns: [TurnRecord] { entries.map(\.turn) }

    /// Handoffs of a type as they stood after each turn that changed one.
    package func standings(of type: MessageType) -> [(turn: TurnRecord, handoff: TurnRecord.HandoffEntry)] {
        turns.flatMap { turn in turn.handoffs.filter { $0.type == type }.map { (turn, $0) } }
    }

    /// When a team was first asked; `nil` where it never was.
    package func asked(_ type: MessageType) -> Timestamp? {
        standings(of: type).compactMap(\.handoff.askedAt).min()
    }

    /// When nothing of a question remained any more; `nil` where something does.
    package func answered(_ type: MessageType) -> Timestamp? {
        standings(of: type).filter { $0.handoff.state == .answered }.map(\.turn.at).min()
    }

    /// The turns that took an answer of a type.
    package func answers(_ type: MessageType) -> [TurnRecord] {
        turns.filter { $0.heard.kind == .answer && $0.heard.type == type && $0.outcome == .applied }
    }

    /// The same, without those that an amendment took the place of.
    package func standingAnswers(_ type: MessageType) -> [TurnRecord] {
        Dictionary(grouping: answers(type), by: \.heard.handoff).values.compactMap { given in
            given.max { $0.number < $1.number }
        }
    }

    /// A question as it was when it was first wanted, and the turn that wanted it; one for each id.
    package func wanted(_ type: MessageType) -> [(turn: TurnRecord, handoff: TurnRecord.HandoffEntry)] {
        Dictionary(grouping: standings(of: type), by: \.handoff.id).values.compactMap { standings in
            standings.min { $0.turn.number < $1.turn.number }
        }
    }

    /// What the firm that cancels said on its form; `nil` where the start is not on record.
    package var form: JSON? { start.flatMap { $0.heard.data?["cancellation"] ?? $0.heard.data } }

    /// The turn that started the case; `nil` where it is not on record.
    package var start: TurnRecord? { turns.first { $0.heard.kind == .start && $0.outcome == .applied } }

    /// The turn that ended it; `nil` while it is open.
    package var end: TurnRecord? { turns.first { $0.ended != nil } }
}
