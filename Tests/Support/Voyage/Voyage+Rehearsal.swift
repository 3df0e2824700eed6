import Engine
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Voyages as they are rehearsed: some are taken back, at every point of their way.
package enum VoyageScenario {
    private static let user: UserName = "shipper"
    private static let runners: Team = "runners"

    /// The scenario.
    ///
    /// - Throws: where a schema cannot be derived from a message, or the directory contradicts itself.
    package static func scenario() throws -> Scenario {
        Scenario(
            workers: [try RehearsedWorker(Harbour.self), try RehearsedWorker(Pilot.self)],
            directory: try Directory(
                calendars: [.init(key: "office", calendar: .fallback)],
                teams: ["customers", runners].map {
                    .init(
                        name: $0, title: "\($0)", reach: .queue, addresses: [], escalation: [],
                        calendar: "office")
                },
                users: [.init(name: user, team: "customers", roles: [.starter(.voyage)])]),
            rules: [],
            people: { now, random in (1...2).flatMap { errands(ofCase: $0, at: now, &random) } },
            teams: [TeamActor(runners, reads: reads), TeamActor("customers") { _, _, _ in [] }])
    }

    /// A charter, and perhaps its withdrawal, once or twice.
    private static func errands(
        ofCase number: Int, at now: Timestamp, _ random: inout SeededGenerator
    ) -> [Errand] {
        let caseID = CaseID(process: .voyage, id: "ship-\(number)")
        let start = random.duration(0...10_000)
        let charter = Envelope(
            id: MessageID(stringLiteral: "charter-\(number)"), source: "/people/\(user)", type: Charter.type,
            subject: caseID, time: now, data: ["ship": .string("Ship \(number)")])
        var errands = [errand(RoutingKey.start(.voyage, by: user.rawValue), charter, after: start)]
        for attempt in 0..<random.pick([0, 1, 1, 1, 2]) {
            let withdrawal = Envelope(
                id: MessageID(stringLiteral: "withdraw-\(number)-\(attempt)"), source: "/people/\(user)",
                type: Withdraw.type(of: Harbour.name), subject: caseID, time: now,
                data: ["by": "ada@example.com", "reason": "the ship sank"])
            let wait = random.duration(random.pick([0...3_000, 0...20_000, 10_000...120_000]))
            errands.append(
                errand(
                    RoutingKey.withdraw(.voyage, by: user.rawValue), withdrawal, after: start + wait))
        }
        return errands
    }

    /// The runners do what they are asked, sometimes only when they are reminded.
    private static func reads(
        _ message: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        let kind = TeamNotice.Kind(rawValue: message.type.name)
        guard let id = message.correlationID.flatMap({ HandoffID(rawValue: $0) }), kind != .revocation,
            let handoff = scene.history.committed(by: message.type.owner).handoff(id), handoff.state == .open,
            scene.isCalm || random.chance(800)
        else { return [] }
        let done: JSON =
            handoff.slot.type == LoadShip.type ? ["loaded": true] : ["at": .string("\(scene.now)")]
        let fields = (done.objectValue?.members ?? []).map { ($0.key, $0.value) }
        let answer = Envelope(
            id: MessageID(stringLiteral: "\(id)-\(random.next())"), source: "/teams/\(runners)",
            type: handoff.slot.type.answerType, time: scene.now, correlationID: id.rawValue,
            data: .object(JSONObject(fields + [("by", "rita@example.com")])))
        let delay = scene.isCalm ? .zero : random.duration(scene.pace.soon)
        return [errand(RoutingKey.answer(from: runners, to: message.type.owner), answer, after: delay)]
    }

    private static func errand(_ key: String, _ message: Envelope, after delay: Duration) -> Errand {
        Errand(by: key, after: delay, Parcel(.commands, key, message.serialized()))
    }
}
