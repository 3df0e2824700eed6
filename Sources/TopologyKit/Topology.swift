internal import StrictJSON
public import Vocabulary
public import Wire
public import WorkerKit

/// What stands in the broker for a fleet and a directory: exchanges, queues, bindings, policies, users and rights.
///
/// It is made of the workers' declarations, so that what a worker hears, asks and publishes is all that the broker
/// lets through, and neither can drift from the code.
public struct Topology: Equatable, Sendable {
    /// The topic exchanges, by name.
    public let exchanges: [Exchange]
    /// The names of the quorum queues.
    public let queues: [String]
    /// What is routed where.
    public let bindings: [Binding]
    /// Limits, dead-lettering and the alternate exchange: one policy for each queue, one for the exchanges.
    public let policies: [Policy]
    /// The logins of workers and people, and what each may do.
    public let users: [User]
    /// The JSON Schema of each message's `data`, by type.
    public let schemas: [MessageSchema]

    /// Generates it.
    ///
    /// - Throws: ``InvalidFleet``, with everything that fleet and directory say wrongly of each other.
    public init(fleet: [WorkerDeclaration], directory: Directory) throws(InvalidFleet) {
        let cast = Cast(fleet: fleet, directory: directory)
        let problems = cast.problems
        guard problems.isEmpty else { throw InvalidFleet(problems: problems) }
        exchanges = Exchange.allCases.sorted { $0.rawValue < $1.rawValue }
        queues = cast.queues.sorted()
        bindings = cast.bindings.sorted()
        policies = cast.policies.sorted { $0.name < $1.name }
        users = cast.users.sorted { $0.name < $1.name }
        schemas = fleet.flatMap(\.schemas).map { MessageSchema(type: $0.type, data: $0.schema) }
            .sorted { $0.type < $1.type }
    }
}
