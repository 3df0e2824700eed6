public import Engine
import StrictJSON
public import Vocabulary
import Wire
import WorkerKit

/// One case of a history as a sequence diagram, in Mermaid's language.
public struct SequenceDiagram {
    private let history: History
    private let caseID: CaseID
    private let deedTitle: (EffectRow) -> String?

    /// Draws a case.
    ///
    /// - Parameters:
    ///   - caseID: the case.
    ///   - history: where it happened.
    ///   - deedTitle: what was done outside, in a line; `nil` for what is not drawn.
    public init(of caseID: CaseID, in history: History, deedTitle: @escaping (EffectRow) -> String?) {
        self.caseID = caseID
        self.history = history
        self.deedTitle = deedTitle
    }

    /// The diagram, a line each.
    public var text: String {
        var arrows: [Arrow] = []
        var handoffs: Set<String> = []
        for (_, happening) in history.happenings {
            switch happening {
            case .published(let publication):
                let new = self.arrows(for: publication, handoffs: &handoffs)
                arrows += new.filter { !arrows.contains($0) }
            case .performed(let effect, let worker) where effect.caseID == caseID:
                if let title = deedTitle(effect) {
                    arrows.append(Arrow(from: worker.rawValue, to: "outside", says: title, isAsking: false))
                }
            default: break
            }
        }
        var met: [String] = []
        for name in arrows.flatMap({ [$0.from, $0.to] }) where !met.contains(name) { met.append(name) }
        let workers = Set(history.workers.map(\.rawValue))
        let participants = met.map { "    \(workers.contains($0) ? "participant" : "actor") \($0)" }
        return (["sequenceDiagram"] + participants + arrows.map(\.line)).joined(separator: "\n") + "\n"
    }

    private struct Arrow: Equatable {
        let from: String
        let to: String
        let says: String
        let isAsking: Bool

        var line: String { "    \(from)\(isAsking ? "->>" : "-)")\(to): \(says)" }
    }

    /// Who says what to whom by a message of the case; nothing where it belongs to another.
    private func arrows(for publication: Publication, handoffs: inout Set<String>) -> [Arrow] {
        guard let envelope = publication.envelope,
            let origin = Origin(
                exchange: publication.parcel.exchange, routingKey: publication.parcel.routingKey)
        else { return [] }
        let says = envelope.type.name.replacing("-", with: " ")
        switch origin {
        case .start(_, let user) where envelope.subject == caseID:
            return hearers(of: publication).map {
                Arrow(from: user.rawValue, to: $0, says: says, isAsking: true)
            }
        case .handoff(let team, let worker) where envelope.subject == caseID && envelope.replyTo != nil:
            handoffs.insert(envelope.correlationID ?? "")
            return [Arrow(from: worker.rawValue, to: team.rawValue, says: says, isAsking: true)]
        case .answer(let team, let worker) where handoffs.contains(envelope.correlationID ?? ""):
            return [Arrow(from: team.rawValue, to: worker.rawValue, says: says, isAsking: true)]
        case .event(let owner) where envelope.subject == caseID:
            return hearers(of: publication).map {
                Arrow(from: owner.rawValue, to: $0, says: says, isAsking: false)
            }
        default: return []
        }
    }

    /// The workers that take it and have the case; a binding may bring it to others, for another process.
    private func hearers(of publication: Publication) -> [String] {
        history.workers.filter {
            publication.queues.contains(QueueName.worker($0))
                && history.committed(by: $0).caseRow(caseID) != nil
        }.map(\.rawValue)
    }
}
