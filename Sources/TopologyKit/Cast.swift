internal import Vocabulary
internal import Wire
internal import WorkerKit

/// Who meets whom.
///
/// The publisher's right and the receiver's binding are both derived from these answers, so they cannot disagree.
struct Cast {
    let fleet: [WorkerDeclaration]
    let directory: Directory

    /// The teams a worker asks.
    func teamsAsked(by worker: WorkerDeclaration) -> [Team] { Set(worker.handoffs.map(\.team)).sorted() }

    /// The teams a worker writes to: those it asks or tells something, and those it tells when it refuses a form of
    /// theirs.
    func teamsAddressed(by worker: WorkerDeclaration) -> [Team] {
        let starters = directory.users.filter { user in
            worker.starts.contains { user.roles.contains(.starter($0)) }
        }
        return Set(teamsAsked(by: worker) + worker.tells + starters.compactMap(\.team)).sorted()
    }

    /// The team a user answers for.
    func team(of user: Directory.UserEntry) -> Directory.TeamEntry? {
        guard user.roles.contains(.team) else { return nil }
        return user.team.flatMap { directory.team($0) }
    }
}

// MARK: - Queues and what they hear

extension Cast {
    private var teamsWithQueue: [Team] { directory.teams.filter(\.reach.includesQueue).map(\.name) }

    var queues: [String] {
        fleet.flatMap { [QueueName.worker($0.name), QueueName.dead($0.name)] }
            + teamsWithQueue.map { QueueName.team($0) } + ledgerQueues + [QueueName.unheard]
    }

    var bindings: [Binding] {
        fleet.flatMap(bindings) + teamsWithQueue.flatMap(bindings) + ledgerBindings
            + [Binding(exchange: .unheard, key: "#", queue: QueueName.unheard)]
    }

    private func bindings(of worker: WorkerDeclaration) -> [Binding] {
        let queue = QueueName.worker(worker.name)
        let name = worker.name.rawValue
        return worker.starts.flatMap { [RoutingKey.start($0, by: "*"), RoutingKey.withdraw($0, by: "*")] }.map
        {
            Binding(exchange: .commands, key: $0, queue: queue)
        }
            + teamsAsked(by: worker).map {
                Binding(exchange: .commands, key: RoutingKey.answer(from: $0, to: worker.name), queue: queue)
            }
            + Set(worker.hears.map(\.routingKey)).map { Binding(exchange: .events, key: $0, queue: queue) }
            + (worker.overhears ? [Binding(exchange: .handoffs, key: "#", queue: queue)] : [])
            + [
                Binding(exchange: .redrive, key: name, queue: queue),
                Binding(exchange: .dead, key: name, queue: QueueName.dead(worker.name)),
            ]
    }

    private func bindings(of team: Team) -> [Binding] {
        fleet.filter { teamsAddressed(by: $0).contains(team) }.map {
            Binding(
                exchange: .handoffs, key: RoutingKey.handoff(to: team, from: $0.name),
                queue: QueueName.team(team))
        }
    }

    var policies: [Policy] {
        fleet.flatMap {
            [
                Policy.worker(QueueName.worker($0.name), deadLetterKey: $0.name.rawValue),
                Policy.keeping(QueueName.dead($0.name)),
            ]
        }
            + teamsWithQueue.map { Policy.keeping(QueueName.team($0)) } + ledgerPolicies
            + [Policy.keeping(QueueName.unheard), Policy.unheard]
    }
}

// MARK: - Users and what they may do

extension Cast {
    var users: [User] { fleet.map(login) + [ledgerLogin] + directory.users.map(login) }

    private func login(of worker: WorkerDeclaration) -> User {
        User(
            name: worker.name.rawValue,
            writes: [
                (.events, Set(worker.publishes.map(\.type.routingKey)).sorted()),
                (
                    .handoffs,
                    teamsAddressed(by: worker).map { RoutingKey.handoff(to: $0, from: worker.name) }
                ),
                (.dead, [worker.name.rawValue]),
                (.records, [RoutingKey.records(of: worker.name)]),
            ],
            reads: [QueueName.worker(worker.name)])
    }

    private func login(of user: Directory.UserEntry) -> User {
        // Whoever may start a case may take it back.
        let starts = user.roles.flatMap { role -> [String] in
            guard case .starter(let process) = role else { return [] }
            return [
                RoutingKey.start(process, by: User.itself), RoutingKey.withdraw(process, by: User.itself),
            ]
        }
        let team = team(of: user)
        let answers = fleet.flatMap { worker in
            teamsAsked(by: worker).filter { $0 == team?.name }.map {
                RoutingKey.answer(from: $0, to: worker.name)
            }
        }
        let operates =
            user.roles.contains(.operator) ? [RoutingKey.operate(.ledger, by: User.itself)] : []
        return User(
            name: user.name.rawValue,
            writes: [(.commands, starts + answers + operates), (.questions, questions(of: user))],
            reads: team.flatMap { $0.reach.includesQueue ? [QueueName.team($0.name)] : nil } ?? [])
    }
}
