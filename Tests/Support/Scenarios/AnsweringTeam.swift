import Cancellation
import CancellationMessages
import Engine
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// A team that answers what it is asked: in the calm as it should, before in every way it may or may not.
struct AnsweringTeam {
    /// Begins the confirmation number of an answer that must be refused: no event may ever carry it.
    static let refusedConfirmation = "refused"

    private let question: Envelope
    private let replyTo: String
    private let now: Timestamp
    private let number: String

    /// How a team answers.
    private enum Manner: CaseIterable {
        case good, late, twice, twiceDifferent, silent
        case fromAnotherTeam, unknownHandoff, heldHandoff, otherType, wrongFields, ahead, unexcused, excused
    }

    /// Reads one message of the team's queue; refusals it reads and forgets.
    static func reads(_ question: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator)
        -> [Errand]
    {
        guard let replyTo = question.replyTo else { return [] }
        let team = AnsweringTeam(
            question: question, replyTo: replyTo, now: scene.now, number: String(random.next(), radix: 36))
        if scene.isCalm { return [team.answer(team.data(), after: .zero)] }
        let manner = random.chance(400) ? Manner.good : random.pick(Manner.allCases)
        var errands = team.errands(manner, scene, &random)
        if random.chance(300) {
            errands.append(team.answer(team.data(), suffix: "b", after: random.duration(0...30_000)))
        }
        return errands
    }

    private func errands(
        _ manner: Manner, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        let delay = random.duration(0...5_000)
        let refused = data(confirmation: Self.refusedConfirmation)
        switch manner {
        case .good: return [answer(data(), after: delay)]
        case .late: return [answer(data(), after: random.duration(60_000...300_000))]
        case .twice:
            return [answer(data(), after: delay), answer(data(), after: random.duration(0...20_000))]
        case .twiceDifferent:
            return [
                answer(data(), after: delay),
                answer(data(by: "eve@example.com", onBehalf: "ada is ill"), suffix: "c", after: delay),
            ]
        case .silent: return []
        case .fromAnotherTeam:
            let key = RoutingKey.answer(from: FrontDesk.team, to: Cancellation.name)
            return [answer(refused, on: key, after: delay)]
        case .unknownHandoff: return [answer(refused, to: "0123456789abcdef", after: delay)]
        case .heldHandoff:
            let handoffs =
                question.subject.map { scene.history.committed(by: Cancellation.name).handoffs(of: $0) } ?? []
            let held = handoffs.first { $0.state == .held }
            return held.map {
                [answer(refused, to: $0.id.rawValue, type: ProcessCancellation.answerType, after: delay)]
            } ?? []
        case .otherType: return [answer(refused, type: "cancellation.something-else.v1", after: delay)]
        case .wrongFields: return [answer(refused.merging(["comfirmation": "?"]), after: delay)]
        case .ahead:
            let ahead = JSON.string((now + .seconds(30 * 86_400)).description)
            guard refused["at"] != nil else { return [] }
            return [answer(refused.merging(["at": ahead]), after: delay)]
        case .unexcused:
            guard question.type == ProcessCancellation.type else { return [] }
            return [answer(refused.merging(["by": "mallory@example.com"]), after: delay)]
        case .excused: return [answer(data(by: "eve@example.com", onBehalf: "ada is ill"), after: delay)]
        }
    }

    // MARK: Answers

    /// The answer's fields and its author's.
    private func data(by person: Person? = nil, onBehalf: String? = nil, confirmation: String = "C")
        -> JSONObject
    {
        let answer: JSONObject
        switch question.type {
        case TakeCancellation.type: answer = JSONObject(encoding: TakeCancellation.Answer(role: .specialist))
        case ProvideTrial.type: answer = JSONObject(encoding: ProvideTrial.Answer(restored: true, at: now))
        default:
            answer = JSONObject(
                encoding: ProcessCancellation.Answer(confirmation: "\(confirmation)-\(number)", at: now))
        }
        let taker = question.data["taker"]?.stringValue.flatMap { Person(rawValue: $0) }
        let author = Author(by: person ?? taker ?? "ada@example.com", onBehalf: onBehalf)
        return answer.merging(JSONObject(encoding: author))
    }

    private func answer(
        _ data: JSONObject, to handoff: String? = nil, type: MessageType? = nil, on key: String? = nil,
        suffix: String = "", after delay: Duration
    ) -> Errand {
        let message = Envelope(
            id: MessageID(stringLiteral: "answer-\(number)\(suffix)"), source: "/teams/\(replyTo)",
            type: type ?? question.answerType ?? question.type, time: now,
            correlationID: handoff ?? question.correlationID, data: .object(data))
        return Errand(
            by: key ?? replyTo, after: delay, Parcel(.commands, key ?? replyTo, message.serialized()))
    }
}
