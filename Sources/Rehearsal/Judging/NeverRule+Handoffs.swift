import Engine
import Vocabulary
import Wire
import WorkerKit

/// What never happens to a handoff that was asked.
extension NeverRule {
    static let handoffs = [amendedAfterUse, revokedUntold, askedTooOften]

    private static let amendedAfterUse = NeverRule(
        "amended-after-use", "No answer is amended once its worker has gone on from it.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .handoff(let row) in changes {
                let committed = history.committed(by: worker)
                guard let before = committed.handoff(row.id), before.revision > 0,
                    row.revision > before.revision
                else { continue }
                if let use = history.use(of: row, by: worker) {
                    return "\(row.slot.type) \(row.id) has revision \(row.revision), but was used by\n\(use)"
                }
            }
            return nil
        })

    private static let revokedUntold = NeverRule(
        "revoked-untold", "No handoff that was asked is taken back without its team being told.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .handoff(let row) in changes where row.state == .revoked && row.askedAt != nil {
                guard history.committed(by: worker).handoff(row.id)?.state != .revoked else { continue }
                let isTold = changes.contains {
                    guard case .send(let message) = $0 else { return false }
                    return message.notice == .revocation && message.handoff == row.id
                }
                if !isTold { return "\(row.team) is not told that \(row.slot.type) \(row.id) is taken back" }
            }
            return nil
        })

    private static let askedTooOften = NeverRule(
        "asked-too-often", "One number of a redrive never has a team asked twice.",
        .after { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            let committed = history.committed(by: worker)
            for case .handoff(let row) in changes where row.state == .open {
                let asked = committed.questions(of: row.id)
                guard asked > row.redrives + 1 else { continue }
                return
                    "\(row.slot.type) \(row.id) was asked \(asked) times, and redriven \(row.redrives) times"
            }
            return nil
        })
}

extension History {
    /// What a worker sent because of the answer that stands, or after it; `nil` where it did not go on.
    fileprivate func use(of handoff: HandoffRow, by worker: WorkerName) -> Envelope? {
        let answers = messages(of: handoff.slot.type.answerType, about: handoff).compactMap(\.envelope?.id)
        let sent = committed(by: worker).sends(sinceAnswerTo: handoff.id)
        // Of the commit that took the answer, only what the answer itself made the worker say came after it.
        let because = sent.with.lazy.compactMap(\.outward).first { said in
            answers.contains { $0.rawValue == said.causationID }
        }
        return because
            ?? sent.after.lazy.compactMap(\.outward).first { $0.subject == handoff.slot.caseID }
    }
}

extension Outgoing {
    /// The message, where its worker goes on by it: it publishes, asks or tells something.
    var outward: Envelope? {
        guard let envelope = try? Envelope(parsing: body) else { return nil }
        switch exchange {
        case Exchange.events.rawValue: return Ending.names.contains(envelope.type.name) ? nil : envelope
        case Exchange.handoffs.rawValue:
            return envelope.replyTo != nil || notice == .notice ? envelope : nil
        default: return nil
        }
    }
}

extension Ending {
    /// The names of what the engine itself says of a case's end.
    static let names: Set<String> = {
        let anyone: WorkerName = "anyone"
        let types = [
            closing(by: anyone), quiet(by: anyone), ended(by: anyone), passageWanted(by: anyone),
            passageGiven(by: anyone), withdrawalWanted(by: anyone), withdrawalDecided(by: anyone),
        ]
        return Set(types.map(\.name))
    }()
}
