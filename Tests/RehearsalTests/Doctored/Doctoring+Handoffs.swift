import CancellationMessages
import Engine
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

extension Doctoring {
    /// One for each rule about clocks, custody, amendments and withdrawals.
    static var ofHandoffs: [Doctoring] {
        [
            Doctoring("spoken-of-closed", onceAnswered: { [[$0.saying(.reminder)]] }),
            Doctoring("spoken-twice", onceAsked: { [[$0.saying(.reminder)], [$0.saying(.reminder)]] }),
            Doctoring("reminded-late", onceAsked: { [[.handoff($0.escalated)], [$0.saying(.reminder)]] }),
            Doctoring("escalated-early", onceAsked: { [[$0.saying(.escalation)]] }),
            Doctoring("stuck-early", onceAsked: { [[.handoff($0.escalated)], [$0.stuck]] }),
            Doctoring("clock-before-queue") { happening in
                guard case .published(let answer) = happening, let named = answer.envelope?.correlationID,
                    case .answer(_, let worker) = Origin(
                        exchange: answer.parcel.exchange, routingKey: answer.parcel.routingKey)
                else { return [happening] }
                let waiting = Happening.consuming(worker, waiting: [answer.parcel])
                let reminder = Change.notice(.reminder, by: worker, of: named)
                return [happening, waiting, .committed([reminder], by: worker)]
            },
            Doctoring("unclocked") { change in
                switch change {
                case .timer: true
                case .handoff(let row): row.state == .answered
                default: false
                }
            },
            Doctoring("clock-not-followed") { happening in
                guard case .committed(let changes, let worker) = happening else { return [happening] }
                let unset = changes.filter { if case .timer = $0 { false } else { true } }
                return [.committed(unset + [.directory("edited")], by: worker)]
            },
            Doctoring(
                "answered-twice",
                onceAnswered: { row in
                    var open = row
                    open.state = .open
                    return [[.handoff(open)]]
                }),
            Doctoring(
                "amended-after-use",
                onceAnswered: { row in
                    var amended = row
                    amended.revision += 1
                    return [[.handoff(amended)]]
                }),
            Doctoring(
                "revoked-untold",
                onceAsked: { row in
                    var revoked = row
                    revoked.state = .revoked
                    return [[.handoff(revoked)]]
                }),
            Doctoring("asked-too-often") { happening in
                guard case .committed(let changes, let worker) = happening,
                    changes.contains(where: \.isAsking)
                else { return [happening] }
                return [happening, .committed(changes, by: worker)]
            },
            Doctoring("went-on-after-withdrawn") { happening in
                [happening] + happening.ending { $0.stage == .open }
            },
            Doctoring("withdrawn-too-late") { happening in
                [happening] + happening.ending { $0.tooLate != nil }
            },
            Doctoring("too-late-for-nothing", of: TakeCancellation.type) {
                [$0, $0.refusing(because: "too-late")]
            },
        ]
    }

    /// After the commit that answers a handoff, others of its worker are told.
    private init(_ rule: String, onceAnswered others: @escaping (HandoffRow) -> [[Change]]) {
        self.init(rule, once: { $0.state == .answered }, others)
    }

    /// After the commit that asks a handoff, others of its worker are told.
    private init(_ rule: String, onceAsked others: @escaping (HandoffRow) -> [[Change]]) {
        self.init(rule, once: { $0.state == .open }, others)
    }

    private init(
        _ rule: String, once isMeant: @escaping (HandoffRow) -> Bool,
        _ others: @escaping (HandoffRow) -> [[Change]]
    ) {
        self.init(rule) { happening in
            guard case .committed(let changes, let worker) = happening else { return [happening] }
            let rows = changes.compactMap { change -> HandoffRow? in
                if case .handoff(let row) = change, isMeant(row) { row } else { nil }
            }
            return [happening] + rows.flatMap(others).map { .committed($0, by: worker) }
        }
    }
}

extension Happening {
    /// The cases of a commit that are meant end by being withdrawn.
    fileprivate func ending(where isMeant: (CaseRow) -> Bool) -> [Happening] {
        guard case .committed(let changes, let worker) = self, worker == CancellationMessages.worker else {
            return []
        }
        return changes.compactMap { change in
            guard case .caseRow(var row) = change, isMeant(row) else { return nil }
            row.stage = .ended(.withdrawn)
            return .committed([.caseRow(row)], by: worker)
        }
    }
}

extension Change {
    fileprivate var isAsking: Bool {
        guard case .send(let message) = self else { return false }
        return message.properties.replyTo != nil
    }

    fileprivate static func notice(
        _ kind: TeamNotice.Kind, by worker: WorkerName, of handoff: String
    ) -> Change {
        let properties = MessageProperties(type: kind.type(of: worker).rawValue, correlationID: handoff)
        return .send(
            Outgoing(exchange: .handoffs, routingKey: "team.worker", properties: properties, body: []))
    }
}

extension HandoffRow {
    fileprivate func saying(_ kind: TeamNotice.Kind) -> Change {
        .notice(kind, by: slot.type.owner, of: id.rawValue)
    }

    /// Its letter.
    fileprivate var stuck: Change {
        let headers: [Header: String] = [.reason: Trouble.Kind.stuck.rawValue, .handoff: id.rawValue]
        return .send(
            Outgoing(
                exchange: .dead, routingKey: "\(slot.type.owner)",
                properties: MessageProperties(headers: headers), body: []))
    }

    fileprivate var escalated: HandoffRow {
        var row = self
        row.clock.escalatedAt = askedAt
        return row
    }
}
