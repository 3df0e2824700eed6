import Vocabulary
import Wire
import WorkerKit

/// What a worker takes, as its declaration binds its queue.
struct Hearer {
    let name: WorkerName
    /// The processes whose cases it starts and withdraws.
    var starts: Set<ProcessName> = []
    /// The teams that answer it.
    var teams: Set<Team> = []
    /// The keys of the events that it hears.
    var events: Set<String> = []
    /// Whether it hears what every worker sends to teams.
    var overhears = false
    /// What it waits for in each process, and (`nil`) in every one.
    var awaits: [ProcessName?: Set<MessageType>] = [:]

    /// Whether its queue is bound to this key.
    func hears(exchange: String, routingKey: String) -> Bool {
        switch Origin(exchange: exchange, routingKey: routingKey) {
        case .start(let process, _), .withdraw(let process, _): starts.contains(process)
        case .answer(let team, let worker): worker == name && teams.contains(team)
        case .event: events.contains(routingKey)
        case .handoff: overhears
        case .redriven: routingKey == name.rawValue
        case .operate, .records, .question, nil: false
        }
    }

    /// Whether a case cannot go on as long as it does not hear this.
    func awaits(_ type: MessageType, in process: ProcessName) -> Bool {
        (awaits[process] ?? []).union(awaits[nil] ?? []).contains(type)
    }
}

extension Hearer {
    /// Reads it off the worker's declaration.
    init(_ declaration: WorkerDeclaration) {
        name = declaration.name
        starts = Set(declaration.starts)
        teams = Set(declaration.handoffs.map(\.team))
        events = Set(declaration.hears.map(\.routingKey))
        overhears = declaration.overhears
        awaits = declaration.awaits
    }
}

extension FleetOutline {
    /// The workers whose queues are bound to this key.
    func hearers(exchange: String, routingKey: String) -> [WorkerName] {
        hearers.filter { $0.hears(exchange: exchange, routingKey: routingKey) }.map(\.name)
    }
}
