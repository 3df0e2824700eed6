import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What workers send to teams, taken by a worker that carries it further.
extension Turns {
    func overhear(
        _ envelope: Envelope, from worker: WorkerName, to team: Team, _ setting: Setting,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard envelope.type.owner == worker else {
            return .dead(
                Trouble(.contradiction, "type is \(envelope.type), but \(worker) sent it to \(team)"))
        }
        // A refused message may have named no case; then there is none to remember it under.
        guard let caseID = envelope.subject else { return .applied }
        let type: MessageType
        let message: JSON
        if envelope.type.name == Refusal.name {
            (type, message) = (Refusal.type, refusal(envelope, to: team))
        } else if let kind = TeamNotice.Kind(rawValue: envelope.type.name) {
            (type, message) = (TeamNotice.type, notice(kind, envelope, from: worker, to: team))
        } else {
            (type, message) = (AskedHandoff.type, handoff(envelope, to: team))
        }
        guard let reaction = registry.reaction(to: type, in: caseID.process) else { return .applied }
        switch prepare(reaction, Reaction<W>.Occasion(data: message), at: setting.now) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared): return try run(prepared, for: caseID, setting, in: &workspace)
        }
    }

    private func handoff(_ envelope: Envelope, to team: Team) -> JSON {
        [
            "id": envelope.correlationID.map(JSON.string) ?? .null, "team": .string(team.rawValue),
            "asks": .string(envelope.type.description), "title": envelope.data["title"] ?? .null,
            "lines": envelope.data["lines"] ?? .null,
            "due": envelope.due.map { .string($0.description) } ?? .null,
            "replyTo": envelope.replyTo.map(JSON.string) ?? .null,
        ]
    }

    private func refusal(_ envelope: Envelope, to team: Team) -> JSON {
        [
            "team": .string(team.rawValue), "refused": envelope.data["refused"] ?? .null,
            "reason": envelope.data["reason"] ?? .null, "why": envelope.data["why"] ?? .null,
        ]
    }

    private func notice(
        _ kind: TeamNotice.Kind, _ envelope: Envelope, from worker: WorkerName, to team: Team
    ) -> JSON {
        [
            "kind": .string(kind.rawValue), "worker": .string(worker.rawValue),
            "team": .string(team.rawValue),
            "handoff": envelope.correlationID.map(JSON.string) ?? .null,
            "title": envelope.data["title"] ?? .null, "lines": envelope.data["lines"] ?? .null,
            "why": envelope.data["why"] ?? .null,
            "due": envelope.due.map { .string($0.description) } ?? .null,
        ]
    }
}
