import Cancellation
import CancellationMessages
import Engine
import Rehearsal
import StrictJSON
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// A team that answers what it is asked: in the calm as it should, before in every way it may or may not.
struct AnsweringTeam {
    let question: Envelope
    /// What is still asked, as far as the team knows.
    let asked: JSON
    let now: Timestamp
    let number: String
    private let replyTo: String

    /// How a team answers.
    private enum Manner: CaseIterable {
        case good, late, twice, twiceDifferent, inParts, silent, excused, sameNumber, missed
        case fromAnotherTeam, unknownHandoff, heldHandoff, otherType, wrongFields, wrongValue, ahead,
            unexcused
    }

    /// Reads one message of the team's queue; refusals it reads and forgets.
    static func reads(_ question: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator)
        -> [Errand]
    {
        if scene.isCalm { return answers(question, scene) }
        let number = String(random.next(), radix: 36)
        guard let team = AnsweringTeam(question, scene, number: number) else { return [] }
        let manner = random.chance(550) ? Manner.good : random.pick(Manner.allCases)
        var errands = team.errands(manner, scene, &random)
        if random.chance(200) {
            errands.append(team.answer(team.good(), suffix: "b", after: random.duration(0...30_000)))
        }
        return errands
    }

    /// Answers as it should; reminded, a team looks up what is left of the question.
    static func answers(_ question: Envelope, _ scene: TeamActor.Scene) -> [Errand] {
        let number = "\(question.id.rawValue.prefix(8))-\(scene.now.milliseconds)"
        let rest = scene.history.question(of: question)
        guard let team = AnsweringTeam(question, scene, asked: rest, number: number) else { return [] }
        // Now and then nobody reports of a window until it is taken back.
        let isForgotten = question.type == LoadProducts.type && (question.id.rawValue.utf8.last ?? 0) % 4 == 0
        let isFirst = rest?["round"] == 1
        return [
            team.answer(team.good(), after: isForgotten && isFirst ? ArrangeWindow.length + .seconds(10_800) : .zero)
        ]
    }

    private init?(_ question: Envelope, _ scene: TeamActor.Scene, asked: JSON? = nil, number: String) {
        guard let replyTo = question.replyTo else { return nil }
        self.question = question
        self.asked = asked ?? question.data
        self.number = number
        self.replyTo = replyTo
        now = scene.now
    }

    private func errands(
        _ manner: Manner, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        let delay = random.duration(0...3_000)
        switch manner {
        case .good: return [answer(good(), after: delay)]
        case .late: return [answer(good(), after: random.duration(30_000...200_000))]
        case .twice:
            return [answer(good(), after: delay), answer(good(), after: random.duration(0...20_000))]
        case .twiceDifferent:
            return [
                answer(good(), after: delay),
                answer(good(by: "eve@example.com", onBehalf: "ada is ill"), suffix: "c", after: delay),
            ]
        case .inParts:
            return parts.enumerated().map { index, part in
                answer(part, suffix: "p\(index)", after: random.duration(0...10_000))
            }
        case .silent: return []
        case .excused: return [answer(good(by: "eve@example.com", onBehalf: "ada is ill"), after: delay)]
        case .sameNumber: return [answer(good().merging(sharedNumber), after: delay)]
        case .missed:
            guard question.type == LoadProducts.type else { return [] }
            return [answer(good().keeping(["by"]).merging(missed), after: delay)]
        case .fromAnotherTeam:
            let key = RoutingKey.answer(from: FrontDesk.team, to: question.type.owner)
            return [answer(refused, on: key, after: delay)]
        case .unknownHandoff: return [answer(refused, to: "0123456789abcdef", after: delay)]
        case .heldHandoff: return [heldHandoff(in: scene)].compactMap { $0 }
        case .otherType:
            return [
                answer(
                    refused, type: MessageType(stringLiteral: "\(question.type.owner).something-else.v1"),
                    after: delay)
            ]
        case .wrongFields: return [answer(refused.merging(["comfirmation": "?"]), after: delay)]
        case .wrongValue: return [answer(refused.merging(wrongValue), after: delay)]
        case .ahead:
            let ahead = JSON.string((now + .seconds(30 * 86_400)).description)
            return refused["at"] == nil ? [] : [answer(refused.merging(["at": ahead]), after: delay)]
        case .unexcused:
            guard question.type == ProcessCancellation.type else { return [] }
            return [answer(refused.merging(["by": "mallory@example.com"]), after: delay)]
        }
    }

    /// An answer to what the team was not asked yet.
    private func heldHandoff(in scene: TeamActor.Scene) -> Errand? {
        let handoffs =
            question.subject.map { scene.history.committed(by: Cancellation.name).handoffs(of: $0) } ?? []
        return handoffs.first { $0.state == .held }.map {
            answer(refused, to: $0.id.rawValue, type: ProcessCancellation.answerType, after: .zero)
        }
    }

    private func answer(
        _ data: JSONObject, to handoff: String? = nil, type: MessageType? = nil, on key: String? = nil,
        suffix: String = "", after delay: Duration
    ) -> Errand {
        let message = Envelope(
            id: MessageID(stringLiteral: "answer-\(number)\(suffix)"), source: "/teams/\(replyTo)",
            type: type ?? question.answerType ?? question.type, time: now,
            correlationID: handoff ?? question.correlationID, data: .object(data))
        // Nobody reports what is to be done later before it is.
        return Errand(
            by: key ?? replyTo, after: delay + (earliest - now), Parcel(.commands, key ?? replyTo, message.serialized()))
    }
}

extension History {
    /// What is still asked of a team.
    fileprivate func question(of asked: Envelope) -> JSON? {
        guard let id = asked.correlationID.flatMap({ HandoffID(rawValue: $0) }) else { return nil }
        return committed(by: asked.type.owner).handoff(id)?.question
    }
}
