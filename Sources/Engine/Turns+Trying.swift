import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What the worker would do with a letter that is sent back to it.
extension Turns {
    /// Makes the turn on a copy of the workspace; of it all, the answer alone is kept.
    func tryOut(
        _ reading: Reading, for question: String, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        var copy = workspace
        do {
            _ = try take(reading, in: &copy, at: now)
        } catch .content(let why) {
            copy = workspace
            copy.beginTurn(of: nil)
            try record(TurnRecord.Heard(reading), .dead(Trouble(.unstorable, why)), in: &copy, at: now)
        }
        let turns = Array(copy.records.dropFirst(workspace.records.count))
        workspace.send(try answer(to: question, turns, at: now))
    }

    /// The answer, as much of it as one message of records may hold.
    private func answer(
        to question: String, _ turns: [TurnRecord], at now: Timestamp
    ) throws(StoreError) -> Outgoing {
        let brief = turns.map(\.brief)
        // What a handoff asks stands in its title and lines, too; what follows the letter's own turn is told last.
        for turns in [turns, brief] + [Array(brief.prefix(1)), brief.prefix(1).map(\.briefest)] {
            let message = message(
                saying: TurnTrial(question: question, turns: turns).serialized(),
                as: TurnTrial.type(of: W.name), at: now)
            if message.body.count <= limits.recordBytes { return message }
        }
        throw .content("the answer to the trial \(question) is longer than \(limits.recordBytes) bytes")
    }
}

extension TurnRecord {
    /// Without what was said and asked, word for word.
    fileprivate var brief: TurnRecord {
        var brief = self
        brief.heard.data = nil
        for index in handoffs.indices { brief.handoffs[index].question = nil }
        return brief
    }

    /// What became of the message, and nothing of what followed.
    fileprivate var briefest: TurnRecord {
        TurnRecord(
            caseID: caseID, number: number, at: at, heard: heard, outcome: outcome, trouble: trouble,
            customer: customer, ended: ended)
    }
}
