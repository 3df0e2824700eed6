internal import StrictJSON
internal import Vocabulary
internal import Wire
internal import WorkerKit

extension Cast {
    var problems: [InvalidFleet.Problem] {
        unheardEvents + unpublishedEvents + unknownTeams + startedTwice + unknownProcesses + takenUserNames
            + repeatedQueues + severalIrreversibleOwners + reservedNames
    }

    /// A hearer of another version does not count: what it cannot read becomes a dead letter.
    private var unheardEvents: [InvalidFleet.Problem] {
        let heard = Set(fleet.flatMap(\.hears))
        return fleet.flatMap(\.publishes).filter { !$0.isFinal && !heard.contains($0.type) }
            .map { .unheard($0.type) }
    }

    /// A publisher of another version counts: those who read a new version are deployed before those who write it.
    private var unpublishedEvents: [InvalidFleet.Problem] {
        let published = fleet.flatMap(\.publishes).map(\.type)
        let keys = Set(published.map(\.routingKey))
        return fleet.flatMap { worker in
            worker.hears.filter { !keys.contains($0.routingKey) }.map { event in
                .unpublished(event, hearer: worker.name, meant: event.meant(among: published))
            }
        }
    }

    private var unknownTeams: [InvalidFleet.Problem] {
        fleet.flatMap { worker in
            Set(teamsAsked(by: worker) + worker.tells).sorted().filter { directory.team($0) == nil }.map {
                team in
                .unknownTeam(team, asker: worker.name, meant: team.meant(among: directory.teams.map(\.name)))
            }
        }
    }

    private var startedTwice: [InvalidFleet.Problem] {
        processes.compactMap { process in
            let workers = fleet.filter { $0.starts.contains(process) }.map(\.name)
            return workers.count > 1 ? .startedTwice(process, by: workers.sorted()) : nil
        }
    }

    private var unknownProcesses: [InvalidFleet.Problem] {
        directory.users.flatMap { user in
            user.roles.compactMap { role in
                guard case .starter(let process) = role, !processes.contains(process) else { return nil }
                return .unknownProcess(process, starter: user.name, meant: process.meant(among: processes))
            }
        }
    }

    private var takenUserNames: [InvalidFleet.Problem] {
        let workers = Set(fleet.map(\.name.rawValue) + [WorkerName.ledger.rawValue])
        return directory.users.map(\.name).filter { workers.contains($0.rawValue) }.map {
            .namedLikeWorker($0)
        }
    }

    private var repeatedQueues: [InvalidFleet.Problem] {
        let names = queues.sorted()
        return Set(zip(names, names.dropFirst()).filter(==).map(\.0)).sorted().map { .queueTwice($0) }
    }

    /// A withdrawal is decided where the irreversible steps are, and that can be one place only.
    private var severalIrreversibleOwners: [InvalidFleet.Problem] {
        fleet.flatMap(\.outlines).filter { $0.irreversibleOwners.count > 1 }.map {
            .severalIrreversibleOwners($0.process, $0.irreversibleOwners)
        }
    }

    private var reservedNames: [InvalidFleet.Problem] {
        fleet.flatMap(\.named).filter { WorkerDeclaration.reservedNames.contains($0.name) }.map {
            .reservedName($0)
        }
    }

    private var processes: [ProcessName] { Set(fleet.flatMap(\.starts)).sorted() }
}

extension TextValue {
    /// The known value whose text is nearest.
    fileprivate func meant(among known: [Self]) -> Self? {
        Spelling.didYouMean(rawValue, among: known.map(\.rawValue)).flatMap { Self(rawValue: $0) }
    }
}
