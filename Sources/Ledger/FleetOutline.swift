import Vocabulary
package import WorkerKit

/// What the ledger knows of the fleet beforehand, read off its declarations.
package struct FleetOutline: Sendable {
    /// The workers, by name.
    let workers: [WorkerName]
    /// The outline of each process.
    let outlines: [Outline]
    /// The keys of the events that a process may end with.
    let finalEvents: Set<String>
    /// What each worker takes.
    var hearers: [Hearer] = []

    /// The outline of a process; `nil` for one that the fleet does not know any more.
    func outline(of process: ProcessName) -> Outline? { outlines.first { $0.process == process } }
}

extension FleetOutline {
    /// Reads it off the workers' declarations.
    package init(_ declarations: [WorkerDeclaration]) {
        workers = declarations.map(\.name).sorted()
        outlines = declarations.flatMap(\.outlines)
        finalEvents = Set(declarations.flatMap(\.publishes).filter(\.isFinal).map(\.type.routingKey))
        hearers = declarations.map(Hearer.init).sorted { $0.name < $1.name }
    }
}
