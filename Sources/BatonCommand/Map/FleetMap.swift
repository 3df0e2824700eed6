internal import Vocabulary
internal import WorkerKit

/// Who hears whom, read off the workers' declarations.
struct FleetMap {
    /// Those on the map, by name.
    let places: [Place]

    /// One worker on it.
    struct Place {
        let name: WorkerName
        /// The processes it starts, each with the commands that do.
        let starts: [(process: ProcessName, commands: [MessageType])]
        /// The events it hears.
        let hears: [MessageType]
        /// Whether it hears what every worker sends to teams.
        let overhears: Bool
        /// The handoffs it asks, each of its team.
        let asks: [(team: Team, handoff: MessageType)]
        /// The teams it tells something beside; not known of one process.
        let tells: [Team]
        /// The events it publishes, each with those on the map who hear it.
        let publishes: [(event: MessageType, hearers: [WorkerName])]
        /// The processes whose cases it ends, each with those who take part in the end.
        let ends: [(process: ProcessName, participants: [WorkerName])]
    }

    /// Draws it.
    ///
    /// - Parameter process: the one it is of; `nil` for all.
    init(_ fleet: [WorkerDeclaration], of process: ProcessName? = nil) {
        let outlines = fleet.flatMap(\.outlines).filter { process == nil || $0.process == process }
        let handoffs = Set(outlines.flatMap(\.steps).compactMap(\.handoff))
        let owners = Set(outlines.flatMap { [$0.home] + $0.steps.map(\.owner) })
        let heard = Dictionary(uniqueKeysWithValues: fleet.map { ($0.name, $0.events(heardIn: process)) })
        let workers = fleet.filter { worker in
            process.map { owners.contains(worker.name) || worker.awaits[$0] != nil } ?? true
        }
        places = workers.map { worker in
            Place(
                name: worker.name,
                starts: worker.starts.filter { process == nil || $0 == process }.map {
                    ($0, worker.commands[$0] ?? [])
                },
                hears: heard[worker.name] ?? [], overhears: worker.overhears,
                asks: worker.handoffs.filter { process == nil || handoffs.contains($0.type) }
                    .map { ($0.team, $0.type) }.sorted { $0 < $1 },
                tells: process == nil ? worker.tells.sorted() : [],
                publishes: worker.publishes.map(\.type).filter { !Ending.isNamed($0) }.sorted().compactMap {
                    event in
                    let hearers = workers.map(\.name).filter { heard[$0]?.contains(event) ?? false }
                    return hearers.isEmpty && process != nil ? nil : (event, hearers)
                },
                ends: outlines.filter { $0.home == worker.name }.map { ($0.process, $0.participants) })
        }.sorted { $0.name < $1.name }
    }
}

extension WorkerDeclaration {
    /// The events it hears in one process, or in any, without those that only end cases.
    fileprivate func events(heardIn process: ProcessName?) -> [MessageType] {
        let events = hears.filter { !Ending.isNamed($0) }
        guard let process else { return events }
        let awaited = (awaits[process] ?? []).union(awaits[nil] ?? [])
        return events.filter(awaited.contains)
    }
}

extension Ending {
    /// Whether a message only helps to end a case; no author of a worker may name one so.
    fileprivate static func isNamed(_ type: MessageType) -> Bool {
        WorkerDeclaration.reservedNames.contains(type.name)
    }
}
