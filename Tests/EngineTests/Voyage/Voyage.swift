import StrictJSON
import Vocabulary
import WorkerKit

extension ProcessName {
    static let voyage: ProcessName = "voyage"
}

extension Outline {
    /// A voyage whose home is the harbour, while the pilot alone does what cannot be undone.
    static let voyage = Outline(
        of: .voyage, home: "harbour", expected: .days(1),
        steps: [
            .asks(1, "Load the ship", "harbour.load-ship.v1", of: "runners"),
            .asks(2, "Cast off", "pilot.cast-off.v1", of: "runners", isReversible: false),
        ])
}

/// The home of voyages.
enum Harbour: Worker {
    typealias Messages = HarbourMessages

    static var parts: [Part] {
        [
            Part(in: .voyage) {
                On(Charter.self) { charter, turn in
                    turn.handOff(LoadShip(ship: charter.ship))
                    turn.publish(Chartered(ship: charter.ship))
                }
                Answered(LoadShip.self) { _, _ in }
                On(Sailed.self) { _, turn in turn.end(.completed) }
            }
        ]
    }
}

enum HarbourMessages: MessageSet {
    static let worker: WorkerName = "harbour"
    static let outlines: [Outline] = [.voyage]
    static let commands: [any Command.Type] = [Charter.self]
    static let events: [any Event.Type] = [Chartered.self]
    static let handoffs: [any Handoff.Type] = [LoadShip.self]
}

struct Charter: Command {
    typealias Owner = HarbourMessages
    static let name = "charter"
    var customer: String { ship }
    let ship: String
}

struct Chartered: Event {
    typealias Owner = HarbourMessages
    static let name = "chartered"
    let ship: String
}

struct LoadShip: Handoff {
    typealias Owner = HarbourMessages
    static let name = "load-ship"
    static let team: Team = "runners"
    let ship: String

    struct Answer: Codable, Equatable, Sendable { let loaded: Bool }

    var title: String { "Load the \(ship)" }
}

/// Does what cannot be undone.
enum Pilot: Worker {
    typealias Messages = PilotMessages

    static var parts: [Part] {
        [
            Part(in: .voyage) {
                On(Chartered.self) { chartered, turn in turn.handOff(CastOff(ship: chartered.ship)) }
                Answered(CastOff.self) { off, turn in turn.publish(Sailed(ship: off.question.ship)) }
            }
        ]
    }
}

enum PilotMessages: MessageSet {
    static let worker: WorkerName = "pilot"
    static let events: [any Event.Type] = [Sailed.self]
    static let handoffs: [any Handoff.Type] = [CastOff.self]
}

struct CastOff: Handoff {
    typealias Owner = PilotMessages
    static let name = "cast-off"
    static let team: Team = "runners"
    static let isReversible = false
    let ship: String

    struct Answer: Codable, Equatable, Sendable { let at: Timestamp }

    var title: String { "Cast off the \(ship)" }
}

struct Sailed: Event {
    typealias Owner = PilotMessages
    static let name = "sailed"
    let ship: String
}
