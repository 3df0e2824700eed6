internal import Vocabulary
internal import Wire
internal import WorkerKit

/// The ledger is no worker of the fleet: it hears what all of them did, and answers people.
extension Cast {
    var ledgerQueues: [String] { [QueueName.ledger, QueueName.dead(.ledger)] }

    /// Records, questions, what operators command and its own letters sent back; copies of every letter and of what nobody hears, for its index; and of events those
    /// that a process may end with, since bound to all it would make none unheard.
    var ledgerBindings: [Binding] {
        let final = fleet.flatMap(\.publishes).filter(\.isFinal).map(\.type.routingKey)
        return [Exchange.records, .questions, .dead, .unheard].map {
            Binding(exchange: $0, key: "#", queue: QueueName.ledger)
        }
            + Set(final).map { Binding(exchange: .events, key: $0, queue: QueueName.ledger) }
            + [
                Binding(
                    exchange: .commands, key: RoutingKey.operate(.ledger, by: "*"), queue: QueueName.ledger),
                Binding(exchange: .redrive, key: WorkerName.ledger.rawValue, queue: QueueName.ledger),
                Binding(
                    exchange: .dead, key: WorkerName.ledger.rawValue, queue: QueueName.dead(.ledger)),
            ]
    }

    var ledgerPolicies: [Policy] {
        [
            Policy.worker(QueueName.ledger, deadLetterKey: WorkerName.ledger.rawValue),
            Policy.keeping(QueueName.dead(.ledger)),
        ]
    }

    /// The one login that may reply, send letters back, and take them off their queues.
    var ledgerLogin: User {
        let workers = fleet.map(\.name) + [.ledger]
        return User(
            name: WorkerName.ledger.rawValue,
            writes: [(.dead, [WorkerName.ledger.rawValue]), (.redrive, workers.map(\.rawValue))],
            reads: [QueueName.ledger, QueueName.unheard] + workers.map { QueueName.dead($0) }, mayReply: true)
    }

    /// The keys on which a user asks, one for each kind of role it has.
    func questions(of user: Directory.UserEntry) -> [String] {
        AskingRole.allCases.filter { role in
            switch role {
            case .team: team(of: user) != nil
            case .starter:
                user.roles.contains { if case .starter = $0 { true } else { false } }
            case .operator: user.roles.contains(.operator)
            }
        }.map { RoutingKey.question(as: $0, by: User.itself) }
    }
}
