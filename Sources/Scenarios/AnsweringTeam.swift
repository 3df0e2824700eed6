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
    private(set) var number: String
    /// How the ids of what it sends begin.
    private var id: String
    private let replyTo: String

    private let pace: Pace

    /// How a team answers.
    private enum Manner: CaseIterable {
        case good, late, twice, twiceDifferent, inParts, silent, excused, sameNumber, missed
        case accepts, declines, declinesForGood, amends, amendsLate, amendsParts
        case fromAnotherTeam, unknownHandoff, heldHandoff, otherType, wrongFields, wrongValue, ahead,
            unexcused, declinesForNothing
    }

    /// Reads one message of the team's queue; refusals it reads and forgets.
    static func reads(_ message: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator)
        -> [Errand]
    {
        if scene.isCalm { return answers(message, scene) }
        let number = String(random.next(), radix: 36)
        if let kind = TeamNotice.Kind(rawValue: message.type.name) {
            return notices(kind, message, scene, number: number, &random)
        }
        guard var team = AnsweringTeam(message, scene, number: number) else { return [] }
        // Scripts count what they were asked in a case: those of two teams give two messages one id.
        if random.chance(200) { team.id = "\(message.subject?.id ?? "")-\(scene.history.place(of: message))" }
        let manner = random.chance(550) ? Manner.good : random.pick(Manner.allCases)
        var errands = team.errands(manner, scene, &random)
        if random.chance(200) {
            errands.append(team.answer(team.good(), suffix: "b", after: random.duration(scene.pace.later)))
        }
        return errands
    }

    /// Answers as it should; reminded, a team looks up what was asked, and what is left of it.
    static func answers(_ message: Envelope, _ scene: TeamActor.Scene) -> [Errand] {
        // Refusals, and what was taken back, need no answer.
        guard message.replyTo != nil || isReminder(message),
            scene.history.handoff(of: message)?.state == .open
        else { return [] }
        let number = "\(message.id.rawValue.prefix(8))-\(scene.now.milliseconds)"
        let rest = scene.history.handoff(of: message)?.question
        guard let question = scene.history.question(of: message),
            let team = AnsweringTeam(question, scene, asked: rest, number: number)
        else { return [] }
        // Now and then nobody reports of a window until it is taken back.
        let isForgotten = question.type == LoadProducts.type && (question.id.rawValue.utf8.last ?? 0) % 4 == 0
        let isFirst = rest?["round"] == 1
        return [
            team.answer(
                team.good(), after: isForgotten && isFirst ? ArrangeWindow.length + .seconds(10_800) : .zero)
        ]
    }

    private static func isReminder(_ message: Envelope) -> Bool {
        [TeamNotice.Kind.reminder, .escalation].map(\.rawValue).contains(message.type.name)
    }

    /// Reminded, it answers or goes on forgetting; of what was taken back it may report all the same.
    private static func notices(
        _ kind: TeamNotice.Kind, _ notice: Envelope, _ scene: TeamActor.Scene, number: String,
        _ random: inout SeededGenerator
    ) -> [Errand] {
        let rest = scene.history.handoff(of: notice)?.question
        guard let question = scene.history.question(of: notice),
            let team = AnsweringTeam(question, scene, asked: rest, number: number)
        else { return [] }
        let delay = random.duration(scene.pace.soon)
        switch kind {
        case .reminder, .escalation: return random.chance(350) ? [team.answer(team.good(), after: delay)] : []
        case .revocation: return random.chance(400) ? [team.answer(team.refused, after: delay)] : []
        case .notice: return []
        }
    }

    private init?(_ question: Envelope, _ scene: TeamActor.Scene, asked: JSON? = nil, number: String) {
        guard let replyTo = question.replyTo else { return nil }
        self.question = question
        self.asked = asked ?? question.data
        self.number = number
        id = "answer-\(number)"
        self.replyTo = replyTo
        now = scene.now
        pace = scene.pace
    }

    private func errands(
        _ manner: Manner, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        let delay = random.duration(pace.soon)
        switch manner {
        case .good: return [answer(good(), after: delay)]
        case .late: return [answer(good(), after: random.duration(pace.later))]
        case .twice:
            return [answer(good(), after: delay), answer(good(), after: random.duration(pace.later))]
        case .twiceDifferent:
            return [
                answer(good(), after: delay),
                answer(good(by: "eve@example.com", onBehalf: "ada is ill"), suffix: "c", after: delay),
            ]
        case .inParts:
            return parts.enumerated().map { index, part in
                answer(part, suffix: "p\(index)", after: random.duration(pace.soon))
            }
        case .silent: return []
        case .excused: return [answer(good(by: "eve@example.com", onBehalf: "ada is ill"), after: delay)]
        case .sameNumber: return [answer(good().merging(sharedNumber), after: delay)]
        case .accepts:
            return [
                say(Accept.type(of: question.type.owner), ["by": "ada@example.com"], after: delay),
                answer(good(), after: random.duration(pace.muchLater)),
            ]
        case .declines:
            return [
                decline("we are moving house", after: delay),
                answer(good(), after: random.duration(pace.later)),
            ]
        case .declinesForGood: return [decline("nobody is left who could", after: delay)]
        case .declinesForNothing: return [decline(" ", after: delay)]
        case .amends:
            return [answer(good(), after: delay), amendment(after: delay + random.duration(pace.soon))]
        case .amendsLate:
            return [answer(good(), after: delay), amendment(after: delay + random.duration(pace.later))]
        case .amendsParts:
            let first = parts.prefix(1).map { answer($0, suffix: "p0", after: delay) }
            return first + [amendment(after: delay + random.duration(pace.soon))]
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
            guard asked["taker"] != nil else { return [] }
            return [answer(refused.merging(["by": "mallory@example.com"]), after: delay)]
        }
    }

    /// An answer to what the team was not asked yet.
    private func heldHandoff(in scene: TeamActor.Scene) -> Errand? {
        let worker = question.type.owner
        let handoffs = question.subject.map { scene.history.committed(by: worker).handoffs(of: $0) } ?? []
        return handoffs.first { $0.state == .held }.map {
            answer(refused, to: $0.id.rawValue, type: $0.slot.type.answerType, after: .zero)
        }
    }

    /// The same again in a higher revision, under numbers of its own.
    private func amendment(after delay: Duration) -> Errand {
        var better = self
        better.number += "x"
        return answer(better.good().merging(["revision": 2]), suffix: "x", after: delay)
    }

    private func decline(_ reason: String, after delay: Duration) -> Errand {
        say(
            Decline.type(of: question.type.owner), ["by": "bob@example.com", "reason": .string(reason)],
            after: delay)
    }

    /// Says what is no answer.
    private func say(_ type: MessageType, _ data: JSONObject, after delay: Duration) -> Errand {
        answer(data, type: type, suffix: type.name, after: delay)
    }

    private func answer(
        _ data: JSONObject, to handoff: String? = nil, type: MessageType? = nil, on key: String? = nil,
        suffix: String = "", after delay: Duration
    ) -> Errand {
        let message = Envelope(
            id: MessageID(stringLiteral: id + suffix), source: "/teams/\(replyTo)",
            type: type ?? question.answerType ?? question.type, time: now,
            correlationID: handoff ?? question.correlationID, data: .object(data))
        // Nobody reports what is to be done later before it is.
        return Errand(
            by: key ?? replyTo, after: delay + (earliest - now),
            Parcel(.commands, key ?? replyTo, message.serialized()))
    }
}

extension History {
    /// The handoff that a message to a team names.
    fileprivate func handoff(of message: Envelope) -> HandoffRow? {
        guard let id = message.correlationID.flatMap({ HandoffID(rawValue: $0) }) else { return nil }
        return committed(by: message.type.owner).handoff(id)
    }

    /// For the how-manieth time its worker asks a question's team something else in its case, from 1.
    fileprivate func place(of question: Envelope) -> Int {
        let asked = publications.lazy.compactMap(\.question).filter {
            $0.replyTo == question.replyTo && $0.subject == question.subject
        }
        return Set(asked.map(\.correlationID)).union([question.correlationID]).count
    }

    /// The question that a message to a team is, or speaks of.
    fileprivate func question(of message: Envelope) -> Envelope? {
        guard message.replyTo == nil else { return message }
        guard let handoff = handoff(of: message) else { return nil }
        return publications(of: handoff.slot.type, in: handoff.slot.caseID).lazy.compactMap(\.question)
            .first { $0.correlationID == handoff.id.rawValue }
    }
}
