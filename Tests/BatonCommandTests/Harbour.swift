import TopologyKit
import ToyDirectory
import Vocabulary
import WorkerKit

/// A worker that asks a team.
enum Harbour: Worker {
    typealias Messages = HarbourMessages
    static var parts: [Part] { [Part(in: .docking) { On(Dock.self) { _, _ in } }] }
}

enum HarbourMessages: MessageSet {
    static let worker: WorkerName = "harbour"
    static let commands: [any Command.Type] = [Dock.self]
    static let handoffs: [any Handoff.Type] = [AssignBerth.self]
}

struct Dock: Command {
    typealias Owner = HarbourMessages
    static let name = "dock"
    var customer: String { "Ada & Co." }
}

struct AssignBerth: Handoff {
    typealias Owner = HarbourMessages
    static let name = "assign-berth"
    static let team: Team = "pier"
    var title: String { "Assign a berth" }

    struct Answer: Codable, Equatable, Sendable {
        let berth: Int
    }
}

/// A worker that is taken out of service.
enum Ferry: Worker {
    typealias Messages = FerryMessages
    static var parts: [Part] { [] }
}

enum FerryMessages: MessageSet {
    static let worker: WorkerName = "ferry"
}

/// The harbour's directory, of one team with a queue.
func harbourDirectory(users: String = "[{name: pilot, team: pier, roles: team}]") throws
    -> Vocabulary.Directory
{
    try toyDirectory(teams: ["name: pier, reach: queue"], users: users)
}

/// The harbour alone.
func harbour() throws -> Topology {
    try Topology(fleet: [WorkerDeclaration(Harbour.self)], directory: harbourDirectory())
}

/// The harbour as it was while there was a ferry, and a second user.
func harbourWithFerry() throws -> Topology {
    let users = "[{name: pilot, team: pier, roles: team}, {name: purser, team: pier, roles: team}]"
    return try Topology(
        fleet: [WorkerDeclaration(Harbour.self), WorkerDeclaration(Ferry.self)],
        directory: harbourDirectory(users: users))
}

extension Outline {
    static let docking = Outline(of: "docking", home: "office", expected: .days(1), steps: [])
}
