import StrictJSON
import Vocabulary
import Wire
import WorkerKit

@testable import Ledger

/// What turns of two workers look like: `carrier` is the home of `moving`, `packer` takes part.
enum Turns {
    /// A Monday, when the teams work.
    static let noon: Timestamp = "2026-03-02T11:00:00Z"
    static let caseID: CaseID = "moving/lane-1"

    static let moving = Outline(
        of: "moving", home: "carrier", expected: .days(3),
        steps: [
            .asks(1, "Agree a day", "carrier.agree-day.v1", of: "care"),
            .asks(2, "Pack", "packer.pack.v1", of: "sales", onlyIf: "packing is wanted"),
            .tells(3, "Tell the neighbours", by: "notifier"),
            .asks(4, "Move in", "carrier.move-in.v1", of: "care", isReversible: false),
        ])

    /// `carrier` starts cases and waits for what `packer` packed, which hears when a day is agreed.
    static let hearers = [
        Hearer(
            name: "carrier", starts: ["moving"], teams: ["care"], events: ["packer.packed"],
            awaits: ["moving": ["packer.packed.v1", "carrier.look-up.v1"]]),
        Hearer(name: "packer", teams: ["sales"], events: ["carrier.day-agreed"]),
    ]

    /// The moment so many minutes after noon.
    static func minute(_ count: Int) -> Timestamp { noon + .seconds(count * 60) }

    /// The form that starts a case, which asks `care` for a day.
    static func start(
        _ id: CaseID = caseID, customer: String = "Harbour Lane", by user: UserName = "intake",
        minute: Int = 0
    ) -> TurnRecord {
        TurnRecord(
            caseID: id, number: 1, at: Self.minute(minute),
            heard: heard(.start, "carrier.moving-form.v1", "form-\(id.id)", .user(user), data: ["rooms": 3]),
            outcome: .applied, customer: customer, handoffs: [handoff("day-\(id.id)", .open, since: minute)])
    }

    /// The answer to it, which holds the next step.
    static func agreed(_ id: CaseID = caseID, number: Int = 2, minute: Int = 10) -> TurnRecord {
        TurnRecord(
            caseID: id, number: number, at: Self.minute(minute),
            heard: heard(
                .answer, "carrier.agree-day-answer.v1", "answer-\(id.id)", .team("care"),
                handoff: HandoffID(stringLiteral: "day-\(id.id)"), data: ["by": "robin", "day": "friday"]),
            outcome: .applied,
            handoffs: [
                handoff("day-\(id.id)", .answered),
                handoff("in-\(id.id)", .held, type: "carrier.move-in.v1", since: minute),
            ],
            timers: [.init(type: "carrier.remind.v1", key: "", at: Self.minute(minute + 60))],
            effects: [effect(.waiting, attempts: 0)])
    }

    /// A turn of the other worker, which asks `sales` to pack.
    static func packing(_ id: CaseID = caseID) -> TurnRecord {
        TurnRecord(
            caseID: id, number: 1, at: minute(11),
            heard: heard(.event, "carrier.day-agreed.v1", "event-\(id.id)", .worker("carrier")),
            outcome: .applied,
            handoffs: [handoff("pack-\(id.id)", .open, type: "packer.pack.v1", team: "sales", since: 11)])
    }

    /// The effect is done; the timer has fired.
    static func reminded(_ id: CaseID = caseID, number: Int = 3) -> TurnRecord {
        TurnRecord(
            caseID: id, number: number, at: minute(71),
            heard: heard(.timer, "carrier.remind.v1", "remind", .timer), outcome: .applied,
            effects: [effect(.done, attempts: 1)])
    }

    /// The last turn of the home.
    static func ended(_ id: CaseID = caseID, number: Int = 4) -> TurnRecord {
        TurnRecord(
            caseID: id, number: number, at: minute(90),
            heard: heard(
                .answer, "carrier.move-in-answer.v1", "in-answer-\(id.id)", .team("care"),
                handoff: HandoffID(stringLiteral: "in-\(id.id)"), data: ["by": "kim"]),
            outcome: .applied,
            sent: [.init(kind: .event, type: "carrier.moved-in.v1", id: "e", digest: "d")],
            handoffs: [handoff("in-\(id.id)", .answered, type: "carrier.move-in.v1", since: 10)],
            ended: .completed)
    }

    /// A message that changed nothing; a worker that keeps no such case numbers it 0.
    static func refused(
        _ id: CaseID? = caseID, number: Int = 0, message: String = "bad", digest: String = "bad-digest",
        by sender: Sender = .user("intake")
    ) -> TurnRecord {
        TurnRecord(
            caseID: id, number: number, at: minute(5),
            heard: .init(
                kind: .start, type: "carrier.moving-form.v1", id: message, sender: sender, digest: digest),
            outcome: .refused, trouble: .init(reason: "rule", why: "rooms must be at least 1"))
    }

    static func heard(
        _ kind: TurnRecord.Heard.Kind, _ type: MessageType, _ id: String, _ sender: Sender,
        handoff: HandoffID? = nil, data: JSON? = nil
    ) -> TurnRecord.Heard {
        .init(
            kind: kind, type: type, id: id, sender: sender, digest: "digest of \(id)", handoff: handoff,
            data: data)
    }

    static func handoff(
        _ id: String, _ state: HandoffState, type: MessageType = "carrier.agree-day.v1", key: String = "",
        team: Team = "care", since minute: Int = 0, said: [HandoffClock.Step: Int] = [:],
        custody: Custody? = nil, revision: Int? = nil, revokedBecause: String? = nil
    ) -> TurnRecord.HandoffEntry {
        var clock = HandoffClock(due: .hours(2), escalation: .hours(3))
        if state != .held { clock.begin(at: Self.minute(minute)) }
        for (step, minute) in said { clock.say(step, at: Self.minute(minute)) }
        return .init(
            id: HandoffID(stringLiteral: id), type: type, answerType: "carrier.agree-day-answer.v1",
            team: team, key: key, state: state, heldBecause: state == .held ? "no day is agreed" : nil,
            since: Self.minute(minute), askedAt: state == .held ? nil : Self.minute(minute), clock: clock,
            custody: custody, revision: revision ?? (state == .answered ? 1 : 0),
            revokedBecause: revokedBecause, title: "See to \(type.name)", lines: ["Quay 4"],
            question: state == .open ? ["day": "any"] : nil)
    }

    /// A turn of the home's own that changes handoffs.
    static func turn(
        _ number: Int, minute: Int, _ kind: TurnRecord.Heard.Kind, by sender: Sender = .timer,
        about handoff: HandoffID? = nil, data: JSON? = nil, of id: CaseID = caseID,
        _ handoffs: TurnRecord.HandoffEntry...
    ) -> TurnRecord {
        TurnRecord(
            caseID: id, number: number, at: Self.minute(minute),
            heard: .init(
                kind: kind, type: "carrier.handoff-clock.v1", id: "turn-\(number)", sender: sender,
                digest: "digest of \(number)", handoff: handoff, data: data), outcome: .applied,
            handoffs: handoffs)
    }

    static func effect(_ state: TurnRecord.EffectEntry.State, attempts: Int) -> TurnRecord.EffectEntry {
        .init(
            id: "mail-1", type: "carrier.mail.v1", title: #"Mail "Your day""#, state: state,
            attempts: attempts, next: nil, why: attempts > 0 ? "connection refused" : nil)
    }
}
